"""The time that a report shows, and the stretches that it is divided into. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

Unit = Literal["day", "week", "month"]

MOST_DAYS: Final = 92  # bars of a day each that a chart has room for
MOST_WEEKS: Final = 730  # days; beyond them a bar is a month


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `since` to `until`, both shown (UTC), in stretches of a `unit`; a stretch goes by its first day."""

    since: date
    until: date
    unit: Unit

    @property
    def days(self) -> int:
        """How many days are shown."""
        return (self.until - self.since).days + 1

    def stretches(self) -> list[date]:
        """The first day of every stretch, in order; weeks begin on Monday (ISO 8601), as DuckDB's date_trunc has it."""
        first = _begin(self.since, self.unit)
        found = [first]
        while (following := _next(found[-1], self.unit)) <= self.until:
            found.append(following)
        return found


def span_of(as_of: datetime, days: int) -> Span:
    """The last `days` days up to and with the one of an instant in UTC. ValueError: fewer than one."""
    if days < 1:
        raise ValueError(f"{days} days: at least one is shown")
    until = as_of.date()
    since = date.fromordinal(max(until.toordinal() - days + 1, 1))
    unit: Unit = "day" if days <= MOST_DAYS else "week" if days <= MOST_WEEKS else "month"
    return Span(since, until, unit)


def _begin(day: date, unit: Unit) -> date:
    match unit:
        case "day":
            return day
        case "week":
            return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
        case "month":
            return day.replace(day=1)


def _next(day: date, unit: Unit) -> date:
    return _begin(day + timedelta(days={"day": 1, "week": 7, "month": 31}[unit]), unit)
