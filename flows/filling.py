"""Batches from files to the warehouse, three at work at once: one is read and cut, one extracted, one loaded.

Nothing waits in between, so memory is that of three batches however much there is to read, and a kill costs the batch
that was being extracted. A batch's marks are noted when its stage file is in place; from there on a later run takes it.
"""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from flows import load
from flows.extract import staged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from broadsheet.model import LoadBatch
    from flows.cutting import Cut, Cutter, Kept
    from flows.scene import Scene

MEBIBYTE: Final = 1 << 20
TOLD_EVERY: Final = 15.0  # seconds between two lines on how it goes


@dataclass(slots=True)
class Pace:
    """How far a filling has come; tells it as it goes. `total` and `read` are in bytes of the input."""

    stage: Scene
    total: int
    clock: Callable[[], float] = time.monotonic
    read: int = 0
    pages: int = 0
    begun: float = 0.0
    told: float = 0.0

    def begin(self) -> None:
        """The clock starts."""
        self.begun = self.told = self.clock()
        self.stage.progress.stage("backfill", -(-self.total // MEBIBYTE), "MiB of input")

    def add(self, cut: Cut) -> None:
        """A batch was extracted."""
        before = self.read // MEBIBYTE
        self.read, self.pages = self.read + cut.read, self.pages + len(cut.pages)
        self.stage.progress.advance(self.read // MEBIBYTE - before)
        if self.clock() - self.told >= TOLD_EVERY:
            self.told = self.clock()
            self.stage.progress.say(self.sentence())

    def sentence(self) -> str:
        """How far, how fast, how long still."""
        seconds = max(self.clock() - self.begun, 1e-6)
        left = seconds * (self.total - self.read) / self.read if self.read else 0.0
        share = f"{self.read / MEBIBYTE:,.0f} of {self.total / MEBIBYTE:,.0f} MiB"
        return f"{share}, {self.pages:,} pages, {self.pages / seconds:,.1f} pages/s, {_span(max(left, 0.0))} left"


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


@dataclass(slots=True)
class Filling:
    """One filling at work."""

    stage: Scene
    cutter: Cutter
    pace: Pace
    passed: Counter[str] = field(default_factory=Counter)

    def fill(self, files: Iterable[Kept]) -> None:
        """Read, extract and load files to their end."""
        cuts = self.cutter.cuts(files)
        with ThreadPoolExecutor(2) as threads:
            ahead, loading = threads.submit(next, cuts, None), None
            while cut := ahead.result():
                ahead = threads.submit(next, cuts, None)
                batch = self._extracted(cut)
                _awaited(loading)
                loading = threads.submit(self._loaded, cut.key, batch) if batch else None
            _awaited(loading)

    def _extracted(self, cut: Cut) -> LoadBatch | None:
        """A batch in its stage file, and marked; None: there was nothing in it."""
        self.stage.readings.clear()
        self.stage.readings.update(cut.readings)
        batch = staged(self.stage, cut.key, cut.pages) if cut.pages else None
        self.cutter.book.mark(cut.marks)
        self.passed.update(cut.passed)
        self.pace.add(cut)
        cut.pages.clear()
        return batch

    def _loaded(self, key: str, batch: LoadBatch) -> None:
        load.loaded(self.stage, [batch])
        self.cutter.waiting.pop(key, None)


def _awaited(loading: Future[None] | None) -> None:
    if loading:
        loading.result()
