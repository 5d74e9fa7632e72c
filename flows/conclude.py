"""The second half that both flows share: batches to stage files, stage files to rows, rows to the read copy."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows import load
from flows.artifacts import summarised
from flows.cluster import clustered
from flows.extract import Batch, extracted
from flows.report import RunReport
from flows.scene import Scene, finished, scene
from flows.struck import struck

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from prefect.futures import PrefectFuture

    from broadsheet.model import LoadBatch, Outcome

LOADS = 20  # batches a load task takes: few tasks, and few openings of the warehouse
AT_ONCE = 4  # extract tasks in flight: enough to keep the pool busy, few enough to keep memory flat


def runner() -> TaskRunner[PrefectFuture[Any]]:
    """Threads for the extract tasks; the work itself is done in the scene's pool."""
    return cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner(max_workers=AT_ONCE))


async def extract_and_load(found: Sequence[Batch], ready: Sequence[LoadBatch] = ()) -> None:
    """Extract batches group by group and load each group as it comes; `ready` are stage files of dead WARC runs.

    In a thread, so that Ctrl-C is heard at once: the scene then closes its pool, which ends the thread.
    """
    await asyncio.to_thread(_extract_and_load, found, ready)


def _extract_and_load(found: Sequence[Batch], ready: Sequence[LoadBatch]) -> None:
    stage = scene()
    load.loaded(stage, ready, replace(stage.run, kind="warc"))
    load.recalled(stage, {url for batch in found for url, _ in batch.urls})
    stage.progress.stage("extract", sum(batch.count for batch in found), "pages")
    for group in _groups(found):
        futures = [extract.submit(batch) for batch in group]
        for future in futures:
            future.wait()
        load_group([future.result() for future in futures])


@task(cache_policy=NO_CACHE, persist_result=False, task_run_name="extract-{batch.key:.8}")
def extract(batch: Batch) -> LoadBatch:
    """Read the pages of one batch in the process pool."""
    stage = scene()
    return extracted(stage, batch)


@task(cache_policy=NO_CACHE, persist_result=False, task_run_name="load")
def load_group(group: list[LoadBatch]) -> dict[Outcome, int]:
    """Load a group of batches, one transaction each."""
    return dict(load.loaded(scene(), group))


@task(cache_policy=NO_CACHE, persist_result=False)
def cluster() -> int:
    """Gather copies of one text, over all sources."""
    return clustered(scene())


@task(cache_policy=NO_CACHE, persist_result=False)
def publish() -> load.Publication:
    """Prove the ledger and put the read copy in place."""
    return load.published(scene())


async def conclude(stage: Scene, *, known: int = 0, passed: Mapping[str, int] | None = None) -> RunReport:
    """Remember robots.txt answers, publish, clear up, and say what became of everything."""
    load.kept_robots(stage, stage.robots)
    cluster()
    struck(stage)
    outcome = publish()
    finished(stage)
    seconds = (stage.settings.clock() - stage.run.started_at).total_seconds()
    report = RunReport(
        run_id=stage.run.run_id,
        kind=stage.run.kind,
        ledger=outcome.ledger,
        adopted=len(stage.dead),
        busy=stage.busy,
        known=known,
        changed_rows=outcome.changed_rows,
        warnings=outcome.warnings,
        published=outcome.renewed,
        seconds=seconds,
        passed=passed or {},
    )
    await summarised(report)
    return report


def _groups(found: Sequence[Batch]) -> Iterator[Sequence[Batch]]:
    return (found[i : i + LOADS] for i in range(0, len(found), LOADS))
