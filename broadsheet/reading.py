"""The door for Python: `broadsheet.open()`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.config import read_settings
from broadsheet.warehouse import open_read_copy

if TYPE_CHECKING:
    import os

    import duckdb


def open_newest(data: str | os.PathLike[str] | None = None) -> duckdb.DuckDBPyConnection:
    """What `broadsheet.open` says."""
    return open_read_copy(read_settings().data if data is None else Path(data))
