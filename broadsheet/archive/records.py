"""Records as they lie in a file of ours, with what tidying and checking need to know of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fastwarc.warc import WarcRecord, WarcRecordType

from broadsheet.archive import answers
from broadsheet.archive.reading import LARGEST, captured, target_of
from broadsheet.archive.splitting import pieces
from broadsheet.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from broadsheet.archive.splitting import Piece

ANSWERS: Final = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.metadata


@dataclass(frozen=True, slots=True)
class Record:
    """One whole record: its place in the file, its headers, and its block out of gzip.

    `role` and `source` are our notes, empty in others' files. `captured_at` is None where there is no WARC-Date.
    """

    offset: int
    length: int
    kind: str
    record_id: str
    target: str
    role: str
    source: str
    captured_at: datetime | None
    headers: tuple[tuple[str, str], ...]
    block: bytes

    @property
    def is_answer(self) -> bool:
        """Whether it stands for an answer of the network, or for the lack of one; the others only go with one."""
        return self.kind in {"response", "revisit", "metadata"} and bool(self.target)

    @property
    def is_not_modified(self) -> bool:
        """Whether it is the answer that nothing changed (304), or refers to an equal one before it."""
        return self.kind == "revisit"

    @property
    def payload(self) -> bytes:
        """The body of the HTTP message, as received; the block where there is no HTTP message in it."""
        if self.kind in {"response", "revisit"} and (answer := answers.parsed(self.block)):
            return answer[2]
        return self.block

    @property
    def payload_key(self) -> tuple[str, int, bytes] | None:
        """What a repeated answer has in common with the first: target, status, body. None: there is no body."""
        answer = answers.parsed(self.block) if self.kind == "response" else None
        if answer is None or not answer[2]:
            return None
        return self.target, answer[0], hashlib.sha256(answer[2]).digest()

    def header(self, name: str) -> str | None:
        """The first WARC header of that name, in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def records_of(path: Path) -> Iterator[Record]:
    """The records of a file that has one gzip member each, in order.

    Raises ArchiveError at the first damage, at a record over the limit, and in a file of another kind.
    """
    try:
        with path.open("rb") as file:
            for piece in pieces(file, LARGEST):
                yield whole(piece, path)
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror or error}") from error


def damage(path: Path) -> str:
    """What is wrong with a file of ours: the first thing that is; empty: it is whole."""
    try:
        for _ in records_of(path):
            pass
    except ArchiveError as error:
        return str(error)
    return ""


def count_records(path: Path) -> int:
    """How many whole records a WARC file has, ours or another's. ArchiveError: it cannot be opened."""
    try:
        with path.open("rb") as file:
            return sum(not piece.problem for piece in pieces(file, LARGEST))
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror or error}") from error


def whole(piece: Piece, path: Path) -> Record:
    """A piece as a record of ours. ArchiveError: it is damaged, too large, or shares its gzip member."""
    problem = "too large a record" if piece.too_large else "" if piece.alone else "it shares its gzip member"
    if problem:
        raise ArchiveError(f"{path}: at {piece.offset}: {problem}")
    return as_record(piece, path)


def as_record(piece: Piece, path: Path) -> Record:
    """A piece as a record, ours or another's; a too large one is without its block. ArchiveError: it is damaged."""
    try:
        if piece.problem:
            raise ValueError(piece.problem)  # noqa: TRY301 - one way of telling for both
        return _record(WarcRecord.from_bytes(piece.head), piece)
    except (OSError, ValueError) as error:
        raise ArchiveError(f"{path}: at {piece.offset}: {error}") from error


def _record(found: Any, piece: Piece) -> Record:  # noqa: ANN401 - fastwarc's door
    headers = tuple((name, value) for name, value in found.headers.items())
    get = found.headers.get
    return Record(
        offset=piece.offset,
        length=piece.length,
        kind=(get("WARC-Type") or "").lower(),
        record_id=get("WARC-Record-ID") or "",
        target=target_of(found),
        role=get("Broadsheet-Role") or "",
        source=get("Broadsheet-Source") or "",
        captured_at=captured(found) if found.record_type & ANSWERS else None,
        headers=headers,
        block=piece.block,
    )
