"""What was rejected and is still kept, to be read again. The statement is `sql/replay/rejected`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.model import Reason, RecordPosition

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from broadsheet.warehouse.room import Warehouse


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An answer that was rejected when it was last read, by which load, and where it is kept."""

    url: str
    source: str
    reason: Reason
    load_id: int
    position: RecordPosition


def quarantined(
    warehouse: Warehouse, reasons: Sequence[Reason], sources: Sequence[str], since: datetime | None
) -> list[Quarantined]:
    """The rejected answers, in the order of the archive; captured since an instant, of these sources (none: of all).

    Without reasons it is every one that holds a page: others end the same way whoever reads them.
    """
    values = {"reasons": [each.value for each in reasons], "sources": list(sources), "since": since}
    rows = warehouse.session.run("replay/rejected", values)
    return [
        Quarantined(url, source, Reason(reason), load_id, RecordPosition(*place))
        for url, source, reason, load_id, *place in rows
    ]
