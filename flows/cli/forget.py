"""`broadsheet forget`: say what is meant, ask, forget, and print the proof."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import typer

from broadsheet.config import read_settings
from broadsheet.errors import WarehouseError
from flows.forget import forget, meant, told
from flows.progress import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.warehouse.forgetting import Subject
    from flows.forget import Forgotten

SHOWN = 5  # URLs or files that are named; the rest are counted


def forget_target(target: str, why: str, *, yes: bool, dry_run: bool, as_json: bool) -> None:
    """Forget an article or a source. Exit code 1: something still stands, and where is told; 2: no reason is given."""
    if not why.strip():
        raise typer.BadParameter("say why: it is kept with the tombstone", param_hint="--why")
    settings = read_settings()
    if not (settings.data / "warehouse.duckdb").exists():
        raise WarehouseError(f"{settings.data}: no warehouse yet, so there is nothing to forget")
    what = meant(settings, target, why)
    if dry_run and as_json:
        typer.echo(json.dumps(told(what), ensure_ascii=False))
    elif not as_json:
        typer.echo(_told(what))
    if dry_run or not (yes or _agreed()):
        raise typer.Exit(0 if dry_run else 1)
    with shown() as progress:
        reports = forget(settings, target, why, progress)
    if as_json:
        typer.echo(json.dumps([report.as_json() for report in reports], ensure_ascii=False))
    else:
        for report in reports:
            typer.echo(_proof(report))
    if any(report.left for report in reports):
        raise typer.Exit(1)


def _agreed() -> bool:
    """Whether a person says yes. BadParameter (exit code 2): there is none to ask."""
    if not sys.stdin.isatty():
        raise typer.BadParameter("this cannot be undone: say --yes, or --dry-run to see what is meant")
    return typer.confirm("Forget it for good?", err=True)


def _told(what: Subject) -> str:
    lines = [f"{what.kind} {what.target}: {len(what.article_ids)} article(s), {len(what.url_ids)} URL(s)"]
    if what.others:
        lines.append(f"  {what.spared} sentence(s) stand in other articles too, or are too short to be looked for:")
        lines += _some(what.others)
    if what.outside:
        lines.append("  these files of yours hold it and are left to you:")
        lines += _some(what.outside)
    return "\n".join(lines)


def _some(found: Sequence[str]) -> list[str]:
    more = [f"    and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return [*(f"    {each}" for each in found[:SHOWN]), *more]


def _proof(report: Forgotten) -> str:
    what = report.what
    cleared = "; ".join(f"{name}: {count}" for name, count in report.cleared.items()) or "nothing was kept"
    if report.left:
        return "\n".join([f"forgot {what.target} ({cleared}), and this is LEFT:", *_some(report.left)])
    return (
        f"forgot {what.target} ({cleared}).\n"
        f"searched every table and {report.searched} file(s) for {len(what.words)} sentence(s): none is left."
    )
