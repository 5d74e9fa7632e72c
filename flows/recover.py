"""What runs that died had handed over and not loaded: their segments cut whole, their discovery, their stage files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.archive import salvage
from broadsheet.model import LoadBatch
from flows.folders import run_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadsheet.model import Run
    from flows.scene import Scene


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Segments of runs that died: those of their discovery, and those with pages."""

    runs: tuple[Run, ...] = ()
    discovery: tuple[Path, ...] = ()
    pages: tuple[Path, ...] = ()


def leftovers(stage: Scene) -> Leftovers:
    """Cut what dead runs were writing to its last whole record, and list what they kept."""
    runs = tuple(run_of(folder) for folder in stage.dead)
    kept = [path for run in runs for path in _salvaged(stage.data, run)]
    if runs:
        stage.progress.say(f"picking up what {len(runs)} interrupted run(s) left")
    return Leftovers(
        runs,
        tuple(path for path in kept if "-discover-" in path.name),
        tuple(path for path in kept if "-discover-" not in path.name),
    )


def segments(data: Path, run: Run) -> list[Path]:
    """The whole WARC segments that a run wrote, in order."""
    return sorted(_folder(data, run).glob(f"{run.run_id}-*.warc.gz"))


def _salvaged(data: Path, run: Run) -> list[Path]:
    for path in _folder(data, run).glob(f"{run.run_id}-*.open"):
        salvage(path)
    return segments(data, run)


def _folder(data: Path, run: Run) -> Path:
    return data / "archive" / f"{run.started_at:%Y/%m/%d}"


def unloaded_files(stage: Scene, runs: tuple[Run, ...]) -> Iterator[LoadBatch]:
    """Stage files that dead runs over WARC files had written."""
    for run, folder in zip(runs, stage.dead, strict=True):
        if run.kind == "warc":
            for path in sorted(folder.glob("*.jsonl.gz")):
                yield LoadBatch(path.name.removesuffix(".jsonl.gz"), str(path))
