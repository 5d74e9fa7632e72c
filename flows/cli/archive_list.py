"""`broadsheet archive list`: the files that everything is kept in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import typer

from broadsheet import archive
from broadsheet.config import read_settings
from broadsheet.errors import ArchiveError
from flows.cli.places import NOTHING, kept_files
from flows.cli.tables import printed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from broadsheet.warehouse import KeptFile

OPEN = ".warc.gz.open"
COLUMNS = ("file", "state", "bytes", "answers", "records", "sources", "first", "last")


@dataclass(frozen=True, slots=True)
class Listed:
    """A file: its size on the disk, its answers that the warehouse knows, their sources, the first and the last.

    `state`: merged; segment (as a run left it); open (a run is writing it, or died doing so); foreign (a file of the
    user's); missing. `records` counts all there are, requests too; None: nobody counted.
    """

    file: str
    state: str
    bytes: int
    answers: int
    records: int | None
    sources: tuple[str, ...]
    first_at: datetime | None
    last_at: datetime | None


def list_files(source: str | None, *, count: bool, as_json: bool) -> None:
    """Print the archive's files. `count` reads every one of them to its end."""
    data = read_settings().data
    known = {each.file: each for each in kept_files()}
    listed = [_listed(data, file, known.get(file)) for file in sorted({*known, *_on_disk(data)})]
    found = [each for each in listed if source is None or source in each.sources]
    told = [_counted(data, each) for each in found] if count else found
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in told], ensure_ascii=False, default=str))
    elif told:
        _printed(told)
    else:
        typer.echo(NOTHING if source is None else f"nothing is kept of a source {source!r}")


def _on_disk(data: Path) -> list[str]:
    paths = (path for ending in (".warc.gz", OPEN) for path in (data / "archive").rglob(f"*{ending}"))
    return [str(path.relative_to(data)) for path in paths]


def _listed(data: Path, file: str, known: KeptFile | None) -> Listed:
    path = data / file
    size = path.stat().st_size if path.exists() else 0
    answers = known.pages + known.polls if known else 0
    times = (known.first_at, known.last_at) if known else (None, None)
    return Listed(file, _state(path, data), size, answers, None, known.sources if known else (), *times)


def _state(path: Path, data: Path) -> str:
    if not path.exists():
        return "missing"
    if not path.is_relative_to(data / "archive"):
        return "foreign"
    if path.name.endswith(OPEN):
        return "open"
    return "merged" if path.name.startswith("merged-") else "segment"


def _counted(data: Path, listed: Listed) -> Listed:
    try:
        return replace(listed, records=archive.count_records(data / listed.file))
    except ArchiveError:
        return listed


def _printed(listed: Sequence[Listed]) -> None:
    printed(COLUMNS, [_row(each) for each in listed])
    typer.echo(f"{len(listed)} file(s), {sum(each.bytes for each in listed) / (1 << 20):.1f} MiB")


def _row(each: Listed) -> list[object]:
    told = [each.file, each.state, each.bytes, each.answers, each.records]
    return [*told, ", ".join(each.sources), _time(each.first_at), _time(each.last_at)]


def _time(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S}" if when else ""
