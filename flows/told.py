"""Values as people read them on a run's page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MINUTE: Final = 60


def seconds(count: float | None) -> str:
    """A length of time: `250 ms`, `3.1 s`, `2.5 min`; a dash where it is not known."""
    if count is None:
        return "-"
    if count < 1:
        return f"{count * 1000:.0f} ms"
    return f"{count:.1f} s" if count < MINUTE else f"{count / MINUTE:.1f} min"


def tally(counts: Mapping[Any, int]) -> str:
    """What was counted, the most first: `67 new, 3 duplicate`; `none` of nothing."""
    told = sorted(((count, name) for name, count in counts.items() if count), key=lambda each: (-each[0], each[1]))
    return ", ".join(f"{count} {name}" for count, name in told) or "none"


def plain(value: object) -> object:
    """A value as JSON has it; times to the minute, in UTC."""
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value


def path(url: str) -> str:
    """What follows the host of an address; all of what is none."""
    _, mark, rest = url.partition("://")
    return f"/{rest.partition('/')[2]}" if mark else url
