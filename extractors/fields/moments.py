"""A date as somebody printed it, read into a `Moment`: ISO 8601, RFC 2822, numbers, months of many languages."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from broadsheet.model import Moment
from extractors.fields.months import MONTHS, ZONES

if TYPE_CHECKING:
    from broadsheet.model import SiteRules

MAX_TEXT = 300  # characters of a text in which a date is looked for
_FIRST_YEAR, _LAST_YEAR = 1971, 2100  # 1970 is what a missing number turns into
_MAX_OFFSET = 15 * 60
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
    r"(?P<name>[^\W\d_]{3,14}|[\u0900-\u0dff]{2,20})\.?,?[\s\-/]{1,3}(?:de\s|del\s)?(?P<year>\d{4})(?!\d)(?P<clock>.{0,50})"
)
_MONTH_DAY = re.compile(
    r"(?P<name>[^\W\d_]{3,14})\.?\s{1,2}(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s{1,2}"
    r"(?:(?P<early>\d\d?:\d\d(?::\d\d)?(?:\s[A-Z]{2,4})?)\s{1,2})?(?P<year>\d{4})(?!\d)(?P<clock>.{0,50})"
)
_NUMBERS = re.compile(
    r"(?<![\d./])(?P<day>\d\d?)\s?(?P<dot>[./-])\s?(?P<month>\d\d?)\s?(?P=dot)\s?(?P<year>\d{4}|\d\d)(?![\d./])(?P<clock>.{0,50})"
)
_EPOCH = re.compile(r"\s*(\d{10})(?:\.\d+|\d{3})?\s*")
_CLOCK = re.compile(
    r"(?P<half>午前|午後|上午|下午|오전|오후)?\s*(?<!\d)(?P<hour>\d\d?)\s?(?:[:.h]|[時时点點시]|Uhr)"
    r"(?:\s?(?P<minute>\d\d|(?<=[時时点點시])\d|(?<=시 )\d))?\s?[分분]?"
    r"(?:[:.](?P<second>\d\d)(?:[.,]\d{1,9})?)?\s*(?P<ampm>[ap]\.?\s?m\b\.?)?\s*(?:Uhr|น\.)?\s*"
    r"(?P<zone>Z\b|(?:\(?(?:GMT|UTC)\s?)?[+-]\d\d?(?::?\d\d)?(?!\d)|\(?[A-Z]{2,4}\b)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"([+-])(\d\d?):?(\d\d)?")
_COMPACT_CLOCK = re.compile(r"(\d\d)(\d\d)(\d\d)?(?=\D|$)(.*)")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯０１２３４５６７８９", "0123456789" * 5)


@dataclass(frozen=True, slots=True)
class Zones:
    """What is known of a site's clock: a zone and where it comes from; `month_first`: 3/14 is a day in March."""

    zone: tzinfo | None = None
    source: str = "unknown"
    month_first: bool = False


def zones(rules: SiteRules, *, month_first: bool = False) -> Zones:
    """The zone for times printed without one: the site rule's, then the source's, else unknown (read as UTC)."""
    for name, source in ((rules.time_zone, "site"), (rules.source_time_zone, "source")):
        zone = _zone(name) if name else None
        if zone is not None:
            return Zones(zone, source, month_first)
    return Zones(month_first=month_first)


def moment(text: str, known: Zones) -> Moment | None:
    """The first date in a text (only its first 300 characters are read); None where there is none that can be."""
    text = unicodedata.normalize("NFKC", text[:MAX_TEXT]).translate(_DIGITS).replace("\u200e", "").replace("\u200f", "")
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return _dated(datetime.fromtimestamp(int(epoch[1]), UTC), "second", "page")
    for reader in (_from_iso, _from_cjk, _from_names, _from_numbers):
        found = reader(text, known)
        if found is not None:
            return found
    return None


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


def month_number(name: str) -> int | None:
    """The month a word names, in any of the languages known; None: none."""
    word = name.casefold().rstrip(".")
    return next((MONTHS[word[:size]] for size in range(len(word), 2, -1) if word[:size] in MONTHS), None)


def _moment(year: str, month: str, day: str, clock: str, known: Zones) -> Moment | None:
    try:
        on = date(int(year), int(month), int(day))
    except ValueError:
        return None
    if not _FIRST_YEAR <= on.year <= _LAST_YEAR:
        return None
    read = _clock(clock)
    if read is None:
        return Moment(None, on, "day", None, "unknown")
    at, precision, zone = read
    stated = _stated_zone(zone)
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


def _clock(text: str) -> tuple[time, str, str] | None:
    """The time of day at the beginning of what follows a date: the time, its precision, the zone as printed."""
    compact = _COMPACT_CLOCK.match(text)
    if compact:
        text = ":".join(part for part in compact.groups()[:3] if part) + compact[4]
    match = _CLOCK.search(text)
    if not match or (not match["minute"] and not re.search(r"[時时点點시]|Uhr", match[0])):
        return None
    hour = _hour(int(match["hour"]), (match["half"] or match["ampm"] or "").lower())
    try:
        at = time(hour, int(match["minute"] or 0), min(59, int(match["second"] or 0)))
    except ValueError:
        return None
    return at, "second" if match["second"] else "minute", match["zone"] or ""


def _hour(hour: int, half: str) -> int:
    if half.startswith(("p", "午後", "下午", "오후")) and hour < 12:  # noqa: PLR2004 - noon
        return hour + 12
    return 0 if half.startswith(("a", "午前", "上午", "오전")) and hour == 12 else hour  # noqa: PLR2004 - midnight


def _stated_zone(zone: str) -> timezone | None:
    """The zone that a time was printed with: an offset or a well-known abbreviation."""
    name = zone.strip("( ").upper()
    match = _OFFSET.search(name)
    if match:
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        signed = -minutes if match[1] == "-" else minutes
        return timezone(timedelta(minutes=signed)) if minutes <= _MAX_OFFSET else None
    return timezone(timedelta(minutes=ZONES[name])) if name in ZONES else None


@functools.cache
def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return None
