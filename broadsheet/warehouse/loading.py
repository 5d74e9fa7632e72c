"""Loading a batch once: stage, dedupe, one transaction keyed by the batch. The statements are `sql/load`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.model import LoadBatch, Outcome, Run
from broadsheet.stages import earlier_file
from broadsheet.warehouse.claiming import next_load, record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from broadsheet.warehouse.schedule import Schedule
    from broadsheet.warehouse.statements import Session

READ = ("stage", "claims", "urls", "urls_earlier", "fetches", "reading")
KEEP = ("bodies", "extractions")
PLACE = ("resolved", "article_urls")
SETTLE = ("history", "outcomes", "attempts", "url_state")
DERIVE = ("versions", "remade", "present", "places", "needed", "changes")
RENEW = ("versions_removed", "versions_kept", "articles_moved", "articles_removed", "articles_kept")


def loaded(session: Session, keys: Iterable[str]) -> set[str]:
    """Which of these batch keys were loaded."""
    return {key for (key,) in session.run("load/loaded", {"keys": list(keys)})}


def load(session: Session, batch: LoadBatch, run: Run, schedule: Schedule, *, now: datetime) -> dict[Outcome, int]:
    """Load a stage file; how many attempts had which outcome. Empty, and nothing changes, if the batch was loaded.

    Evidence lies in another file, which no transaction can share with this one. It is keyed by the reading it is of
    and never changes, so it goes first: a crash between the two leaves evidence that the next try finds in place.
    """
    if loaded(session, [batch.key]):
        return {}
    values = schedule.values() | {"stage": batch.path, "run_id": run.run_id, "kind": run.kind, "now": now}
    with session.transaction():
        session.run("load/evidence", values)
    again = _again(values)
    if again:
        with session.transaction():
            session.run("load/evidence", again)
    values["load_id"] = next_load(session)
    with session.transaction():
        record(session, "batch", values, batch_key=batch.key, changed=_load(session, values))
    return {Outcome(outcome): count for outcome, count in session.run("load/counts", values)}


def _load(session: Session, values: dict[str, Any]) -> int:
    """All of a batch's statements, in order; how many rows of core they changed."""
    reread = _reread(session, values)
    _steps(session, READ, values)
    kept = reread + _steps(session, KEEP, values)
    _steps(session, PLACE[:1], values)
    placed = _steps(session, PLACE[1:], values)
    captured = _steps(session, ("captures",), values)
    _steps(session, (*SETTLE, *DERIVE), values)
    return kept + placed + captured + _steps(session, RENEW, values)


def _again(values: dict[str, Any]) -> dict[str, Any]:
    """The values that load what was read again of earlier captures; empty: nothing was."""
    earlier = earlier_file(Path(values["stage"]))
    return values | {"stage": str(earlier)} if earlier.exists() else {}


def _reread(session: Session, values: dict[str, Any]) -> int:
    """Keep earlier captures as the rules of this batch read them, so that like is compared with like."""
    again = _again(values)
    if not again:
        return 0
    _steps(session, ("stage", "reading"), again)
    return _steps(session, KEEP, again)


def _steps(session: Session, names: Sequence[str], values: dict[str, Any]) -> int:
    return sum(session.change(f"load/{name}", values) for name in names)
