"""Files that cannot be read as they are: damaged (DuckDB says so by its plainest error), or of another Broadsheet."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import duckdb

from broadsheet.errors import WarehouseError

if TYPE_CHECKING:
    from collections.abc import Iterator

WAY_OUT: Final = (
    "put a backup back (`broadsheet db restore FOLDER --force`), or move the file and its pair away and ingest the "
    "archive again; a read copy that is damaged alone is renewed by the next run if you remove it"
)


@contextmanager
def explained() -> Iterator[None]:
    """Raise WarehouseError for a block of a file that does not have the checksum it was written with."""
    try:
        yield
    except duckdb.Error as error:
        if type(error) is not duckdb.Error:
            raise
        raise WarehouseError(f"a database file is damaged ({str(error).splitlines()[0]}): {WAY_OUT}") from error


@contextmanager
def of_our_schema() -> Iterator[None]:
    """Raise WarehouseError for a read copy that has not the tables which a statement of ours asks."""
    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise WarehouseError(
            "the read copy was made by another version of Broadsheet: the next `broadsheet run` renews it"
        ) from error
