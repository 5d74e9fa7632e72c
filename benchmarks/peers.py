"""Extraction beside the field: each extractor in an environment of its own, over the same pages, scored by one measure.

    python -m benchmarks.peers [--rounds 3] [--no-install]

The press's articles, and the real pages of ../shared/corpora where they are. An environment is made once under
benchmarks/results/peers with the versions below; a peer that cannot be installed is said and left out. An extractor's
pages are read by benchmarks/peer.py in a process of its own, so CPU is compared page by page, not moment by moment.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import statistics
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import press
from benchmarks.figures import Figure, ratio
from benchmarks.scoring import f1, overlap, same, same_names
from press.pages import pages as served_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HERE: Final = Path(__file__).parent
PLACE: Final = HERE / "results" / "peers"
CORPUS: Final = HERE.parents[1] / "shared" / "corpora" / "articles-dev"
PEERS: Final = {
    "newspaper4k": ("newspaper4k==0.9.6", "lxml_html_clean"),
    "news-please": ("news-please==1.6.16",),
    "goose3": ("goose3==3.1.22",),
    "readability-lxml": ("readability-lxml==0.9", "lxml_html_clean"),
    "resiliparse": ("resiliparse==2.0.1",),
}
OWN: Final = ("broadsheet", "trafilatura")  # both live in the project's environment
ROUNDS: Final = 3
SECONDS: Final = 1800  # that an extractor may take for all pages


@dataclass(frozen=True, slots=True)
class Known:
    """A page whose answer is known; a field that is not is None."""

    key: str
    corpus: str
    url: str
    html: bytes
    text: str
    title: str | None = None
    authors: tuple[str, ...] | None = None
    day: str | None = None


Answers = dict[str, dict[str, Any]]  # what an extractor said, by page


def known() -> Iterator[Known]:
    """Every page with an answer that this machine has."""
    yield from _press()
    if (CORPUS / "manifest.jsonl").exists():
        yield from _real()


def _press() -> Iterator[Known]:
    for edition in press.NOW:
        served = served_pages(edition)
        for entry in (entry for entry in press.ledger(edition) if entry.outcome == "article"):
            host, path = entry.url.removeprefix("http://").split("/", 1)
            text = "\n".join(block.text for block in entry.blocks)
            day = entry.published_at.date().isoformat() if entry.published_at else None
            html = served[host, f"/{path}"].body
            yield Known(f"{edition} {entry.url}", "press", entry.url, html, text, entry.title, entry.authors, day)


def _real() -> Iterator[Known]:
    for row in map(json.loads, (CORPUS / "manifest.jsonl").open(encoding="utf-8")):
        html = gzip.decompress((CORPUS / row["file"]).read_bytes())
        has_fields = row["set"] == "fundus"
        authors = tuple(row["authors"]) if has_fields and row["authors"] is not None else None
        day = str(row["published_at"])[:10] if has_fields and row["published_at"] else None
        yield Known(
            row["id"], row["set"], row["url"], html, row["text"], row["title"] if has_fields else None, authors, day
        )


def python_of(peer: str, *, install: bool) -> Path | None:
    """The interpreter of a peer's environment, made if need be; None: it cannot be had."""
    return Path(sys.executable) if peer in OWN else environment_of(peer, PEERS[peer], install=install)


def environment_of(peer: str, packages: Sequence[str], *, install: bool) -> Path | None:
    """The interpreter of an environment with these packages, made if need be; None, and a sentence: it cannot be."""
    place = PLACE / peer
    ready = place / "ready"
    if not ready.exists() and not (install and _installed(peer, packages, place)):
        return None
    ready.touch()
    return place / "bin" / "python"


def _installed(peer: str, packages: Sequence[str], place: Path) -> bool:
    venv.create(place, with_pip=True, clear=True)
    command = [str(place / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(
            f"{peer} is left out, for it cannot be installed: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr
        )
    return not done.returncode


def answers(peer: str, python: Path, pages: Sequence[Known], rounds: int) -> Answers:
    """What an extractor says of the pages. CalledProcessError, TimeoutExpired: it does not start, or has no end."""
    rows = [{"id": page.key, "url": page.url, "html": base64.b64encode(page.html).decode()} for page in pages]
    done = subprocess.run(
        [python, HERE / "peer.py", peer, str(rounds)],
        input="\n".join(map(json.dumps, rows)),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
        cwd=HERE.parent,
        timeout=SECONDS,
        env={"PYTHONPATH": str(HERE.parent) if peer in OWN else "", "PATH": "/usr/bin:/bin"},
    )
    return {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}


def scores(peer: str, pages: Sequence[Known], said: Answers) -> Iterator[Figure]:
    """How right an extractor is, corpus by corpus."""
    for corpus in dict.fromkeys(page.corpus for page in pages):
        of = [(page, said.get(page.key, {})) for page in pages if page.corpus == corpus]
        body = f1([overlap(page.text, answer.get("text") or "") for page, answer in of])
        yield Figure("extraction", f"body F1, {corpus}, {peer}", body, "F1", "higher", note=f"{len(of)} pages")
        for name, hits in _hits(of).items():
            if any(hits):  # else it has no such field
                yield Figure(
                    "extraction", f"{name}, {corpus}, {peer}", statistics.fmean(hits), "share", "higher",
                    note=f"{len(hits)} pages",
                )  # fmt: skip


def _hits(of: Sequence[tuple[Known, Mapping[str, Any]]]) -> dict[str, list[bool]]:
    return {
        "title": [same(page.title, answer.get("title") or "") for page, answer in of if page.title is not None],
        "authors": [
            same_names(page.authors, answer.get("authors") or ()) for page, answer in of if page.authors is not None
        ],
        "day": [
            str(answer.get("published_at") or "").startswith(page.day) for page, answer in of if page.day is not None
        ],
    }


def cpu(peer: str, pages: Sequence[Known], ours: Answers, theirs: Answers) -> Iterator[Figure]:
    """The CPU that we take for a page beside the peer's, on the press's small pages and on real ones."""
    both = ours.keys() & theirs.keys()
    for name in ("press", "real"):
        keys = [page.key for page in pages if page.key in both and (page.corpus == "press") == (name == "press")]
        pairs = [(statistics.median(ours[key]["seconds"]), statistics.median(theirs[key]["seconds"])) for key in keys]
        if pairs:
            title = f"CPU a page, {name}, broadsheet / {peer}"
            yield ratio("extraction", title, pairs, better="lower", note=f"{len(pairs)} pages")


def figures(rounds: int = ROUNDS, *, install: bool = True) -> Iterator[Figure]:
    """Everything that extraction is measured by."""
    pages = list(known())
    said: dict[str, Answers] = {}
    for peer in (*OWN, *PEERS):
        if python := python_of(peer, install=install):
            said[peer] = answers(peer, python, pages, rounds)
            yield from scores(peer, pages, said[peer])
    ours = said.pop("broadsheet")
    for peer, theirs in said.items():
        yield from cpu(peer, pages, ours, theirs)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--no-install", action="store_true")
    options = parser.parse_args()
    for figure in figures(options.rounds, install=not options.no_install):
        print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
