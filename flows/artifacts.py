"""What a run leaves on its page in the Prefect UI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prefect.artifacts import acreate_markdown_artifact

if TYPE_CHECKING:
    from flows.report import RunReport


async def summarised(report: RunReport) -> None:
    """Put the run's ledger on its page."""
    await acreate_markdown_artifact(report.markdown(), key="ledger", description=report.sentence())
