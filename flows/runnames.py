"""What the Prefect UI calls a run: after its sources and its window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prefect import runtime

from broadsheet.config import read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

SHOWN: Final = 3  # names of sources in a name


def run_name(*, since: date | None = None) -> str:
    """The name of the flow run that this is asked in: `harbour-gazette, alpenkurier · 14 Mar 12:00`.

    The time is that of the schedule, in UTC, however late the run begins; a first fill says how far back it goes.
    """
    names = sources_named(runtime.flow_run.parameters.get("sources") or ())
    return f"{names} · {window(_scheduled_at(), since)}"


def sources_named(names: Sequence[str]) -> str:
    """The first sources by name, the others as a number; `all sources` where none is named."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more if names else "all sources"


def window(at: datetime, since: date | None) -> str:
    """When a run is, and since which day it looks if that is not its own past: `14 Mar 12:00, since 2026-01-31`."""
    return f"{at:%d %b %H:%M}" + (f", since {since}" if since else "")


def _scheduled_at() -> datetime:
    settings = read_settings()
    if settings.now:
        return settings.clock()
    return runtime.flow_run.scheduled_start_time  # type: ignore[no-any-return] # Prefect's module has no types
