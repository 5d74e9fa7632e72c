"""How far back discovery goes: which pages are at least as new as a given day. Pure."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from broadsheet.model import DiscoveredUrl

IN_URL: Final = re.compile(r"[/_-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])(?:[/_-]?(0[1-9]|[12]\d|3[01]))?(?=\D|$)")
ZONES: Final = timedelta(hours=14)  # a publisher's day begins so much before UTC's at most


def starts(since: date) -> datetime:
    """The instant (UTC) at which a day begins in the easternmost zone: nothing of it is older anywhere."""
    return datetime(since.year, since.month, since.day, tzinfo=UTC) - ZONES


def is_since(page: DiscoveredUrl, since: date) -> bool:
    """Whether a page is as new as that day.

    Its day is its publication as stated, else the one in its URL, else that of its last change. A page of which nobody
    says a day counts as new enough.
    """
    if page.hints.published_at:
        return page.hints.published_at >= starts(since)
    if named := _of_url(page.url):
        return named >= since
    return page.hints.modified_at is None or page.hints.modified_at >= starts(since)


def _of_url(url: str) -> date | None:
    """The day in a URL's path; of a month its last day."""
    match = IN_URL.search(url.split("?", maxsplit=1)[0])
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    try:
        return (
            date(year, month, int(match[3])) if match[3] else date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
        )
    except ValueError:
        return None
