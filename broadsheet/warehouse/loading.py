"""Loading a batch once: stage, dedupe, one transaction keyed by the batch. The statements are `sql/load`."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from broadsheet import stages
from broadsheet.errors import WarehouseError
from broadsheet.model import LoadBatch, Outcome, Run, stable_id
from broadsheet.stages import earlier_file
from broadsheet.warehouse.claiming import next_load, record
from broadsheet.warehouse.deriving import derived, history, steps
from broadsheet.warehouse.tombstones import forgotten_among

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from broadsheet.model import FetchedPage
    from broadsheet.warehouse.schedule import Schedule
    from broadsheet.warehouse.statements import Session

KEEP = ("bodies", "extractions")
MERGE = (
    *("merged_urls", "merged_versions_past", "merged_versions", "merged_clusters", "merged_members"),
    *("merged_articles", "merged_aliases", "merged_alias"),
)


def loaded(session: Session, keys: Iterable[str]) -> set[str]:
    """Which of these batch keys were loaded."""
    return {key for (key,) in session.run("load/loaded", {"keys": list(keys)})}


def kept(session: Session, pages: Sequence[FetchedPage]) -> set[tuple[int, datetime, str]]:
    """Answers to the pages' URLs that were loaded: URL id, time of capture, payload digest."""
    if not pages:
        return set()
    times = [page.captured_at for page in pages]
    values = {"url_ids": [stable_id(page.url) for page in pages], "earliest": min(times), "latest": max(times)}
    return {(url_id, when, digest) for url_id, when, digest in session.run("load/kept", values)}


def answered(session: Session, urls: Iterable[str], schedule: Schedule) -> set[str]:
    """Those of the URLs that were answered, if not by a failure that may pass."""
    values = schedule.values() | {"url_ids": [stable_id(url) for url in urls]}
    return {url for (url,) in session.run("load/answered", values)}


def load(session: Session, batch: LoadBatch, run: Run, schedule: Schedule, *, now: datetime) -> dict[Outcome, int]:
    """Load a stage file; how many attempts had which outcome. Empty, and nothing changes, if the batch was loaded.

    Evidence lies in another file, which no transaction can share with this one. It is keyed by the reading it is of
    and never changes, so it goes first, with the batch's key: a crash between the two is seen by the next load, which
    takes out what belongs to no reading. WarehouseError: the run was never begun in this warehouse.
    """
    if loaded(session, [batch.key]):
        return {}
    values = schedule.values() | {"stage": batch.path, "run_id": run.run_id, "kind": run.kind, "now": now}
    if not session.run("load/run_known", {"run_id": run.run_id}):
        raise WarehouseError(
            f"run {run.run_id} is not in the warehouse's ledger: the database was replaced while it was at work; "
            "`broadsheet run` takes up what it kept"
        )
    values |= {"batch_key": batch.key, "load_id": next_load(session)}
    _mend_evidence(session)
    earlier = earlier_file(Path(batch.path))
    parts = [values | {"stage": str(earlier)}, values] if earlier.exists() else [values]
    with _one_thread(session):
        for part in parts:
            _staged(session, part)
            _keep_evidence(session, part)
        with session.transaction():
            record(session, "batch", values, batch_key=batch.key, changed=_load(session, parts))
    return {Outcome(outcome): count for outcome, count in session.run("load/counts", values)}


@contextmanager
def _one_thread(session: Session) -> Iterator[None]:
    """One thread for the block: a batch is small, and to hand its statements out costs a sixth more than it brings."""
    session.connection.execute("set threads = 1")
    try:
        yield
    finally:
        with suppress(duckdb.Error):  # a database that broke says why by itself
            session.connection.execute("reset threads")


def _load(session: Session, parts: Sequence[dict[str, Any]]) -> int:
    """All of a batch's statements, in order; how many rows of core they changed.

    Where earlier captures were read again, they are kept first, so that like is compared with like.
    """
    *again, values = parts
    reread = sum(_reread(session, each) for each in again)
    if again:
        _staged(session, values)
    values |= _span(session, values)
    known = steps(session, ("urls_before",), values)
    steps(session, ("claims", "urls_earlier", "fetches") if known else ("claims", "fetches"), values)
    kept = reread + steps(session, KEEP, values)
    steps(session, ("resolved",), values)
    placed = _merge(session, values) + steps(session, ("article_urls",), values)
    steps(session, ("forms",), values)
    captured = steps(session, ("captures",), values)
    steps(session, ("addresses",), values)
    history(session, values)
    steps(session, ("outcomes", "attempts", "urls_settled", "urls"), values)
    steps(session, ("url_state", "forms_read") if known else ("forms_read",), values)
    if values.get("forgotten"):
        steps(session, ("forgotten_kept",), values)
    return kept + placed + captured + derived(session, values)


@contextmanager
def kept_beside(session: Session, batch: LoadBatch, *, now: datetime) -> Iterator[dict[str, Any]]:
    """Keep a stage file's readings beside the old ones, which stay current, in one transaction with the block.

    Gives the values that the block's statements may bind; `stage` holds the rows. A second time changes nothing.
    """
    values = {"stage": batch.path, "run_id": batch.key, "kind": "warc", "now": now}
    values |= {"batch_key": batch.key, "load_id": next_load(session)}
    _mend_evidence(session)
    _staged(session, values)
    _keep_evidence(session, values)
    with session.transaction():
        changed = steps(session, KEEP, values)
        yield values
        record(session, "reextract", values | {"run_id": None}, batch_key=batch.key, changed=changed)


def _merge(session: Session, values: dict[str, Any]) -> int:
    """Make articles one that turned out to be one: the older id stays, the other is an alias; how many rows changed."""
    if not session.run("load/merging")[0][0]:
        return 0
    steps(session, ("resolved_oldest", "merged"), values)
    return steps(session, MERGE, values)


def _staged(session: Session, values: dict[str, Any]) -> None:
    """Read a stage file into the temporary table `stage`; `fresh` names the rows of readings not kept yet."""
    try:
        steps(session, ("stage",), values)
    except duckdb.Error as error:
        raise (stages.damaged(Path(values["stage"])) or error) from error
    if session.run("load/has_tombstones"):
        values["forgotten"] = forgotten_among(session, [url for (url,) in session.run("load/names")])
        steps(session, ("forgotten",), values)
    steps(session, ("superseded", "repeated", "fresh"), values)


def _span(session: Session, values: dict[str, Any]) -> dict[str, Any]:
    """Where in the big tables rows of this run and batch can lie at all: the rest need not be looked through."""
    ((since, earliest),) = session.run("load/span", values)
    return {"since": since, "earliest": earliest}


def _mend_evidence(session: Session) -> None:
    """Take out evidence that a crash left without its readings."""
    if session.run("load/evidence_orphaned"):
        session.run("load/evidence_mended")


def _keep_evidence(session: Session, values: dict[str, Any]) -> None:
    """Keep the evidence of the readings in `fresh`, marked as that of the batch."""
    with session.transaction():
        session.run("load/evidence_pending", values)
        session.run("load/evidence", values)


def _reread(session: Session, values: dict[str, Any]) -> int:
    """Keep earlier captures as the rules of this batch read them."""
    _staged(session, values)
    return steps(session, KEEP, values)
