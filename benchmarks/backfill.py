"""WARC to SQL beside a bare loop of trafilatura, in turn, on the same records of the same disk.

Ours: everything, from the records to the read copy: all fields, evidence, load, clusters, checks; two workers.
The loop: trafilatura with metadata over the records as fastwarc gives them, in one process, and shared out over two.

`python -m benchmarks.backfill --set FOLDER --kills 20` fills a warehouse from the set while it is killed at random, and
compares it with one undisturbed pass: digests, memory, and pages that were read twice.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from fastwarc.warc import ArchiveIterator, WarcRecordType
from trafilatura import bare_extraction

from benchmarks.collection import real, written
from broadsheet.archive import read
from broadsheet.codings import content_decoded
from broadsheet.model import FetchedPage, Role
from broadsheet.warehouse import open_read_copy
from broadsheet.warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROUNDS = 3
WORKERS = 2
COPIES = 4
CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "articles-dev" / "articles.warc.gz"
FILES, RECORDS, PADDING = 4, 400, 60_000
NOW = "2026-03-20T12:00:00+00:00"
MEBIBYTE = 1 << 20


def loop(path: Path) -> int:
    """What anybody would write: each HTML record of a file through trafilatura; how many there were."""
    count = 0
    with path.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True):
            if "html" in (record.http_content_type or ""):
                bare_extraction(record.reader.read(), url=record.headers.get("WARC-Target-URI"), with_metadata=True)
                count += 1
    return count


def looped(files: Sequence[Path], workers: int) -> float:
    """Pages a second of the loop in so many processes; their start is not counted."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(abs, range(workers)))
        for each in [pool.submit(bare_extraction, "<p>warm</p>") for _ in range(workers)]:
            each.result()
        begun = time.perf_counter()
        pages = sum(pool.map(loop, files))
        return pages / (time.perf_counter() - begun)


def filled(files: Sequence[Path], data: Path) -> float:
    """Pages a second of a backfill, by the run's own clock."""
    command = [sys.executable, "-m", "flows.cli", "backfill", *map(str, files), "--json"]
    done = subprocess.run(command, env=_environment(data), check=True, capture_output=True)
    report = json.loads(done.stdout)
    return float(report["attempted"] / report["seconds"])


def _environment(data: Path) -> Mapping[str, str]:
    more = {"BROADSHEET_DATA": str(data), "BROADSHEET_SOURCES": str(data / "none"), "BROADSHEET_WORKERS": str(WORKERS)}
    return os.environ | more


def digest(data: Path) -> str:
    """What the tables say (`sql/checks/content_digest.sql`)."""
    with open_read_copy(data) as connection:
        return str(connection.execute(statement("checks/content_digest")[0]).fetchall())


def killed(files: Sequence[Path], data: Path, kills: int) -> tuple[int, float]:
    """Fill while dying at random; how often, and the most memory the main process took beyond its start, in MiB."""
    rng, died, most = random.Random(20), 0, 0.0
    command = [sys.executable, "-m", "flows.cli", "backfill", *map(str, files)]
    environment = {**_environment(data), "BROADSHEET_NOW": NOW}
    while True:
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            end = time.monotonic() + rng.uniform(15, 60) if died < kills else float("inf")
            most = max(most, *_grown(run, end))
            if run.poll() is None:
                run.send_signal(signal.SIGKILL)
                died += 1
            elif run.wait() == 0:
                return died, most


def _grown(run: subprocess.Popen[bytes], end: float) -> Iterator[float]:
    """Memory of a process beyond what it took when it began to read, in MiB, every half second."""
    yield 0.0
    start: float | None = None
    begun = time.monotonic()
    while run.poll() is None and time.monotonic() < end:
        time.sleep(0.5)
        status = Path(f"/proc/{run.pid}/status")
        lines = status.read_text().splitlines() if status.exists() else []
        held = next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)
        if time.monotonic() - begun > 10:
            start = start or held
            yield held - start


def _html(page: FetchedPage) -> bytes:
    html = content_decoded(page.body, page.header("content-encoding"), limit=64 * MEBIBYTE)
    return html if isinstance(html, bytes) else b""


def main(words: Sequence[str] | None = None) -> None:
    """Print the pages a second of both, and their ratio, round by round."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--set", type=Path, help="Folder in which the set is made, or was.")
    options.add_argument("--files", type=int, default=FILES)
    options.add_argument("--records", type=int, default=RECORDS, help="Records of a file.")
    options.add_argument("--padding", type=int, default=PADDING, help="Bytes of script that each page bears more.")
    options.add_argument("--kills", type=int, default=0)
    given = options.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        files = written(
            given.set or Path(folder) / "set", given.files, given.records, padding=given.padding, odd=bool(given.kills)
        )
        if given.kills:
            compared(files, Path(folder), given.kills)
        else:
            raced("the press", files, Path(folder))
            if CORPUS.exists():
                pages = [page for page in read(CORPUS) if isinstance(page, FetchedPage) and page.role is Role.PAGE]
                raced(
                    "real pages", real(Path(folder), [(page.url, _html(page)) for page in pages], COPIES), Path(folder)
                )


def raced(name: str, files: Sequence[Path], folder: Path) -> None:
    """Ours and the loop, in turn; the best round of each counts, for what else the machine does only slows."""
    best: list[tuple[float, ...]] = []
    for number in range(ROUNDS):
        ours = filled(files, folder / f"{name}-{number}")
        best.append((ours, looped(files, 1), looped(files, 2)))
        print(f"  round {number + 1}: {' · '.join(f'{each:.1f}' for each in best[-1])} pages/s", flush=True)
    ours, one, two = (max(column) for column in zip(*best, strict=True))
    print(f"WARC to SQL, {name}: {ours:.1f} pages/s; trafilatura with metadata", end=" ")
    print(f"in one process {one:.1f} (ratio {ours / one:.2f}), in two {two:.1f} (ratio {ours / two:.2f})", flush=True)


def compared(files: Sequence[Path], folder: Path, kills: int) -> None:
    """A pass that is killed and one that is not, side by side."""
    died, most = killed(files, folder / "killed", kills)
    killed(files, folder / "whole", 0)
    same = digest(folder / "killed") == digest(folder / "whole")
    size = sum(file.stat().st_size for file in files) / MEBIBYTE
    print(f"{len(files)} files, {size:,.0f} MiB packed; killed {died} times; the same tables: {same}", end="; ")
    print(f"the main process grew by {most:.0f} MiB at most")


if __name__ == "__main__":
    main()
