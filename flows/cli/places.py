"""The warehouse, opened for the commands that look at where things lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.config import read_settings
from broadsheet.errors import WarehouseError
from broadsheet.warehouse import open_warehouse

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from broadsheet.warehouse import Warehouse


def opened() -> AbstractContextManager[Warehouse]:
    """The warehouse of the settings' data folder, under its lock. WarehouseError: there is none yet."""
    settings = read_settings()
    if not (settings.data / "warehouse.duckdb").exists():
        raise WarehouseError(f"{settings.data}: no warehouse yet; run `broadsheet demo` or `broadsheet run` first")
    return open_warehouse(settings.data, now=settings.clock(), wait=settings.lock_wait)
