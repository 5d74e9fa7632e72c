"""`broadsheet sql`: one statement put to the read copy."""

from __future__ import annotations

import csv
import json
import math
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
    writers[fmt](_distinct(columns), rows)


def asked(query: str) -> tuple[list[str], Rows]:
    """Column names and rows of one statement on the newest read copy."""
    with open_read_copy(read_settings().data) as connection:
        try:
            if len(connection.extract_statements(query)) != 1:
                raise WarehouseError("sql: one statement at a time")
            result = connection.execute(query)
            return [column[0] for column in result.description or ()], result.fetchall()
        except duckdb.Error as error:
            raise WarehouseError(f"sql: {error}") from error


def _distinct(columns: Sequence[str]) -> list[str]:
    """Column names, the second `a` as `a_1`: a JSON object has each name once."""
    return [name if (seen := columns[:at].count(name)) == 0 else f"{name}_{seen}" for at, name in enumerate(columns)]


def _csv(columns: Sequence[str], rows: Rows) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: object) -> object:
    """Nested values as JSON, booleans as SQL writes them, bytes in hex; NULL is empty."""
    match value:
        case bool():
            return str(value).lower()
        case list() | dict():
            return json.dumps(_plain(value), ensure_ascii=False)
        case bytes():
            return value.hex()
    return value


def _json(columns: Sequence[str], rows: Rows) -> None:
    records = [_plain(dict(zip(columns, row, strict=True))) for row in rows]
    typer.echo(json.dumps(records, ensure_ascii=False, allow_nan=False))


def _plain(value: Any, name: str = "") -> Any:  # noqa: ANN401 - any value of DuckDB's
    """A value as JSON has it; ids are 63 bits wide, which JavaScript's numbers cannot hold, so they are strings."""
    match value:
        case dict():
            return {str(key): _plain(each, str(key)) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each, name) for each in value]
        case bool() | str() | None:
            return value
        case int() if not name.endswith("_id"):
            return value
        case float():
            return value if math.isfinite(value) else None
    return _text(value)


def _text(value: Any) -> str:  # noqa: ANN401 - as above
    if isinstance(value, bytes):
        return value.hex()
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)
