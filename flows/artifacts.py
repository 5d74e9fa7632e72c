"""What a run leaves on its page in the Prefect UI. A server that is away does not fail a run whose rows are loaded."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, TypeVar

from httpx import HTTPError
from prefect.artifacts import acreate_markdown_artifact, acreate_table_artifact

from flows.progress import watcher
from flows.run_tables import failures, health
from flows.summary import summary

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from uuid import UUID

    from broadsheet.warehouse import RunFacts
    from flows.report import RunReport
    from flows.run_tables import TableArtifact

Made = TypeVar("Made")

WAITS: Final = (1, 2, 4, 8, 16)  # seconds: a server that is started again is there after ten


async def summarised(report: RunReport, facts: RunFacts) -> None:
    """Put the summary, the failures and the sources' health on the run's page."""
    text, told = summary(report, facts), report.sentence()
    await put(lambda: acreate_markdown_artifact(text, key="summary", description=told))
    await put(lambda: _table("failures", failures(facts)))
    await put(lambda: _table("health", health(facts)))


async def put(make: Callable[[], Awaitable[Made]]) -> Made | None:
    """Make an artifact, patiently; None if the server stays away, which is said."""
    for wait in (*WAITS, None):
        try:
            return await make()
        except HTTPError as error:
            if wait is None:
                watcher().say(f"the run's page lacks something, the Prefect server does not answer: {error}")
                return None
            await asyncio.sleep(wait)
    return None


async def _table(key: str, table: TableArtifact) -> UUID:
    return await acreate_table_artifact(table.rows, key=key, description=table.description)
