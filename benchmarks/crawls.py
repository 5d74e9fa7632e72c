"""Crawls to articles beside the Common Crawl readers of news-please and Fundus, each in an environment of its own.

    python -m benchmarks.crawls [--rounds 3] [--no-install]

All read the same WARC file of this disk in turn: the real pages of ../shared/corpora, for Fundus reads only publishers
that it knows by name. Without them news-please reads the press, and Fundus is left out. Ours is `broadsheet backfill`,
two workers, with all fields, evidence, load and publish; theirs end with objects in memory, in one process a file. A
peer is installed on demand; one that cannot be is said and left out.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.backfill import CORPUS, filled
from benchmarks.collection import written
from benchmarks.figures import Figure, ratio
from benchmarks.peers import environment_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE: Final = Path(__file__).parent
PEERS: Final = {
    "news-please": ("news-please==1.6.16",),
    "fundus": ("fundus==0.5.7", "curl_cffi<0.14"),
}  # newer ones lack a name that Fundus imports
ROUNDS: Final = 3


def figures(rounds: int, *, install: bool) -> Iterator[Figure]:
    """Pages a second of ours beside each peer's that can be had, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        files = [CORPUS] if CORPUS.exists() else written(Path(folder) / "set", 2, 150, padding=60_000, odd=False)
        pythons = {name: environment_of(name, PEERS[name], install=install) for name in PEERS}
        if not CORPUS.exists() and pythons.pop("fundus", None):
            print("fundus is left out: it reads only publishers that it knows, and no page of theirs is here")
        rates: dict[str, list[tuple[float, float]]] = {name: [] for name, python in pythons.items() if python}
        for number in range(rounds):
            ours = filled(files, Path(folder) / f"ours-{number}")
            for name, pairs in rates.items():
                if read := read_by(name, pythons[name], files):
                    pairs.append((ours, read["pages"] / read["seconds"]))
        for name, pairs in rates.items():
            if pairs:
                theirs = statistics.median(rate for _, rate in pairs)
                note = f"{theirs:.1f} pages/s in one process"
                yield ratio("backfill", f"pages a second, broadsheet / {name}", pairs, better="higher", note=note)


def read_by(name: str, python: Path | None, files: Sequence[Path]) -> dict[str, Any] | None:
    """What a peer says of the files; None, and a sentence: it does not run."""
    command = [str(python), str(HERE / "crawl_peer.py"), name, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE.parent)
    if done.returncode:
        print(f"{name} is left out, for it does not run: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told if told["pages"] else None


def main(words: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--no-install", action="store_true")
    options = parser.parse_args(words)
    for figure in figures(options.rounds, install=not options.no_install):
        print(f"{figure.name}: {figure.value:.2f} [{figure.low:.2f}, {figure.high:.2f}]; {figure.note}", flush=True)


if __name__ == "__main__":
    main()
