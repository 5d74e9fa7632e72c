"""The sitemaps that an index names: when they changed, which months they are of, and which are to be asked now. Pure.

Dates come from <lastmod>, else from the name: large archives are cut by day, month or year (`sitemap-2026-11.xml`,
`?yyyy=2026&mm=11&dd=24`). A year alone may be a number in a row, so it counts only if all its neighbours are years.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from broadsheet.discovery.dates import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DAY_OF: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/.]?(0[1-9]|1[0-2])[-_/.]?(0[1-9]|[12]\d|3[01])(?!\d)")
MONTH_OF: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/.]?(0[1-9]|1[0-2])(?!\d)")
YEAR_OF: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
NAMED_PARTS: Final = re.compile(r"(?:^|[?&])(yyyy|year|mm|month|dd|day)=(\d{1,4})(?=&|$)", re.IGNORECASE)
ONLY_A_DAY: Final = re.compile(r"\s*\d{4}(?:-\d\d){0,2}\s*")
DAY_ENDS: Final = timedelta(hours=36)  # after a day's midnight in UTC it is over everywhere
SKEW: Final = timedelta(hours=1)  # what a server's clock and its cache may be behind
LONG_AGO: Final = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that an index names.

    `latest` is the last instant at which it may have changed by its <lastmod>, None if it does not say; `covers` the
    first and last day of what it lists by its name, None if its name does not say.
    """

    url: str
    latest: datetime | None = None
    covers: tuple[date, date] | None = None

    @property
    def settled(self) -> datetime | None:
        """The instant (UTC) after which nothing new is expected in it, by its word or its name; None: it may change."""
        if self.latest or not self.covers:
            return self.latest
        return self.newest + DAY_ENDS

    @property
    def newest(self) -> datetime:
        """The instant by which children are ordered, in UTC."""
        if self.latest or not self.covers:
            return self.latest or LONG_AGO
        return datetime(*self.covers[1].timetuple()[:3], tzinfo=UTC)


def child(url: str, lastmod: str | None) -> Child:
    """A child by its address and <lastmod>, whose form is W3C-DTF; a day counts to its end."""
    stated = day(lastmod)
    slack = DAY_ENDS if stated and ONLY_A_DAY.fullmatch(lastmod or "") else SKEW
    return Child(url, stated + slack if stated else None)


def in_order(children: Iterable[Child]) -> tuple[Child, ...]:
    """Children with the time that their names tell, the newest first; those without any keep their place behind."""
    named = tuple(children)
    rows = _rows([each.url for each in named])
    dated = [replace(each, covers=_covers(each.url, rows)) for each in named]
    return tuple(sorted(dated, key=lambda each: each.newest, reverse=True))


def due(
    children: Sequence[Child], asked: Mapping[str, datetime], *, since: datetime | None = None, most: int
) -> tuple[Child, ...]:
    """The children to ask now, at most so many, when each was last asked (UTC) being known.

    A child that was asked after it had settled is left out, and with `since` one that ends before it. Where there
    are more, half of the places go to the newest that have dates, and the others to those not asked for longest, so
    that every child has its turn however often the newest change.
    """
    open_ = [each for each in children if _is_open(each, asked.get(each.url), since)]
    first = [each for each in open_ if each.newest > LONG_AGO][: (most + 1) // 2]
    taken = {each.url for each in first}
    rest = sorted((e for e in open_ if e.url not in taken), key=lambda each: asked.get(each.url, LONG_AGO))
    return (*first, *rest[: most - len(first)])


def _is_open(each: Child, asked_at: datetime | None, since: datetime | None) -> bool:
    if since and _ends_before(each, since):
        return False
    return asked_at is None or each.settled is None or each.settled >= asked_at


def _ends_before(each: Child, since: datetime) -> bool:
    if each.covers and each.covers[1] < since.date():
        return True
    return each.latest is not None and each.latest < since


def _covers(url: str, rows: Mapping[str, bool]) -> tuple[date, date] | None:
    name = url.split("/", 3)[-1]
    parts = {key.lower()[0]: int(value) for key, value in NAMED_PARTS.findall(name)}
    if "y" in parts:
        return _span(parts["y"], parts.get("m"), parts.get("d"))
    if match := DAY_OF.search(name) or MONTH_OF.search(name):
        return _span(*map(int, match.groups()))
    match = YEAR_OF.search(name)
    return _span(int(match[1])) if match and rows[_shape(url)] else None


def _span(year: int, month: int | None = None, of_month: int | None = None) -> tuple[date, date] | None:
    try:
        last = month or 12
        first = date(year, month or 1, of_month or 1)
        return first, date(year, last, of_month or calendar.monthrange(year, last)[1])
    except ValueError:
        return None


def _rows(urls: Iterable[str]) -> dict[str, bool]:
    """For each shape of an address, whether every number that stands there is a year."""
    rows: dict[str, bool] = {}
    for url in urls:
        rows[_shape(url)] = rows.get(_shape(url), True) and bool(YEAR_OF.search(url.split("/", 3)[-1]))
    return rows


def _shape(url: str) -> str:
    return re.sub(r"\d+", "#", url)
