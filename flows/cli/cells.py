"""Values of DuckDB as a terminal, a CSV file and JSON have them."""

from __future__ import annotations

import json
import math
import re
from typing import Any

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def shown(value: object) -> str:
    """A value on one line of a table: NULL is empty, line breaks are `↵`.

    Pages are written by strangers: what would steer the terminal is shown as `�`.
    """
    text = cell(value)
    return CONTROL.sub(
        "\ufffd", ("" if text is None else str(text)).replace("\r\n", "\n").replace("\n", "↵").expandtabs(1)
    )


def cell(value: object) -> object:
    """A value of CSV: nested ones as JSON, booleans as SQL writes them, bytes in hex; NULL is empty."""
    match value:
        case bool():
            return str(value).lower()
        case list() | dict() | tuple():
            return json.dumps(plain(value), ensure_ascii=False)
        case bytes():
            return value.hex()
    return value


def plain(value: Any, name: str = "") -> Any:  # noqa: ANN401 - any value of DuckDB's
    """A value as JSON has it; ids are 63 bits wide, which JavaScript's numbers cannot hold, so they are strings."""
    match value:
        case dict():
            return {str(key): plain(each, str(key)) for key, each in value.items()}
        case list() | tuple():
            return [plain(each, name) for each in value]
        case bool() | str() | None:
            return value
        case int() if not name.endswith(("_id", "_ids")):
            return value
        case float():
            return value if math.isfinite(value) else None
    return _text(value)


def _text(value: Any) -> str:  # noqa: ANN401 - as above
    if isinstance(value, bytes):
        return value.hex()
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)
