"""The same path from a WARC file on: pages that somebody has kept already, to SQL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from prefect import flow, runtime

from broadsheet.archive import Wanted
from flows.backfill import filled

if TYPE_CHECKING:
    from flows.report import RunReport


def _run_name() -> str:
    files = runtime.flow_run.parameters["files"]
    return f"{Path(files[0]).name}" + (f" and {len(files) - 1} more" if len(files) > 1 else "")


@flow(name="ingest-warc", flow_run_name=_run_name)
async def ingest_warc(files: list[str]) -> RunReport:
    """Read the pages of WARC files and load them; records that were loaded before change nothing.

    Args:
        files: Paths of WARC files, gzip or plain, ours or anybody's. They stay where they are and are referred to.
    """
    return await filled([Path(file) for file in files], Wanted())
