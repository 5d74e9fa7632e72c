"""`make bench`: reading pages beside plain trafilatura, in one process, in turn; on the press, and on real pages.
Then fetching beside a bare aiohttp loop (benchmarks.fetching), and WARC to SQL beside a loop (benchmarks.backfill).

The press tells exactness (share of articles whose lines are all the paper's and none else), both tell CPU a page.
"""

from __future__ import annotations

import platform
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trafilatura import bare_extraction
from trafilatura.meta import reset_caches

import press
from benchmarks import backfill, fetching
from extractors import extract_html
from press.pages import pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from press.model import Block

ROUNDS = 3
SCORER = Path(__file__).parents[2] / "shared" / "bench" / "score_articles.py"
MARKS = re.compile(r"^\s*[-*#>|]+\s*|\s*\|\s*$")


@dataclass(frozen=True, slots=True)
class Sample:
    """One article of the press: its bytes, where they came from, and its text as the paper printed it."""

    html: bytes
    url: str
    blocks: tuple[Block, ...]


def samples() -> Iterator[Sample]:
    """Every article of both editions."""
    for edition in press.NOW:
        served = pages(edition)
        for entry in press.ledger(edition):
            if entry.outcome == "article":
                host, path = entry.url.removeprefix("http://").split("/", 1)
                yield Sample(served[host, f"/{path}"].body, entry.url, entry.blocks)


def ours(sample: Sample) -> str:
    """Our text; all fields and evidence are read too."""
    return extract_html(sample.html, sample.url).text


def plain(sample: Sample) -> str:
    """Trafilatura's text; its metadata is read too."""
    document = bare_extraction(sample.html, url=sample.url, with_metadata=True, include_comments=False)
    return (document.text if document else "") or ""


def is_exact(sample: Sample, text: str) -> bool:
    """Whether the lines are those of the article, all of them and none else."""
    lines = [line for each in text.split("\n") if (line := MARKS.sub("", each).strip()) and set(line) - set("|-: ")]
    return lines == [block.text for block in sample.blocks]


def seconds(read: Callable[[Sample], str], sample: Sample) -> float:
    """CPU seconds of reading one page, library caches emptied before."""
    reset_caches()
    begun = time.process_time()
    read(sample)
    return time.process_time() - begun


def main() -> None:
    """Print the figures of this machine."""
    print(f"Python {platform.python_version()} on {platform.machine()}, {ROUNDS} rounds, in turn")
    articles = list(samples())
    for read in (ours, plain):
        exact = sum(is_exact(sample, read(sample)) for sample in articles)
        print(f"exact texts on the press, {read.__name__:>5}: {exact} of {len(articles)}")
    pairs = [(seconds(ours, each), seconds(plain, each)) for _ in range(ROUNDS) for each in articles]
    print(f"CPU a page, median: ours {statistics.median(a for a, _ in pairs) * 1e3:.1f} ms", end=", ")
    print(f"trafilatura with metadata {statistics.median(b for _, b in pairs) * 1e3:.1f} ms", end=", ")
    print(f"ratio {statistics.median(a / b for a, b in pairs):.2f}")
    if SCORER.exists():
        corpus = SCORER.parents[1] / "corpora" / "articles-dev"
        subprocess.run([sys.executable, str(SCORER), str(corpus), "extractors:extract_html"], check=True)
    fetching.main()
    backfill.main([])


if __name__ == "__main__":
    main()
