"""Re-extraction: kept pages read again, beside the readings that stand, and how the two differ: `sql/reextract`.

    begin -> pending -> keep, batch by batch -> finish         (promotion: broadsheet.warehouse.promoting)

Everything that is read is in the warehouse when its transaction ends, so a re-extraction goes on wherever it died.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from broadsheet.errors import WarehouseError
from broadsheet.model import Reason, RecordPosition
from broadsheet.warehouse.claiming import next_load, record
from broadsheet.warehouse.loading import kept_beside, loaded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from broadsheet.model import LoadBatch
    from broadsheet.warehouse.room import Warehouse

FAILURES: Final = (
    Reason.INTERNAL_ERROR, Reason.OUT_OF_MEMORY, Reason.EXTRACTION_OVERRAN, Reason.BROKEN_RECORD, Reason.FORGOTTEN,
)  # fmt: skip
"""Reasons that say nothing of what the rules make of a page: such a page is never promoted."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which kept pages are read again; an empty tuple or None: all.

    `since` and `until` (exclusive) are instants of capture; `versions` are versions of the extractor or their first
    letters; `reasons` are reasons of rejection, which leave only pages that were rejected; `asked` is the SQL as it was
    given and `url_ids` the URLs that it named.
    """

    sources: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    versions: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    asked: str | None = None
    url_ids: tuple[int, ...] | None = None

    def told(self) -> str:
        """The selection as it is kept: what was asked for, without the ids that it led to."""
        kept = {name: value for name, value in asdict(self).items() if value and name != "url_ids"}
        return json.dumps(kept, default=str, ensure_ascii=False, sort_keys=True)

    def values(self) -> dict[str, Any]:
        """What the statements bind."""
        ids = list(self.url_ids or ())
        bounds = {"since": self.since, "until": self.until, "narrowed": self.url_ids is not None, "url_ids": ids}
        lists = {"sources": list(self.sources), "versions": list(self.versions)}
        return bounds | lists | {"reasons": [each.value for each in self.reasons]}


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that is to be read again; `position` None: the archive has it no more. `size` is in bytes."""

    url_id: int
    url: str
    source: str
    captured_at: datetime
    payload_digest: str
    position: RecordPosition | None
    size: int

    def key(self) -> dict[str, Any]:
        """What names the page within a re-extraction, as JSON has it."""
        when = self.captured_at.isoformat()
        return {"url_id": self.url_id, "captured_at": when, "payload_digest": self.payload_digest}


def count(warehouse: Warehouse, selection: Selection) -> list[tuple[str, str, int]]:
    """How many pages a selection means: source, how they stand (article, rejected), pages. Changes nothing."""
    warehouse.session.run("reextract/found", selection.values())
    return [(source, state, pages) for source, state, pages in warehouse.session.run("reextract/counted")]


def begin(warehouse: Warehouse, selection: Selection, rules: str, *, who: str, now: datetime) -> int:
    """The id of the re-extraction of these pages by these rules: one that is unfinished, else a new one.

    `rules` is a hash of all that pages are read by. In one transaction. WarehouseError: no such page is kept.
    """
    session = warehouse.session
    values = selection.values() | {"selection": selection.told(), "rules": rules, "who": who, "now": now}
    if found := session.run("reextract/unfinished", values):
        return int(found[0][0])
    values |= {"reextraction_id": session.run("reextract/next")[0][0], "load_id": next_load(session)}
    if not session.change("reextract/found", values):
        raise WarehouseError("no kept page is selected: `broadsheet archive list` shows what is kept")
    with session.transaction():
        for step in ("begun", "selected", "compared"):
            session.run(f"reextract/{step}", values)
        record(session, "reextract", values)
    return int(values["reextraction_id"])


def pending(warehouse: Warehouse, reextraction_id: int, most: int) -> list[KeptPage]:
    """Pages that are not read yet, at most so many, in the order of the archive."""
    values = {"reextraction_id": reextraction_id, "most": most}
    return [_page(*row) for row in warehouse.session.run("reextract/pending", values)]


def left_over(warehouse: Warehouse, reextraction_id: int) -> int:
    """How many pages are not read yet."""
    return int(warehouse.session.run("reextract/left_over", {"reextraction_id": reextraction_id})[0][0])


def keep(
    warehouse: Warehouse, reextraction_id: int, batch: LoadBatch | None, pages: Sequence[KeptPage], now: datetime
) -> None:
    """Keep what a batch of pages was read as, in one transaction; pages without a row in it are not kept any more.

    `batch` None: none of them could be read.
    """
    session = warehouse.session
    values = {"reextraction_id": reextraction_id, "failures": [each.value for each in FAILURES], "now": now}
    values |= {"pages": json.dumps([page.key() for page in pages])}
    if batch is None:
        values["load_id"] = next_load(session)
        with session.transaction():
            session.run("reextract/lost", values)
            record(session, "reextract", values)
    elif not loaded(session, [batch.key]):
        with kept_beside(session, batch, now=now) as bound:
            session.run("reextract/results", values | bound)
            session.run("reextract/lost", values | bound)


def finish(warehouse: Warehouse, reextraction_id: int, *, now: datetime) -> None:
    """Write down how old and new readings differ, field by field, once all pages are read; again changes nothing."""
    session = warehouse.session
    values = {"reextraction_id": reextraction_id, "now": now, "load_id": next_load(session)}
    with session.transaction():
        if session.change("reextract/finished", values):
            changed = session.change("reextract/differences", values)
            record(session, "reextract", values, changed=changed + 1)


def _page(  # noqa: PLR0913, PLR0917 - a row of pending.sql
    url_id: int,
    url: str,
    source: str,
    captured_at: datetime,
    digest: str,
    file: str | None,
    offset: int,
    length: int,
    size: int | None,
) -> KeptPage:
    place = RecordPosition(file, offset, length) if file else None
    return KeptPage(url_id, url, source, captured_at, digest, place, size or 0)
