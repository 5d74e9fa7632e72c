"""`python -m benchmarks.cookbook [--articles N] [--folder DIR]`: every question of the cookbook at a million articles.

Prints the seconds of the CPU (all threads) and of the wall that each takes with its defaults, the best of three turns,
and what is over its bound: 1 s, or 10 s where whole texts are looked through, which are those of all years here.
The folder is benchmarks.warehouse's.
"""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figures import Figure
from benchmarks.synthetic import fill
from broadsheet.desk import Desk, cookbook
from broadsheet.warehouse import Files, open_warehouse, publish

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.desk import Question

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
TURNS = 3
EVERY_TEXT = ["since=2000-01-01", "topic=vdi"]  # a syllable that many of the made texts have
BOUND, SCAN = 1.0, 10.0  # seconds


def taken(desk: Desk, asked: Question) -> tuple[float, float, int]:
    """Seconds of the wall, of the CPU, and rows of one question, its defaults included."""
    given = EVERY_TEXT if bound(asked) == SCAN else []
    wall, cpu = time.perf_counter(), time.process_time()
    rows = sum(1 for _ in desk.ask(asked.text, asked.values(desk, given)).rows)
    return time.perf_counter() - wall, time.process_time() - cpu, rows


def bound(asked: Question) -> float:
    """Seconds that a question may take."""
    return SCAN if "lower(text)" in asked.text else BOUND


def made(data: Path, articles: int) -> None:
    """A warehouse of that many articles with its read copy, unless it is there."""
    if Files(data).read_copy.exists():
        return
    fresh = not data.exists()
    with open_warehouse(data, now=NOW) as warehouse:
        if fresh:
            fill(warehouse, articles)
        publish(data, warehouse, anyway=True)


def figures(data: Path | None = None, articles: int = 1_000_000) -> Iterator[Figure]:
    """A figure a question: its seconds of the CPU, which a busy machine does not change, beside those of the wall."""
    data = data or Path("benchmarks/results/warehouse") / f"{articles}"
    made(data, articles)
    with Desk(data) as desk:
        for each in cookbook():
            wall, cpu, rows = min(taken(desk, each) for _ in range(TURNS))
            note = f"{wall:.3f} s of the wall, {rows:,} rows, {articles:,} articles"
            yield Figure("questions", each.name, cpu, "s", bar=f"under {bound(each):g} s", note=note)


def main(words: Sequence[str] | None = None) -> None:
    """Print the figures of this machine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("benchmarks/results/warehouse"))
    given = parser.parse_args(words)
    found = []
    for figure in figures(given.folder / f"{given.articles}", given.articles):
        found.append(figure)
        print(f"{figure.line()}  ({figure.note})", flush=True)
    late = [each.name for each in found if each.value > float(each.bar.split()[1])]
    print(f"over their bound: {', '.join(late) or 'none'}")


if __name__ == "__main__":
    main()
