"""Where records went: a list beside each file that others were merged into, so that an old position is never lost.

    archive/2026/03/x.warc.gz         the file
    archive/2026/03/x.moved.jsonl.gz  the names of those others; then a line a record that was moved, or left out

A position is followed from list to list until it leads to a file that is there. The lists stay for good: read copies,
backups and exports may hold old positions for years, and a line takes some 20 bytes.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from broadsheet.errors import ArchiveError
from broadsheet.model import RecordPosition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOVED: Final = ".moved.jsonl.gz"
WARC: Final = ".warc.gz"
PART: Final = ".part"
MONTH: Final = 4  # parts of archive/YYYY/MM/file, the least that a file of ours has


@dataclass(frozen=True, slots=True)
class Move:
    """A record's old place and its new one. `to` is None where it was left out, and `why` says why."""

    file: str
    offset: int
    to: RecordPosition | None
    why: str = ""


def list_of(path: Path) -> Path:
    """The list that belongs to a merged file."""
    return path.with_name(path.name.removesuffix(WARC) + MOVED)


def file_of(path: Path) -> Path:
    """The merged file that a list belongs to."""
    return path.with_name(path.name.removesuffix(MOVED) + WARC)


def write_moves(path: Path, files: Sequence[str], moves: Iterable[Move]) -> None:
    """Write the list of a merge of `files` and make it survive a power cut; it is not renamed into its place yet."""
    with path.open("wb") as raw:
        with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6, mtime=0, filename="") as packed:
            packed.write(json.dumps({"merged": list(files)}).encode() + b"\n")
            packed.writelines(_line(move) for move in moves)
        raw.flush()
        os.fsync(raw.fileno())


def merged_files(path: Path) -> list[str]:
    """The files that were merged, as the list of the merge names them. Raises ArchiveError."""
    first = next(_told(path), None)
    files = first.get("merged") if isinstance(first, dict) else None
    if not isinstance(files, list):
        raise _damaged(path, "it does not begin with the names of files")
    return files


def read_moves(path: Path) -> Iterator[Move]:
    """The moves of a list. Raises ArchiveError if it cannot be read."""
    for told in _told(path):
        try:
            if "merged" not in told:
                yield _move(told)
        except (KeyError, TypeError) as error:
            raise _damaged(path, f"a line of it says {str(told)[:80]!r}") from error


def _told(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise _damaged(path, str(error)) from error


def _damaged(path: Path, why: str) -> ArchiveError:
    return ArchiveError(f"{path}: a damaged list of moved records: {why}")


def followed(root: Path, position: RecordPosition) -> RecordPosition:
    """The place of a record whose file is gone. ArchiveError: nobody knows, or it is not kept any more."""
    found, seen = position, {position}
    while not (root / found.file).exists():
        move = _next(root, found)
        if move is None:
            raise ArchiveError(f"{root / position.file}: No such file or directory")
        if move.to is None:
            raise ArchiveError(f"{position.file}: the record at {position.offset} is not kept any more: {move.why}")
        if move.to in seen:
            raise ArchiveError(f"{position.file}: the lists of moved records lead in a circle")
        found = move.to
        seen.add(found)
    return found


def _next(root: Path, position: RecordPosition) -> Move | None:
    """The line on a position, in one of the lists of its month. ArchiveError: none has it, and one is damaged."""
    file = relative(root, position.file)
    parts = Path(file).parts
    if len(parts) < MONTH:
        return None
    damage = None
    for path in sorted(root.joinpath(*parts[:3]).glob(f"*{MOVED}")):
        try:
            found = (move for move in read_moves(path) if (move.file, move.offset) == (file, position.offset))
            if move := next(found, None):
                return move
        except ArchiveError as error:
            damage = error
    if damage:
        raise damage
    return None


def relative(root: Path, file: str) -> str:
    """A file's name as positions carry it: relative to the data folder where it lies in there."""
    path = Path(file)
    return str(path.relative_to(root.resolve())) if path.is_relative_to(root.resolve()) else file


def _line(move: Move) -> bytes:
    to = [move.to.file, move.to.offset, move.to.length] if move.to else None
    told = {"file": move.file, "offset": move.offset, "to": to} | ({"why": move.why} if move.why else {})
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"


def _move(told: dict[str, Any]) -> Move:
    return Move(told["file"], told["offset"], RecordPosition(*told["to"]) if told["to"] else None, told.get("why", ""))
