"""The maintain flow: what recurs over a source's articles becomes rules, and the archive is made tidy."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from prefect import flow, task
from prefect.artifacts import acreate_markdown_artifact
from prefect.cache_policies import NO_CACHE

from broadsheet.config import read_settings
from broadsheet.errors import CheckFailed, ConfigError, DiskFull, Held
from broadsheet.warehouse import Learning, open_warehouse, publish
from extractors.boilerplate import learned
from flows.backups import backed_up
from flows.carrying import carried
from flows.housework import Housework, forgotten_runs, swept_stages
from flows.parameters import ArticleSources, Tidying  # noqa: TC001 - Prefect reads the signature
from flows.pressing import pressed
from flows.progress import watcher
from flows.runnames import run_name
from flows.tidy import Tidied, tidied

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager

    from broadsheet.config import Settings
    from broadsheet.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class MaintainReport:
    """What maintenance brought, by source and of the archive; whether the read copy was renewed."""

    learned: Mapping[str, Learning]
    published: bool
    archive: Tidied = field(default_factory=Tidied)
    house: Housework = field(default_factory=Housework)
    carried: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The report as a program reads it."""
        return {
            "learned": {source: asdict(each) for source, each in self.learned.items()},
            "published": self.published,
            "archive": asdict(self.archive),
            "house": asdict(self.house),
            "carried": list(self.carried),
        }

    def sentence(self) -> str:
        """What happened, in a line."""
        fresh = sum(each.fresh for each in self.learned.values())
        activated = sum(each.activated for each in self.learned.values())
        return f"{len(self.learned)} source(s): {fresh} recurring line(s) learned, {activated} left out from now on."

    def markdown(self) -> str:
        """The table for the run page."""
        head = "| source | learned | counted anew | activated |\n|---|---:|---:|---:|"
        rows = [f"| {name} | {e.fresh} | {e.counted} | {e.activated} |" for name, e in sorted(self.learned.items())]
        told = [f"**{self.sentence()}**", "", head, *rows, "", "`broadsheet rules list` shows the lines."]
        told += ["", f"**{self.archive.sentence()}**", *(f"- {line}" for line in self.archive.skipped)]
        return "\n".join([*told, "", f"**{self.house.sentence()}**", *(f"- {line}" for line in self.carried)])


def _run_name() -> str:
    return f"maintain {run_name()}"


@flow(name="maintain", flow_run_name=_run_name)
async def maintain(sources: ArticleSources | None = None, archive: Tidying = "tidy") -> MaintainReport:
    """Learn the **boilerplate** of sources from the articles that are kept, and keep **house**.

    Recurring lines that are certain are left out of texts from now on. Small files of the archive are merged, and what
    sources do not keep goes. Every check is made, the warehouse backed up, and what crashes left behind or Prefect need
    not remember goes.

    Args:
        sources: Names of sources that have articles; none means all that have.
        archive: `tidy` merges small files and drops what sources do not keep, `leave` touches no file.
    """
    settings = read_settings()
    names = chosen(settings, sources or ())
    watcher().stage("learn", len(names), "sources")
    found = learn(names)
    tidied_up = tidy() if archive == "tidy" else Tidied()
    renewed = renew()
    house = Housework(save(), sweep(), await forget_runs())
    report = MaintainReport(found, renewed, tidied_up, house, carry())
    await acreate_markdown_artifact(report.markdown(), key="maintained", description=report.sentence())
    await pressed()
    return report


@task(cache_policy=NO_CACHE, persist_result=False)
def learn(names: list[str]) -> dict[str, Learning]:
    """Count the lines of the sources' articles, source by source; a task for all, however many there are."""
    return {name: learned_of(name) for name in names}


def learned_of(source: str) -> Learning:
    """Count the lines of a source's articles; its rules are kept and activated in one transaction."""
    settings = read_settings()
    with _opened(settings) as warehouse:
        readings = warehouse.readings(source)
    rules = learned(readings)
    with _opened(settings) as warehouse:
        learning = warehouse.keep_rules(source, rules, settings.clock())
    watcher().advance()
    return learning


@task(cache_policy=NO_CACHE, persist_result=False)
def tidy() -> Tidied:
    """Merge the archive's small files, and leave out what sources do not keep (docs/reference/archive.md).

    Without room for it, or while another process is at it, the archive waits for the next night.
    """
    try:
        return tidied(read_settings(), watcher())
    except (DiskFull, Held) as error:
        watcher().say(str(error))
        return Tidied(skipped=(str(error),))


@task(cache_policy=NO_CACHE, persist_result=False)
def renew() -> bool:
    """Renew the read copy if rules or positions changed; whether it was. CheckFailed if a check finds errors."""
    settings = read_settings()
    with _opened(settings) as warehouse:
        failed = [each for each in warehouse.check(settings.clock()) if each.failed]
        if failed:
            told = "; ".join(f"check {each.name}: {each.count} row(s), the first {each.rows[0]}" for each in failed)
            raise CheckFailed(f"nothing is published: {told}")
        return publish(settings.data, warehouse)


@task(cache_policy=NO_CACHE, persist_result=False)
def carry() -> tuple[str, ...]:
    """Bring the export and the search index up to the read copy."""
    return carried(read_settings(), watcher())


@task(cache_policy=NO_CACHE, persist_result=False, task_run_name="back-up")
def save() -> str:
    """Back the warehouse up, now that every check has passed; what was done."""
    return backed_up(read_settings())


@task(cache_policy=NO_CACHE, persist_result=False)
def sweep() -> int:
    """Sweep away what runs left that died while they began or ended."""
    return swept_stages(read_settings())


@task(cache_policy=NO_CACHE, persist_result=False, task_run_name="forget-runs")
async def forget_runs() -> int:
    """Take old runs out of Prefect's database."""
    return await forgotten_runs(read_settings())


def chosen(settings: Settings, names: Sequence[str]) -> list[str]:
    """The sources that have articles, or those named of them. ConfigError: a name has none."""
    with _opened(settings) as warehouse:
        known = warehouse.sources()
    for name in names:
        if name not in known:
            raise ConfigError(f"no articles of a source {name!r}; there are some of: {', '.join(known) or 'none yet'}")
    return list(names) or known


def _opened(settings: Settings) -> AbstractContextManager[Warehouse]:
    return open_warehouse(settings.data, now=settings.clock(), wait=settings.lock_wait)
