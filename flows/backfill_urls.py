"""The backfill of URL lists: pages that were never asked for are fetched as any run fetches, kept, and read."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from prefect import flow, runtime, task
from prefect.cache_policies import NO_CACHE

from broadsheet import archive
from broadsheet.archive import Wanted
from broadsheet.config import known_sources, read_settings
from broadsheet.fetching import PageRequest
from broadsheet.model import Claim, RobotsAnswer, Role, Why
from flows import load
from flows.backfill import Work, read_files
from flows.conclude import conclude
from flows.fetch import fetched, shares
from flows.progress import watcher
from flows.recover import leftovers, unloaded_files
from flows.scene import Scene, opened, scene
from flows.urllists import source_of, urls_of

if TYPE_CHECKING:
    from flows.report import RunReport


def _run_name() -> str:
    return f"backfill {', '.join(Path(each).name for each in runtime.flow_run.parameters['lists'])[:100]}"


@flow(name="backfill-urls", flow_run_name=_run_name)
async def backfill_urls(lists: list[str]) -> RunReport:
    """Fetch the pages of URL lists and load them; a page that was answered is not asked for again.

    Args:
        lists: Files with a URL a line.
    """
    settings = read_settings()
    archive.require_room(settings.data, settings.least_free_mb << 20)
    urls = urls_of(lists)
    with opened(settings, "warc", (), known_sources(settings.sources), watcher()) as stage:
        left = leftovers(stage)
        memory = load.remembered(stage)
        load.begun(stage, left)
        if ready := [*unloaded_files(stage, left.runs)]:
            load.loaded(stage, ready)
        await read_files(stage, Work((), Wanted()), left.pages)
        asked = _unanswered(stage, urls)
        stage.progress.stage("fetch", len(asked), "pages")
        parts = shares((Claim(url, "", Why.NEW) for url in asked), settings.fetch_tasks)
        tasks = (fetch_part(n, [claim.url for claim in part], memory.robots) for n, part in enumerate(parts))
        segments = await asyncio.gather(*tasks)
        await read_files(stage, Work((), Wanted()), segments)
        return await conclude(stage, known=len(urls) - len(asked))


@task(cache_policy=NO_CACHE, persist_result=False, task_run_name="fetch-{number}")
async def fetch_part(number: int, urls: list[str], robots: dict[str, RobotsAnswer]) -> Path:
    """Fetch the URLs of one share of the hosts into one WARC segment."""
    stage = scene()
    requests = [PageRequest(url, Role.PAGE, source_of(url, stage.known.values())) for url in urls]
    return await fetched(stage, requests, robots, name=f"fetch-{number:02d}")


def _unanswered(stage: Scene, urls: list[str]) -> list[str]:
    with load.opened(stage) as warehouse:
        answered = warehouse.answered(urls)
    return [url for url in urls if url not in answered]
