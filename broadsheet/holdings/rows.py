"""Rows of tables in files, one at a time: JSON, JSON lines, CSV, Parquet; text may be packed with gzip.

Bounded in memory by a row, but for a JSON file that is one object. What is no row is a string that says why.
"""

from __future__ import annotations

import csv
import json
import zlib
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, Final, TextIO

import duckdb

from broadsheet.errors import ArchiveError
from broadsheet.holdings.finding import Form, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

CHUNK: Final = 1 << 20  # characters
LONGEST: Final = 256 << 20  # characters of one row: beyond, a file is not what it seems
AT_ONCE: Final = 32  # rows of Parquet
BAD_ROW: Final = "bad_row"
BLANK: Final = " \t\r\n,"
LISTS: Final = ("articles", "items", "results", "data", "pages", "documents", "records")

Row = dict[str, Any]


def rows_of(path: Path, form: Form) -> Iterator[Row | str]:
    """The rows of a file in order, BAD_ROW for what is none. ArchiveError: it cannot be read at all."""
    try:
        match form:
            case Form.PARQUET:
                yield from _parquet(path)
            case Form.CSV | Form.TSV:
                yield from _csv(path, "\t" if form is Form.TSV else ",")
            case Form.JSONL:
                yield from _json_lines(path)
            case _:
                yield from _json(path)
    except (OSError, EOFError, zlib.error, csv.Error, duckdb.Error) as error:
        raise ArchiveError(f"{path}: cannot be read: {str(error).splitlines()[0]}") from error


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """A text file, packed with gzip or not; what is no UTF-8 in it is replaced."""
    with unpacked(path) as file, TextIOWrapper(file, "utf-8-sig", "replace", newline="") as text:
        yield text


def _json_lines(path: Path) -> Iterator[Row | str]:
    with opened(path) as text:
        for line in text:
            if line.strip():
                yield _row(line)


def _row(line: str) -> Row | str:
    try:
        found = json.loads(line)
    except ValueError:
        return BAD_ROW
    return found if isinstance(found, dict) else BAD_ROW


def _csv(path: Path, divider: str) -> Iterator[Row | str]:
    csv.field_size_limit(LONGEST)
    with opened(path) as text:
        head = text.readline()
        text.seek(0)
        if divider == "," and head.count(";") > head.count(","):
            divider = ";"
        for row in csv.DictReader(text, delimiter=divider):
            yield BAD_ROW if None in row or None in row.values() else row


def _parquet(path: Path) -> Iterator[Row]:
    with duckdb.connect(config={"threads": 1, "memory_limit": "1GB", "autoinstall_known_extensions": "false"}) as db:
        db.execute("set TimeZone = 'UTC'")
        found = db.execute("select * from read_parquet($path)", {"path": str(path)})
        names = [column[0] for column in found.description or ()]
        while rows := found.fetchmany(AT_ONCE):
            yield from (dict(zip(names, row, strict=True)) for row in rows)


def _json(path: Path) -> Iterator[Row | str]:
    """One object, an array of them, several one after the other, or an object with a list of them."""
    with opened(path) as text:
        first = text.read(CHUNK)
        if first.lstrip().startswith("["):
            yield from _objects(text, first.lstrip()[1:])
            return
        for found in _objects(text, first):
            inner = _inner(found) if isinstance(found, dict) else None
            yield from inner if inner is not None else [found]


def _inner(found: Row) -> Sequence[Row | str] | None:
    """The rows of an object that is no page but has a list of them."""
    lists = [value for name, value in found.items() if name.lower() in LISTS and isinstance(value, list)]
    if not lists or any(name.lower() in {"url", "html"} for name in found):
        return None
    return [each if isinstance(each, dict) else BAD_ROW for each in lists[0]]


def _objects(text: TextIO, ahead: str) -> Iterator[Row | str]:
    """The values of a stream, divided by commas and white space, up to a closing bracket or the end."""
    decoder = json.JSONDecoder()
    while True:
        ahead = ahead.lstrip(BLANK)
        try:
            if ahead.startswith("]"):
                return
            found, end = decoder.raw_decode(ahead)
        except ValueError:
            more = text.read(max(CHUNK, len(ahead)))
            if not more or len(ahead) > LONGEST:
                if ahead:
                    yield BAD_ROW
                return
            ahead += more
            continue
        yield found if isinstance(found, dict) else BAD_ROW
        ahead = ahead[end:]
