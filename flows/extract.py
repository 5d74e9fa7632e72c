"""Kept records to stage files: cut a WARC file into batches, read each batch in the pool, hand the rows over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet import archive, stages
from broadsheet.model import FetchedPage, LoadBatch, Reason, Role
from broadsheet.urls import host
from broadsheet.workers import Failed
from extractors.sitefiles import rules_at
from flows.again import neighbour_works
from flows.read import failed_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from broadsheet.archive import BrokenRecord
    from broadsheet.model import SiteRules, Source
    from broadsheet.stages import Row
    from flows.read import PageWork
    from flows.scene import Scene


BATCH_BYTES = 64 << 20  # a batch of videos and PDFs must not fill the memory: bodies are held, packed and sent


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive page records of one WARC file; plain values, as a task's parameter must be.

    `file` is the name that positions carry; `start` is the offset of a record, `skip` how many pages from there on are
    another batch's (records that share a gzip member have no offset of their own). `key` follows from the records, so
    the same ones give the same key.
    """

    path: str
    file: str
    start: int
    skip: int
    count: int
    key: str
    urls: tuple[tuple[str, str], ...]


def batches(path: Path, file: str, size: int, *, named: bool) -> Iterator[Batch]:
    """Cut the page records of a WARC file into batches of `size` pages or BATCH_BYTES, in order.

    `named`: the file is a segment of ours, whose name is part of the key (a page may be asked for twice in a second).
    """
    start = skip = 0
    for chunk in _chunks(pages_in(path, file), size):
        if chunk[0].position:
            start, skip = chunk[0].position.offset, 0
        urls = tuple((page.url, page.source) for page in chunk)
        yield Batch(str(path), file, start, skip, len(chunk), key_of(chunk, path.name if named else ""), urls)
        placed = [(at, page.position.offset) for at, page in enumerate(chunk) if page.position]
        at, start = placed[-1] if placed else (-skip, start)
        skip = len(chunk) - at


def _chunks(pages: Iterable[FetchedPage], size: int) -> Iterator[list[FetchedPage]]:
    chunk: list[FetchedPage] = []
    weight = 0
    for page in pages:
        chunk.append(page)
        weight += len(page.body)
        if len(chunk) == size or weight > BATCH_BYTES:
            yield chunk
            chunk, weight = [], 0
    if chunk:
        yield chunk


def pages_in(path: Path, file: str, start: int = 0) -> Iterator[FetchedPage]:
    """The page records of a WARC file from an offset on; a broken record is a page that failed with its reason."""
    for record in archive.read(path, file=file, start=start):
        page = record if isinstance(record, FetchedPage) else broken_page(record, path)
        if page.role == Role.PAGE:
            yield page


def broken_page(record: BrokenRecord, path: Path) -> FetchedPage:
    """A record that cannot be read may have no URL, and has no time: its place names it, the file's time dates it."""
    name = record.url or f"urn:broadsheet:broken-record:{path.name}:{record.offset}"
    when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return FetchedPage(
        name, name, Role.PAGE, "", when, None, reason=record.reason, detail=record.detail, position=record.position
    )


def key_of(pages: Iterable[FetchedPage], name: str = "") -> str:
    """The key of a batch: the same whenever the same records are handed over, from a segment of ours `name`."""
    told = hashlib.sha256(name.encode())
    for page in pages:
        when = "" if page.reason is Reason.BROKEN_RECORD else page.captured_at.isoformat()  # the file's time, no fact
        told.update(f"\n{page.url} {when} {page.status} ".encode())
        told.update(hashlib.sha256(page.body).digest())
    return told.hexdigest()[:32]


def extracted(stage: Scene, batch: Batch) -> LoadBatch:
    """Read a batch's pages and put its stage file in place; one that is there already stands."""
    pages = pages_in(Path(batch.path), batch.file, batch.start)
    done = staged(stage, batch.key, islice(pages, batch.skip, batch.skip + batch.count))
    stage.progress.advance(batch.count)
    return done


def staged(stage: Scene, key: str, pages: Iterable[FetchedPage]) -> LoadBatch:
    """Read pages and put their stage file in place; one that is there already stands."""
    path = stage_file(stage, key)
    if not path.exists():
        works = works_of(stage, pages)
        if again := list(neighbour_works(stage, works)):
            stages.write(stages.earlier_file(path), rows_of(stage, again))
        stages.write(path, rows_of(stage, works))
    return LoadBatch(key, str(path))


def stage_file(stage: Scene, key: str) -> Path:
    """Where a batch's rows are: in a dead run's folder if it had got so far, else in ours."""
    folders = (stage.folder, *stage.dead)
    return next((path for f in folders if (path := f / f"{key}.jsonl.gz").exists()), stage.folder / f"{key}.jsonl.gz")


def works_of(stage: Scene, pages: Iterable[FetchedPage]) -> list[PageWork]:
    """Pages with the rules that they are read by, and the run's clock."""
    now = stage.settings.clock()
    known = (page if page.source else _placed(page, stage.known) for page in pages)
    return [(page, _rules(stage, page), now) for page in known]


def rows_of(stage: Scene, works: list[PageWork]) -> Iterator[Row]:
    """What reading makes of pages, in the process pool: a stage row for each, in their order, as they come."""
    for (page, *_), done in zip(works, stage.pool.results(works), strict=True):
        yield failed_row(page, done.reason, done.detail) if isinstance(done, Failed) else done.value


def rules_of(page: FetchedPage, source: Source | None) -> SiteRules:
    """What we know of a page's site beyond its pages: its rules as of the capture, and its source's hints."""
    rules = rules_at(host(page.target), page.captured_at)
    return replace(rules, source_time_zone=source.time_zone, source_language=source.language) if source else rules


def _rules(stage: Scene, page: FetchedPage) -> SiteRules:
    rules = rules_of(page, stage.known.get(page.source))
    return replace(rules, boilerplate=stage.boilerplate.get(page.source, ()))


def _placed(page: FetchedPage, sources: Mapping[str, Source]) -> FetchedPage:
    """A page of somebody else's WARC file belongs to the source whose host it is on, else to its host's own name."""
    name = host(page.url).removeprefix("www.")
    found = next((s.name for s in sources.values() if name in {h.removeprefix("www.") for h in s.hosts}), name)
    return replace(page, source=found or "unknown")
