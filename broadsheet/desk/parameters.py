"""Values of a statement's parameters, from words as `since=2026-03-01` or `name:varchar=42`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb

from broadsheet.errors import ConfigError
from broadsheet.warehouse.connecting import connected

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GUESSES = ("bigint", "double", "date", "timestamptz", "boolean")  # the first that holds the words whole


def typed_values(words: Iterable[str], types: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Name -> value, from words as `name=value`.

    The type is the one written (`name:type=`), else the one in `types`, else told by the form of the value: integer,
    decimal number, date, time (without an offset: UTC), true or false, null, else text.

    ConfigError: no `name=value`, an unknown type, or words that are none of their type.
    """
    with connected() as connection:
        return dict(_typed(connection, each, types or {}) for each in words)


def _typed(connection: duckdb.DuckDBPyConnection, words: str, types: Mapping[str, str]) -> tuple[str, Any]:
    label, equals, value = words.partition("=")
    name, _, written = label.strip().partition(":")
    name = name.strip().removeprefix("$")
    if not equals or not name.isidentifier():
        raise ConfigError(f"{words}: write name=value, as in since=2026-03-01 (or name:type=value)")
    if value == "null":
        return name, None
    wanted = written.strip() or types.get(name)
    return name, cast(connection, name, value, wanted) if wanted else _guessed(connection, value)


def cast(connection: duckdb.DuckDBPyConnection, name: str, value: str, wanted: str) -> Any:  # noqa: ANN401 - any type
    """The words as a value of one of DuckDB's types. ConfigError: they are none, or there is no such type."""
    try:
        kind = duckdb.type(wanted)
        return connection.execute(f"select $value::{kind}", {"value": value}).fetchall()[0][0]
    except duckdb.Error as error:
        said = str(error).splitlines()[0].partition(": ")[2]
        raise ConfigError(f"{name}={value}: not of type {wanted} ({said})") from error


def _guessed(connection: duckdb.DuckDBPyConnection, value: str) -> Any:  # noqa: ANN401 - any type
    tries = ", ".join(f"try_cast($value as {kind})" for kind in GUESSES)
    row = connection.execute(f"select {tries}", {"value": value}).fetchall()[0]
    whole, number, day, instant, truth = row
    if whole is not None and value.lstrip("+-").isdigit():
        return whole
    if number is not None and any(each.isdigit() for each in value):
        return number
    if day is not None and len(value) == len("2026-03-01"):
        return day
    if instant is not None:
        return instant
    return truth if value.lower() in {"true", "false"} else value
