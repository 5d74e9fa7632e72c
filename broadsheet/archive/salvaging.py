"""What a dead writer left: cut to its last whole record and put in place.

A response and its request are two records; the response alone is enough, for the request only repeats its URL.
"""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING, BinaryIO

from broadsheet.archive.reading import LARGEST
from broadsheet.archive.splitting import pieces
from broadsheet.archive.writing import OPEN, sync_folder
from broadsheet.errors import ArchiveError, Held

if TYPE_CHECKING:
    from pathlib import Path

NO_PAGE = b"WARC-Type: warcinfo"


def salvage(path: Path) -> Path | None:
    """Make a segment of a leftover `.open` file; None if it holds no page, then the file is removed.

    Raises Held while its writer lives, ArchiveError if the file is missing, no `.open` file, or its segment exists.
    """
    final = _final(path)
    try:
        file = path.open("r+b")
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror}") from error
    with file:
        _lock(file, path)
        whole = _whole(file)
        if not whole:
            path.unlink()
            return None
        file.truncate(whole)
        os.fsync(file.fileno())
        path.rename(final)
        sync_folder(final.parent)
    return final


def _final(path: Path) -> Path:
    if path.suffix != OPEN:
        raise ArchiveError(f"{path}: not an open segment; its name does not end in {OPEN}")
    final = path.with_suffix("")
    if final.exists():
        raise ArchiveError(f"{final}: exists already")
    return final


def _lock(file: BinaryIO, path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Held(f"{path}: still being written") from error


def _whole(file: BinaryIO) -> int:
    """How many bytes from the start are whole records; 0 if none of them is a page."""
    whole, pages = 0, 0
    for piece in pieces(file, LARGEST):
        if piece.problem:
            break
        whole = piece.offset + piece.length
        pages += NO_PAGE not in piece.head
    return whole if pages else 0
