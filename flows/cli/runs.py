"""Flows run from the command line, in this process: with a Prefect server if one is named, else an ephemeral one."""

from __future__ import annotations

import asyncio
import json
import os
from typing import TYPE_CHECKING

import typer

from broadsheet.archive import read
from broadsheet.config import chosen_sources, known_sources, read_settings, read_sources
from broadsheet.errors import ArchiveError, ConfigError, Interrupted, Transient
from flows.fetch import require_contact
from flows.progress import shown, watched
from flows.serving.environment import quiet
from flows.serving.tree import living_tree

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence
    from datetime import date
    from pathlib import Path
    from typing import Any, TypeVar

    from broadsheet.config import Settings
    from flows.report import RunReport

    Report = TypeVar("Report")


def prepare(settings: Settings) -> None:
    """Settle Prefect's own settings before it is loaded: quiet, private, in our data folder. What is set stays.

    Where `broadsheet up` is at work, its server is told of the run.
    """
    made(settings.data)
    wanted = quiet(settings) | {"PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL"}  # we print our own lines
    if tree := living_tree(settings.data):
        wanted["PREFECT_API_URL"] = tree.api
    for name, value in wanted.items():
        os.environ.setdefault(name, value)


def made(data: Path) -> None:
    """Make the data folder. ConfigError: there is a file in its place, or it may not be made."""
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{data}: the data folder cannot be made ({error.strerror}); name another") from error


def run_sources(names: Sequence[str], *, since: date | None, as_json: bool) -> None:
    """`broadsheet run`. NoContact: told before anything is started."""
    settings = read_settings()
    require_contact(settings, chosen_sources(read_sources(settings.sources), names))
    told(ingested(settings, names, since=since), as_json=as_json)


def run_files(files: Sequence[Path], *, as_json: bool) -> None:
    """`broadsheet ingest`. ArchiveError: a file is missing or no WARC file; nothing was begun then."""
    for file in files:
        checked(file)
    settings = read_settings()
    known_sources(settings.sources)
    prepare(settings)
    from flows.ingest_warc import ingest_warc  # noqa: PLC0415 - Prefect loads only after `prepare`

    told(awaited(ingest_warc([str(file) for file in files])), as_json=as_json)


def checked(file: Path) -> None:
    """ArchiveError: there is no such file, or it is no WARC file."""
    if not file.exists():
        raise ArchiveError(f"{file}: no such file")
    if not file.is_file():
        raise ArchiveError(f"{file}: not a file; name the WARC files in it")
    if not str(file).isprintable():
        raise ArchiveError(f"{file!r}: a file name that cannot be printed cannot be kept; rename it")
    read(file)


def ingested(settings: Settings, names: Sequence[str] = (), *, since: date | None = None) -> RunReport:
    """Run the ingest flow here and now."""
    prepare(settings)
    from flows.ingest import ingest  # noqa: PLC0415 - Prefect loads only after `prepare`

    return awaited(ingest(list(names) or None, since))


def awaited(flow: Coroutine[Any, Any, Report]) -> Report:
    """Run a flow to its end while its progress is shown."""
    with shown() as progress, watched(progress):
        try:
            return asyncio.run(flow)
        except KeyboardInterrupt as error:
            raise Interrupted("interrupted; what was kept is picked up by the next run") from error
        except RuntimeError as error:
            if "Failed to reach API" not in str(error):
                raise
            raise Transient(f"{error}; unset PREFECT_API_URL to run without a server") from error


def told(report: RunReport, *, as_json: bool) -> None:
    """Print a run's report: one sentence and the ledger, or JSON."""
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False))
        return
    from flows.cli.tables import printed  # noqa: PLC0415 - rich is slow to load

    typer.echo(report.sentence())
    columns = ["source", "attempted", *dict.fromkeys(name for counts in report.ledger.values() for name in counts)]
    rows = [(s, sum(c.values()), *(c.get(n, 0) for n in columns[2:])) for s, c in sorted(report.ledger.items())]
    if rows:
        printed(columns, rows)
    for line in report.warnings:
        typer.echo(f"warning: {line}", err=True)
