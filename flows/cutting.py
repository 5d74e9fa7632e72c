"""A stream of WARC files cut into batches that are held in memory, each record read once and each batch marked.

What was loaded before is left out, record by record; a revisit gets the body of the record that it refers to.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from broadsheet import archive
from broadsheet.archive import BrokenRecord, Place, Wanted
from broadsheet.errors import ArchiveError
from broadsheet.model import Reason, Role, stable_id
from flows import load
from flows.extract import broken_page, key_of
from flows.notebook import Mark, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from broadsheet.archive import Found
    from broadsheet.model import FetchedPage, PageReading, RecordPosition
    from flows.notebook import Notebook
    from flows.scene import Scene

CUT_BYTES: Final = 32 << 20  # bodies of a batch: two are in memory at a time, and a part of one on its way to workers
SPAN: Final = 256 << 20  # bytes of files passed over without a batch, after which the place is marked all the same
KNOWN: Final = "known"
UNREADABLE: Final = "unreadable_file"
NO_ORIGINAL: Final = "revisit_without_original"

Identity = tuple[int, "datetime", str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A WARC file to be read: where it is, the name that positions carry, and how much of the input it stands for."""

    path: Path
    file: str
    size: int
    marked: bool = True  # whether its marks are kept: of a segment that only this run reads they would be litter


@dataclass(slots=True)
class Cut:
    """Pages to be extracted and loaded as one batch, and the marks that hold once they are handed over.

    `passed` are records that are not wanted or known, by why; `read` is in bytes.
    """

    pages: list[FetchedPage] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    readings: dict[str, tuple[PageReading, ...]] = field(default_factory=dict)
    identities: frozenset[Identity] = frozenset()
    passed: Counter[str] = field(default_factory=Counter)
    read: int = 0
    weight: int = 0
    key: str = ""

    def is_full(self, pages: int) -> bool:
        """Whether it is time to hand it over."""
        return len(self.pages) >= pages or self.weight > CUT_BYTES or self.read > SPAN


@dataclass(slots=True)
class Cutter:
    """Cuts files into batches; `wanted` says what of them is read."""

    stage: Scene
    book: Notebook
    wanted: Wanted
    waiting: dict[str, frozenset[Identity]] = field(default_factory=dict)  # cuts that are not loaded yet, by key

    def cuts(self, files: Iterable[Kept]) -> Iterator[Cut]:
        """The batches of files, one after the other; a batch ends with its file. One that cannot be read is counted."""
        for file in files:
            self.stage.progress.say(f"reading {file.path}")
            try:
                yield from self._of_file(file)
            except ArchiveError as error:
                self.stage.progress.say(f"passed over: {error}")
                yield Cut(passed=Counter({UNREADABLE: 1}), read=file.size)

    def _of_file(self, file: Kept) -> Iterator[Cut]:
        name = fingerprint(file.path, repr(sorted(self.wanted.hosts)), str(self.wanted.html))
        done = self._done(name) if file.marked else []
        cut = Cut(passed=Counter({KNOWN: sum(mark.pages for mark in done)}))
        start = done[-1].place if done else Place()
        if done and done[-1].ended:
            yield replace(cut, read=file.size)
            return
        place, at = start, start.offset
        originals: dict[int, RecordPosition] = {}
        for found in archive.found(file.path, file.file, self.wanted, start):
            cut.read, at, place = cut.read + max(found.read - at, 0), max(found.read, at), found.place
            self._taken(cut, found, file.path, originals)
            if cut.is_full(self.stage.settings.batch_pages):
                yield self._closed(cut, file, Mark(name, place, len(cut.pages)), originals)
                cut, originals = Cut(), {}
        cut.read += max(file.size - at, 0)
        yield self._closed(cut, file, Mark(name, place, len(cut.pages), ended=True), originals)

    def _done(self, name: str) -> list[Mark]:
        """The file's marks up to the first whose batch was not loaded; the others are struck out."""
        marks = self.book.marks(name)
        with load.opened(self.stage) as warehouse:
            loaded = warehouse.loaded([mark.key for mark in marks if mark.key])
        ends = next((n for n, mark in enumerate(marks) if mark.key and mark.key not in loaded), len(marks))
        if ends < len(marks):
            self.book.cut(name, ends)
        return marks[:ends]

    def _taken(self, cut: Cut, found: Found, path: Path, originals: dict[int, RecordPosition]) -> None:
        page = broken_page(found.page, path) if isinstance(found.page, BrokenRecord) else found.page
        if found.passed:
            cut.passed[found.passed] += 1
        if page is None or page.role is not Role.PAGE:
            return
        if found.is_revisit:
            page = self._resolved(page, found.names, originals)
            cut.passed[NO_ORIGINAL] += page.status == 304  # noqa: PLR2004 - a revisit that stayed one
        elif page.position and page.body:
            originals.update(dict.fromkeys(found.names, page.position))
        cut.pages.append(page)
        cut.weight += len(page.body)

    def _resolved(self, page: FetchedPage, names: tuple[int, ...], originals: dict[int, RecordPosition]) -> FetchedPage:
        """A revisit with the answer it refers to, as of its own time; as it is, where that one was not met."""
        place = next((originals[name] for name in names if name in originals), None) or self.book.original(names)
        if place is None:
            return page
        try:
            first = archive.read_one(self.stage.data, place)
        except ArchiveError as error:
            self.stage.progress.say(f"a revisit stays one: {error}")
            return page
        return replace(first, url=page.url, target=page.target, source=page.source, captured_at=page.captured_at)

    def _closed(self, cut: Cut, file: Kept, mark: Mark, originals: dict[int, RecordPosition]) -> Cut:
        """The batch less what is known, with its key, its mark, and how its URLs were read."""
        if originals and file.marked:
            self.book.remember(originals)
        self._sifted(cut)
        cut.key = key_of(cut.pages) if cut.pages else ""
        cut.marks = [replace(mark, key=cut.key)] if file.marked else []
        self.waiting[cut.key] = cut.identities
        return cut

    def _sifted(self, cut: Cut) -> None:
        """Leave out the pages that were loaded before, that wait to be, and that come twice."""
        if not cut.pages:
            return
        with load.opened(self.stage) as warehouse:
            kept = warehouse.kept(cut.pages)
            cut.readings = warehouse.page_readings({page.url for page in cut.pages})
        places = {(url_id, when) for url_id, when, _ in kept}
        seen = kept.union(*list(self.waiting.values()))
        pages: dict[Identity, FetchedPage] = {}
        for page in cut.pages:
            name = identity(page)
            is_known = name[:2] in places if page.reason is Reason.BROKEN_RECORD else name in seen
            if not is_known:
                pages.setdefault(name, page)
        cut.passed[KNOWN] += len(cut.pages) - len(pages)
        cut.pages, cut.identities = list(pages.values()), frozenset(pages)


def identity(page: FetchedPage) -> Identity:
    """What a capture is known by."""
    return stable_id(page.url), page.captured_at, archive.payload_digest(page)
