"""Dates as endpoints print them. Pure: nothing is filled in from today.

Read by grammar rather than by guess: RFC 822 and its successors (RFC 1123, 2822, 5322, obsolete forms too), RFC 3339
and ISO 8601, W3C-DTF for days, `asctime`, and the forms that feeds print although no standard has them: a foreign or
wrong weekday, months spelled out or in another language, `24.11.2026 10:00`. What can be read in two ways, as
`03/04/2026`, is no date.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

YEARS: Final = range(1600, 2200)  # beyond them a date is a misreading
LONGEST: Final = 100  # characters
FURTHEST: Final = 16 * 60  # minutes from UTC; the furthest zones are at +14:00 and -12:00

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janv janvier ene enero gen gennaio janeiro januari",
            "feb february februar fev fevr fevrier febrero febbraio fevereiro februari",
            "mar march mrz maer maerz marz mars marzo marco mrt maart",
            "apr april avr avril abr abril aprile",
            "may mai mayo mag maggio maio mei",
            "jun june juni juin junio giu giugno junho",
            "jul july juli juil juillet julio lug luglio julho",
            "aug august aout ago agosto augustus",
            "sep sept september septembre septiembre set settembre setembro",
            "oct october okt oktober octobre octubre ott ottobre out outubro",
            "nov november novembre noviembre novembro",
            "dec december dez dezember decembre dic diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
PLAIN_LETTERS: Final = str.maketrans("äáàâéèêçûú", "aaaaeeecuu")
ZONES: Final = {  # hours; RFC 822's own names, and those that feeds print although no standard has them
    "UT": 0, "GMT": 0, "UTC": 0, "WET": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "WEST": 1, "MSK": 3,
    "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip

CLOCK: Final = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?(?:\s*(?P<half>[ap])\.?m\.?)?"
ZONE: Final = r"(?:\s*(?P<zone>(?:GMT|UTC)?\s?[+-]\d\d(?::?\d\d)?|[A-Z]{1,5}))?(?:\s*\([\w /+:-]*\))?"
WEEKDAY: Final = r"(?:[^\W\d]+(?:[.,]+\s*|\s+))?"
MONTH: Final = r"(?P<month>[^\W\d]+)\.?"
FORMS: Final = tuple(
    re.compile(form + r"\s*", re.IGNORECASE)
    for form in (
        rf"(?P<year>\d{{4}})[-/.](?P<month>\d\d)[-/.](?P<day>\d\d)(?:T|\s)\s*{CLOCK}{ZONE}",
        rf"{WEEKDAY}(?P<day>\d{{1,2}})\.?[-\s]+{MONTH}[-\s]+(?P<year>\d{{2,4}}),?\s+{CLOCK}{ZONE}",
        rf"{WEEKDAY}{MONTH}\s+(?P<day>\d{{1,2}})\s+{CLOCK}{ZONE}\s+(?P<year>\d{{4}})",
        rf"{WEEKDAY}{MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}),?\s+{CLOCK}{ZONE}",
        rf"(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d{{4}}),?\s+{CLOCK}{ZONE}",
        rf"(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d\d)/(?P<year>\d{{4}})\s+{CLOCK}{ZONE}",
        rf"(?P<month>\d\d)/(?P<day>1[3-9]|2\d|3[01])/(?P<year>\d{{4}})\s+{CLOCK}{ZONE}",
    )
)
TIME_OF_DAY: Final = re.compile(r"\d:\d\d|T\d\d", re.IGNORECASE)
W3C_DAY: Final = re.compile(r"\s*(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?\s*")


def moment(text: object, zone: str | None = None) -> datetime | None:
    """An instant in UTC; None for a text that is no date, or a day without a time.

    A time that names no zone, or one that nobody can know, is read in `zone` (an IANA name), else as UTC; None if
    there is no such zone.
    """
    if not isinstance(text, str) or not TIME_OF_DAY.search(text[:LONGEST]) or len(text.strip()) > LONGEST:
        return None
    value = _iso(text.strip()) or _by_form(text.strip())
    found = _in_utc(value, zone) if value else None
    return found if found and found.year in YEARS else None


def day(text: object) -> datetime | None:
    """Like `moment`, and for a day, month or year (W3C-DTF) the midnight (UTC) at which it begins."""
    match = W3C_DAY.fullmatch(text) if isinstance(text, str) and len(text) <= LONGEST else None
    if match is None:
        return moment(text)
    year, month, of_month = (int(part or 1) for part in match.groups())
    return _instant(year, month, of_month).replace(tzinfo=UTC) if _is_day(year, month, of_month) else None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _by_form(text: str) -> datetime | None:
    match = next((match for form in FORMS if (match := form.fullmatch(text))), None)
    if match is None:
        return None
    month = _month(match["month"])
    year = _year(match["year"])
    hour, minute, second = _hour(match), int(match["minute"]), int(match["second"] or 0)
    if not _is_day(year, month, int(match["day"])) or not _is_time(hour, minute, second):
        return None
    value = _instant(year, month, int(match["day"])) + timedelta(hours=hour, minutes=minute, seconds=second)
    known, offset = _zone(match["zone"] or "")
    return value.replace(tzinfo=offset) if known else None


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else MONTHS.get(text.lower().translate(PLAIN_LETTERS), 0)


def _year(text: str) -> int:
    """RFC 2822, 4.3: two digits below 50 are of this century, the others and three digits count from 1900."""
    year = int(text)
    if len(text) == 2:  # noqa: PLR2004 - RFC 822's years
        return year + (2000 if year < 50 else 1900)  # noqa: PLR2004 - as the RFC has it
    return year + 1900 if len(text) == 3 else year  # noqa: PLR2004 - years of programs that counted from 1900


def _hour(match: re.Match[str]) -> int:
    hour = int(match["hour"])
    half = (match["half"] or "").lower()
    return hour if not half else hour % 12 + (12 if half == "p" else 0)


def _is_day(year: int, month: int, of_month: int) -> bool:
    try:
        return year in YEARS and bool(datetime(year, month, of_month, tzinfo=UTC))
    except ValueError:
        return False


def _is_time(hour: int, minute: int, second: int) -> bool:
    """A time of day, its end written as 24:00:00 (ISO 8601), or a leap second (RFC 3339, 5.7)."""
    return (hour < 24 and minute < 60 and second <= 60) or (hour, minute, second) == (24, 0, 0)  # noqa: PLR2004 - a clock


def _instant(year: int, month: int, of_month: int) -> datetime:
    return datetime(year, month, of_month)  # noqa: DTZ001 - the zone is added by the caller


def _zone(text: str) -> tuple[bool, tzinfo | None]:
    """(whether it can be a zone, its offset). No offset: none is named, or a name that several zones share."""
    name = text.upper().replace(" ", "")
    digits = name.removeprefix("GMT").removeprefix("UTC")
    if digits[:1] not in {"+", "-"}:
        hours = 0 if len(name) == 1 else ZONES.get(name)  # single letters are UTC: RFC 2822, 4.3
        return True, None if hours is None else timezone(timedelta(hours=hours))
    minutes = int(digits[1:3]) * 60 + int(digits[3:].lstrip(":") or 0)
    sign = -1 if digits[0] == "-" else 1
    return (True, timezone(timedelta(minutes=sign * minutes))) if minutes < FURTHEST else (False, None)


def _in_utc(value: datetime, zone: str | None) -> datetime | None:
    try:
        aware = value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone) if zone else UTC)
        return aware.astimezone(UTC)
    except (ZoneInfoNotFoundError, ValueError, OverflowError):
        return None
