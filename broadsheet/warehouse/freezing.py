"""What a snapshot asks of the read copy, and how rows are taken out of one that is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import duckdb

from broadsheet.errors import WarehouseError
from broadsheet.exports.files import write_parquet
from broadsheet.warehouse.connecting import connected
from broadsheet.warehouse.opening import open_read_copy
from broadsheet.warehouse.statements import Session, statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

TABLES: Final = ("articles", "history", "evidence")


def selecting(values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The statement that selects by sources and days, and what it binds, as a manifest tells them."""
    told = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
    return str(statement("snapshot/selected")[0]), told


def ids(data: Path, query: str, values: Mapping[str, Any]) -> list[int]:
    """The article ids that a statement selects, each once, in order; it can read the read copy and nothing else.

    WarehouseError: the statement is wrong, or its rows have no `article_id`.
    """
    with open_read_copy(data) as copy:
        try:
            rows = copy.sql(query, params=dict(values))
            if rows is None or "article_id" not in rows.columns:
                raise WarehouseError("snapshot: the statement has to give a column article_id: what it selects is kept")
            return sorted({int(each) for (each,) in rows.select("article_id").iter_rows() if each is not None})
        except duckdb.Error as error:
            raise WarehouseError(f"snapshot: {error}") from error


def frozen(session: Session, table: str, wanted: Sequence[int], path: Path) -> int:
    """Write a table's rows of these articles to a Parquet file; how many they were."""
    session.run(f"snapshot/{table}", {"ids": list(wanted)})
    return _written(session, path)


def provenance(session: Session, wanted: Sequence[int]) -> dict[str, Any]:
    """By which versions of the extractor the articles were read, and from which sources they are."""
    versions: dict[str, int] = dict(session.run("snapshot/extractors", {"ids": list(wanted)}))
    sources = session.records("snapshot/sources", {"ids": list(wanted)})
    return {"extractors": versions, "sources": [_told(row) for row in sources]}


def sources_left(articles: Path, before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The sources of a snapshot after rows were taken out; of opt-outs it keeps what was known."""
    opted = {row["source"]: row["opted_out"] for row in before}
    with connected() as connection:
        rows = Session(connection).records("snapshot/left", {"path": str(articles)})
    return [_told(row) | {"opted_out": min(opted.get(row["source"], 0), row["articles"])} for row in rows]


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


def meant(articles: Path, values: Mapping[str, Any]) -> list[int]:
    """The ids of a snapshot's articles that are forgotten: `article_ids`, `urls`, `source`."""
    with connected() as connection:
        session = Session(connection)
        return [each for (each,) in session.run("snapshot/meant", {**values, "path": str(articles)})]


def without(file: Path, unwanted: Sequence[int], says: Callable[[str], bool], target: Path) -> int:
    """Write a snapshot's file anew without some articles, and without rows that say something; how many are left."""
    with connected() as connection:
        session = Session(connection)
        session.run("snapshot/spared", {"path": str(file), "ids": list(unwanted)})
        rows = connection.table("frozen").select("rowid", "*").iter_rows()
        taken = [number for number, *row in rows if says(_text(row))]
        session.run("snapshot/row_taken", {"rows": taken})
        return _written(session, target)


def _written(session: Session, path: Path) -> int:
    write_parquet(session.connection.table("frozen"), path)
    return int(session.run("snapshot/counted")[0][0])


def texts(file: Path) -> Iterator[str]:
    """What the rows of a Parquet file say, one by one."""
    with connected() as connection:
        for row in connection.read_parquet(str(file)).iter_rows():
            yield _text(row)


def _text(row: Iterable[Any]) -> str:
    return "\n".join(str(value) for value in row)
