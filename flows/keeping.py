"""Pages that people hold in other forms, and files of archives afar, written into WARC segments of ours.

A segment is whole before its marks are noted, so a kill costs the segment that was being written; one that is whole and
not loaded yet is found by the next run, like those of a fetch.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import count
from threading import Event
from typing import TYPE_CHECKING, Final, Protocol

from broadsheet import __version__, archive
from broadsheet.archive import BrokenRecord, Place, SegmentWriter
from broadsheet.errors import ArchiveError, DiskFull
from broadsheet.holdings import Download, Form, download, pages_of
from broadsheet.model import FetchedPage, Role
from flows.cutting import UNREADABLE, Kept
from flows.extract import broken_page
from flows.notebook import Mark, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from broadsheet.archive import Wanted
    from broadsheet.holdings import Columns, Holding, Listed
    from flows.notebook import Notebook
    from flows.scene import Scene

SEGMENT_BYTES: Final = 64 << 20  # bodies of a segment
SEGMENT_PAGES: Final = 2_000
MEBIBYTE: Final = 1 << 20
USUAL: Final = 1 << 30  # bytes of a file of the Common Crawl's news, where the listing does not say


class Store(Protocol):
    """Something that pages come out of, in an order that is the same each time."""

    @property
    def size(self) -> int:
        """Bytes of it, for the progress."""

    def name(self) -> str:
        """What it is known by when it comes again."""

    def pages(self) -> Iterator[FetchedPage | str]:
        """Its pages, or why there is none."""

    def done(self) -> None:
        """All of it is kept."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file of rows, or of HTML."""

    holding: Holding
    columns: Columns
    size: int

    def name(self) -> str:
        """What it is known by: its content and columns; that of HTML hangs on its path and time too."""
        path, more = self.holding.path, [repr(self.columns)]
        if self.holding.form in {Form.HTML, Form.JSON}:
            more += [str(path.resolve()), str(path.stat().st_mtime_ns)]
        return fingerprint(path, *more)

    def pages(self) -> Iterator[FetchedPage | str]:
        """Its pages, or why there is none."""
        return pages_of(self.holding, self.columns)

    def done(self) -> None:
        """The file is its owner's: it stays."""


@dataclass(frozen=True, slots=True)
class Afar:
    """A WARC file of a listing, brought here for as long as it is read."""

    listed: Listed
    base: str
    folder: Path
    agent: str
    wanted: Wanted
    size: int = 0
    stop: Event = field(default_factory=Event)  # nobody waits for it any more

    @property
    def _path(self) -> Path:
        return self.folder / self.listed.path.rpartition("/")[2]

    def name(self) -> str:
        """What it is known by: its path in the listing, and what of it is wanted."""
        return f"{self.listed.path} {sorted(self.wanted.hosts)} {self.wanted.html}"

    def pages(self) -> Iterator[FetchedPage | str]:
        """Fetch the file unless it is here, and read it."""
        if not self._path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            wanted = Download(self.base + self.listed.path, self.listed.size, self.listed.digest)
            download(wanted, self._path, agent=self.agent, pause=self.stop.wait, stopped=self.stop.is_set)
        for found in archive.found(self._path, self._path.name, self.wanted):
            page = broken_page(found.page, self._path) if isinstance(found.page, BrokenRecord) else found.page
            if page is not None and page.role is Role.PAGE:
                yield replace(page, position=None)
            elif found.passed:
                yield found.passed

    def done(self) -> None:
        """What is wanted of the file lies in segments of ours: it goes."""
        self._path.unlink(missing_ok=True)


@dataclass(slots=True)
class Keeper:
    """Writes the pages of stores into segments; `passed` counts what gave none, and what was kept before."""

    stage: Scene
    book: Notebook
    wanted: Wanted
    numbers: Iterator[int] = field(default_factory=count)
    passed: Counter[str] = field(default_factory=Counter)

    def segments(self, stores: Iterable[Store]) -> Iterator[Kept]:
        """The segments, each as it is whole."""
        segment = _Segment()
        for store in stores:
            name = store.name()
            marks = self.book.marks(name)
            self.passed["known"] += sum(mark.pages for mark in marks)
            if marks and marks[-1].ended:
                segment.size += store.size
                continue
            try:
                yield from self._of_store(store, name, marks[-1].place.number if marks else 0, segment)
            except DiskFull:
                raise
            except ArchiveError as error:
                self.stage.progress.say(f"passed over: {error}")
                self.passed[UNREADABLE] += 1
        if segment.marks or segment.writer or segment.size:
            yield from self._closed(segment)

    def _of_store(self, store: Store, name: str, done: int, segment: _Segment) -> Iterator[Kept]:
        pages = 0
        number = done
        for number, page in enumerate(store.pages(), 1):
            if number <= done:
                continue
            pages += self._written(page, segment)
            if segment.is_full:
                segment.marks.append(Mark(name, Place(0, number), pages))
                yield from self._closed(segment)
                pages = 0
        segment.marks.append(Mark(name, Place(0, number), pages, ended=True))
        segment.stores.append(store)
        segment.size += store.size

    def _written(self, page: FetchedPage | str, segment: _Segment) -> bool:
        """Write a page; False: it is none, or not wanted."""
        if isinstance(page, str) or not self.wanted.admits(page.url):
            self.passed[page if isinstance(page, str) else "other_host"] += 1
            return False
        segment.writer = segment.writer or self._begun()
        segment.writer.write(page)
        segment.pages += 1
        segment.weight += len(page.body)
        return True

    def _begun(self) -> SegmentWriter:
        self.stage.archive.mkdir(parents=True, exist_ok=True)
        reserve = self.stage.settings.least_free_mb * MEBIBYTE
        name = f"{self.stage.run.run_id}-kept-{next(self.numbers):05d}"
        return SegmentWriter(self.stage.archive, name, software=f"broadsheet/{__version__}", reserve=reserve)

    def _closed(self, segment: _Segment) -> Iterator[Kept]:
        """The segment in its place, its marks noted, and what it was made of let go."""
        path = segment.writer.close() if segment.writer else None
        self.book.mark(segment.marks)
        for store in segment.stores:
            store.done()
        if path:
            yield Kept(path, str(path.relative_to(self.stage.data)), segment.size, marked=False)
        segment.clear()


@dataclass(slots=True)
class _Segment:
    """A segment that is being written; `stores` are those that end in it, `size` their bytes."""

    writer: SegmentWriter | None = None
    marks: list[Mark] = field(default_factory=list)
    stores: list[Store] = field(default_factory=list)
    pages: int = 0
    weight: int = 0
    size: int = 0

    @property
    def is_full(self) -> bool:
        """Whether another is to be begun."""
        return self.pages >= SEGMENT_PAGES or self.weight > SEGMENT_BYTES

    def clear(self) -> None:
        """Begin another."""
        self.writer, self.marks, self.stores = None, [], []
        self.pages = self.weight = self.size = 0
