"""Forgetting an article or a source: out of every store of the data folder, with a proof that nothing is left.

    what is meant → written down → tombstones → store by store → search of every file → proved, and the note goes

What is meant is written down first (`forgetting.json.gz`), with the sentences to be searched for: a death at any point
leaves a note from which the next call goes on, store by store, each of which is cleared again without harm.
"""

from __future__ import annotations

import gzip
import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.errors import Held
from broadsheet.traces import Traces
from broadsheet.warehouse import forgetting, open_warehouse
from broadsheet.warehouse.files import sync_folder
from broadsheet.warehouse.forgetting import Subject
from flows.copies_forgetting import standing
from flows.folders import require_quiet
from flows.forgetting import STORES, Forgetting
from flows.locks import held
from flows.searching import searched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from broadsheet.config import Settings
    from broadsheet.warehouse import Warehouse
    from flows.progress import Progress

NOTE = "forgetting.json.gz"


def nothing(_step: str) -> None:
    """What happens before a step unless somebody looks on."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What came of it. `cleared` counts by store; `left` says where something still stands: none is the proof."""

    what: Subject
    cleared: dict[str, int]
    searched: int
    left: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The report as a program reads it; sentences are counted, not told."""
        searched_for = {"sentences": len(self.what.words), "spared": self.what.spared, "files": self.searched}
        return told(self.what) | {"cleared": self.cleared, "searched": searched_for, "left": list(self.left)}


def told(what: Subject) -> dict[str, Any]:
    """What is meant as a program reads it: articles, URLs and sentences are counted."""
    named = {name: getattr(what, name) for name in ("kind", "target", "why", "hosts", "others", "outside")}
    counts = {"articles": len(what.article_ids), "urls": len(what.url_ids)}
    return named | counts | {"sentences": len(what.sentences), "spared": what.spared}


def meant(settings: Settings, target: str, why: str) -> Subject:
    """What a target stands for, without forgetting it. WarehouseError: for nothing."""
    with _opened(settings, nothing) as warehouse:
        return forgetting.subject(warehouse, target, why)


def forget(
    settings: Settings, target: str, why: str, progress: Progress, on_step: Callable[[str], None] = nothing
) -> list[Forgotten]:
    """Forget a URL's article or a source; before it, whatever an interrupted call had begun. A report for each.

    Held: a run is at work, or an interrupted one left work that the next run has to finish first.
    """
    (settings.data / "archive").mkdir(parents=True, exist_ok=True)
    with held(settings.data / "archive" / ".lock") as ours:
        if not ours:
            raise Held(f"{settings.data / 'archive'}: another process is tidying it; try again when it has ended")
        with _opened(settings, on_step) as warehouse:
            require_quiet(settings.data)
            return list(_all(settings, warehouse, target, why, progress))


def _all(settings: Settings, warehouse: Warehouse, target: str, why: str, progress: Progress) -> Iterator[Forgotten]:
    note = settings.data / NOTE
    begun = _noted(note) if note.exists() else None
    if begun:
        progress.say(f"going on with {begun.target}, which was interrupted")
        yield _one(settings, warehouse, begun, progress)
    what = forgetting.subject(warehouse, target, why)
    if begun is None or begun.target != what.target:
        _write(note, what)
        yield _one(settings, warehouse, what, progress)


def _one(settings: Settings, warehouse: Warehouse, what: Subject, progress: Progress) -> Forgotten:
    """All stores in order, then the proof; the note goes only when nothing is left."""
    now = settings.clock()
    forgetting.mark(warehouse, what, now=now)
    work = Forgetting(settings.data, warehouse, what, Traces.of(what.sentences), now, progress, what.stones)
    cleared = {}
    for store in STORES:
        warehouse.session.on_step(f"forget {store.name}")
        cleared[store.name] = store.clear(work)
    warehouse.session.on_step("search")
    with warehouse.closed():
        files, left = searched(settings.data, what, work.traces, progress, note=NOTE)
        left += standing(settings.data, what)
    if not left:
        forgetting.prove(warehouse, what, now=now)
        warehouse.session.on_step("remove the note")
        (settings.data / NOTE).unlink()
    return Forgotten(what, {name: count for name, count in cleared.items() if count}, files, tuple(left))


def _noted(note: Path) -> Subject:
    told = json.loads(gzip.decompress(note.read_bytes()))
    values: dict[str, Any] = {name: tuple(each) if isinstance(each, list) else each for name, each in told.items()}
    return Subject(**values)


def _write(note: Path, what: Subject) -> None:
    part = note.with_name(note.name + ".part")
    with part.open("wb") as file:
        file.write(gzip.compress(json.dumps(asdict(what), ensure_ascii=False).encode(), 6, mtime=0))
        file.flush()
        os.fsync(file.fileno())
    part.replace(note)
    sync_folder(note.parent)


def _opened(settings: Settings, on_step: Callable[[str], None]) -> AbstractContextManager[Warehouse]:
    return open_warehouse(settings.data, now=settings.clock(), wait=settings.lock_wait, on_step=on_step)
