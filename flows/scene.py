"""What a run stands in: its settings, its name, its folder, its pool and its progress, made once and passed by context.

Prefect sees only plain values; tasks find the rest here. A run's folder `stages/<run_id>/` is locked while it lives;
a folder that can be locked belongs to a run that died, and is adopted whole or not at all (flows.recover).
"""

from __future__ import annotations

import json
import shutil
import uuid
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from broadsheet.errors import Held
from broadsheet.model import Run, Source
from broadsheet.stages import Row
from broadsheet.workers import WorkerPool
from flows.locks import held, leased
from flows.read import PageWork, read_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from broadsheet.config import Settings
    from flows.progress import Progress

MEBIBYTE = 1 << 20

Pool = WorkerPool[PageWork, Row]


@dataclass(frozen=True, slots=True)
class Scene:
    """One run at work."""

    settings: Settings
    run: Run
    folder: Path
    sources: tuple[Source, ...]
    dead: tuple[Path, ...]
    pool: Pool
    progress: Progress
    busy: tuple[str, ...] = field(default=())
    asked: dict[str, float] = field(default_factory=dict)  # when each host was asked last, for the delay between stages
    boilerplate: dict[str, tuple[str, ...]] = field(default_factory=dict)  # each source's, as active when the run began

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
def opened(settings: Settings, kind: str, sources: Sequence[Source], progress: Progress) -> Iterator[Scene]:
    """Open a run: lease its sources, adopt what died, start its pool. Held: other runs work on all its sources."""
    run = Run(str(uuid.uuid4()), kind, settings.clock(), tuple(source.name for source in sources))
    with ExitStack() as stack:
        names = stack.enter_context(leased(settings.data, run.sources))
        if run.sources and not names:
            raise Held(f"another run is working on {', '.join(run.sources)}; try again when it has ended")
        dead = tuple(_adopted(settings.data, kind, set(names), stack))
        folder = stack.enter_context(_folder(settings.data, run))
        pool = stack.enter_context(_pool(settings))
        mine = tuple(source for source in sources if source.name in names)
        busy = tuple(name for name in run.sources if name not in names)
        stage = Scene(settings, run, folder, mine, dead, pool, progress, busy)
        token = _SCENE.set(stage)
        stack.callback(_SCENE.reset, token)
        yield stage


def finished(stage: Scene) -> None:
    """Nothing is left to hand over: the folders of this run and of those it adopted go."""
    for folder in (*stage.dead, stage.folder):
        shutil.rmtree(folder)


def run_of(folder: Path) -> Run:
    """The run a folder in `stages/` belongs to."""
    told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return Run(told["run_id"], told["kind"], datetime.fromisoformat(told["started_at"]), tuple(told["sources"]))


@contextmanager
def _folder(data: Path, run: Run) -> Iterator[Path]:
    """The run's own folder, put in place only when it is locked, so that nobody takes it for a dead run's."""
    folder = data / "stages" / run.run_id
    hidden = folder.with_name(f".{run.run_id}")
    hidden.mkdir(parents=True)
    with held(hidden / "lock"):
        named = {**asdict(run), "started_at": run.started_at.isoformat()}
        (hidden / "run.json").write_text(json.dumps(named), encoding="utf-8")
        hidden.rename(folder)
        yield folder


def _adopted(data: Path, kind: str, mine: set[str], stack: ExitStack) -> Iterator[Path]:
    """Folders of dead runs, each with all its sources leased by us; the others stay for a later run.

    A run over WARC files adopts only its like: it asks no site, so it cannot finish what a site's run began.
    """
    for folder in sorted((data / "stages").glob("[!.]*/")):
        if kind == "warc" != run_of(folder).kind or not stack.enter_context(held(folder / "lock")):
            continue
        others = [name for name in run_of(folder).sources if name not in mine]
        got = stack.enter_context(leased(data, others))
        if len(got) == len(others):
            mine.update(got)
            yield folder


def _pool(settings: Settings) -> Pool:
    memory = settings.page_memory_mb * MEBIBYTE
    return WorkerPool(read_page, workers=settings.workers, seconds=settings.page_seconds, memory=memory)
