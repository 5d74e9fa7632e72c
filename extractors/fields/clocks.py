"""The time of day and the zone, as somebody printed them behind a date."""

from __future__ import annotations

import functools
import re
from datetime import UTC, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from extractors.fields.months import PLACES, ZONES

_MAX_OFFSET = 15 * 60
_CLOCK = re.compile(
    r"(?P<half>午前|午後|上午|下午|오전|오후)?\s*(?<!\d)(?P<hour>\d\d?)\s?(?:[:.h]|[時时点點시]|Uhr)"
    r"(?:\s?(?P<minute>\d\d|(?<=[時时点點시])\d|(?<=시 )\d))?\s?[分분]?"
    r"(?:[:.](?P<second>\d\d)(?:[.,]\d{1,9})?)?\s*(?P<ampm>[ap]\.?\s?m\b\.?)?\s*(?:Uhr|น\.)?\s*"
    r"(?P<zone>Z\b|(?:\(?(?:GMT|UTC)\s?)?[+-]\d\d?(?::?\d\d)?(?!\d)|\(?[A-Z]{2,4}\b)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"([+-])(\d\d?):?(\d\d)?")
_COMPACT_CLOCK = re.compile(r"(\d\d)(\d\d)(\d\d)?(?=\D|$)(.*)")


def clock(text: str) -> tuple[time, str, str] | None:
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


def stated_zone(zone: str) -> tzinfo | None:
    """The zone that a time was printed with: an offset or a well-known abbreviation, in capitals ("est" is a word)."""
    name = zone.strip("( ")
    match = _OFFSET.search(name)
    if match:
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        signed = -minutes if match[1] == "-" else minutes
        return timezone(timedelta(minutes=signed)) if minutes <= _MAX_OFFSET else None
    if name.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    if name in PLACES:
        return named_zone(PLACES[name])
    return timezone(timedelta(minutes=ZONES[name])) if name in ZONES else None


@functools.cache
def named_zone(name: str) -> tzinfo | None:
    """The zone of a name in the tz database (`Asia/Tokyo`); None: there is none."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return None
