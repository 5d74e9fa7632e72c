"""Rows of DuckDB written to a file of a format, with its digest."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import os
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

import duckdb

from broadsheet.exports.rows import cells, json_line
from broadsheet.exports.spec import Format, Spec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from duckdb import DuckDBPyRelation

GROUP: Final = 20_000  # articles of a row group, some 20 MB: what a reader holds at a time


def write(rows: DuckDBPyRelation, path: Path, spec: Spec) -> None:
    """Write all rows to a file, to the disk; a name that ends in `.gz` is compressed. OSError: it cannot be written."""
    match spec.format:
        case Format.PARQUET:
            write_parquet(rows, path)
        case Format.JSONL:
            with _opened(path) as file:
                file.writelines(f"{json_line(dict(zip(rows.columns, row, strict=True)))}\n" for row in rows.iter_rows())
        case Format.CSV:
            with _opened(path) as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(rows.columns)
                writer.writerows(cells(row, guard=spec.guard) for row in rows.iter_rows())
    _synced(path)


def write_parquet(rows: DuckDBPyRelation, path: Path) -> None:
    """Write all rows to a Parquet file. OSError: it cannot be written."""
    try:
        rows.write_parquet(str(path), compression="zstd", row_group_size=GROUP)
    except duckdb.IOException as error:
        raise OSError(str(error).splitlines()[0]) from error


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    with path.open("wb") as raw:
        if ".gz" in path.suffixes:
            with gzip.GzipFile("", "wb", 6, raw, 0) as packed, io.TextIOWrapper(packed, "utf-8", newline="") as file:
                yield file
        else:
            with io.TextIOWrapper(raw, "utf-8", newline="") as file:
                yield file


def _synced(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
