"""A date as somebody printed it, read into a `Moment`: ISO 8601, RFC 2822, numbers, months of many languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from broadsheet.model import Moment
from extractors.fields.clocks import clock as read_clock
from extractors.fields.clocks import named_zone, stated_zone
from extractors.fields.months import MONTHS
from extractors.fields.spelling import spelled

if TYPE_CHECKING:
    from broadsheet.model import SiteRules

_FIRST_YEAR, _LAST_YEAR = 1971, 2100  # 1970 is what a missing number turns into
_BUDDHIST = 543  # years by which the Thai calendar is ahead
_ISO = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?P<dash>[-/.]?)(?P<month>\d\d?)(?P=dash)(?P<day>\d\d?)(?!\d)"
    r"(?:\.?(?:T|[\s,\-|•·]|\([^)]{1,3}\)){1,4}(?P<clock>(?:오전|오후|午前|午後|上午|下午)?\s?\d.{0,40}))?"
)
_CJK = re.compile(
    r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日일]?"
    r"(?:\s*[(（][^)）]{1,4}[)）])?\s*(?P<clock>.{0,30})"
)
_DAY_MONTH = re.compile(
    r"(?<!\d)(?P<day>\d\d?)(?:st|nd|rd|th|er|º|°|-?(?:го|я))?\.?[\s\-/]{1,3}(?:de\s|of\s|d['’])?\s?"
    r"(?P<name>(?:تشرين|كانون)\s\w+|[^\W\d_]{3,14}|[\u0900-\u0e7f][\u0900-\u0e7f.]{1,19})\.?,?[\s\-/]{1,3}(?:de\s|del\s)?"
    r"(?P<year>\d{4})(?!\d)(?P<clock>.{0,50})"
)
_YEAR_FIRST = re.compile(  # Hungarian, Lithuanian, Latvian
    r"(?<!\d)(?P<year>\d{4})\.?\s(?:m\.\s|gada\s)?"
    r"(?:(?P<name>[^\W\d_]{3,14})\.?\s(?P<day>\d\d?)(?!\d)|(?P<day_before>\d\d?)\.\s(?P<name_after>[^\W\d_]{3,14}))(?P<clock>.{0,50})"
)
_VIETNAMESE = re.compile(
    r"(?P<day>\d\d?)\s+tháng\s+(?P<month>\d\d?),?\s+(?:năm\s+)?(?P<year>\d{4})(?!\d)(?P<clock>.{0,50})"
)
_MONTH_DAY = re.compile(
    r"(?P<name>[^\W\d_]{3,14})\.?\s{1,2}(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s{1,2}"
    r"(?:(?P<early>\d\d?:\d\d(?::\d\d)?(?:\s[A-Z]{2,4})?)\s{1,2})?(?P<year>\d{4})(?!\d)(?P<clock>.{0,50})"
)
_NUMBERS = re.compile(
    r"(?<![\d./])(?P<day>\d\d?)\s?(?P<dot>[./-])\s?(?P<month>\d\d?)\s?(?P=dot)\s?(?P<year>\d{4}|\d\d)(?![\d./])(?P<clock>.{0,50})"
)
_EPOCH = re.compile(r"\s*(?:/Date\()?(\d{10})(?:\.\d+|\d{3})?(?:\)/)?\s*")


@dataclass(frozen=True, slots=True)
class Zones:
    """What is known of a site's clock: a zone and where it comes from; `month_first`: 3/14 is a day in March."""

    zone: tzinfo | None = None
    source: str = "unknown"
    month_first: bool = False


def zones(rules: SiteRules, *, month_first: bool = False) -> Zones:
    """The zone for times printed without one: the site rule's, then the source's, else unknown (read as UTC)."""
    for name, source in ((rules.time_zone, "site"), (rules.source_time_zone, "source")):
        zone = named_zone(name) if name else None
        if zone is not None:
            return Zones(zone, source, month_first)
    return Zones(month_first=month_first)


def moment(text: str, known: Zones) -> Moment | None:
    """The first date in a text (only its first 300 characters are read); None where there is none that can be."""
    text = spelled(text)
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return _dated(datetime.fromtimestamp(int(epoch[1]), UTC), "second", "page")
    readers = (_from_iso, _from_cjk, _from_names, _from_numbers, _from_year_first)
    return next((found for reader in readers if (found := reader(text, known)) is not None), None)


def has_date(text: str) -> bool:
    """Whether a text has a date in it."""
    return any(c.isdigit() for c in text) and moment(text, Zones()) is not None


def _from_iso(text: str, known: Zones) -> Moment | None:
    match = _ISO.search(text)
    if not match:
        return None
    if not match["dash"] and len(match["month"] + match["day"]) < 4:  # noqa: PLR2004 - YYYYMMDD has four
        return None
    return _moment(match["year"], match["month"], match["day"], match["clock"] or "", known)


def _from_cjk(text: str, known: Zones) -> Moment | None:
    match = _CJK.search(text)
    return _moment(match["year"], match["month"], match["day"], match["clock"], known) if match else None


def _from_names(text: str, known: Zones) -> Moment | None:
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        for match in pattern.finditer(text):
            month = month_number(match["name"])
            if month:
                early = match.groupdict().get("early") or ""
                clock = f"{early} {match['clock'].lstrip()}" if early else match["clock"]
                return _moment(match["year"], str(month), match["day"], clock or text[: match.start()], known)
    return None


def _from_numbers(text: str, known: Zones) -> Moment | None:
    match = _NUMBERS.search(text)
    if not match:
        return None
    day, month = match["day"], match["month"]
    if (known.month_first and match["dot"] == "/" and int(day) <= 12) or int(month) > 12:  # noqa: PLR2004 - months
        day, month = month, day
    year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"  # noqa: PLR2004 - digits of a year
    return _moment(year, month, day, match["clock"] or text[: match.start()], known)


def _from_year_first(text: str, known: Zones) -> Moment | None:
    match = _VIETNAMESE.search(text)
    if match:
        return _moment(match["year"], match["month"], match["day"], match["clock"], known)
    for match in _YEAR_FIRST.finditer(text):
        month = month_number(match["name"] or match["name_after"])
        if month:
            return _moment(match["year"], str(month), match["day"] or match["day_before"], match["clock"], known)
    return None


def month_number(name: str) -> int | None:
    """The month a word names, in any of the languages known; None: none."""
    word = re.sub(r"[.\s]", "", name.casefold()).removeprefix("ב")  # Hebrew "in"
    return MONTHS.get(word) or next(
        (MONTHS[word[:size]] for size in range(len(word), 2, -1) if word[:size] in MONTHS), None
    )


def _moment(year: str, month: str, day: str, clock: str, known: Zones) -> Moment | None:
    try:
        on = date(int(year) - (_BUDDHIST if int(year) > _LAST_YEAR else 0), int(month), int(day))
    except ValueError:
        return None
    if not _FIRST_YEAR <= on.year <= _LAST_YEAR:
        return None
    read = read_clock(clock)
    if read is None:
        return Moment(None, on, "day", None, "unknown")
    at, precision, zone = read
    stated = stated_zone(zone)
    zone_source = "page" if stated else known.source
    local = datetime.combine(on, at, tzinfo=stated or known.zone or UTC)
    return _dated(local, precision, zone_source)


def _dated(local: datetime, precision: str, zone_source: str) -> Moment | None:
    try:
        at = local.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    offset = local.utcoffset() or timedelta()
    minutes = None if zone_source == "unknown" else int(offset.total_seconds() // 60)
    return Moment(at, local.date(), precision, minutes, zone_source)
