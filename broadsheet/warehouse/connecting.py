"""Connections to DuckDB files: made whole, attached, let go. Damage is a WarehouseError that says what to do."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from broadsheet.errors import Held, WarehouseError
from broadsheet.warehouse.damage import explained
from broadsheet.warehouse.files import PART, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.warehouse.files import Files


@contextmanager
def connected(spill: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """The connection that `connect` makes, closed at the end of the block."""
    connection = connect(spill)
    try:
        yield connection
    finally:
        connection.close()


def connect(spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection to no file yet, in UTC, that installs nothing by itself; whoever asks for it closes it.

    What does not fit into memory is spilled into the folder `spill`, by default the system's temporary one.
    """
    spill = spill or Path(tempfile.gettempdir()) / f"broadsheet-{os.getuid()}"
    connection = duckdb.connect(config={"autoinstall_known_extensions": False, "temp_directory": str(spill)})
    connection.execute("set global timezone = 'UTC'")
    return connection


def attach_private(connection: duckdb.DuckDBPyConnection, files: Files) -> None:
    """Attach the private pair as `warehouse`, the current catalog, and `evidence`; made if neither file is there.

    WarehouseError: one of the two was lost.

    What is loaded goes into the write-ahead log and is put in its place by `detach_private`, once for all batches of an
    opening: at DuckDB's own threshold of 16 MiB every fourth batch of 1,000 articles waited 0.1 s for it.
    """
    connection.execute("set checkpoint_threshold = '256 MiB'")
    _create_pair(connection, files)
    _attach(connection, "attach $path as evidence (storage_version 'v1.5.0')", files.evidence)
    _attach(connection, "attach $path as warehouse (storage_version 'v1.5.0')", files.warehouse)
    connection.execute("use warehouse")


def detach_private(connection: duckdb.DuckDBPyConnection) -> None:
    """Write everything into the private pair, and let go of it: both are whole files afterwards."""
    connection.execute("use memory")
    with explained():
        for statement in ("checkpoint evidence", "checkpoint warehouse", "detach evidence", "detach warehouse"):
            connection.execute(statement)


def attach_for_reading(connection: duckdb.DuckDBPyConnection, files: Files) -> None:
    """Attach a private pair that nobody writes to, as a backup is, under the names that `attach_private` gives it."""
    _attach(connection, "attach $path as warehouse (read_only)", files.warehouse)
    _attach(connection, "attach $path as evidence (read_only)", files.evidence)
    connection.execute("use warehouse")


def attach_published(connection: duckdb.DuckDBPyConnection, files: Files) -> None:
    """Attach the published pair as `broadsheet`, the current catalog, and `evidence`, to be read."""
    _attach(connection, "attach $path as broadsheet (read_only)", files.read_copy)
    _attach(connection, "attach $path as evidence (read_only)", files.read_evidence)
    connection.execute("use broadsheet")


def _create_pair(connection: duckdb.DuckDBPyConnection, files: Files) -> None:
    """Make both files where there is none; evidence first, so that a crash in between leaves an empty one alone."""
    if files.warehouse.exists() and not files.evidence.exists():
        _tables(connection, files.warehouse)
        raise _lost(files.evidence, files.warehouse)
    if files.evidence.exists() and not files.warehouse.exists() and _tables(connection, files.evidence):
        raise _lost(files.warehouse, files.evidence)
    _create(files.evidence)
    _create(files.warehouse)


def _tables(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """How many tables a file holds. WarehouseError: it is damaged, or no database."""
    _attach(connection, 'attach $path as "left" (read_only)', path)
    found = connection.execute("select table_name from duckdb_tables() where database_name = 'left'").fetchall()
    connection.execute('detach "left"')
    return len(found)


def _lost(missing: Path, there: Path) -> WarehouseError:
    return WarehouseError(
        f"{missing} is missing and {there.name} is there: put a backup back (`broadsheet db restore FOLDER --force`), "
        f"or move {there.name} away too and ingest the archive again; `broadsheet db backup` copies both"
    )


def _create(path: Path) -> None:
    """Make an empty database beside its place, and put it there whole: a crash leaves no half of a header."""
    if path.exists():
        return
    part = path.with_name(path.name + PART)
    part.unlink(missing_ok=True)
    with connected() as connection:
        connection.execute("attach $path as fresh (storage_version 'v1.5.0')", {"path": str(part)})
        connection.execute("checkpoint fresh")
    part.replace(path)
    sync_folder(path.parent)


def _attach(connection: duckdb.DuckDBPyConnection, statement: str, path: Path) -> None:
    try:
        connection.execute(statement, {"path": str(path)})
    except duckdb.IOException as error:
        raise _explained(path, error) from error
    except duckdb.Error as error:
        raise _damaged(path) from error


def _explained(path: Path, error: duckdb.IOException) -> Held | WarehouseError:
    said = str(error)
    if "lock on file" in said:
        holder = said.rsplit("held in ", maxsplit=1)[-1].splitlines()[0]
        return Held(f"{path} is open in another program ({holder}); close it first")
    if "newer" in said or "version number" in said:
        return WarehouseError(f"{path} was written by a newer DuckDB: upgrade Broadsheet, or restore a backup")
    if "not a valid DuckDB" in said:
        return _damaged(path)
    return WarehouseError(f"{path} cannot be opened: {said.splitlines()[0]}")


def _damaged(path: Path) -> WarehouseError:
    return WarehouseError(
        f"{path} is not a DuckDB database, or damaged: move it away and ingest the archive again, or restore a backup"
    )
