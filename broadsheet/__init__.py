"""Broadsheet: article pages of news sites, cleaned and loaded into DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    import duckdb

__version__ = "0.1.0"


def open(data: str | os.PathLike[str] | None = None) -> duckdb.DuckDBPyConnection:  # noqa: A001 - broadsheet.open()
    """Open the newest read copy of a data folder (None: BROADSHEET_DATA, else `data`) as a DuckDB connection.

    It is read-only, in UTC, with the evidence attached as `evidence`; it reaches no other file and no network, and may
    hold temporary tables. It blocks no run. Close it, or use it in a `with` block; whoever opens again sees a newer
    copy only after every connection to the older one in the same process is closed.

        with broadsheet.open() as connection:
            articles = connection.sql("from mart.articles").df()  # or .pl(), .arrow(), .fetchall()

    `broadsheet.errors.WarehouseError`: there is no read copy yet. `ConfigError`: a setting is wrong.
    """
    from broadsheet.reading import open_newest  # noqa: PLC0415 - importing broadsheet loads no database

    return open_newest(data)
