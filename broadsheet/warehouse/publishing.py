"""The read copy: the private pair copied, and put in place by atomic renames, whenever there is news."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import duckdb

from broadsheet.errors import WarehouseError
from broadsheet.warehouse.connecting import attach_published, connected
from broadsheet.warehouse.files import replace_with_copies
from broadsheet.warehouse.statements import Session

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from broadsheet.warehouse.files import Files
    from broadsheet.warehouse.room import Warehouse
    from broadsheet.warehouse.statements import Row

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """When the read copy is not renewed though there is news. Zero: no limit.

    `minutes` lie at least between what the copy holds and a new one; no more than `most_mb` (MB, both files) are
    copied; `free_mb` (MB) stay free on the disk, which loads need.
    """

    minutes: float = 0
    most_mb: int = 0
    free_mb: int = 0


@dataclass(frozen=True, slots=True)
class Published:
    """What the read copy holds: its last load and when that was (None: it has none); its schema, by migrations."""

    load_id: int
    loaded_at: datetime | None
    schema: tuple[Row, ...]


def publish(data: Path, warehouse: Warehouse, *, anyway: bool = False) -> bool:
    """Renew the read copy of a data folder if rows came since it was made, or `anyway`; whether it was renewed.

    What the copy holds is read off the copy itself (its last load), so a crash between load and publish is mended by
    the next run. Evidence goes first: evidence of readings that the copy does not know yet harms nobody.
    """
    if not (anyway or has_news(warehouse)):
        return False
    files = warehouse.files
    if files.data != data:
        raise WarehouseError(f"{data} is not where the open warehouse lies ({files.data})")
    pairs = ((files.evidence, files.read_evidence), (files.warehouse, files.read_copy))
    with warehouse.closed():
        warehouse.session.on_step("publish")
        try:
            replace_with_copies(pairs, lambda target: warehouse.session.on_step(f"publish {target.name}"))
        except OSError as error:
            raise WarehouseError(f"{files.read_copy}: {error.strerror}; the copy before it stays") from error
    return True


def publish_within(data: Path, warehouse: Warehouse, limits: Limits, *, now: datetime) -> tuple[bool, str]:
    """Renew the read copy if there is news and the limits allow; whether it was done, and why not in spite of news."""
    if not has_news(warehouse):
        return False, ""
    why = withheld(warehouse, limits, now=now)
    return (False, why) if why else (publish(data, warehouse, anyway=True), "")


def withheld(warehouse: Warehouse, limits: Limits, *, now: datetime) -> str:
    """Why the read copy is not to be renewed now though there may be news; empty: nothing speaks against it."""
    held = published(warehouse.files)
    if held and held.loaded_at and now < held.loaded_at + timedelta(minutes=limits.minutes):
        return f"it is renewed every {limits.minutes:g} minutes at most (BROADSHEET_PUBLISH_MINUTES)"
    size = sum(path.stat().st_size for path in (warehouse.files.warehouse, warehouse.files.evidence)) // MB
    if limits.most_mb and size > limits.most_mb:
        return f"it would take {size} MB, {limits.most_mb} are allowed (BROADSHEET_PUBLISH_MOST_MB)"
    free = shutil.disk_usage(warehouse.files.data).free // MB
    if free - size < limits.free_mb:
        return f"it takes {size} MB, {free} are free and {limits.free_mb} are to stay so (BROADSHEET_PUBLISH_FREE_MB)"
    return ""


def has_news(warehouse: Warehouse) -> bool:
    """Whether rows of core, or the schema, changed, or attempts brought other than unchanged, since the publication."""
    held, session = published(warehouse.files), warehouse.session
    if held is None or held.schema != tuple(session.run("inner/migrations")):
        return True
    return bool(session.run("inner/news_since", {"load_id": held.load_id})[0][0] > 0)


def published(files: Files) -> Published | None:
    """What the read copy holds; None where there is none, or one that cannot be read."""
    if not (files.read_copy.exists() and files.read_evidence.exists()):
        return None
    with connected() as connection:
        try:
            attach_published(connection, files)
            session = Session(connection)
            ((load_id, loaded_at),) = session.run("inner/last_load")
            return Published(load_id, loaded_at, tuple(session.run("inner/migrations")))
        except (WarehouseError, duckdb.Error):
            return None
