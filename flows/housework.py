"""What else the night is for: a backup, what crashes left behind, and runs that Prefect need not remember."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterEndTime,
)

from flows.folders import swept

if TYPE_CHECKING:
    from broadsheet.config import Settings

OURS: Final = (
    "ingest",
    "ingest-warc",
    "maintain",
    "reextract",
    "replay",
    "backfill",
    "backfill-ccnews",
    "backfill-urls",
)
A_NIGHT: Final = 2_000  # runs that one night takes out of Prefect's database: some 20 days of quarters of hours


@dataclass(frozen=True, slots=True)
class Housework:
    """What was done: the backup, or why there is none; folders swept away; runs taken out of Prefect's database."""

    backup: str = ""
    swept: int = 0
    runs: int = 0

    def sentence(self) -> str:
        """In a line."""
        return (
            f"{self.backup}; {self.swept} folder(s) of crashed runs swept, {self.runs} old run(s) removed from Prefect."
        )


def swept_stages(settings: Settings) -> int:
    """Folders of runs that died in being made or removed go; those with work in them wait for the next run."""
    return swept(settings.data)


async def forgotten_runs(settings: Settings) -> int:
    """Take runs that ended so many days ago out of Prefect's database; how many. Its vacuum takes their logs."""
    before = settings.clock() - timedelta(days=settings.prefect_days)
    flows = FlowFilter(name=FlowFilterName(any_=list(OURS)))
    ended = FlowRunFilter(end_time=FlowRunFilterEndTime(before_=before))
    count = 0
    async with get_client() as client:
        while count < A_NIGHT and (found := await client.read_flow_runs(flow_filter=flows, flow_run_filter=ended)):
            for run in found:
                await client.delete_flow_run(run.id)
            count += len(found)
    return count
