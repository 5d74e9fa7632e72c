"""The ingest flow: sites to SQL. It reads as its own table of contents; each stage is a plain function elsewhere.

A task is a batch, never a URL: Prefect's records cost 19 ms a task run and are not the ledger (FIELD-NOTES.md).
"""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date  # noqa: TC003 - Prefect reads the signature
from typing import TYPE_CHECKING

from prefect import flow, runtime, task
from prefect.cache_policies import NO_CACHE

from broadsheet import archive
from broadsheet.config import chosen_sources, read_settings, read_sources
from broadsheet.discovery.turns import States  # noqa: TC001 - Prefect reads the signatures
from broadsheet.model import Claim, EndpointPoll, RobotsAnswer
from broadsheet.pacing import made_due
from flows import load
from flows.conclude import conclude, extract_and_load, runner
from flows.discover import discovered, robots_of
from flows.extract import Batch, batches
from flows.fetch import fetched, page_requests, shares
from flows.parameters import Endpoints, Minutes, MostPages, SourceNames  # noqa: TC001 - Prefect reads the signature
from flows.progress import watcher
from flows.progress_page import progress_page
from flows.recover import Leftovers, leftovers, unloaded_files
from flows.report import RunReport  # noqa: TC001 - likewise: one name it cannot find, and forms lose all their types
from flows.runnames import run_name
from flows.scene import Scene, opened, scene
from flows.struck import not_forgotten
from flows.told import tally

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Robots = dict[str, RobotsAnswer]


def _run_name() -> str:
    return run_name(since=runtime.flow_run.parameters["since"])


@flow(name="ingest", flow_run_name=_run_name, task_runner=runner())
async def ingest(
    sources: SourceNames | None = None,
    since: date | None = None,
    endpoints: Endpoints = "due",
    most_pages: MostPages | None = None,
    minutes: Minutes | None = None,
) -> RunReport:
    """Take what is **new or due** from news sites and load it into DuckDB.

    The run page tells what came: the summary, the failures first, how the sources do. Single pages never fail a run.

    Args:
        sources: Names from sources.toml; none means all that are not paused.
        since: A first fill: paged feeds and sitemap archives are followed back to this day (UTC).
        endpoints: "due" asks those whose turn it is, "all" every feed, sitemap or section last read without fault.
        most_pages: The most pages this run asks for, 1 to 100,000; none means BROADSHEET_BUDGET.
        minutes: After so many minutes the run asks for no more, up to a day; none means BROADSHEET_RUN_MINUTES.
    """
    settings = read_settings(budget=most_pages, run_minutes=minutes)
    archive.require_room(settings.data, settings.least_free_mb << 20)
    known = read_sources(settings.sources)
    chosen = not_forgotten(settings, chosen_sources(known, sources or ()))
    async with progress_page(watcher()) as progress:
        with opened(settings, "ingest", chosen, known, progress, since=since) as stage:
            left = leftovers(stage)
            memory = load.remembered(stage)
            kept = waiting(stage, left)
            told = memory.robots | robots_of([*left.discovery, *left.pages], stage.data)
            states = made_due(memory.states, settings.clock()) if endpoints == "all" else memory.states
            polls = await discover(states, told, left)
            robots = told | stage.robots
            claims = plan(polls, robots, left, kept)
            segments = await fetch(claims, kept, robots)
            found = [*kept, *(batch for path in segments for batch in of_segment(stage, path))]
            await extract_and_load(found, [*unloaded_files(stage, left.runs)])
            return await conclude(stage)


@task(cache_policy=NO_CACHE, persist_result=False)
async def discover(states: States, robots: Robots, left: Leftovers) -> list[EndpointPoll]:
    """Ask the endpoints that are due what there is."""
    stage = scene()
    polls = await discovered(stage, states, robots, left.discovery)
    if polls:
        stage.progress.note(f"discover: {len(polls)} endpoint(s) named {sum(len(poll.found) for poll in polls)} URL(s)")
    return polls


@task(cache_policy=NO_CACHE, persist_result=False)
def plan(polls: list[EndpointPoll], robots: Robots, left: Leftovers, kept: list[Batch]) -> list[Claim]:
    """Claim what is new, due again or left over."""
    pages = [url for batch in kept for url in batch.urls]
    stage = scene()
    claims = load.planned(stage, polls, robots, left, pages)
    stage.progress.note(f"plan: {len(claims)} page(s) to attempt: {tally(Counter(claim.why for claim in claims))}")
    return claims


async def fetch(claims: Sequence[Claim], kept: Sequence[Batch], robots: Robots) -> list[Path]:
    """Ask for the claimed pages that no dead run has kept; a task a share of the hosts."""
    stage = scene()
    had = {url for batch in kept for url, _ in batch.urls}
    wanted = [claim for claim in claims if claim.url not in had]
    stage.progress.stage("fetch", len(wanted), "pages")
    tasks = (fetch_share(n, share, robots) for n, share in enumerate(shares(wanted, stage.settings.fetch_tasks)))
    return list(await asyncio.gather(*tasks))


@task(cache_policy=NO_CACHE, persist_result=False, task_run_name="fetch-{number}")
async def fetch_share(number: int, claims: list[Claim], robots: Robots) -> Path:
    """Fetch one share of the hosts into one WARC segment."""
    stage = scene()
    return await fetched(stage, page_requests(stage, claims), robots, name=f"fetch-{number:02d}")


def of_segment(stage: Scene, path: Path) -> list[Batch]:
    """A segment of ours as batches."""
    return list(batches(path, str(path.relative_to(stage.data)), stage.settings.batch_pages, named=True))


def waiting(stage: Scene, left: Leftovers) -> list[Batch]:
    """What dead runs fetched and nobody loaded."""
    kept = [batch for path in left.pages for batch in of_segment(stage, path)]
    missing = load.unloaded(stage, [batch.key for batch in kept])
    return [batch for batch in kept if batch.key in missing]
