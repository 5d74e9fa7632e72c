"""`broadsheet doctor`: what was examined, a line each, and the way to mend each fault."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import typer
from rich.console import Console
from rich.markup import escape

from flows.doctor.examining import examined
from flows.doctor.finding import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from flows.doctor.finding import Finding

STYLES: Final = {Verdict.WELL: "green", Verdict.NOTE: "yellow", Verdict.FAULT: "bold red"}


def examine(data: Path | None, *, as_json: bool) -> None:
    """Print every finding; exit code 1 if one is a fault."""
    if data:
        os.environ["BROADSHEET_DATA"] = str(data)
    console = Console(soft_wrap=True, highlight=False)
    found = []
    for finding in examined():
        found.append(finding)
        if not as_json:
            _told(console, finding)
    faults = sum(each.verdict is Verdict.FAULT for each in found)
    if as_json:
        typer.echo(json.dumps({"well": not faults, "findings": [asdict(each) for each in found]}, ensure_ascii=False))
    else:
        typer.echo(f"{faults or 'no'} fault{'' if faults == 1 else 's'}")
    if faults:
        raise typer.Exit(1)


def _told(console: Console, finding: Finding) -> None:
    style = STYLES[finding.verdict]
    console.print(f"[{style}]{finding.verdict:<5}[/] {finding.name:<10} {escape(finding.told)}")
    if finding.mend:
        console.print(f"{'':<16} → {escape(finding.mend)}")
