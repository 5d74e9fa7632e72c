"""What `broadsheet reextract` does: count, read, show, promote, take back, and print."""

from __future__ import annotations

import getpass
import json
from typing import TYPE_CHECKING

import typer

from broadsheet.config import read_settings
from broadsheet.errors import ConfigError
from broadsheet.warehouse import reextracting
from broadsheet.warehouse.promoting import Order
from flows.cli.places import opened
from flows.cli.runs import awaited, prepare
from flows.cli.tables import printed
from flows.promotion import promote, rollback
from flows.reextract_report import FIELDS, ReextractReport, apart, listed, reported, selected
from flows.reextract_select import selection

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flows.reextract_select import Asked

COLUMNS = ("state", "pages", "changed", "promoted", "begun_by")


def count_pages(asked: Asked, *, as_json: bool) -> None:
    """Print how many pages are meant, by source and how they stand."""
    with opened() as warehouse:
        rows = reextracting.count(warehouse, selection(read_settings().data, asked))
    if as_json:
        typer.echo(json.dumps([dict(zip(("source", "state", "pages"), row, strict=True)) for row in rows]))
        return
    typer.echo(f"{sum(pages for *_, pages in rows)} page(s) would be read again.")
    if rows:
        printed(["source", "stands as", "pages"], rows)


def read_pages(asked: Asked, output: Path | None, *, as_json: bool) -> None:
    """Run the flow and print its report. WarehouseError: nothing was ever loaded, or nothing is selected."""
    _writable(output)
    with opened():
        pass
    prepare(read_settings())
    from flows.reextract import reextract  # noqa: PLC0415 - Prefect loads only after `prepare`

    sources, versions, reasons = list(asked.sources), list(asked.versions), list(asked.reasons)
    flow = reextract(sources, asked.since, asked.until, versions, reasons, asked.where, asked.query)
    _tell(awaited(flow), output, as_json=as_json)


def show_all(*, as_json: bool) -> None:
    """Print the re-extractions, the newest first."""
    with opened() as warehouse:
        found = listed(warehouse)
    if as_json:
        told = [each | {"selection": json.loads(each["selection"])} for each in found]
        typer.echo(json.dumps(told, ensure_ascii=False, default=lambda value: value.isoformat()))
    elif found:
        rows = [(each["reextraction_id"], *(each[c] for c in COLUMNS), _when(each), selected(each)) for each in found]
        printed(["id", *COLUMNS, "begun", "selected"], rows)
    else:
        typer.echo("no re-extraction yet: `broadsheet reextract` begins one")


def show_one(number: int, field: str | None, output: Path | None, *, as_json: bool) -> None:
    """Print one. WarehouseError: there is no such one."""
    _writable(output)
    with opened() as warehouse:
        report = reported(warehouse, number, field)
    _tell(report, output, as_json=as_json)


def move(number: int, sources: Sequence[str], why: str, *, back: bool, as_json: bool) -> None:
    """Promote or take back, and print what moved. WarehouseError, CheckFailed: as flows.promotion says."""
    with opened():
        pass
    order = Order(number, getpass.getuser(), why, tuple(sources))
    step, withheld = (rollback if back else promote)(read_settings(), order)
    word = "rollback" if back else "promote"
    if as_json:
        told = {"reextraction_id": number, "step": word, "moved": step.moved, "skipped": step.skipped}
        typer.echo(json.dumps(told | {"changed_rows": step.rows, "withheld": withheld}))
        return
    typer.echo(f"{word} {number}: {step.moved} page(s) have {'their former' if back else 'the new'} reading.")
    if step.skipped:
        typer.echo(f"{step.skipped} page(s) are left as they are: they were read otherwise since.")
    if withheld:
        typer.echo(f"warning: the read copy stays as it was: {withheld}", err=True)


def _writable(output: Path | None) -> None:
    """ConfigError, before anything is begun: no such kind of report, or no folder for it."""
    if output and output.suffix not in {".html", ".md", ".json"}:
        raise ConfigError(f"--output {output}: allowed are .html, .md and .json")
    if output and not output.parent.is_dir():
        raise ConfigError(f"--output {output}: there is no folder {output.parent}")


def _tell(report: ReextractReport, output: Path | None, *, as_json: bool) -> None:
    if output:
        output.write_text(_written(report, output.suffix), encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False))
        return
    typer.echo(report.sentence())
    if report.fields:
        printed(list(FIELDS), [[each[name] for name in FIELDS] for each in report.fields])
    for each in report.examples:
        before, after = apart(each["before_value"], each["after_value"])
        typer.echo(f"{each['field']}  {each['url']}\n  - {before}\n  + {after}")
    if report.about["changed"] > report.about["promoted"]:
        typer.echo(f"`broadsheet reextract promote {report.number}` makes the new readings current.")


def _written(report: ReextractReport, suffix: str) -> str:
    if suffix == ".html":
        return report.html()
    return report.markdown() if suffix == ".md" else json.dumps(report.as_json(), ensure_ascii=False, indent=1)


def _when(about: dict[str, object]) -> str:
    return f"{about['begun_at']:%Y-%m-%d %H:%M}"
