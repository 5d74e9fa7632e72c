"""What exports and snapshots ask of the read copy, which is attached beside files that are written."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from broadsheet.errors import WarehouseError
from broadsheet.warehouse.connecting import attach_published, connected
from broadsheet.warehouse.opening import NO_ARTICLES
from broadsheet.warehouse.statements import Session

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from duckdb import DuckDBPyRelation

    from broadsheet.warehouse.files import Files


@contextmanager
def read_copy(files: Files) -> Iterator[Session]:
    """The read copy, from a connection that may write files. WarehouseError: there is none."""
    if not files.read_copy.exists():
        raise WarehouseError(NO_ARTICLES)
    with connected() as connection:
        attach_published(connection, files)
        yield Session(connection)


def columns(session: Session) -> list[str]:
    """The columns of mart.articles, in order."""
    return [name for (name,) in session.run("export/columns")]


def months(session: Session, values: Mapping[str, Any]) -> list[tuple[str, int, str]]:
    """The months of the chosen articles: month, count, mark."""
    return [(month, int(count), mark) for month, count, mark in session.run("export/months", values)]


def chosen(
    session: Session, values: Mapping[str, Any], names: Sequence[str], month: str | None = None
) -> DuckDBPyRelation:
    """The chosen articles of a month (None: of all) with the named columns (none: all), in the order of publication."""
    session.run("export/chosen", {**values, "month": month})
    rows = session.connection.table("chosen")
    return rows.select(*names) if names else rows
