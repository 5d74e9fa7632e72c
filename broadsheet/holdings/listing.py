"""Listings of WARC files, as the Common Crawl gives them for its news archive: a month's `warc.paths`. Pure.

A line is a path under the base, `crawl-data/CC-NEWS/2026/01/CC-NEWS-20260131235959-00042.warc.gz`; after it may stand a
size in bytes and a digest (`sha256:...`, `md5:...`), divided by white space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BASE: Final = "https://data.commoncrawl.org/"
STAMP: Final = re.compile(r"-(\d{4})(\d{2})(\d{2})\d{6}-")
MONTH: Final = "crawl-data/CC-NEWS/{:%Y/%m}/warc.paths.gz"


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a listing. None, empty: the listing does not say."""

    path: str
    size: int | None = None
    digest: str = ""

    @property
    def day(self) -> date | None:
        """The day (UTC) on which the file was begun, by the stamp in its name."""
        stamp = STAMP.search(self.path)
        try:
            return date(int(stamp[1]), int(stamp[2]), int(stamp[3])) if stamp else None
        except ValueError:
            return None


def months(first: date, last: date) -> Iterator[str]:
    """The paths of the listings of all months from one day to another."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield MONTH.format(date(number // 12, number % 12 + 1, 1))


def listed(lines: Iterable[str], first: date | None, last: date | None) -> list[Listed]:
    """The files of a listing that were begun in a span of days, both ends included; None: no end.

    A file whose name has no stamp is taken.
    """
    found = (_listed(line.split()) for line in lines if line.strip() and not line.startswith("#"))
    return [each for each in found if _is_within(each.day, first, last)]


def _listed(words: list[str]) -> Listed:
    size = next((int(word) for word in words[1:] if word.isdigit()), None)
    return Listed(words[0], size, next((word for word in words[1:] if ":" in word), ""))


def _is_within(day: date | None, first: date | None, last: date | None) -> bool:
    return day is None or ((first is None or first <= day) and (last is None or day <= last))
