"""The second half that both flows share: batches to stage files, stage files to rows, rows to the read copy."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from broadsheet.errors import CheckFailed
from flows import load
from flows.artifacts import summarised
from flows.cluster import clustered
from flows.extract import Batch, extracted
from flows.report import RunReport
from flows.scene import Scene, finished, scene
from flows.struck import struck
from flows.told import tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from prefect.futures import PrefectFuture

    from broadsheet.model import LoadBatch, Outcome

LOADS = 20  # extract tasks whose batches a load task takes: few tasks, and few openings of the warehouse
AT_ONCE = 4  # extract tasks in flight: enough to keep the pool busy, few enough to keep memory flat
EXTRACT_TASKS = 100  # of a run at most: past that a task takes several batches


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
    for group in groups(found):
        futures = [extract.submit(batches) for batches in group]
        for future in futures:
            future.wait()
        load_group([batch for future in futures for batch in future.result()])


@task(cache_policy=NO_CACHE, persist_result=False, task_run_name="extract-{batches[0].key:.8}")
def extract(batches: Sequence[Batch]) -> list[LoadBatch]:
    """Read the pages of a few batches in the process pool."""
    stage = scene()
    return [extracted(stage, batch) for batch in batches]


@task(cache_policy=NO_CACHE, persist_result=False, task_run_name="load")
def load_group(group: list[LoadBatch]) -> dict[Outcome, int]:
    """Load a group of batches, one transaction each."""
    stage = scene()
    counts = dict(load.loaded(stage, group))
    stage.progress.note(f"load: {tally(counts)}")
    return counts


@task(cache_policy=NO_CACHE, persist_result=False)
def cluster() -> int:
    """Gather copies of one text, over all sources."""
    return clustered(scene())


@task(cache_policy=NO_CACHE, persist_result=False)
def publish() -> load.Publication:
    """Prove the ledger and put the read copy in place."""
    return load.published(scene())


async def conclude(stage: Scene, *, known: int = 0, passed: Mapping[str, int] | None = None) -> RunReport:
    """Remember robots.txt answers, publish, clear up, and say what became of everything.

    CheckFailed, once all of it is said: a check of severity error has rows.
    """
    load.kept_robots(stage, stage.robots)
    cluster()
    struck(stage)
    outcome = publish()
    if not outcome.failed:
        finished(stage)
    report = _report(stage, outcome, known, passed or {})
    for line in (report.sentence(), *report.failed, *report.warnings):
        stage.progress.note(line)
    await summarised(report, outcome.facts)
    if outcome.failed:
        raise CheckFailed(f"nothing is published: {'; '.join(outcome.failed)}")
    return report


def _report(stage: Scene, outcome: load.Publication, known: int, passed: Mapping[str, int]) -> RunReport:
    return RunReport(
        run_id=stage.run.run_id,
        kind=stage.run.kind,
        ledger=outcome.ledger,
        adopted=len(stage.dead),
        busy=stage.busy,
        known=known,
        changed_rows=outcome.changed_rows,
        warnings=outcome.warnings,
        published=outcome.renewed,
        seconds=(stage.settings.clock() - stage.run.started_at).total_seconds(),
        passed=passed,
        failed=outcome.failed,
    )


def groups(found: Sequence[Batch]) -> Iterator[list[Sequence[Batch]]]:
    """Batches as they are loaded together, in each the batches that one extract task takes."""
    size = max(1, -(-len(found) // EXTRACT_TASKS))
    shares = [found[i : i + size] for i in range(0, len(found), size)]
    return (shares[i : i + LOADS] for i in range(0, len(shares), LOADS))
