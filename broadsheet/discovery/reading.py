"""What a parser reads off an endpoint, before it is decided what of it belongs to the source."""

from __future__ import annotations

import calendar
import codecs
import html
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil import parser as dateutil_parser

from broadsheet.model import Hints

if TYPE_CHECKING:
    import time

    from broadsheet.discovery.children import Child

DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
YEARS: Final = range(1600, 2200)  # beyond them a date is a misreading
LONGEST: Final = 1000  # characters of a title, a name or a date that are looked at
TAG: Final = re.compile(r"<[^<>]{1,500}>")
TIME_OF_DAY: Final = re.compile(r"\d:\d\d|T\d\d")
OFFSET: Final = re.compile(r"(?:\dZ|[+-]\d\d:?(?:\d\d)?)\s*$", re.IGNORECASE)
NAMED_ZONE: Final = re.compile(r"\b[A-Z]{1,5}\s*$", re.IGNORECASE)
ZONE_OFFSETS: Final = {  # hours; RFC 822's own names, and those that feeds print although no standard has them
    "UT": 0, "GMT": 0, "UTC": 0, "Z": 0, "WET": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "WEST": 1, "MSK": 3,
    "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that an endpoint names; `url` as it is written there."""

    url: str
    hints: Hints = field(default_factory=Hints)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an endpoint's body says.

    `children` are further sitemaps, `older` the addresses of a feed's earlier entries; `base` is what its URLs are
    relative to.
    """

    entries: tuple[Entry, ...] = ()
    children: tuple[Child, ...] = ()
    problem: str = ""
    base: str | None = None
    older: tuple[str, ...] = ()


def as_utf8(body: bytes) -> bytes:
    """An XML document without what may stand before its root: byte order marks and white space.

    UTF-16 by its byte order mark becomes UTF-8 without a declaration.
    """
    for mark, charset in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if body.startswith(mark):
            text = body[len(mark) :].decode(charset, "replace")
            return DECLARATION.sub("", text).encode().lstrip()
    return body.removeprefix(codecs.BOM_UTF8).lstrip()


def plain(text: object) -> str:
    """A title or name in plain text: no tags, entities resolved, white space single; empty if it is no text."""
    if not isinstance(text, str):
        return ""
    return " ".join(html.unescape(TAG.sub(" ", text[:LONGEST])).split())


def language(tag: object) -> str | None:
    """The primary language of a language tag (RFC 5646), in lower case; None if it is none."""
    primary = re.split("[-_]", tag.strip().lower())[0] if isinstance(tag, str) else ""
    return primary if re.fullmatch("[a-z]{2,3}", primary) else None


def moment(text: object, zone: str | None = None, parsed: time.struct_time | None = None) -> datetime | None:
    """An instant in UTC; None for a text that is no date, or a day without a time.

    `parsed` is feedparser's reading of it, believed but for names of zones, of which it knows only a few. A time that
    names no zone is read in `zone` (an IANA name), else as UTC.
    """
    if not isinstance(text, str) or len(text) > LONGEST or not TIME_OF_DAY.search(text):
        return None
    is_read_well = parsed and (OFFSET.search(text) or not (zone or NAMED_ZONE.search(text)))
    value = None if is_read_well else _iso(text.strip()) or _guessed(text)
    found = _in_utc(value, zone) if value else _from_struct(parsed) if parsed else None
    return found if found and found.year in YEARS else None


def day(text: object) -> datetime | None:
    """Like `moment`, and midnight UTC for a day without a time: good enough to order sitemaps by."""
    if isinstance(text, str) and re.fullmatch(r"\s*\d{4}-\d\d-\d\d\s*", text):
        return moment(f"{text.strip()}T00:00:00Z")
    return moment(text)


def _from_struct(parsed: time.struct_time) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):  # a year that no datetime holds
        return None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _guessed(text: str) -> datetime | None:
    try:
        return dateutil_parser.parse(text, tzinfos=_named_zone)
    except (ValueError, OverflowError, TypeError, ArithmeticError):  # all are seen with odd digits
        return None


def _named_zone(name: str | None, offset: int | None) -> tzinfo | int | None:
    if offset is not None:
        return offset
    hours = ZONE_OFFSETS.get((name or "").upper())
    return None if hours is None else hours * 3600


def _in_utc(value: datetime, zone: str | None) -> datetime | None:
    try:
        aware = value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone) if zone else UTC)
        return aware.astimezone(UTC)
    except (ZoneInfoNotFoundError, ValueError, OverflowError):
        return None
