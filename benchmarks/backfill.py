"""WARC to SQL beside a bare loop of trafilatura, in turn, on the same records of the same disk.

Ours: everything, from the records to the read copy: all fields, evidence, load, clusters, checks; two workers.
The loop: trafilatura with metadata over the records as fastwarc gives them, in one process, and shared out over two.

How a backfill stands being killed, and its memory: benchmarks.killed. Beside the readers of others: benchmarks.crawls.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
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
from benchmarks.figures import Figure, ratio
from broadsheet.archive import read
from broadsheet.codings import content_decoded
from broadsheet.model import FetchedPage, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROUNDS = 3
WORKERS = 2
COPIES = 8
CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "articles-dev" / "articles.warc.gz"
FILES, RECORDS, PADDING = 4, 400, 60_000
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


def _html(page: FetchedPage) -> bytes:
    html = content_decoded(page.body, page.header("content-encoding"), limit=64 * MEBIBYTE)
    return html if isinstance(html, bytes) else b""


def figures(rounds: int = ROUNDS) -> Iterator[Figure]:
    """Ours beside the loop: on small pages of the press, and on real ones where they are."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        press_files = written(folder / "press", FILES, RECORDS, padding=PADDING, odd=False)
        yield from raced("press pages", press_files, folder / "of the press", rounds)
        if CORPUS.exists():
            pages = [page for page in read(CORPUS) if isinstance(page, FetchedPage) and page.role is Role.PAGE]
            real_files = real(folder, [(page.url, _html(page)) for page in pages], COPIES)
            yield from raced("real pages", real_files, folder / "of papers", rounds)


def raced(name: str, files: Sequence[Path], folder: Path, rounds: int) -> Iterator[Figure]:
    """Ours and the loop, in turn."""
    rates = [
        (filled(files, folder / str(number)), looped(files, 1), looped(files, WORKERS)) for number in range(rounds)
    ]
    ours, one, two = (statistics.median(column) for column in zip(*rates, strict=True))
    note = f"ours {ours:.1f}, one process {one:.1f}, two {two:.1f} pages/s"
    for label, at, bar in (("in one process", 1, "at least 1.7"), ("in two", 2, "at least 0.9")):
        pairs = [(each[0], each[at]) for each in rates]
        title = f"WARC to SQL, {name}, two workers / trafilatura with metadata {label}"
        yield ratio("backfill", title, pairs, better="higher", bar=bar, note=note)


def main(words: Sequence[str] | None = None) -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    for figure in figures(options.parse_args(words).rounds):
        print(figure.line(), figure.note, flush=True)


if __name__ == "__main__":
    main()
