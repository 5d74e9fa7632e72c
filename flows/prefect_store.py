"""Prefect's database in the data folder, read by SQLite alone: logs, artifacts and states may quote what went wrong."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from broadsheet.errors import Held
from broadsheet.traces import anchor, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from broadsheet.traces import Traces

BETWEEN: Final = r"(?:[\W_]|\\[nrt]|<[^<>]*>|&#?\w+;)*"  # what may lie between two words: markup, escapes


def cleared(home: Path, traces: Traces) -> int:
    """Take sentences out of every text in the database; how many values had one. Held: a server is at work on it.

    Where any was found, the database is written afresh, so that no freed page keeps it.
    """
    path = home / "prefect.db"
    if not path.exists() or not traces.anchors:
        return 0
    try:
        with closing(sqlite3.connect(path, timeout=5, isolation_level=None)) as database:
            found = _cleared(database, traces)
            if found:
                database.execute("vacuum")
            database.execute("pragma wal_checkpoint(truncate)")
            return found
    except sqlite3.OperationalError as error:
        raise Held(f"{path}: {error}; stop the Prefect server that has it open, and say it again") from error


def _cleared(database: sqlite3.Connection, traces: Traces) -> int:
    count = 0
    database.execute("begin immediate")
    for table, column in _columns(database):
        rows = database.execute(f'select rowid, "{column}" from "{table}" where "{column}" is not null').fetchall()  # noqa: S608 - names from the schema
        for rowid, value in rows:
            if isinstance(value, str) and (found := traces.found(plain(value))):
                database.execute(
                    f'update "{table}" set "{column}" = ? where rowid = ?',  # noqa: S608 - names from the schema
                    (_pattern(found).sub("…", value), rowid),
                )
                count += 1
    database.execute("commit")
    return count


def _columns(database: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """The columns that may hold words, table by table."""
    tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
    for table in tables:
        for _, column, kind, *_ in database.execute(f'pragma table_info("{table}")').fetchall():
            if any(word in kind.upper() for word in ("CHAR", "TEXT", "JSON", "CLOB")) or not kind:
                yield table, column


def _word(word: str) -> str:
    """A word as it stands in text or in JSON, where other letters than ASCII's are escaped."""
    return "".join(re.escape(each) if each.isascii() else rf"(?:{each}|\\u{ord(each):04x})" for each in word)


def _pattern(found: Iterable[str]) -> re.Pattern[str]:
    """Whatever begins as one of the sentences does, up to its end."""
    begins = (BETWEEN.join(_word(word) for word in anchor(each)) for each in found)
    return re.compile(rf"(?:{'|'.join(begins)})[^.!?。！？\"\\]*", re.IGNORECASE)  # noqa: RUF001 - as printed
