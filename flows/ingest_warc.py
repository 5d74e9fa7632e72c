"""The same path from a WARC file on: pages that somebody has kept already, to SQL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from prefect import flow, runtime

from broadsheet.config import known_sources, read_settings
from flows import load
from flows.conclude import conclude, extract_and_load, runner
from flows.extract import Batch, batches
from flows.progress import watcher
from flows.recover import leftovers, unloaded_files
from flows.scene import Scene, opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.report import RunReport


def _run_name() -> str:
    files = runtime.flow_run.parameters["files"]
    return f"{Path(files[0]).name}" + (f" and {len(files) - 1} more" if len(files) > 1 else "")


@flow(name="ingest-warc", flow_run_name=_run_name, task_runner=runner())
async def ingest_warc(files: list[str]) -> RunReport:
    """Read the pages of WARC files and load them; records that were loaded before change nothing.

    Args:
        files: Paths of WARC files, gzip or plain, ours or anybody's. They stay where they are and are referred to.
    """
    settings = read_settings()
    with opened(settings, "warc", (), known_sources(settings.sources), watcher()) as stage:
        left = leftovers(stage)
        load.begun(stage, left)
        found = [batch for file in dict.fromkeys(files) for batch in _batches(stage, Path(file))]
        known = load.unloaded(stage, [batch.key for batch in found])
        fresh = list({batch.key: batch for batch in found if batch.key in known}.values())
        await extract_and_load(fresh, list(unloaded_files(stage, left.runs)))
        return await conclude(stage, known=_count(found) - _count(fresh))


def _batches(stage: Scene, path: Path) -> list[Batch]:
    stage.progress.say(f"reading {path}")
    return list(batches(path, str(path.resolve()), stage.settings.batch_pages, named=False))


def _count(found: Sequence[Batch]) -> int:
    return sum(batch.count for batch in found)
