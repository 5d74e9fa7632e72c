"""`broadsheet report`: the state of the press on one page."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import typer

from broadsheet.config import read_settings
from flows.reporting import keeping
from flows.reporting.making import made
from flows.reporting.wording import size

if TYPE_CHECKING:
    from pathlib import Path

    from flows.reporting.making import Report

NO_CHARTS = "the charts need an extra: pip install 'broadsheet[charts]'; the page has tables instead"


def make_report(output: Path | None, days: int, *, show: bool, as_json: bool) -> None:
    """Make the page; into a file, to standard output (`-`), or among those that the data folder keeps."""
    settings = read_settings()
    now = settings.clock()
    report = made(settings.data, days, now)
    if not report.has_charts:
        typer.echo(NO_CHARTS, err=True)
    if str(output) == "-":
        sys.stdout.buffer.write(report.text.encode())
        sys.stdout.buffer.flush()
        return
    path = keeping.keep(settings.data, report.text, now) if output is None else output
    if output is not None:
        keeping.write(output, report.text)
    typer.echo(_told(report, path, as_json=as_json))
    if show:
        typer.launch(path.absolute().as_uri())


def _told(report: Report, path: Path, *, as_json: bool) -> str:
    told = report.as_json()
    if as_json:
        return json.dumps({"file": str(path)} | told, ensure_ascii=False)
    return f"{report.sentence()}\n{path} ({size(told['bytes'])})"
