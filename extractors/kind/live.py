"""Live coverage: named so to machines, or told by the times of day of its entries."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.model import PageKind
from extractors.kind import headings
from extractors.kind.signs import AROUND
from extractors.kind.talk import named_as
from extractors.kind.walls import Kind

if TYPE_CHECKING:
    from extractors.kind.signs import Signs

CLOCK = re.compile(
    r"\W{0,3}(?:(?:ora|orele|ore|hora|hour|time|godz\.?|klokken|óra|ώρα|время|"
    r"um|at|klo|kl\.|alle|a las|à|в|às|saat)\s)?(?:(午前|午後|上午|下午|오전|오후)\s?)?"
    r"(\d{1,2})\s?[:.h時时시]\s?(\d\d)?(?:分|분)?(?::\d\d)?(?![./-]?\d)\s?([ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
OPENING = re.compile(r"\s?(?:uhr|h|hrs|Uhr)?\s?[-\u2013\u2014|:.]\s", re.IGNORECASE)
AGE = re.compile(
    r"\W{0,3}(\d{1,3})(?:\+\d+)?\s?(?:min(?:ute|uto)?s?(?: ago)?|['′]|(?:h|m|hours?|hrs?|mins?|minutes?)\sago|"
    r"(?:分|時間|小时|分钟|분|시간)\s?(?:前|전)|(?:мин|час)\w*\sназад)\W{0,3}|"
    r"\W{0,3}(?:vor|il y a|hace|há|fa|منذ|قبل)\s(\d{1,3})\s\w{1,10}\W{0,3}",
    re.IGNORECASE,
)
PLAYED = re.compile(r"\W{0,3}(\d{1,3})(?:\+\d+)?\s?(?:['′]|\.|min\.?)\s+\S")
MATCH_MINUTE = re.compile(r"(?:min\w*|['′])\W*$", re.IGNORECASE)
STAMP = 28  # characters: a line with a time and no more than this is a stamp
MINUTES = 5  # the fewest of a match
STAMPS = 4  # the fewest entries of live coverage
FALLING = 0.7  # share of steps back in time
COVERED = 0.6  # share of the running text between the first stamp and the last


def live_blog(signs: Signs) -> Kind | None:
    """Live coverage: named so to machines, or entries with the time of day, the latest first or called live."""
    if "LiveBlogPosting" in signs.types:
        return Kind(PageKind.LIVE_BLOG, "LiveBlogPosting")
    if minutes := _match(signs):
        return Kind(PageKind.LIVE_BLOG, f"{minutes} minutes of a match")
    stamps = _stamps(signs)
    if len(stamps) < STAMPS or not _covers(signs, stamps[0][0], stamps[-1][0]):
        return None
    times = [time for _, time in stamps]
    back = sum(later < sooner for sooner, later in pairwise(times))
    if back >= FALLING * (len(times) - 1):
        return Kind(PageKind.LIVE_BLOG, f"{len(times)} times, the latest first")
    if named_as(signs, headings.LIVE, "live"):
        return Kind(PageKind.LIVE_BLOG, f"{len(times)} times and: {named_as(signs, headings.LIVE, 'live')}")
    return None


def _match(signs: Signs) -> int:
    """How many lines begin with a minute of a match that goes on or back by jumps, on a page called live; else 0."""
    found = [match for _, _, block in signs.prose if (match := PLAYED.match(block.text))] if not signs.marks else []
    minutes = [int(match[1]) for match in found]
    if len(minutes) < MINUTES or len(minutes) < COVERED * len(signs.prose):
        return 0
    jumps = max(minutes) - min(minutes) >= 2 * len(minutes)
    ordered = minutes in (sorted(minutes), sorted(minutes, reverse=True))
    return len(minutes) if jumps and ordered and named_as(signs, headings.LIVE, "live") else 0


def _stamps(signs: Signs) -> list[tuple[int, int]]:
    """Place and minute of each line that is a time of day, and that no teaser follows.

    Lines that begin with one count too, but where the page calls itself an article: papers print their review of a
    day so, and 3 of 205 real articles are of that form.
    """
    found = [
        (at, minute)
        for at, block in enumerate(signs.body.blocks)
        if len(block.text) <= STAMP or not signs.marks
        if block.text[:10].strip("([") and not block.container.places & AROUND and block.linked <= len(block.text) / 2
        for minute in _told(block.text)
    ]
    return [stamp for stamp in found if stamp[0] + 1 not in signs.teasers]


def _told(text: str) -> tuple[int, ...]:
    """The minute of the day that a line is or begins with; the minute of a match, an age below zero."""
    match = CLOCK.match(text)
    if match and (match[3] or match[1]) and (len(text) <= STAMP or OPENING.match(text, match.end())):
        return (_minute(match),)
    age = AGE.fullmatch(text) if len(text) <= STAMP else None
    if age is None:
        return ()
    return (int(age[1]),) if age[1] and MATCH_MINUTE.search(text) else (-int(age[1] or age[2]),)


def _minute(match: re.Match[str]) -> int:
    late = (match[1] or "") in {"午後", "下午", "오후"} or (match[4] or "").startswith("p")
    hour = int(match[2]) % 12 + 12 if late else int(match[2])
    return hour * 60 + int(match[3] or 0)


def _covers(signs: Signs, first: int, last: int) -> bool:
    within = sum(size for at, size, _ in signs.prose if first < at)
    return within >= COVERED * signs.words and last > first
