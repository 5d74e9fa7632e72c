"""Runs that nobody works on any more are closed, and of runs that are late one alone is left.

Prefect leaves a run `Running` for ever when its process dies with its worker (PrefectHQ/prefect issue 16746), and after
a night asleep starts every run that was missed. What a dead run kept is not lost: the next takes it up (flows.recover).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flows.serving.deploying import POOL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from flows.serving.api import Api

    Run = Mapping[str, Any]

ACTIVE = ("PENDING", "RUNNING", "CANCELLING")
STARTING = timedelta(seconds=60)  # a pending run's process may take so long to appear
OVERDUE = timedelta(seconds=20)  # a run is late when it should have begun so long ago
DEAD = "the process that worked on it is gone; what it kept is taken up by the next run"
MISSED = "missed while nobody was at work; a later run catches up"


@dataclass(frozen=True, slots=True)
class Healed:
    """The names of runs that were closed, and of late ones that were cancelled."""

    closed: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """What was done, a line each."""
        told = [f"closed {name!r}: {DEAD}" for name in self.closed]
        if self.cancelled:
            told.append(f"cancelled {len(self.cancelled)} run(s) {MISSED}")
        return told


def active_runs(api: Api) -> list[dict[str, Any]]:
    """Runs of our pool that are pending, running or being cancelled."""
    return _runs(api, {"type": {"any_": list(ACTIVE)}})


def loose_runs(api: Api) -> list[dict[str, Any]]:
    """Open runs of no pool: those of commands, `broadsheet run` above all."""
    found = api.every("/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": list(ACTIVE)}}}})
    return [run for run in found if not run.get("work_pool_name")]


def late_runs(api: Api) -> list[dict[str, Any]]:
    """Scheduled runs of our pool whose time has come, the newest first."""
    runs = _runs(api, {"type": {"any_": ["SCHEDULED"]}}, until=datetime.now(UTC) - OVERDUE)
    return sorted(runs, key=lambda run: str(run["expected_start_time"]), reverse=True)


def unattended(runs: Iterable[Run], at_work: Collection[str], now: datetime, *, at_once: bool = False) -> list[Run]:
    """Those of the runs that no process works on. One that is pending has a minute to begin, unless `at_once`."""
    return [run for run in runs if run["id"] not in at_work and (at_once or not _may_begin(run, now))]


def superfluous(runs: Sequence[Run]) -> list[Run]:
    """Of late runs, the newest first: all but the newest of each deployment, except those that a person asked for."""
    kept: set[str] = set()
    return [run for run in runs if run.get("auto_scheduled") and not _is_first(str(run["deployment_id"]), kept)]


def close(api: Api, runs: Iterable[Run]) -> tuple[str, ...]:
    """Close runs as crashed, or as cancelled if that was under way; their names. One that has ended is left."""
    return tuple(run["name"] for run in runs if _is_active(api, run) and _closed(api, run))


def cancel(api: Api, runs: Iterable[Run]) -> tuple[str, ...]:
    """Cancel runs that have not begun; their names."""
    return tuple(str(run["name"]) for run in runs if _set(api, run, "CANCELLED", MISSED))


def _closed(api: Api, run: Run) -> bool:
    cancelling = run["state_type"] == "CANCELLING"
    return _set(api, run, "CANCELLED" if cancelling else "CRASHED", DEAD)


def _set(api: Api, run: Run, kind: str, message: str) -> bool:
    state = {"type": kind, "name": kind.capitalize(), "message": message}
    api.post(f"/flow_runs/{run['id']}/set_state", {"state": state, "force": True})
    return True


def _is_active(api: Api, run: Run) -> bool:
    return api.get(f"/flow_runs/{run['id']}")["state_type"] in ACTIVE


def _is_first(deployment: str, seen: set[str]) -> bool:
    first = deployment not in seen
    seen.add(deployment)
    return first


def _may_begin(run: Run, now: datetime) -> bool:
    return run["state_type"] == "PENDING" and now - datetime.fromisoformat(run["state"]["timestamp"]) < STARTING


def _runs(api: Api, state: Mapping[str, Any], until: datetime | None = None) -> list[dict[str, Any]]:
    wanted: dict[str, Any] = {"state": state}
    if until:
        wanted["expected_start_time"] = {"before_": until.isoformat()}
    return api.every("/flow_runs/filter", {"flow_runs": wanted, "work_pools": {"name": {"any_": [POOL]}}})
