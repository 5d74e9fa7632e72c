"""Promotion and rollback of a re-extraction: which reading is the current one. One transaction each.

Captures are told which reading is theirs, and versions and articles are derived from them again; nothing is edited in
the history, which compares like with like. A rollback is the same walk the other way: core.rereading has both ends.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from broadsheet.errors import WarehouseError
from broadsheet.warehouse.claiming import next_load, record
from broadsheet.warehouse.deriving import derived, history

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.warehouse.room import Warehouse
    from broadsheet.warehouse.statements import Session

MOVE: Final = (
    *("reextract/captures_changed", "reextract/captures_removed", "reextract/captures_added"),
    *("reextract/urls_restored", "reextract/urls_returned", "reextract/urls_placed"),
)
WITHDRAW: Final = (
    *("reextract/touched", "reextract/withdrawn", "reextract/urls_withdrawn", "load/merged_versions_past"),
    *("load/merged_versions", "load/merged_clusters", "load/merged_members", "load/merged_articles"),
    "reextract/urls_removed",
)


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants which re-extraction promoted or taken back, of which sources (none: of all), and why."""

    reextraction_id: int
    who: str
    why: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What a promotion or rollback did: pages that got another reading, and those left as they are.

    A page is left that another re-extraction or load has changed since. `rows` of core changed.
    """

    moved: int
    skipped: int
    rows: int


def promote(warehouse: Warehouse, order: Order, *, now: datetime) -> Step:
    """Make the new readings current, in one transaction; again changes nothing.

    WarehouseError: there is no such re-extraction, or it has pages left to read.
    """
    return _moved(warehouse.session, order, back=False, now=now)


def rollback(warehouse: Warehouse, order: Order, *, now: datetime) -> Step:
    """Make the readings current again that stood before, in one transaction; again changes nothing.

    WarehouseError: there is no such re-extraction, or it has pages left to read.
    """
    return _moved(warehouse.session, order, back=True, now=now)


def _require(session: Session, reextraction_id: int) -> None:
    rows = session.records("reextract/listed", {"reextraction_id": reextraction_id})
    if not rows:
        raise WarehouseError(f"there is no re-extraction {reextraction_id}: `broadsheet reextract list` shows them")
    if rows[0]["state"] != "read":
        raise WarehouseError(
            f"re-extraction {reextraction_id} has pages left to read: say the same `broadsheet reextract` again first"
        )


def _moved(session: Session, order: Order, *, back: bool, now: datetime) -> Step:
    _require(session, order.reextraction_id)
    values = asdict(order) | {"sources": list(order.sources), "back": back, "now": now, "load_id": next_load(session)}
    with session.transaction():
        asked = session.change("reextract/moves", values)
        skipped = session.change("reextract/skipped", values)
        if asked == skipped:
            return Step(0, skipped, 0)
        for name in (*MOVE, *WITHDRAW, "reextract/addresses"):
            session.run(name, values)
        history(session, values)
        session.run("reextract/no_batch")
        rows = asked - skipped + derived(session, values)
        session.run("reextract/urls_judged", values)
        session.run("reextract/marked", values)
        session.run("reextract/step_kept", values | {"moved": asked - skipped, "skipped": skipped})
        record(session, "rollback" if back else "promote", values, changed=rows)
    return Step(asked - skipped, skipped, rows)
