"""The backfill flow: pages of the past to SQL, from archives and from what people hold, in whatever form.

WARC files are read where they lie. Everything else is written into segments of ours first, and read from there.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import date  # noqa: TC003 - Prefect reads the signature
from pathlib import PurePath
from threading import Event
from typing import TYPE_CHECKING

from prefect import flow, runtime, task
from prefect.artifacts import acreate_progress_artifact, aupdate_progress_artifact
from prefect.cache_policies import NO_CACHE

from broadsheet.archive import Wanted
from broadsheet.config import known_sources, read_settings
from broadsheet.errors import ConfigError
from broadsheet.holdings import Columns, Form, holdings
from flows import load
from flows.conclude import conclude
from flows.cutting import KNOWN, Cutter, Kept
from flows.filling import Filling, Pace, at_work, filling, parts
from flows.hosts import hosts_of
from flows.keeping import USUAL, Afar, Keeper, Store, Table
from flows.listings import files_listed
from flows.notebook import notebook
from flows.parameters import Column, FilePath, FilePaths, SourceNames  # noqa: TC001 - Prefect reads the signature
from flows.progress import watcher
from flows.recover import leftovers, unloaded_files
from flows.report import RunReport  # noqa: TC001 - likewise
from flows.runnames import run_name, sources_named
from flows.scene import Scene, opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from broadsheet.holdings import Holding


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be read, and what of it."""

    found: Sequence[Holding]
    wanted: Wanted
    columns: Columns = field(default_factory=Columns)
    afar: Sequence[Afar] = ()
    stop: Event = field(default_factory=Event)

    @property
    def size(self) -> int:
        """Bytes of it."""
        return sum(each.path.stat().st_size for each in self.found) + sum(each.size for each in self.afar)


def _run_name() -> str:
    """What is read, and when: `backfill crawls, old.jsonl · 14 Mar 12:00`."""
    paths = [PurePath(each).name or each for each in runtime.flow_run.parameters["paths"]]
    return f"backfill {sources_named(paths)} · {run_name().rpartition(' · ')[2]}"


@flow(name="backfill", flow_run_name=_run_name)
async def backfill(  # noqa: PLR0913, PLR0917 - Prefect makes a form of them
    paths: FilePaths,
    hosts: FilePath | None = None,
    sources: SourceNames | None = None,
    url_column: Column | None = None,
    html_column: Column | None = None,
    time_column: Column | None = None,
) -> RunReport:
    """Read pages of the **past**, from WARC files and whatever else holds pages, and load their articles.

    What was loaded before changes nothing, and a run that was interrupted goes on where it was. No publisher is asked.

    Args:
        paths: Files, folders and globs as the worker sees them: WARC, JSON, JSON lines, CSV, TSV, Parquet, HTML.
        hosts: A file with a host a line: pages of others are passed over; none means every host.
        sources: Names from `sources.toml`: only pages of their hosts; none means every host.
        url_column: Which column of tables holds the URL; none means the one whose name says so.
        html_column: Which column holds the page; none means the one whose name says so.
        time_column: Which holds the time of capture; none means the one whose name says so, else the file's time.
    """
    wanted = Wanted(hosts_of(hosts, sources or (), known_sources(read_settings().sources)), html=True)
    return await _worked(Work(holdings(paths), wanted, Columns(url_column, html_column, time_column)))


@flow(name="backfill-ccnews", flow_run_name="backfill ccnews · {first} to {last}")
async def backfill_ccnews(  # noqa: PLR0913, PLR0917 - as above
    first: date,
    last: date,
    hosts: FilePath | None = None,
    sources: SourceNames | None = None,
    paths: FilePath | None = None,
    base: FilePath | None = None,
) -> RunReport:
    """Read files of the **Common Crawl's news archive**, from its server or a disk. No publisher is asked.

    Args:
        first: The first day (UTC) on which a file may have been begun.
        last: The last such day.
        hosts: A file with a host a line: pages of others are passed over; none means every host.
        sources: Names from `sources.toml`: only pages of their hosts; none means every host.
        paths: The listing, a file or URL; none means those of the months, below the base.
        base: Where the listed paths lie, a URL or folder; none means the Common Crawl's server.
    """
    if last < first:
        raise ConfigError(f"the first day, {first}, lies after the last, {last}")
    settings = read_settings()
    wanted = Wanted(hosts_of(hosts, sources or (), known_sources(settings.sources)), html=True)
    here, there = await asyncio.to_thread(files_listed, settings, first, last, paths, base)
    folder = settings.data / "backfill" / "files"
    stop = Event()
    afar = [Afar(each, base, folder, settings.user_agent, wanted, each.size or USUAL, stop) for base, each in there]
    return await _worked(Work(holdings(here), wanted, afar=afar, stop=stop))


async def filled(files: Sequence[Path], wanted: Wanted) -> RunReport:
    """Read WARC files to their end, load and publish."""
    return await _worked(Work(holdings(files), wanted))


async def _worked(work: Work) -> RunReport:
    settings = read_settings()
    with opened(settings, "warc", (), known_sources(settings.sources), watcher()) as stage:
        left = leftovers(stage)
        load.begun(stage, left)
        if ready := [*unloaded_files(stage, left.runs)]:
            load.loaded(stage, ready)
        passed = await read_files(stage, work, left.pages)
        known = passed.pop(KNOWN, 0)
        return await conclude(stage, known=known, passed={why: n for why, n in passed.items() if n})


async def read_files(stage: Scene, work: Work, left: Sequence[Path]) -> dict[str, int]:
    """Read, extract and load all of it, a task a part; how many records were passed over, by why.

    In threads, so that Ctrl-C is heard at once: the scene then closes its pool, which ends them.
    """
    with notebook(stage.data) as book:
        keeper = Keeper(stage, book, work.wanted)
        cutter, pace = Cutter(stage, book, work.wanted), Pace(stage, work.size)
        with at_work(Filling(stage, cutter, pace, _files(stage, work, keeper, left), work.stop)) as one:
            shown = await acreate_progress_artifact(0.0, key="backfill", description="the input is looked through")
            for part, until in enumerate(parts(work.size), 1):
                more = await asyncio.to_thread(fill, part, until)
                share = pace.percent if more else 100.0
                await aupdate_progress_artifact(shown, share, description=pace.sentence())
                if not more:
                    break
        return dict(one.passed + keeper.passed)


@task(cache_policy=NO_CACHE, persist_result=False, task_run_name="part-{part:03d}")
def fill(part: int, until: int) -> bool:  # noqa: ARG001 - the number names the task
    """Read, extract and load until so many bytes of the input are read; whether anything is left."""
    return filling().fill(until)


def _files(stage: Scene, work: Work, keeper: Keeper, left: Iterable[Path]) -> Iterator[Kept]:
    """What dead runs had written, the WARC files of others, and the rest as it is kept."""
    for path in left:
        yield Kept(path, str(path.relative_to(stage.data)), 0, marked=False)
    for each in work.found:
        if each.form is Form.WARC:
            yield Kept(each.path, str(each.path.resolve()), each.path.stat().st_size)
    yield from keeper.segments(_stores(work))


def _stores(work: Work) -> Iterator[Store]:
    for each in work.found:
        if each.form is not Form.WARC:
            yield Table(each, work.columns, each.path.stat().st_size)
    yield from work.afar
