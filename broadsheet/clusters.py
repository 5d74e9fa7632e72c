"""A Dask cluster in the place of a pool: batches of items go to its workers, each of which has a killable pool.

    with ClusterPool(task, limits, address="tcp://10.0.0.5:8786") as pool:
        results = pool.run(items)        # as broadsheet.workers.WorkerPool has it

The only door to Dask. Items travel with the task and results come back, so workers need no file of ours: this version
of Broadsheet, and `DASK_DISTRIBUTED__WORKER__DAEMON=False`, without which a worker may have no processes of its own.
A batch whose worker dies is given to another; what an item does to its process costs that item alone, as without Dask.
"""

from __future__ import annotations

import importlib.metadata
import multiprocessing
from collections import deque
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar

from broadsheet.errors import ConfigError, Transient
from broadsheet.workers import Done, Failed, WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")
Value = TypeVar("Value")

BATCH: Final = 25  # items of a task: half a second of work, beside which a task's own milliseconds are little
AHEAD: Final = 2  # batches in flight for each worker thread: one at work, one on its way
WAIT: Final = 30  # seconds in which a scheduler answers, and has a worker


@dataclass(frozen=True, slots=True)
class Limits:
    """What an item may take: `seconds` of wall time, `memory` in bytes of address space."""

    seconds: float
    memory: int


class ClusterPool(Generic[Item, Value]):
    """Workers of a cluster that call `task` on items; a context manager, whose end lets go of them.

    `task` is importable by name. Without an `address` a cluster of `workers` processes is started on this machine.
    ConfigError: Dask is not installed, nobody answers, or a worker has another version of Broadsheet.
    """

    def __init__(self, task: Callable[[Item], Value], limits: Limits, *, workers: int, address: str = "") -> None:
        self._task = task
        self._limits = limits
        self._workers = workers
        self._address = address
        self._stack = ExitStack()
        self.client: Any = None

    def run(self, items: Iterable[Item]) -> list[Done[Value] | Failed]:
        """A result for each item, in their order. Several threads may call it at once."""
        return list(self.results(items))

    def results(self, items: Iterable[Item]) -> Iterator[Done[Value] | Failed]:
        """As `run`, each result as it comes. Transient: batches were lost with their workers time after time."""
        waiting: deque[Any] = deque()
        for batch in _batches(items):
            waiting.append(self.client.submit(_performed, self._name, batch, pure=False))
            if len(waiting) >= self._in_flight():
                yield from _gathered(waiting.popleft())
        while waiting:
            yield from _gathered(waiting.popleft())

    def __enter__(self) -> Self:
        distributed = _distributed()
        try:
            self.client = self._stack.enter_context(_connected(distributed, self._address, self._workers))
            self.client.wait_for_workers(1, timeout=WAIT)
            _require_same(self.client)
            self.client.register_plugin(_plugin(distributed, self._task, self._limits), name=self._name)
        except (OSError, TimeoutError) as error:
            self._stack.close()
            raise ConfigError(f"{self._address or 'the local cluster'}: no Dask worker answers ({error})") from error
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def _name(self) -> str:
        """The plugin's name: runs with the same task and limits share the pools of workers."""
        task = f"{self._task.__module__}.{getattr(self._task, '__qualname__', self._task)}"
        return f"broadsheet {task} {self._limits.seconds:g} s {self._limits.memory}"

    def _in_flight(self) -> int:
        threads = sum(int(each) for each in self.client.nthreads().values())
        return max(1, AHEAD * threads)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    for item in items:
        batch.append(item)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _gathered(future: Any) -> list[Any]:  # noqa: ANN401 - Dask types nothing
    distributed = _distributed()
    try:
        return list(future.result())
    except (distributed.KilledWorker, distributed.CancelledError, OSError) as error:
        raise Transient(f"the Dask cluster lost a batch: {error}; what was kept waits for the next run") from error


def _performed(name: str, batch: list[Any]) -> list[Any]:
    """What a worker does with a batch: its own pool reads it, item by item."""
    pool: WorkerPool[Any, Any] = _distributed().get_worker().plugins[name].pool
    return pool.run(batch)


def _plugin(distributed: Any, task: Callable[[Any], Any], limits: Limits) -> Any:  # noqa: ANN401 - as above
    """What gives each worker its pool: as many processes as it has threads, for each of which may have a batch."""

    class Pooled(distributed.WorkerPlugin):  # type: ignore[misc]
        def setup(self, worker: Any) -> None:  # noqa: ANN401
            made: WorkerPool[Any, Any] = WorkerPool(
                task, workers=worker.state.nthreads, seconds=limits.seconds, memory=limits.memory
            )
            self.pool = made

        def teardown(self, worker: Any) -> None:  # noqa: ANN401, ARG002
            self.pool.__exit__()

    return Pooled()


@contextmanager
def _connected(distributed: Any, address: str, workers: int) -> Iterator[Any]:  # noqa: ANN401
    import dask  # noqa: PLC0415 - an extra

    with dask.config.set({"distributed.worker.daemon": False}), ExitStack() as stack:
        if not address:
            cluster = distributed.LocalCluster(
                n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs="ERROR"
            )
            address = stack.enter_context(cluster).scheduler_address
        yield stack.enter_context(distributed.Client(address, timeout=WAIT, set_as_default=False))


def _require_same(client: Any) -> None:  # noqa: ANN401
    """ConfigError: a worker has another version of Broadsheet, or may have no processes."""
    ours, _ = _about_worker()
    for worker, (version, daemon) in client.run(_about_worker).items():
        if version != ours:
            raise ConfigError(f"{worker} has broadsheet {version}, this is {ours}: install the same on both")
        if daemon:
            raise ConfigError(f"{worker} may have no processes: start it with DASK_DISTRIBUTED__WORKER__DAEMON=False")


def _about_worker() -> tuple[str, bool]:
    return importlib.metadata.version("broadsheet"), bool(multiprocessing.current_process().daemon)


def _distributed() -> Any:  # noqa: ANN401
    try:
        import distributed  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ConfigError("BROADSHEET_RUNNER=dask needs Dask: pip install 'broadsheet[dask]'") from error
    return distributed
