"""A pool of processes that can be killed: one callable, many items, each with a time and a memory limit of its own.

    with WorkerPool(task, workers=2, seconds=10, memory=2 << 30) as pool:
        results = pool.run(items)        # a Done or a Failed for each item, in their order

The only door to pebble. What an item does to its process (loops for ever, eats memory, crashes) costs that item alone.
Workers are forked from a clean server process in which the task's module is loaded once (broadsheet.forking); they die
with the process that made the pool, however it dies.
"""

from __future__ import annotations

import pickle
import signal
import traceback
from collections import deque
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from broadsheet.forking import context, module_of, prepared
from broadsheet.model import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

Item = TypeVar("Item")
Value = TypeVar("Value")

ATTEMPTS: Final = 3  # times an item is handed over; a second is needed only where a pool broke for no fault of its
AHEAD: Final = 64  # items that are packed and on their way: a slow one must not starve the others' workers
GRACE: Final = 30.0  # seconds beyond an item's own in which something must finish, or the pool is taken for stuck
RECYCLED_AFTER: Final = 2_000  # items of a worker: C libraries fragment and leak, and a fork costs 20 ms


@dataclass(frozen=True, slots=True)
class Done(Generic[Value]):
    """What the task returned."""

    value: Value


@dataclass(frozen=True, slots=True)
class Failed:
    """Why the task returned nothing: EXTRACTION_OVERRAN, OUT_OF_MEMORY, or INTERNAL_ERROR with its traceback."""

    reason: Reason
    detail: str


class Closed(RuntimeError):
    """The pool's context ended while another thread was waiting for its results."""


OUT_OF_MEMORY: Final = pickle.dumps(Failed(Reason.OUT_OF_MEMORY, "the memory limit of a page was reached"))
"""Packed beforehand: where memory is short, packing may fail as well, while the item's frames still hold theirs."""


class _Begun(NamedTuple):
    """An item as it was handed over: packed, or why it cannot be; to which pool; None if that was broken."""

    item: bytes | Failed
    pool: ProcessPool
    future: Future[bytes] | None


class WorkerPool(Generic[Item, Value]):
    """Processes that call `task` on items; a context manager, whose end stops them.

    `task` is importable by name, and not from the program's main module. `seconds` is the wall time of an item,
    `memory` the address space of a worker in bytes. Items and values are pickled.
    """

    def __init__(self, task: Callable[[Item], Value], *, workers: int, seconds: float, memory: int) -> None:
        self._task = task
        self._workers = workers
        self._seconds = seconds
        self._memory = memory
        self._context = context(module_of(task))
        self._lock = Lock()
        self._pool = self._started()
        self._finished = 0
        self._closed = False

    def run(self, items: Iterable[Item]) -> list[Done[Value] | Failed]:
        """A result for each item, in their order. Several threads may call it at once. Closed: the context ended."""
        return list(self.results(items))

    def results(self, items: Iterable[Item]) -> Iterator[Done[Value] | Failed]:
        """As `run`, each result as it comes; no more than AHEAD items are packed beyond it."""
        begun: deque[_Begun] = deque()
        for item in items:
            begun.append(self._begun(_packed(item)))
            if len(begun) > AHEAD:
                yield self._ended(begun.popleft())
        while begun:
            yield self._ended(begun.popleft())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._closed = True
            _stopped(self._pool)

    def _started(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self._workers,
            max_tasks=RECYCLED_AFTER,
            initializer=prepared,
            initargs=(self._memory,),
            context=self._context,
        )

    def _begun(self, item: bytes | Failed) -> _Begun:
        pool = self._pool
        return _Begun(item, pool, self._scheduled(pool, item) if isinstance(item, bytes) else None)

    def _ended(self, begun: _Begun) -> Done[Value] | Failed:
        """What became of an item; one that a broken pool lost is handed over again."""
        for _ in range(ATTEMPTS):
            if isinstance(begun.item, Failed):
                return begun.item
            if found := self._found(begun.future):
                return found
            self._replace(begun.pool)
            begun = self._begun(begun.item)
        return Failed(Reason.EXTRACTION_OVERRAN, "its process died each time")

    def _found(self, future: Future[bytes] | None) -> Done[Value] | Failed | None:
        """What became of a future; None if its pool broke or sticks."""
        if future is None:
            return None
        self._awaited(future)
        return self._result(future) if future.done() else None

    def _scheduled(self, pool: ProcessPool, item: bytes) -> Future[bytes] | None:
        """The item's future; None if the pool is broken."""
        try:
            future: Future[bytes] = pool.schedule(_perform, (self._task, item), timeout=self._seconds)
        except RuntimeError:
            return None
        future.add_done_callback(self._count)
        return future

    def _count(self, _: Future[bytes]) -> None:
        self._finished += 1

    def _awaited(self, future: Future[bytes]) -> None:
        """Wait until it is done, or nothing in the whole pool has been for longer than any item may take."""
        before = -1
        while not future.done() and before != self._finished:
            before = self._finished
            wait([future], timeout=self._seconds + GRACE)

    def _result(self, future: Future[bytes]) -> Done[Value] | Failed | None:
        """What became of an item; None if its pool broke."""
        error = future.exception()
        match error:
            case None:
                return self._unpacked(future.result())
            case BrokenProcessPool():
                return None
            case TimeoutError():
                return Failed(Reason.EXTRACTION_OVERRAN, f"stopped after {self._seconds:g} seconds")
            case ProcessExpired():
                return Failed(Reason.EXTRACTION_OVERRAN, f"its process died: {_death(error.exitcode)}")
            case _:
                return Failed(Reason.INTERNAL_ERROR, "".join(traceback.format_exception(error)))

    def _unpacked(self, result: bytes) -> Done[Value] | Failed:
        found: Done[Value] | Failed = pickle.loads(result)  # noqa: S301 - our own worker wrote it
        return found

    def _replace(self, broken: ProcessPool) -> None:
        """A fresh pool instead of a broken one, unless another thread has seen to it."""
        with self._lock:
            if self._closed:
                raise Closed("the pool was closed while items were at work")
            if self._pool is broken:
                _stopped(broken)
                self._pool = self._started()


def _stopped(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]  # pebble types most of itself
    pool.join()


def _perform(task: Callable[[Any], Any], packed: bytes) -> bytes:
    """What a worker does: the one place where any error of a page's work becomes its outcome."""
    try:
        return pickle.dumps(Done(task(pickle.loads(packed))))  # noqa: S301 - our own parent wrote it
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception:  # noqa: BLE001 - unforeseen errors cost one page, not the run (DESIGN.md, Failure)
        return pickle.dumps(Failed(Reason.INTERNAL_ERROR, traceback.format_exc()))


def _packed(item: object) -> bytes | Failed:
    try:
        return pickle.dumps(item)
    except (pickle.PicklingError, TypeError, AttributeError, ValueError, RecursionError):
        return Failed(Reason.INTERNAL_ERROR, traceback.format_exc())


def _death(exitcode: int | None) -> str:
    try:
        return signal.Signals(-(exitcode or 0)).name
    except ValueError:
        return f"exit code {exitcode}"
