"""How things stand, for `broadsheet status`: sources and the ledger of the last runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.model import Outcome, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from broadsheet.warehouse.statements import Session


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source: articles we have, URLs we know, what is due now and what next, and what was rejected by reason.

    `due` pages and `polls_due` endpoints are due now; `next_due_at` and `next_poll_at` are when the first of those that
    are not falls due, None: there is none.
    """

    source: str
    articles: int
    urls: int
    due: int
    next_due_at: datetime | None
    polls_due: int
    next_poll_at: datetime | None
    rejected: Mapping[Reason, int]
    last_captured_at: datetime | None  # None: nothing was read yet


@dataclass(frozen=True, slots=True)
class RunStatus:
    """One run and its ledger; it balances if claimed = attempted = the sum of the outcomes."""

    run_id: str
    kind: str
    state: str
    started_at: datetime
    ended_at: datetime | None  # None: it runs
    claimed: int
    attempted: int
    outcomes: Mapping[Outcome, int]
    changed_rows: int

    @property
    def balances(self) -> bool:
        """Whether every claim was settled by one attempt."""
        return self.claimed == self.attempted == sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class Status:
    """All sources by name, and the last runs, newest first."""

    sources: tuple[SourceStatus, ...]
    runs: tuple[RunStatus, ...]


def status(session: Session, *, now: datetime, runs: int = 10) -> Status:
    """How things stand at `now`; works on the warehouse and on the read copy alike."""
    return Status(
        tuple(_source(row) for row in session.records("inner/sources", {"now": now})),
        tuple(_run(row) for row in session.records("inner/ledger", {"runs": runs})),
    )


def run_ledger(session: Session, run_id: str) -> dict[str, dict[str, int]]:
    """What became of a run's attempts: source -> outcome -> how many."""
    ledger: dict[str, dict[str, int]] = {}
    for source, outcome, attempts in session.run("inner/run_ledger", {"run_id": run_id}):
        ledger.setdefault(source, {})[outcome] = attempts
    return ledger


def _source(row: dict[str, Any]) -> SourceStatus:
    rejected = row.pop("rejected") or {}
    return SourceStatus(**row, rejected={Reason(reason): count for reason, count in rejected.items()})


def _run(row: dict[str, Any]) -> RunStatus:
    outcomes = row.pop("outcomes") or {}
    return RunStatus(**row, outcomes={Outcome(outcome): count for outcome, count in outcomes.items()})
