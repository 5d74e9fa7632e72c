"""`broadsheet status`: what the warehouse knows of sources and runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

import typer

from broadsheet.config import read_settings
from broadsheet.errors import WarehouseError
from broadsheet.warehouse import open_warehouse
from flows.cli.tables import printed
from flows.serving.tree import addresses, living_tree

if TYPE_CHECKING:
    from broadsheet.warehouse import Status


def show_status(*, as_json: bool) -> None:
    """Print what is up, sources, counts and the last runs with their ledger. WarehouseError: nothing was loaded yet."""
    settings = read_settings()
    if not (settings.data / "warehouse.duckdb").exists():
        raise WarehouseError(f"{settings.data}: no warehouse yet; run `broadsheet demo` or `broadsheet run` first")
    with open_warehouse(settings.data, now=settings.clock(), wait=settings.lock_wait) as warehouse:
        status = warehouse.status(settings.clock())
    tree = living_tree(settings.data)
    if as_json:
        told = asdict(status) | {"up": addresses(tree) if tree else None}
        typer.echo(json.dumps(told, ensure_ascii=False, default=str))
    else:
        typer.echo(f"Up: {addresses(tree)['runs']}\n" if tree else "Not up: `broadsheet up` keeps runs coming.\n")
        _printed(status)


def _printed(status: Status) -> None:
    for title, rows in (("Sources", status.sources), ("Last runs", status.runs)):
        typer.echo(title)
        table = [asdict(row) for row in rows]
        printed(list(table[0]) if table else ["nothing yet"], [[_cell(v) for v in row.values()] for row in table])
        typer.echo()


def _cell(value: object) -> object:
    """A tally as `new 42, gone 6`; a time to the second; the rest as it is."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {count}" for name, count in value.items())
    return f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else value
