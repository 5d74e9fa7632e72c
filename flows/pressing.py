"""The nightly report: a page of the state of the press, kept in the data folder and linked from the run's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prefect import task
from prefect.artifacts import acreate_markdown_artifact
from prefect.cache_policies import NO_CACHE

from broadsheet.config import read_settings
from broadsheet.errors import Terminal
from flows.progress import watcher
from flows.reporting import keeping
from flows.reporting.making import made

if TYPE_CHECKING:
    from pathlib import Path

DAYS: Final = 30  # that the page shows


async def pressed() -> Path | None:
    """Make the page of the newest read copy and link it in the run; where it lies, None: nothing is to be shown."""
    found = press()
    if found is None:
        return None
    path, told = found
    link = f"[{path.name}]({path.absolute().as_uri()})"
    words = f"**{told}**\n\n{link}\n\n`{path}`: the newest {keeping.KEPT} pages stay there. `broadsheet report --open`"
    await acreate_markdown_artifact(words, key="report", description=told)
    return path


@task(cache_policy=NO_CACHE, persist_result=False, task_run_name="report")
def press() -> tuple[Path, str] | None:
    """Write the page among those that are kept, and what it tells in a line.

    None, and a line says why: there is no read copy yet, or no room. The rest of the night's work stands all the same.
    """
    settings = read_settings()
    now = settings.clock()
    try:
        report = made(settings.data, DAYS, now)
        return keeping.keep(settings.data, report.text, now), report.sentence()
    except Terminal as error:
        watcher().say(f"no report: {error}")
        return None
