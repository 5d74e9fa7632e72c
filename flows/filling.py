"""Batches from files to the warehouse, three at work at once: one is read and cut, one extracted, one loaded.

Nothing waits in between, so memory is that of three batches however much there is to read, and a kill costs the batch
that was being extracted. A batch's marks are noted when its stage file is in place; from there on a later run takes it.
"""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import count
from threading import Event
from typing import TYPE_CHECKING, Final

from flows import load
from flows.extract import staged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from broadsheet.model import LoadBatch
    from flows.cutting import Cut, Cutter, Kept
    from flows.scene import Scene

MEBIBYTE: Final = 1 << 20
TOLD_EVERY: Final = 15.0  # seconds between two lines on how it goes
PARTS: Final = 100  # of an input, a task each in the Prefect UI
LEAST: Final = 64 * MEBIBYTE  # bytes of input of a part


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

    @property
    def percent(self) -> float:
        """How much of the input was read, 0 to 100."""
        return 100 * min(self.read / self.total, 1.0) if self.total else 0.0

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
    """One filling at work, part by part. A context manager, whose end waits for what is being loaded."""

    stage: Scene
    cutter: Cutter
    pace: Pace
    files: Iterable[Kept]
    stop: Event = field(default_factory=Event)
    passed: Counter[str] = field(default_factory=Counter)
    _threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2))
    _ahead: Future[Cut | None] | None = None
    _cuts: Iterator[Cut] = field(default_factory=lambda: iter(()))
    _loading: Future[None] | None = None

    def begin(self) -> None:
        """Read the first batch."""
        self.pace.begin()
        self._cuts = self.cutter.cuts(self.files)
        self._ahead = self._threads.submit(next, self._cuts, None)

    def fill(self, until: float = float("inf")) -> bool:
        """Read, extract and load on until so many bytes of the input are read; whether anything may be left to read."""
        assert self._ahead, "it has begun"
        while self.pace.read < until:
            cut = self._ahead.result()
            if cut is None:
                _awaited(self._loading)
                return False
            self._ahead = self._threads.submit(next, self._cuts, None)
            batch = self._extracted(cut)
            _awaited(self._loading)
            self._loading = self._threads.submit(self._loaded, cut.key, batch) if batch else None
        return True

    def end(self) -> None:
        """Nothing more is read; what is being loaded comes to its end."""
        self.stop.set()
        self._threads.shutdown(cancel_futures=True)

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


_FILLING: ContextVar[Filling] = ContextVar("filling")


def filling() -> Filling:
    """The filling that this code is a part of: Prefect's tasks see plain values only."""
    return _FILLING.get()


@contextmanager
def at_work(one: Filling) -> Iterator[Filling]:
    """Begin a filling, and end it with the block, however that ends."""
    token = _FILLING.set(one)
    try:
        one.begin()
        yield one
    finally:
        _FILLING.reset(token)
        one.end()


def parts(total: int) -> Iterator[int]:
    """Up to which byte of an input each of its parts goes: 100 of them, or fewer if it is small. Without an end."""
    size = max(-(-total // PARTS), LEAST)
    return count(size, size)
