"""Sentences looked for in tables: `has_trace(text)` for the statements of a block, as many sentences as there may be.

What a sentence is known by is `broadsheet.traces`' alone, so files and tables are searched by one rule. A regular
expression of a thousand sentences took 0.8 ms a text of 400 words, and a source has a thousand times as many; this
takes 0.1 ms whatever their number.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import duckdb

from broadsheet.warehouse.connecting import connected
from broadsheet.warehouse.statements import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadsheet.traces import Traces


@contextmanager
def tracing(connection: duckdb.DuckDBPyConnection, traces: Traces) -> Iterator[None]:
    """Let statements ask `has_trace(text)` while the block runs: whether a text has one of the sentences."""
    connection.create_function("has_trace", traces.stand_in, ["VARCHAR"], "BOOLEAN")
    try:
        yield
    finally:
        with suppress(duckdb.Error):  # of a connection that failed for good
            connection.remove_function("has_trace")


def standing_in(path: Path, traces: Traces) -> list[str]:
    """Tables of a database file in which any of the sentences stands, with how many rows. Nobody has it open."""
    with connected() as connection, tracing(connection, traces):
        connection.execute("attach $path as looked_through (read_only)", {"path": str(path)})
        connection.execute("use looked_through")
        searches = Session(connection).run("forget/searches")
        counts = {name: _count(connection, query) for name, query in searches}
    return [f"{name}: {count} row(s)" for name, count in counts.items() if count]


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
