"""What a long reading has to remember from one start to the next: how far it came, and where the bodies are.

A little SQLite file in `data/backfill`. It holds digests, offsets and names of files, no word and no address of a page;
without it, everything is read again and nothing is loaded twice.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

from broadsheet.archive import Place
from broadsheet.model import RecordPosition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

EDGE: Final = 64 * 1024  # bytes at each end of a file by which, and by its size, it is known again
TABLES: Final = """
create table if not exists mark (
    file text, number integer, at_offset integer, at_number integer, pages integer, key text, ended integer,
    primary key (file, number)
) without rowid;
create table if not exists original (
    name integer primary key, file text, at_offset integer, length integer
);
"""
RESUMED: Final = "select at_offset, at_number, pages, key, ended from mark where file = ? order by number"
MARKED: Final = """
insert into mark
select ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6 from mark where file = ?1
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """Up to this place of a file its `pages` since the mark before were handed over, under the batch key `key`.

    `file` is the file's fingerprint; `ended`: nothing follows. `key` is empty where there was nothing to hand over.
    """

    file: str
    place: Place
    pages: int
    key: str = ""
    ended: bool = False


class Notebook:
    """Marks and originals; safe to use from several threads. A context manager, whose end closes the file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = Lock()
        self._file = sqlite3.connect(path, check_same_thread=False, timeout=60)
        self._file.executescript(TABLES)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def marks(self, file: str) -> list[Mark]:
        """A file's marks, in order."""
        with self._lock:
            rows = self._file.execute(RESUMED, (file,)).fetchall()
        return [Mark(file, Place(offset, number), pages, key, bool(end)) for offset, number, pages, key, end in rows]

    def mark(self, marks: Iterable[Mark]) -> None:
        """Add marks, all or none of them, and survive a kill."""
        rows = [(m.file, m.place.offset, m.place.number, m.pages, m.key, m.ended) for m in marks]
        with self._lock, self._file:
            self._file.executemany(MARKED, rows)

    def cut(self, file: str, kept: int) -> None:
        """Forget a file's marks after the first `kept`: what they stand for was never loaded."""
        with self._lock, self._file:
            self._file.execute("delete from mark where file = ? and number > ?", (file, kept))

    def remember(self, originals: Mapping[int, RecordPosition]) -> None:
        """Where the bodies are that later records may refer to, by the names that these would use."""
        rows = [(name, place.file, place.offset, place.length) for name, place in originals.items()]
        with self._lock, self._file:
            self._file.executemany("insert or replace into original values (?, ?, ?, ?)", rows)

    def original(self, names: Iterable[int]) -> RecordPosition | None:
        """Where the record lies that is meant by one of these names; None: it was not met."""
        with self._lock:
            for name in names:
                row = self._file.execute("select file, at_offset, length from original where name = ?", (name,))
                if place := row.fetchone():
                    return RecordPosition(*place)
        return None


@contextmanager
def notebook(data: Path) -> Iterator[Notebook]:
    """The notebook of a data folder."""
    book = Notebook(data / "backfill" / "notes.sqlite")
    try:
        yield book
    finally:
        book.close()


def fingerprint(path: Path, *more: str) -> str:
    """What a file is known by, under whatever name it comes: its size, both its ends, and how it is read (`more`)."""
    size = path.stat().st_size
    told = hashlib.sha256("\n".join((str(size), *more)).encode())
    with path.open("rb") as file:
        told.update(file.read(EDGE))
        file.seek(max(size - EDGE, 0))
        told.update(file.read(EDGE))
    return told.hexdigest()[:32]
