"""The backfill flow: pages of the past to SQL, from archives and from what people hold, in whatever form.

WARC files are read where they lie. Everything else is written into segments of ours first, and read from there.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import date  # noqa: TC003 - Prefect reads the signature
from typing import TYPE_CHECKING

from prefect import flow, runtime, task
from prefect.cache_policies import NO_CACHE

from broadsheet.archive import Wanted
from broadsheet.config import known_sources, read_settings
from broadsheet.holdings import Columns, Form, holdings
from flows import load
from flows.conclude import conclude
from flows.cutting import KNOWN, Cutter, Kept
from flows.filling import Filling, Pace
from flows.hosts import hosts_of
from flows.keeping import Afar, Keeper, Store, Table
from flows.listings import files_listed
from flows.notebook import notebook
from flows.progress import watcher
from flows.recover import leftovers, unloaded_files
from flows.scene import Scene, opened, scene

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from broadsheet.holdings import Holding
    from flows.report import RunReport


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be read, and what of it."""

    found: Sequence[Holding]
    wanted: Wanted
    columns: Columns = field(default_factory=Columns)
    afar: Sequence[Afar] = ()

    @property
    def size(self) -> int:
        """Bytes of it."""
        return sum(each.path.stat().st_size for each in self.found) + sum(each.size for each in self.afar)


def _run_name() -> str:
    parameters = runtime.flow_run.parameters
    return f"backfill {', '.join(parameters.get('paths') or ['ccnews'])[:100]}"


@flow(name="backfill", flow_run_name=_run_name)
async def backfill(  # noqa: PLR0913, PLR0917 - Prefect makes a form of them
    paths: list[str],
    hosts: str | None = None,
    sources: list[str] | None = None,
    url_column: str | None = None,
    html_column: str | None = None,
    time_column: str | None = None,
) -> RunReport:
    """Read pages of the past and load them; what was loaded before changes nothing.

    Args:
        paths: Files, folders and globs: WARC, JSON, JSON lines, CSV, Parquet, HTML.
        hosts: A file with a host a line: pages of others are passed over.
        sources: Names from sources.toml: only pages of their hosts.
        url_column: Which column of tables holds the URL; none: guessed.
        html_column: Which holds the page; none: guessed.
        time_column: Which holds the time of capture; none: guessed, else the file's time.
    """
    wanted = Wanted(hosts_of(hosts, sources or (), known_sources(read_settings().sources)), html=True)
    return await _worked(Work(holdings(paths), wanted, Columns(url_column, html_column, time_column)))


@flow(name="backfill-ccnews", flow_run_name="backfill ccnews {first} to {last}")
async def backfill_ccnews(  # noqa: PLR0913, PLR0917 - as above
    first: date,
    last: date,
    hosts: str | None = None,
    sources: list[str] | None = None,
    paths: str | None = None,
    base: str | None = None,
) -> RunReport:
    """Read files of the Common Crawl's news archive, from its server or a disk. No publisher is asked.

    Args:
        first: The first day (UTC) on which a file may have been begun.
        last: The last.
        hosts: A file with a host a line: pages of others are passed over.
        sources: Names from sources.toml: only pages of their hosts.
        paths: The listing, a file or URL; none: those of the months, below the base.
        base: Where the listed paths lie, a URL or folder; none: the Common Crawl's server.
    """
    settings = read_settings()
    wanted = Wanted(hosts_of(hosts, sources or (), known_sources(settings.sources)), html=True)
    here, there = await asyncio.to_thread(files_listed, settings, first, last, paths, base)
    folder = settings.data / "backfill" / "files"
    afar = [Afar(each, base, folder, settings.user_agent, wanted, each.size or 0) for base, each in there]
    return await _worked(Work(holdings(here), wanted, afar=afar))


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
        filling = await asyncio.to_thread(read_files, work, left.pages)
        known = filling.pop(KNOWN, 0)
        return await conclude(stage, known=known, passed={why: n for why, n in filling.items() if n})


@task(cache_policy=NO_CACHE, persist_result=False, task_run_name="read")
def read_files(work: Work, left: Sequence[Path]) -> dict[str, int]:
    """Read, extract and load all of it; how many records were passed over, by why."""
    stage = scene()
    with notebook(stage.data) as book:
        keeper = Keeper(stage, book, work.wanted)
        filling = Filling(stage, Cutter(stage, book, work.wanted), Pace(stage, work.size))
        filling.pace.begin()
        filling.fill(_files(stage, work, keeper, left))
        return dict(filling.passed + keeper.passed)


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
