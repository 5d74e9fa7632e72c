"""The warehouse, opened for the commands that look at where things lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.config import read_settings
from broadsheet.errors import WarehouseError
from broadsheet.warehouse import open_warehouse

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from broadsheet.warehouse import KeptFile, Warehouse

NOTHING = "nothing is kept yet; `broadsheet run` keeps what it fetches"


def opened() -> AbstractContextManager[Warehouse]:
    """The warehouse of the settings' data folder, under its lock. WarehouseError: there is none yet."""
    settings = read_settings()
    if not (settings.data / "warehouse.duckdb").exists():
        raise WarehouseError(f"{settings.data}: no warehouse yet; run `broadsheet demo` or `broadsheet run` first")
    return open_warehouse(settings.data, now=settings.clock(), wait=settings.lock_wait)


def kept_files() -> list[KeptFile]:
    """The files that answers are kept in by the warehouse, by name; none before the first run.

    WarehouseError: there is no warehouse, and an archive is there that one should know.
    """
    data = read_settings().data
    if not (data / "warehouse.duckdb").exists() and not any((data / "archive").rglob("*.warc.gz")):
        return []
    with opened() as warehouse:
        return warehouse.places.files()
