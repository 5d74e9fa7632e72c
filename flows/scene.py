"""What a run stands in: its settings, its name, its folder, its pool and its progress, made once and passed by context.

Prefect sees only plain values; tasks find the rest here.
"""

from __future__ import annotations

import math
import time
import uuid
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.clusters import ClusterPool, Limits
from broadsheet.errors import Held
from broadsheet.fetching import Hosts
from broadsheet.model import Run, Source
from broadsheet.stages import Row
from broadsheet.workers import WorkerPool
from flows.folders import adopted, removed, run_folder
from flows.hostleases import host_leases, leased_sources
from flows.read import PageWork, read_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from broadsheet.config import Settings
    from broadsheet.model import PageReading, RobotsAnswer
    from flows.hostleases import HostLeases
    from flows.progress import Progress

MEBIBYTE = 1 << 20

Pool = WorkerPool[PageWork, Row] | ClusterPool[PageWork, Row]


@dataclass(frozen=True, slots=True)
class Scene:
    """One run at work."""

    settings: Settings
    run: Run
    folder: Path
    sources: tuple[Source, ...]
    known: Mapping[str, Source]  # all that are configured, by name
    dead: tuple[Path, ...]
    pool: Pool
    progress: Progress
    busy: tuple[str, ...] = field(default=())
    since: date | None = None  # the day that a first fill goes back to
    hosts: Hosts = field(default_factory=Hosts)  # one gate a host and one robots.txt an origin, for all its fetching
    robots: dict[str, RobotsAnswer] = field(default_factory=dict)  # what this run was answered, by origin
    boilerplate: dict[str, tuple[str, ...]] = field(default_factory=dict)  # each source's, as active when the run began
    readings: dict[str, tuple[PageReading, ...]] = field(default_factory=dict)  # each URL's, as the run found them

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.settings.data

    @property
    def archive(self) -> Path:
        """The folder of this run's WARC segments."""
        return self.data / "archive" / f"{self.run.started_at:%Y/%m/%d}"


_SCENE: ContextVar[Scene] = ContextVar("scene")


def scene() -> Scene:
    """The scene this code runs in."""
    return _SCENE.get()


@contextmanager
def opened(  # noqa: PLR0913 - what a run stands in
    settings: Settings,
    kind: str,
    sources: Sequence[Source],
    known: Iterable[Source],
    progress: Progress,
    *,
    since: date | None = None,
) -> Iterator[Scene]:
    """Open a run: lease its sources and their hosts, adopt what died, start its pool. Held: others have them all.

    `known` are all configured sources: a run of some may load what a run of others left.
    """
    run = Run(str(uuid.uuid4()), kind, settings.clock(), tuple(source.name for source in sources))
    with ExitStack() as stack:
        leases = stack.enter_context(host_leases(settings.data))
        names = _leased(settings, sources, leases, progress, stack)
        dead = tuple(adopted(settings.data, kind, set(names), stack))
        stage = Scene(
            settings=settings,
            run=run,
            folder=stack.enter_context(run_folder(settings.data, run)),
            sources=tuple(source for source in sources if source.name in names),
            known={source.name: source for source in known},
            dead=dead,
            pool=stack.enter_context(_pool(settings)),
            progress=progress,
            busy=tuple(name for name in run.sources if name not in names),
            since=since,
            hosts=Hosts(leases.lease, _over_at(settings, kind)),
        )
        token = _SCENE.set(stage)
        stack.callback(_SCENE.reset, token)
        yield stage


def _leased(
    settings: Settings, sources: Sequence[Source], leases: HostLeases, progress: Progress, stack: ExitStack
) -> tuple[str, ...]:
    """The names of the sources that nobody else works on, with hosts that nobody else asks. Held: there are none."""
    holders = leased_sources(settings.data, sources, leases, stack)
    busy = [f"{name}: {holder}" for name, holder in holders.items() if holder]
    if busy and len(busy) == len(holders):
        raise Held(f"{'; '.join(busy)}; try again when that has ended")
    for told in busy:
        progress.say(f"left out of this run: {told}")
    return tuple(name for name, holder in holders.items() if not holder)


def _over_at(settings: Settings, kind: str) -> float:
    """When a run stops asking, by the clock of event loops: others wait for its sources, and for what it found."""
    return time.monotonic() + settings.run_minutes * 60 if kind == "ingest" else math.inf


def finished(stage: Scene) -> None:
    """Nothing is left to hand over: the folders of this run and of those it adopted go."""
    for folder in (*stage.dead, stage.folder):
        removed(folder)


def _pool(settings: Settings) -> AbstractContextManager[Pool]:
    memory = settings.page_memory_mb * MEBIBYTE
    if settings.runner == "dask":
        limits = Limits(settings.page_seconds, memory)
        return ClusterPool(read_page, limits, workers=settings.workers, address=settings.dask_address)
    return WorkerPool(read_page, workers=settings.workers, seconds=settings.page_seconds, memory=memory)
