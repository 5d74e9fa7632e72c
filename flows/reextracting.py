"""Reading kept pages again, batch by batch: from the archive, in the pool, beside what stands. No network, no Prefect.

    pages that are left → batches by bytes → archive → pool → stage file → one transaction each

A batch is loaded while the next one is read, and no more than that is ever held. What a death leaves unread is read by
the next call: one batch in the pool and one on its way into the warehouse, at most.
"""

from __future__ import annotations

import hashlib
import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from broadsheet import archive, stages
from broadsheet.errors import ArchiveError
from broadsheet.model import LoadBatch
from broadsheet.warehouse import reextracting
from extractors.rules import CODE
from extractors.sitefiles import site_rules
from flows import load
from flows.extract import BATCH_BYTES, rows_of, works_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from broadsheet.model import FetchedPage
    from broadsheet.warehouse.reextracting import KeptPage, Selection
    from flows.scene import Scene

AT_ONCE = 10_000  # pages that are asked for at a time: 3 MB of places
TOLD_EVERY = 10.0  # seconds between two lines on how far it is


def begun(stage: Scene, selection: Selection, who: str) -> int:
    """The id of the re-extraction that goes on, or of a new one. WarehouseError: nothing is selected."""
    with load.opened(stage) as warehouse:
        stage.boilerplate.update(warehouse.active_rules())
        rules = ways_of_reading(stage)
        return reextracting.begin(warehouse, selection, rules, who=who, now=stage.settings.clock())


def ways_of_reading(stage: Scene) -> str:
    """A hash of all that pages are read by: code, rules of sites, learned lines, hints of sources."""
    sources = {each.name: (each.time_zone, each.language) for each in stage.known.values()}
    sites = {host: asdict(site) for host, site in site_rules().items()}
    told = json.dumps([CODE, sites, stage.boilerplate, sources], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def read_all(stage: Scene, reextraction_id: int) -> int:
    """Read every page that is left, then write down what differs; how many were read now."""
    with load.opened(stage) as warehouse:
        total = reextracting.left_over(warehouse, reextraction_id)
    stage.progress.stage("reextract", total, "pages")
    pace, read = Pace(stage, total), 0
    while pages := _pending(stage, reextraction_id):
        _read(stage, reextraction_id, pages, pace)
        read += len(pages)
    with load.opened(stage) as warehouse:
        reextracting.finish(warehouse, reextraction_id, now=stage.settings.clock())
    return read


class Pace:
    """How far it is, told every few seconds: pages a second, and the time that is left."""

    def __init__(self, stage: Scene, total: int) -> None:
        self._progress = stage.progress
        self._total = total
        self._done = 0
        self._begun = self._told = time.monotonic()

    def advance(self, pages: int) -> None:
        """So many more pages are done."""
        self._done += pages
        self._progress.advance(pages)
        now = time.monotonic()
        if now - self._told >= TOLD_EVERY:
            self._told = now
            self._progress.say(paced(self._done, self._total, now - self._begun))


def paced(done: int, total: int, seconds: float) -> str:
    """How far it is: `4000 of 20000 pages, 80.0 a second, 0:03:20 left`."""
    rate = done / seconds
    return f"{done} of {total} pages, {rate:.1f} a second, {timedelta(seconds=round((total - done) / rate))} left"


def _pending(stage: Scene, reextraction_id: int) -> list[KeptPage]:
    with load.opened(stage) as warehouse:
        return reextracting.pending(warehouse, reextraction_id, AT_ONCE)


def _read(stage: Scene, reextraction_id: int, pages: Sequence[KeptPage], pace: Pace) -> None:
    """Read pages batch by batch, each loaded while the next is read."""
    with ThreadPoolExecutor(1, "loading") as loader:
        loading: Future[None] | None = None
        for batch in batches(pages, stage.settings.batch_pages):
            made = read_batch(stage, reextraction_id, batch)
            if loading:
                loading.result()
            loading = loader.submit(_kept, stage, reextraction_id, made, batch)
            pace.advance(len(batch))
        if loading:
            loading.result()


def batches(pages: Iterable[KeptPage], most: int, most_bytes: int = BATCH_BYTES) -> Iterator[list[KeptPage]]:
    """Pages in their order, at most so many together, and no more bytes than that unless one page alone has them."""
    batch: list[KeptPage] = []
    weight = 0
    for page in pages:
        if batch and (len(batch) == most or weight + page.size > most_bytes):
            yield batch
            batch, weight = [], 0
        batch.append(page)
        weight += page.size
    if batch:
        yield batch


def read_batch(stage: Scene, reextraction_id: int, batch: Sequence[KeptPage]) -> LoadBatch | None:
    """Read a batch in the pool and put its stage file in place. None: the archive has none of its pages any more."""
    works = works_of(stage, _pages(stage, batch))
    if not works:
        return None
    key = _key(reextraction_id, batch)
    path = stage.folder / f"{key}.jsonl.gz"
    stages.write(path, rows_of(stage, works))
    return LoadBatch(key, str(path))


def _kept(stage: Scene, reextraction_id: int, made: LoadBatch | None, batch: Sequence[KeptPage]) -> None:
    with load.opened(stage) as warehouse:
        reextracting.keep(warehouse, reextraction_id, made, batch, now=stage.settings.clock())


def _pages(stage: Scene, batch: Iterable[KeptPage]) -> Iterator[FetchedPage]:
    """The pages as the archive has them, under the URL, source and time that the warehouse knows them by."""
    for each in batch:
        if each.position:
            try:
                page = archive.read_one(stage.data, each.position)
            except ArchiveError as error:
                stage.progress.say(f"not read again: {error}")
            else:
                yield replace(page, url=each.url, source=each.source)


def _key(reextraction_id: int, batch: Iterable[KeptPage]) -> str:
    told = hashlib.sha256(f"reextract {reextraction_id}".encode())
    for page in batch:
        told.update(json.dumps(page.key()).encode())
    return told.hexdigest()[:32]
