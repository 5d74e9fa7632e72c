"""What the warehouse tells of one run, beside the runs before it: `sql/runs`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from broadsheet.warehouse.statements import Session

Record = dict[str, Any]

RUNS: Final = 20  # that the usual is the median of
NEWS: Final = 10  # articles of each outcome
HOSTS: Final = 10
REASONS: Final = 60
FAILURES: Final = 200  # a table that people page through; the ledger has them all
ENDPOINTS: Final = 50
SOURCES: Final = 200


@dataclass(frozen=True, slots=True)
class RunFacts:
    """One run: rows of the statements of `sql/runs` that are named as the fields are.

    `usual_seconds` is None where no run of its kind has ended yet.
    """

    usual: tuple[Record, ...] = ()
    usual_seconds: float | None = None
    reasons: tuple[Record, ...] = ()
    news: tuple[Record, ...] = ()
    slow_hosts: tuple[Record, ...] = ()
    failures: tuple[Record, ...] = ()
    unread_endpoints: tuple[Record, ...] = ()
    health: tuple[Record, ...] = ()
    endpoints: int = 0
    named: int = 0


def run_facts(session: Session, run_id: str) -> RunFacts:
    """What there is to tell of a run; each list is as long as a page can hold."""
    ((seconds,),) = session.run("runs/usual_seconds", {"run_id": run_id, "runs": RUNS})
    ((endpoints, named),) = session.run("runs/polled", {"run_id": run_id})
    return RunFacts(
        usual=_rows(session, "usual", run_id),
        usual_seconds=seconds,
        reasons=_rows(session, "reasons", run_id, REASONS),
        news=_rows(session, "news", run_id, NEWS),
        slow_hosts=_rows(session, "slow_hosts", run_id, HOSTS),
        failures=_rows(session, "failures", run_id, FAILURES),
        unread_endpoints=_rows(session, "unread_endpoints", run_id, ENDPOINTS),
        health=_rows(session, "health", run_id, SOURCES),
        endpoints=endpoints,
        named=named,
    )


def _rows(session: Session, name: str, run_id: str, most: int = 0) -> tuple[Record, ...]:
    return tuple(session.records(f"runs/{name}", {"run_id": run_id, "runs": RUNS, "most": most}))
