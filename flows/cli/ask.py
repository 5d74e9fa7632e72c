"""`broadsheet sql`: one statement put to the read copy."""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING, Any

import duckdb
import typer

from broadsheet.config import read_settings
from broadsheet.errors import ConfigError, WarehouseError
from broadsheet.warehouse import open_read_copy
from flows.cli.tables import printed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Rows = Sequence[Sequence[Any]]


def answer(query: str, fmt: str) -> None:
    """Run the statement and print its rows. ConfigError: no such format. WarehouseError: the statement is wrong."""
    writers: dict[str, Callable[[Sequence[str], Rows], None]] = {"table": printed, "csv": _csv, "json": _json}
    if fmt not in writers:
        raise ConfigError(f"--format {fmt}: allowed are {', '.join(writers)}")
    columns, rows = asked(query)
    writers[fmt](columns, rows)


def asked(query: str) -> tuple[list[str], Rows]:
    """Column names and rows of one statement on the newest read copy."""
    with open_read_copy(read_settings().data) as connection:
        try:
            result = connection.execute(query)
            return [column[0] for column in result.description or ()], result.fetchall()
        except duckdb.Error as error:
            raise WarehouseError(f"sql: {error}") from error


def _csv(columns: Sequence[str], rows: Rows) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)


def _json(columns: Sequence[str], rows: Rows) -> None:
    typer.echo(json.dumps([_record(columns, row) for row in rows], ensure_ascii=False, default=_printable))


def _record(columns: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    """A row as an object; ids are 63 bits wide, which JavaScript's numbers cannot hold, so they are strings."""
    pairs = zip(columns, row, strict=True)
    return {name: str(v) if isinstance(v, int) and name.endswith("_id") else v for name, v in pairs}


def _printable(value: object) -> str:
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat else str(value)
