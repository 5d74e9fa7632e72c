"""The one door to the warehouse, and the window to its read copy."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from broadsheet.errors import WarehouseError
from broadsheet.warehouse.connecting import attach_private, attach_published, connect, connected, detach_private
from broadsheet.warehouse.files import Files
from broadsheet.warehouse.lock import held
from broadsheet.warehouse.room import Warehouse
from broadsheet.warehouse.schedule import Schedule
from broadsheet.warehouse.schema import migrate, renew_marts
from broadsheet.warehouse.statements import Session, nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path


NO_ARTICLES = "no articles yet: run `broadsheet demo` or `broadsheet run` first"


@contextmanager
def open_warehouse(
    data: Path,
    *,
    now: datetime,
    wait: float = 60.0,
    schedule: Schedule | None = None,
    on_step: Callable[[str], None] = nothing,
) -> Iterator[Warehouse]:
    """Open the warehouse of a data folder, made or migrated if need be, for as long as the block runs.

    Waits up to `wait` seconds for another process to leave, then raises Held, which names it. A file that is damaged,
    newer than this program or altered is a WarehouseError. `on_step` is told of each step before it is taken.
    """
    files = Files(data)
    with held(files.lock, now=now, wait=wait), connected(files.spill) as connection, _explained(data):
        session = Session(connection, on_step)
        attach_private(connection, files)
        _bring_up(session, files, now)
        yield Warehouse(session, files, schedule or Schedule())
        detach_private(connection)


@contextmanager
def _explained(data: Path) -> Iterator[None]:
    """A disk that is full, read-only or failing is no bug of ours: say so in one line."""
    try:
        yield
    except (duckdb.IOException, duckdb.FatalException) as error:
        said = str(error).splitlines()[0]
        raise WarehouseError(
            f"{data}: {said}; nothing half done was kept: mend it and run the command again"
        ) from error


def open_read_copy(data: Path, *, located: bool = False, writable: Sequence[Path] = ()) -> duckdb.DuckDBPyConnection:
    """The newest read copy as a connection for reading, in UTC, with the evidence attached as `evidence`.

    It never waits and keeps nobody waiting. Without a read copy it raises WarehouseError. The caller closes it.
    `located`: its errors are JSON and tell the place in the statement. Of all files it reaches the `writable` alone.
    """
    files = Files(data)
    if not files.read_copy.exists():
        raise WarehouseError(NO_ARTICLES)
    connection = connect()
    try:
        attach_published(connection, files)
        connection.execute("set errors_as_json = $located", {"located": located})
        _shut(connection, writable)
    except BaseException:
        connection.close()
        raise
    return connection


def _shut(connection: duckdb.DuckDBPyConnection, writable: Sequence[Path]) -> None:
    """Whatever is asked, nothing but the attached pair is read and nothing else is written: no file, no network."""
    connection.execute("set allowed_paths = $paths", {"paths": [str(path.absolute()) for path in writable]})
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def _bring_up(session: Session, files: Files, now: datetime) -> None:
    session.connection.execute("use evidence")
    migrate(session, "migrations/evidence", name=str(files.evidence), now=now)
    session.connection.execute("use warehouse")
    migrate(session, "migrations", name=str(files.warehouse), now=now)
    renew_marts(session, now=now)
