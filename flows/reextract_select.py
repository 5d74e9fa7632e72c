"""Which kept pages are to be read again: days as instants, SQL as the URLs that it names on the read copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import duckdb

from broadsheet.errors import ConfigError, WarehouseError
from broadsheet.warehouse import open_read_copy
from broadsheet.warehouse.reextracting import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from broadsheet.model import Reason


@dataclass(frozen=True, slots=True)
class Asked:
    """A selection as a person asks for it; docs/reference/commands.md explains each. `until` is not included."""

    sources: Sequence[str] = ()
    since: date | None = None
    until: date | None = None
    versions: Sequence[str] = ()
    reasons: Sequence[Reason] = ()
    where: str | None = None
    query: str | None = None


def selection(data: Path, asked: Asked) -> Selection:
    """The pages that are asked for.

    ConfigError: no page can be meant. WarehouseError: the SQL is wrong, or there is no read copy to ask.
    """
    if asked.since and asked.until and asked.until <= asked.since:
        raise ConfigError(f"no day lies from {asked.since} to {asked.until}, which is not included")
    if asked.where and asked.query:
        raise ConfigError("a condition or a query: one of them")
    sql = asked.where or asked.query
    return Selection(
        sources=tuple(asked.sources),
        since=midnight(asked.since),
        until=midnight(asked.until),
        versions=tuple(asked.versions),
        reasons=tuple(asked.reasons),
        asked=sql,
        url_ids=tuple(named(data, asked.where, asked.query)) if sql else None,
    )


def midnight(day: date | None) -> datetime | None:
    """The instant at which a day begins in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def named(data: Path, where: str | None, query: str | None) -> list[int]:
    """The URL ids that a condition on mart.articles, or a SELECT, names on the read copy, where nothing can be written.

    A condition means all URLs of its articles. WarehouseError: the SQL is wrong, or names no URLs.
    """
    with open_read_copy(data) as connection:
        try:
            if where:
                articles = connection.table("mart.articles").filter(where).project("article_id")
                return _urls_of(connection, [article_id for (article_id,) in articles.fetchall()])
            return _ids(connection, query or "")
        except duckdb.Error as error:
            raise WarehouseError(f"--{'where' if where else 'sql'}: {error}") from error


def _urls_of(connection: duckdb.DuckDBPyConnection, article_ids: list[int]) -> list[int]:
    table = connection.table("core.article_url")
    kept = set(article_ids)
    return [url_id for url_id, article_id in table.project("url_id, article_id").fetchall() if article_id in kept]


def _ids(connection: duckdb.DuckDBPyConnection, query: str) -> list[int]:
    if len(connection.extract_statements(query)) != 1:
        raise WarehouseError("--sql: one statement at a time")
    result = connection.execute(query)
    columns = [each[0] for each in result.description or ()]
    at = columns.index("url_id") if "url_id" in columns else 0
    ids = [row[at] for row in result.fetchall()]
    if not all(isinstance(each, int) for each in ids):
        raise WarehouseError("--sql: it is to name URLs by url_id: select url_id from core.article_url where ...")
    return ids
