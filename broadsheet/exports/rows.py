"""Rows as lines of JSON and cells of CSV. Pure."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # OWASP, CSV Injection: what spreadsheets begin a formula with


def json_line(row: Mapping[str, Any]) -> str:
    """A row as a line of JSON: times in ISO 8601 (UTC); ids of 63 bits are strings, for JSON's readers hold 53."""
    return json.dumps(_plain(row), ensure_ascii=False, allow_nan=False)


def cells(values: Sequence[Any], *, guard: bool) -> list[Any]:
    """A row as cells, nested values as JSON, NULL empty; `guard`: an apostrophe before what begins like a formula."""
    told = [_cell(value) for value in values]
    return [f"'{each}" if guard and isinstance(each, str) and each.startswith(FORMULA) else each for each in told]


def _cell(value: Any) -> Any:  # noqa: ANN401 - any value of DuckDB's
    match value:
        case bool():
            return str(value).lower()
        case list() | tuple() | dict():
            return json.dumps(_plain(value), ensure_ascii=False)
    return _text(value) if hasattr(value, "isoformat") else value


def _plain(value: Any, name: str = "") -> Any:  # noqa: ANN401 - as above
    match value:
        case dict():
            return {str(key): _plain(each, str(key)) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each, name) for each in value]
        case bool() | str() | None:
            return value
        case int():
            return str(value) if name.endswith("_id") else value
        case float():
            return value if math.isfinite(value) else None
    return _text(value)


def _text(value: Any) -> str:  # noqa: ANN401 - as above
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)
