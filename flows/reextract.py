"""The re-extraction flow: kept pages are read again by today's rules, and what would change is shown. No network.

select → read again, beside what stands → compare → publish → report           (promotion: flows.promotion)
"""

from __future__ import annotations

import asyncio
import getpass
from datetime import date  # noqa: TC003 - Prefect reads the flow's signature

from prefect import flow, runtime, task
from prefect.artifacts import acreate_markdown_artifact
from prefect.cache_policies import NO_CACHE

from broadsheet.config import known_sources, read_settings
from flows import load
from flows.conclude import conclude
from flows.parameters import ArticleSources, Reasons, Sql, Versions  # noqa: TC001 - Prefect reads the signature
from flows.progress import watcher
from flows.recover import leftovers
from flows.reextract_report import ReextractReport, reported
from flows.reextract_select import Asked, selection
from flows.reextracting import begun, read_all
from flows.runnames import run_name
from flows.scene import opened, scene


def _run_name() -> str:
    """Of which sources, and which days: `reextract gazette · 14 Mar 12:00, since 2026-01-31, until 2026-03-01`."""
    since, until = (runtime.flow_run.parameters[name] for name in ("since", "until"))
    return f"reextract {run_name(since=since)}" + (f", until {until}" if until else "")


@flow(name="reextract", flow_run_name=_run_name)
async def reextract(  # noqa: PLR0913, PLR0917 - Prefect makes a form of it
    sources: ArticleSources | None = None,
    since: date | None = None,
    until: date | None = None,
    versions: Versions | None = None,
    reasons: Reasons | None = None,
    where: Sql | None = None,
    query: Sql | None = None,
) -> ReextractReport:
    """Read **kept pages again** by today's rules, beside the readings that stand, and show what would change.

    Nothing changes for readers before `broadsheet reextract promote`, and no site is asked. The same call goes on with
    one that was interrupted, unless rules have changed since. Without a selection it is every page that is kept.

    Args:
        sources: Names of sources that have articles; none means all.
        since: Only pages captured on that day (UTC) or later.
        until: Only pages captured before that day (UTC).
        versions: Only pages last read by these versions of the extractor, or versions that begin so.
        reasons: Only pages that were rejected for one of these reasons.
        where: A condition on the columns of mart.articles, as SQL; not with a query.
        query: A SELECT whose column url_id, or first column, names URLs; not with a condition.
    """
    settings = read_settings()
    asked = Asked(sources or (), since, until, versions or (), reasons or (), where, query)
    wanted = selection(settings.data, asked)
    with opened(settings, "reextract", (), known_sources(settings.sources), watcher()) as stage:
        load.begun(stage, leftovers(stage))
        reextraction_id = begun(stage, wanted, getpass.getuser())
        await asyncio.to_thread(read_again, reextraction_id)
        with load.opened(stage) as warehouse:
            report = reported(warehouse, reextraction_id)
        await conclude(stage)
        await acreate_markdown_artifact(report.markdown(), key="reextraction", description=report.sentence())
        return report


@task(cache_policy=NO_CACHE, persist_result=False, task_run_name="reextract-{reextraction_id}")
def read_again(reextraction_id: int) -> int:
    """Read all pages that are left; how many."""
    return read_all(scene(), reextraction_id)
