"""Sums over the rows of sql/report that the page prints. Pure: they are tested against the marts."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from broadsheet.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    Row = Mapping[str, Any]

FIELDS: Final = (
    "title", "authors", "published_on", "published_at", "section", "tags", "language", "description", "images",
)  # fmt: skip


def outcomes(attempts: Iterable[Row]) -> dict[Outcome, int]:
    """How many attempts ended how, in the order of the ledger; those that none did are left out."""
    found: Counter[str] = Counter()
    for row in attempts:
        found[row["outcome"]] += row["attempts"]
    return {outcome: found[outcome] for outcome in Outcome if found[outcome]}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why attempts were rejected: how many, in each stretch, and at which source most."""

    name: str
    attempts: int
    by_stretch: tuple[int, ...]
    source: str
    at_source: int


def reasons(attempts: Iterable[Row], stretches: Sequence[date]) -> list[Reason]:
    """The reasons of rejections, the commonest first."""
    rejected = [row for row in attempts if row["outcome"] == Outcome.REJECTED]
    found = [
        _reason(name, [row for row in rejected if row["reason"] == name], stretches)
        for name in {row["reason"] for row in rejected}
    ]
    return sorted(found, key=lambda each: (-each.attempts, each.name))


def _reason(name: str, rows: Sequence[Row], stretches: Sequence[date]) -> Reason:
    by_source: Counter[str] = Counter()
    for row in rows:
        by_source[row["source"]] += row["attempts"]
    source, most = min(by_source.items(), key=lambda each: (-each[1], each[0]))
    return Reason(name, by_source.total(), tuple(series(rows, stretches, "attempts")), source, most)


def series(rows: Iterable[Row], stretches: Sequence[date], column: str) -> list[int]:
    """The sum of a column in each stretch; 0 where there is no row."""
    found: Counter[date] = Counter()
    for row in rows:
        found[row["day"]] += row[column]
    return [found[day] for day in stretches]


def by_source(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of each source."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["source"]].append(row)
    return dict(found)


def largest(rows: Iterable[Row], most: int) -> tuple[list[tuple[str, list[Row]]], list[Row]]:
    """The `most` sources with most articles, the largest first, and the rows of all others."""
    grouped = sorted(by_source(rows).items(), key=lambda each: (-sum(row["articles"] for row in each[1]), each[0]))
    return grouped[:most], [row for _, group in grouped[most:] for row in group]


@dataclass(frozen=True, slots=True)
class Yield:
    """How often a source's pages gave a field: `found` of `articles`, and the share in each stretch (None: no page)."""

    field: str
    found: int
    articles: int
    by_stretch: tuple[float | None, ...]


def yields(rows: Sequence[Row], stretches: Sequence[date]) -> list[Yield]:
    """The yield of each field over rows of sql/report/yields.sql, of one source or of all."""
    articles = series(rows, stretches, "articles")
    return [_yield(field, series(rows, stretches, field), articles) for field in FIELDS]


def _yield(field: str, found: Sequence[int], articles: Sequence[int]) -> Yield:
    shares = tuple(one / all_ if all_ else None for one, all_ in zip(found, articles, strict=True))
    return Yield(field, sum(found), sum(articles), shares)


def growth(rows: Iterable[Row], stretches: Sequence[date]) -> list[int]:
    """Bytes of all records at the end of each stretch: those before the time shown, and each stretch's."""
    rows = list(rows)
    total = sum(row["bytes"] for row in rows if row["day"] is None)
    grown = []
    for each in series((row for row in rows if row["day"] is not None), stretches, "bytes"):
        total += each
        grown.append(total)
    return grown
