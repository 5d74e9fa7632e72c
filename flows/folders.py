"""The folders of runs: `stages/<run_id>/`, locked while the run lives; what can be locked belongs to a run that died.

A folder appears and goes by a rename, so that nobody meets half of one: it begins and ends as `.<run_id>`.
"""

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from broadsheet.errors import Held
from broadsheet.model import Run
from flows.locks import held, held_there, leased

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def run_folder(data: Path, run: Run) -> Iterator[Path]:
    """The run's own folder, put in place only when it is locked, so that nobody takes it for a dead run's."""
    folder = data / "stages" / run.run_id
    hidden = _hidden(folder)
    hidden.mkdir(parents=True)
    with held(hidden / "lock"):
        named = {**asdict(run), "started_at": run.started_at.isoformat()}
        (hidden / "run.json").write_text(json.dumps(named), encoding="utf-8")
        hidden.rename(folder)
        yield folder


def removed(folder: Path) -> None:
    """Take a folder away: out of sight at once, then file by file."""
    hidden = _hidden(folder)
    folder.rename(hidden)
    shutil.rmtree(hidden)


def living(data: Path) -> set[str]:
    """The ids of the runs that are at work, or left work behind: what they wrote is still needed where it lies."""
    return {folder.name.removeprefix(".") for folder in (data / "stages").glob("*/")}


def is_at_work(data: Path) -> bool:
    """Whether any run is at work in the data folder."""
    for folder in (data / "stages").glob("[!.]*/"):
        with held_there(folder / "lock") as free:
            if not free and (folder / "lock").exists():
                return True
    return False


def require_quiet(data: Path) -> None:
    """Held: a run is at work, or left something behind that the next one has to take up first."""
    for run_id in sorted(living(data)):
        with held(data / "stages" / run_id / "lock") as free:
            if not free:
                raise Held(f"run {run_id} is at work; wait for it to end, and say it again")
        raise Held(
            f"run {run_id} was interrupted and left pages behind; `broadsheet run` takes them up, then say it again"
        )


def run_of(folder: Path) -> Run:
    """The run a folder in `stages/` belongs to."""
    told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return Run(told["run_id"], told["kind"], datetime.fromisoformat(told["started_at"]), tuple(told["sources"]))


def adopted(data: Path, kind: str, mine: set[str], stack: ExitStack) -> Iterator[Path]:
    """Folders of dead runs, each with all its sources leased by us; the others stay for a later run.

    A run over WARC files, or a replay, adopts only its like: it asks no site, so it cannot finish what a site's began.
    Locks and leases of what is adopted are held by `stack`; those of what is not are given back.
    """
    swept(data)
    for folder in sorted((data / "stages").glob("[!.]*/")):
        with ExitStack() as ours:
            if _is_adopted(data, folder, kind, mine, ours):
                stack.push(ours.pop_all())
                yield folder


def _is_adopted(data: Path, folder: Path, kind: str, mine: set[str], ours: ExitStack) -> bool:
    if not ours.enter_context(held_there(folder / "lock")):
        return False
    run = run_of(folder)
    if kind not in {"ingest", run.kind}:
        return False
    others = [name for name in run.sources if name not in mine]
    got = ours.enter_context(leased(data, others))
    mine.update(got if len(got) == len(others) else ())
    return len(got) == len(others)


def swept(data: Path) -> int:
    """Remove what died between being named and being seen, or between being hidden and being gone; how many."""
    return sum(_removed(folder) for folder in (data / "stages").glob(".*/"))


def _removed(folder: Path) -> bool:
    lock = folder / "lock"
    with held_there(lock) as ours:
        dead = ours or not lock.exists()
        if dead:
            shutil.rmtree(folder, ignore_errors=True)
    return dead


def _hidden(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}")
