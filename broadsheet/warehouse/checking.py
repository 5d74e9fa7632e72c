"""Checks of `sql/checks`: queries whose rows are what is wrong; none means well."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.warehouse.statements import scripts

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.warehouse.statements import Session

SHOWN = 20
NEVER = -1  # before every load
SMALL = 200_000
"""Attempts up to which a run's checks look at all rows: that takes a second or two (docs/decisions/0033)."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found. `rows` are the first twenty offending rows, `count` is how many there are."""

    name: str
    severity: str  # error withholds the read copy, warning is reported
    rows: tuple[dict[str, Any], ...]
    count: int

    @property
    def failed(self) -> bool:
        """Whether rows break it and its severity is error."""
        return self.severity == "error" and self.count > 0


def check(session: Session, *, now: datetime, run_id: str | None, small: int = SMALL) -> list[CheckResult]:
    """Make every check and keep what it found. `run_id` is looked at as if it had ended.

    With a run, and more than `small` attempts, each check looks at what was loaded since it was clean
    (docs/decisions/0033); else at all rows.
    """
    names = [(each.name, each.severity) for each in scripts("checks") if each.severity]
    proven = _proven(session, small) if run_id else {}
    ((following,),) = session.run("load/next_load")
    values = {"run_id": run_id, "now": now}
    results = [_check(session, name, severity, values | {"since": proven.get(name, NEVER)}) for name, severity in names]
    with session.transaction():
        for each in results:
            session.run("inner/record_check", _values(each, now, run_id) | {"through": following - 1})
    return results


def _proven(session: Session, small: int) -> dict[str, int]:
    """Up to which load each check was clean, where looking at all rows would take long."""
    ((attempts,),) = session.run("inner/attempts_counted")
    return dict(session.run("inner/checked_through")) if attempts > small else {}


def content_digest(session: Session) -> str:
    """One text for all that the tables say, equal whatever the order of loading, the names of runs and the hour."""
    return str(session.run("checks/content_digest")[0][0])


def _check(session: Session, name: str, severity: str, values: dict[str, Any]) -> CheckResult:
    rows = session.records(f"checks/{name}", values)
    return CheckResult(name, severity, tuple(rows[:SHOWN]), len(rows))


def _values(result: CheckResult, now: datetime, run_id: str | None) -> dict[str, Any]:
    return {
        "name": result.name,
        "severity": result.severity,
        "run_id": run_id,
        "offending": result.count,
        "sample": json.dumps(result.rows, default=str, ensure_ascii=False),
        "now": now,
    }
