"""Numbers, times and names as the report prints them. Pure; times are UTC and say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from datetime import date, datetime

THIN: Final = "\u202f"  # a narrow space that no line breaks at, between thousands (ISO 80000-1)
NONE: Final = "–"  # noqa: RUF001 - a dash in a cell: there is no value

KILO: Final = 1000
BYTES: Final = ("B", "kB", "MB", "GB", "TB", "PB")
HOUR, DAY = 60, 1440  # minutes
TEN: Final = 10


def number(value: float | None) -> str:
    """A count with thin spaces between thousands; a fraction to one place."""
    if value is None:
        return NONE
    return f"{value:,.0f}".replace(",", THIN) if value == int(value) else f"{value:,.1f}".replace(",", THIN)


def counted(value: int, one: str, many: str = "") -> str:
    """A count with its noun: `1 article`, `2 articles`."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def size(value: float) -> str:
    """Bytes in decimal units (SI): 999 B, 1.2 kB, 54 GB."""
    unit = 0
    while value >= KILO - 0.5 and unit < len(BYTES) - 1:
        value, unit = value / KILO, unit + 1
    return f"{value:.1f}{THIN}{BYTES[unit]}" if unit and value < TEN else f"{value:.0f}{THIN}{BYTES[unit]}"


def minutes(value: float | None) -> str:
    """A span of minutes in the unit that suits: 45 s, 12 min, 3.5 h, 4 d."""
    if value is None:
        return NONE
    span, unit = next(
        (value / size, unit) for size, unit in ((DAY, "d"), (HOUR, "h"), (1, "min"), (1 / 60, "s"))
        if abs(value) >= size or unit == "s"
    )  # fmt: skip
    return f"{span:.1f}".rstrip("0").rstrip(".").replace("-", "−") + f"{THIN}{unit}"  # noqa: RUF001 - a minus


def seconds(value: float | None) -> str:
    """A time of answering: 250 ms, 1.3 s."""
    if value is None:
        return NONE
    return f"{value * KILO:.0f}{THIN}ms" if value < 1 else f"{value:.1f}{THIN}s"


def share(part: float, whole: float) -> str:
    """A part of a whole in per cent; what is not all is never printed as 100 %, and what is not nothing never as 0."""
    if not whole:
        return NONE
    per_cent = 100 * part / whole
    if 0 < per_cent < 1:
        return f"<1{THIN}%"
    return f"{99 if part < whole and per_cent > 99 else round(per_cent)}{THIN}%"  # noqa: PLR2004 - see above


def moment(value: datetime | None) -> str:
    """An instant to the minute: 14 Mar 2026, 12:00 UTC."""
    return f"{value.day} {value:%b %Y, %H:%M} UTC" if value else NONE


def day(value: date | None) -> str:
    """A day: 14 Mar 2026."""
    return f"{value.day} {value:%b %Y}" if value else NONE


def plain(text: str | None) -> str:
    """A text of a page in one line, without characters that no browser shows."""
    return "".join(each if each.isprintable() else " " for each in " ".join((text or "").split()))


def link(url: str | None) -> str:
    """A URL that may be followed: http or https with a host; empty for all others (javascript:, data:, ...)."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return (url or "") if parts.scheme in {"http", "https"} and parts.netloc else ""
