"""`python -m benchmarks.report [--data DIR] [--days N]...`: the report of the warehouse with a million articles.

Prints what the page takes to make and how large it is, for spans of days, of weeks and of months. The folder is that of
benchmarks.warehouse, and is filled if it is not there; its read copy is asked.
"""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figures import Figure
from benchmarks.synthetic import fill
from broadsheet.warehouse import Files, open_warehouse, publish
from flows.reporting.asking import gathered
from flows.reporting.page import charts, page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
ARTICLES = 1_000_000
DATA = Path("benchmarks/results/warehouse") / str(ARTICLES)
SPANS = (30, 365, 1100)  # days: of a bar each, of weeks, of months


def figures(data: Path = DATA, spans: Sequence[int] = SPANS) -> Iterator[Figure]:
    """The report of a million articles: seconds of CPU and of the wall, and bytes, for each span of days.

    The bar is of a machine that does nothing else, so both times are told: what others take is in the wall's alone.
    """
    prepare(data)
    for days in spans:
        wall, work, size = made(data, days)
        told = f"{wall:.1f} s by the clock"
        yield Figure("report", f"CPU, {days} days", work, "s", "lower", bar="under 10", note=told)
        yield Figure("report", f"page, {days} days", size / 1e6, "MB", "lower", bar="under 5")


def made(data: Path, days: int) -> tuple[float, float, int]:
    """Seconds of the wall and of the CPU, and bytes, of one page."""
    begun, worked = time.perf_counter(), time.process_time()
    text = page(gathered(data, days, NOW), made_at=NOW, drawing=charts())
    return time.perf_counter() - begun, time.process_time() - worked, len(text.encode())


def prepare(data: Path, articles: int = ARTICLES) -> None:
    """Fill the warehouse if nobody has, and publish it."""
    if Files(data).read_copy.exists():
        return
    with open_warehouse(data, now=NOW) as warehouse:
        if not warehouse.sources():
            fill(warehouse, articles)
        publish(data, warehouse, anyway=True)


def main(words: Sequence[str] | None = None) -> None:
    """Print the figures of this machine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="A folder with a read copy, or none yet.")
    parser.add_argument("--days", type=int, action="append")
    given = parser.parse_args(words)
    for figure in figures(given.data, given.days or SPANS):
        print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
