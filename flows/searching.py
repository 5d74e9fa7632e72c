"""Every file under the data folder looked through for sentences: what forgetting ends with."""

from __future__ import annotations

import gzip
from typing import IO, TYPE_CHECKING, Final

from broadsheet.archive.records import records_of
from broadsheet.archive.striking import text_of
from broadsheet.errors import ArchiveError
from broadsheet.traces import Traces, plain
from broadsheet.warehouse.tracing import standing_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadsheet.warehouse.forgetting import Subject
    from flows.progress import Progress

GZIP: Final = b"\x1f\x8b"
CHUNK: Final = 4 << 20
OVERLAP: Final = 4 << 10  # bytes of the chunk before: more than the beginning of any sentence


def searched(data: Path, what: Subject, traces: Traces, progress: Progress, *, note: str) -> tuple[int, list[str]]:
    """How many files were looked through, and where a sentence of it stands. `note` is the one left out.

    Databases are asked table by table, for what they hold is packed; nobody has one of them open.
    """
    paths = [path for path in sorted(data.rglob("*")) if path.is_file() and path.name != note]
    progress.stage("search", len(paths), "files")
    left: list[str] = []
    in_tables = Traces.of(what.words)
    for path in paths:
        left += [f"{path.relative_to(data)}: {where}" for where in _standing(path, traces, in_tables)]
        progress.advance()
    return len(paths), left


def _standing(path: Path, traces: Traces, in_tables: Traces) -> Iterator[str]:
    if path.suffix == ".duckdb":
        yield from standing_in(path, in_tables)
    if any(traces.found(text) for text in _texts(path)):
        yield "a sentence of it"


def _texts(path: Path) -> Iterator[str]:
    """What a file says: records of the archive out of their codings, the rest as it lies, out of gzip."""
    if path.name.endswith(".warc.gz"):
        try:
            yield from (plain(text_of(record)) for record in records_of(path))
        except ArchiveError:
            yield from _raw(path)
    else:
        yield from _raw(path)


def _raw(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
    with gzip.open(path, "rb") if packed else path.open("rb") as opened:
        yield from _chunks(opened)


def _chunks(file: IO[bytes] | gzip.GzipFile) -> Iterator[str]:
    before = b""
    while more := file.read(CHUNK):
        yield plain((before + more).decode("utf-8", "replace"))
        before = more[-OVERLAP:]
