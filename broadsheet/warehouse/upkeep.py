"""Care of the files: how their schemas stand, bringing them up, backing them up and putting a backup back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from broadsheet.errors import WarehouseError
from broadsheet.warehouse.connecting import attach_for_reading, attach_private, connected, detach_private
from broadsheet.warehouse.files import Files, replace_with_copies
from broadsheet.warehouse.lock import held
from broadsheet.warehouse.opening import open_warehouse
from broadsheet.warehouse.publishing import publish, published
from broadsheet.warehouse.schema import SchemaStatus, schema_status
from broadsheet.warehouse.statements import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class DatabaseStatus:
    """How the database stands. Sizes are bytes; `published_load` None: there is no read copy."""

    schemas: tuple[SchemaStatus, ...]
    articles: int
    versions: int
    attempts: int
    last_load: int
    last_loaded_at: datetime | None
    published_load: int | None
    warehouse_bytes: int
    evidence_bytes: int

    @property
    def bytes_per_article(self) -> int:
        """Bytes of both files for each article; 0 where there is none."""
        return (self.warehouse_bytes + self.evidence_bytes) // self.articles if self.articles else 0


@dataclass(frozen=True, slots=True)
class Backup:
    """A pair of files that was copied, and what they hold.

    `withheld` names the checks of severity error that what was restored does not pass: it was not published.
    """

    folder: Path
    articles: int
    last_load: int
    bytes: int
    withheld: tuple[str, ...] = ()


def database_status(data: Path, *, now: datetime, wait: float) -> DatabaseStatus:
    """How the database of a data folder stands; nothing is migrated. WarehouseError: there is none, or not ours."""
    files = _there(data)
    with held(files.lock, now=now, wait=wait):
        return _status(files)


def migrated(data: Path, *, now: datetime, wait: float) -> tuple[str, ...]:
    """Bring a database to the newest schema, made if there is none; the migrations that were applied."""
    steps: list[str] = []
    with open_warehouse(data, now=now, wait=wait, on_step=steps.append):
        pass
    return tuple(step.removeprefix("migrate ") for step in steps if step.startswith("migrate "))


def backup(data: Path, folder: Path, *, now: datetime, wait: float) -> Backup:
    """Copy the database, evidence too, into a folder that holds none yet; loads wait as long as that takes."""
    files, copies = _there(data), Files(folder)
    for path in (copies.warehouse, copies.evidence):
        if path.exists():
            raise WarehouseError(f"{path} is there already: name another folder")
    with held(files.lock, now=now, wait=wait):
        _whole(files)
        _copied(files, copies)
    return _checked(copies)


def restore(  # noqa: PLR0913 - what is put where, and what may stop it
    folder: Path,
    data: Path,
    *,
    now: datetime,
    wait: float,
    force: bool = False,
    require_quiet: Callable[[Path], None] = lambda _data: None,
) -> Backup:
    """Put a backup in place of a data folder's database, and renew the read copy if what came passes the checks.

    WarehouseError: the folder holds no whole backup, or one of a newer Broadsheet; or, without `force`, the data folder
    has loads that the backup does not know. What they brought is in the archive and can be ingested again. Whatever
    `require_quiet` raises for the data folder, under the lock, stops it before anything is replaced.
    """
    copies, files = Files(folder), Files(data)
    found = _checked(copies)
    with held(files.lock, now=now, wait=wait):
        require_quiet(data)
        if files.warehouse.exists() and not force:
            _refuse_loss(files, found)
        _without_logs(files)
        _copied(copies, files)
    with open_warehouse(data, now=now, wait=wait) as warehouse:
        failed = tuple(each.name for each in warehouse.check(now) if each.failed)
        if not failed:
            publish(data, warehouse, anyway=True)
    return replace(found, withheld=failed)


def _refuse_loss(files: Files, found: Backup) -> None:
    try:
        status = _status(files)
    except WarehouseError as error:
        raise WarehouseError(f"{error}; --force puts the backup in its place") from error
    if status.last_load > found.last_load:
        raise WarehouseError(
            f"{files.warehouse} has load {status.last_load} and {status.articles} articles, the backup load "
            f"{found.last_load} and {found.articles}: --force gives up what is newer; then ingest the archive again"
        )


def _there(data: Path) -> Files:
    files = Files(data)
    if not files.warehouse.exists():
        raise WarehouseError(f"{data}: no warehouse yet; `broadsheet db migrate` makes one, `broadsheet run` fills it")
    return files


def _status(files: Files, attach: Callable[[DuckDBPyConnection, Files], None] = attach_private) -> DatabaseStatus:
    with connected(files.spill) as connection:
        attach(connection, files)
        session = Session(connection)
        schemas = _schemas(session, files)
        sizes = session.records("inner/sizes")[0]
        load, loaded_at = session.run("inner/last_load")[0]
    copy = published(files)
    return DatabaseStatus(
        schemas=schemas,
        **sizes,
        last_load=load,
        last_loaded_at=loaded_at,
        published_load=copy.load_id if copy else None,
        warehouse_bytes=files.warehouse.stat().st_size,
        evidence_bytes=files.evidence.stat().st_size,
    )


def _schemas(session: Session, files: Files) -> tuple[SchemaStatus, ...]:
    session.connection.execute("use evidence")
    evidence = schema_status(session, "migrations/evidence", name=files.evidence.name)
    session.connection.execute("use warehouse")
    return schema_status(session, "migrations", name=files.warehouse.name), evidence


def _whole(files: Files) -> None:
    """What a crash left in the write-ahead logs is put into the files."""
    with connected(files.spill) as connection:
        attach_private(connection, files)
        detach_private(connection)


def _without_logs(files: Files) -> None:
    """No log of the files that are replaced may be read into those that come; damaged ones are given up with theirs."""
    with suppress(WarehouseError):
        _whole(files)
    for path in (files.warehouse, files.evidence):
        Path(f"{path}.wal").unlink(missing_ok=True)


def _copied(source: Files, target: Files) -> None:
    pairs = ((source.evidence, target.evidence), (source.warehouse, target.warehouse))
    try:
        target.data.mkdir(parents=True, exist_ok=True)
        replace_with_copies(pairs, lambda _target: None)
    except OSError as error:
        raise WarehouseError(f"{target.data}: {error.strerror}; nothing was replaced") from error


def _checked(copies: Files) -> Backup:
    """What a backup holds. WarehouseError: a file is missing or damaged, or of a newer schema."""
    for path in (copies.warehouse, copies.evidence):
        if not path.is_file():
            raise WarehouseError(f"{copies.data} is no backup: {path.name} is missing")
    try:
        status = _status(copies, attach_for_reading)
    except duckdb.Error as error:
        raise WarehouseError(f"{copies.data}: damaged, or too old to be read: {str(error).splitlines()[0]}") from error
    return Backup(copies.data, status.articles, status.last_load, status.warehouse_bytes + status.evidence_bytes)
