"""`broadsheet replay`: read what was rejected again, here and now, and print what became of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typer

from broadsheet.config import read_settings
from broadsheet.errors import ConfigError, WarehouseError
from broadsheet.model import Reason
from flows.cli.runs import awaited, prepare
from flows.cli.tables import printed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


def run_replay(
    reasons: Sequence[str], sources: Sequence[str], since: datetime | None, *, dry_run: bool, as_json: bool
) -> None:
    """Run the replay flow. ConfigError: no such reason. WarehouseError: nothing was ever loaded."""
    chosen = [reason_named(each) for each in reasons]
    settings = read_settings()
    if not (settings.data / "warehouse.duckdb").exists():
        raise WarehouseError(f"{settings.data}: no warehouse yet; run `broadsheet demo` or `broadsheet run` first")
    prepare(settings)
    from flows.replay import replay  # noqa: PLC0415 - Prefect loads only after `prepare`

    day = since.date() if since else None
    report = awaited(replay(chosen or None, list(sources) or None, day, dry_run))
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False))
        return
    typer.echo(report.sentence())
    if report.became:
        printed(["was rejected as", "is now", "answers"], [(*pair, n) for pair, n in sorted(report.became.items())])


def reason_named(name: str) -> Reason:
    """The reason of that name. ConfigError: there is none."""
    try:
        return Reason(name)
    except ValueError as error:
        raise ConfigError(f"--reason {name}: allowed are {', '.join(Reason)}") from error
