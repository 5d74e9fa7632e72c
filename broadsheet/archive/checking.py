"""Proof that files are whole and that positions lead where they should."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from broadsheet.archive import answers
from broadsheet.archive.digests import payload_digest
from broadsheet.archive.reading import LARGEST, read_one
from broadsheet.archive.records import as_record
from broadsheet.archive.splitting import pieces
from broadsheet.archive.writing import warc_uri
from broadsheet.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from broadsheet.archive.records import Record
    from broadsheet.archive.splitting import Piece
    from broadsheet.model import FetchedPage, RecordPosition

KNOWN: Final = {"md5", "sha1", "sha256", "sha512"}
UNREAD: Final = {"", f"sha256:{hashlib.sha256(b'').hexdigest()}"}
"""What stands for a page's digest where nobody took it: an endpoint's answer, or a page whose reading failed."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file that is not as it should be, so many bytes from its beginning."""

    file: str
    offset: int
    what: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What the warehouse says lies at a position; `target` and `digest` are empty where it does not say."""

    position: RecordPosition
    target: str
    digest: str
    captured_at: datetime


def faults(data: Path, file: str, expected: Iterable[Expected], on_record: Callable[[int], None]) -> Iterator[Fault]:
    """What is wrong with a file: damage, records that differ from their digests, positions that lead elsewhere.

    `expected` is all that the warehouse says of the file. `on_record` is told of the bytes that were passed. Where the
    file was merged into another, the positions are looked at where they lead to now.
    """
    by_offset: dict[int, list[Expected]] = {}
    for each in expected:
        by_offset.setdefault(each.position.offset, []).append(each)
    try:
        with (data / file).open("rb") as opened:
            for piece in pieces(opened, LARGEST):
                on_record(piece.length)
                found = _of_piece(data, file, piece, by_offset.pop(piece.offset, []))
                yield from (Fault(file, piece.offset, what) for what in found)
    except OSError as error:
        yield from _elsewhere(data, by_offset, error)
    else:
        yield from (
            Fault(file, offset, "no record begins here, and the warehouse says one does") for offset in by_offset
        )


def _of_piece(data: Path, file: str, piece: Piece, expected: Iterable[Expected]) -> list[str]:
    try:
        record = as_record(piece, data / file)
    except ArchiveError as error:
        return [str(error).partition(f"at {piece.offset}: ")[2]]
    if piece.too_large:
        return []
    return [*_digests(record), *(why for each in expected if (why := _misled(data, record, each)))]


def _digests(record: Record) -> Iterator[str]:
    """Those digests of a record that are not of what it holds. A revisit's payload is another record's."""
    if not _is_digest(record.header("WARC-Block-Digest"), [record.block]):
        yield "the block is not what its digest says"
    answer = answers.parsed(record.block) if record.kind == "response" else None
    if answer:
        bodies = [answer[2], answers.without_transfer_coding(answer[1], answer[2])]
        if not _is_digest(record.header("WARC-Payload-Digest"), bodies):
            yield "the payload is not what its digest says"


def _is_digest(stated: str | None, of_any: Iterable[bytes]) -> bool:
    """Whether a digest, `name:value` in base32 or hex, is of one of these; also if it is of a way we do not know."""
    name, _, value = (stated or "").partition(":")
    if name.lower() not in KNOWN:
        return True
    hashes = [hashlib.new(name.lower(), each, usedforsecurity=False).digest() for each in of_any]
    return any(value.upper() in {base64.b32encode(each).decode(), each.hex().upper()} for each in hashes)


def _misled(data: Path, record: Record, expected: Expected) -> str:
    """Why a record is not what the warehouse expects; empty: it is."""
    if not record.is_answer:
        return f"a {record.kind} record, and the warehouse expects an answer"
    if record.length != expected.position.length:
        return f"{record.length} bytes long, and the warehouse says {expected.position.length}"
    if not _is_of(record.target, expected.target):
        return f"an answer of {record.target}, and the warehouse expects {expected.target}"
    if record.captured_at == expected.captured_at:
        return ""
    try:
        return _other_page(read_one(data, expected.position), expected)
    except ArchiveError as error:
        return str(error)


def _is_of(target: str, expected: str) -> bool:
    return not expected or target in {expected, warc_uri(expected)}


def _other_page(page: FetchedPage, expected: Expected) -> str:
    """Why an answer is not the page of this capture; empty: it is, or is an equal one before it."""
    if not _is_of(page.target, expected.target):
        return f"an answer of {page.target}, and the warehouse expects {expected.target}"
    if page.captured_at == expected.captured_at:
        return ""
    if page.captured_at > expected.captured_at or expected.digest not in {*UNREAD, payload_digest(page)}:
        wanted = expected.captured_at.isoformat()
        return f"another page, of {page.captured_at.isoformat()}, and the warehouse expects that of {wanted}"
    return ""


def _elsewhere(data: Path, by_offset: Mapping[int, list[Expected]], error: OSError) -> Iterator[Fault]:
    """Positions in a file that cannot be opened: they are good if they lead to their page in another."""
    for each in (each for found in by_offset.values() for each in found):
        try:
            what = _other_page(read_one(data, each.position), each)
        except ArchiveError:
            what = error.strerror or str(error)
        if what:
            yield Fault(each.position.file, each.position.offset, what)
