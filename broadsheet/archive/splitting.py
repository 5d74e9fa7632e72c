"""Files cut into records: where each lies, its bytes, or what is wrong with it. Knows WARC's outermost frame.

Bounded in memory by one record of at most `limit` bytes. Damage costs the records it touches: reading goes on at the
next place that begins a record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

from broadsheet.archive.packing import packing_of, past_skippable
from broadsheet.archive.streams import (
    CHUNK,
    GZIP_MAGIC,
    ZSTD_DICTIONARY,
    ZSTD_MAGIC,
    Damaged,
    Member,
    Members,
    Window,
    Zstd,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from broadsheet.archive.packing import Packing

WARC_MAGIC: Final = b"WARC/"
LONGEST_HEAD: Final = 1024 * 1024  # bytes of WARC headers; ours carry details of failures, nobody's come near this
LENGTH: Final = re.compile(rb"(?im)^content-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?$")
HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
NEXT_RECORD: Final = re.compile(rb"WARC/[01]\.\d+\r?\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """A record as it lies in the file: its WARC headers with the blank line after them, and its block.

    `problem` says why either is missing or cut; `too_large` why the block is left out. `alone` is False for a record
    that cannot be found again by offset and length: it shares its member with others in a file where the first
    record does not.
    """

    offset: int
    length: int
    head: bytes = b""
    block: bytes = b""
    problem: str = ""
    alone: bool = True
    too_large: bool = False


def pieces(file: BinaryIO, limit: int, start: int = 0) -> Iterator[Piece]:
    """The records of a seekable file, gzip, zstd or plain, in order from an offset on.

    `limit` bounds a record's bytes, decompressed. Offsets and lengths count bytes of the file where a record can be
    read from there alone: in plain files, and in those with a gzip member or zstd frame per record. In one compressed
    as a whole they count decompressed bytes, and `start` costs the decompression of what lies before.
    """
    packing = packing_of(file)
    if packing is None or _is_of_one_piece(file, packing, limit):
        return _in_one(file, limit, start)
    return _by_member(file, packing, limit, max(start, packing.first))


def first_bytes(file: BinaryIO) -> bytes:
    """The first decompressed bytes, at least 5 of them if there are that many. Raises Damaged."""
    return Window(_unpacked(file)).peek(16)


def one(file: BinaryIO, offset: int, length: int, limit: int) -> Piece | None:
    """The record at an offset; nothing is read beyond its length. None if there is nothing.

    A member of just that length is the record. Whatever else it may be hangs on how the whole file is packed.
    """
    packing = packing_of(file)
    file.seek(offset)
    member = file.read(length)
    if packing and member.startswith(packing.magic):
        found = next(_by_member(BytesIO(member), packing, limit, 0), None)
        if found and not found.problem and found.alone and found.length == length:
            return found
    is_packed = _begins(file, GZIP_MAGIC, ZSTD_MAGIC, ZSTD_DICTIONARY)
    if is_packed and (packing is None or _is_of_one_piece(file, packing, limit)):
        return next(_in_one(file, limit, offset), None)
    return next(pieces(BytesIO(member), limit), None)


def _begins(file: BinaryIO, *magics: bytes) -> bool:
    file.seek(0)
    return file.read(4).startswith(magics)


def _unpacked(file: BinaryIO) -> Callable[[], bytes]:
    """What gives a file's decompressed bytes from its beginning."""
    if _begins(file, GZIP_MAGIC):
        return Members(file).more
    if _begins(file, ZSTD_MAGIC, ZSTD_DICTIONARY):
        return Zstd(file).more
    file.seek(0)
    return lambda: file.read(CHUNK)


def _is_of_one_piece(file: BinaryIO, packing: Packing, limit: int) -> bool:
    """Whether the first member holds more than one record."""
    window = Window(packing.member(file, packing.first).more)
    try:
        next(_split(window, limit), None)
        _skip_blank(window)
        return window.peek(len(WARC_MAGIC)) == WARC_MAGIC
    except Damaged:
        return False


def _in_one(file: BinaryIO, limit: int, start: int) -> Iterator[Piece]:
    """The records of a stream that is plain or compressed as a whole; damage to the compression ends it."""
    window = _window(file, start)
    try:
        yield from _split(window, limit)
    except Damaged as damage:
        yield Piece(window.taken, 0, problem=str(damage))


def _window(file: BinaryIO, start: int) -> Window:
    if _begins(file, GZIP_MAGIC, ZSTD_MAGIC, ZSTD_DICTIONARY):
        window = Window(_unpacked(file))
        window.skip(start)
        return window
    file.seek(start)
    return Window(lambda: file.read(CHUNK), start)


def _split(window: Window, limit: int) -> Iterator[Piece]:
    """The records of a decompressed stream; offsets and lengths count its bytes."""
    while True:
        _skip_blank(window)
        if window.at_end():
            return
        yield _garbage(window) if not window.peek(5).startswith(WARC_MAGIC) else _record(window, limit)


def _by_member(file: BinaryIO, packing: Packing, limit: int, begin: int) -> Iterator[Piece]:
    start: int | None = begin
    while start is not None:
        member = packing.member(file, start)
        try:
            yield from _member_records(member, limit)
        except Damaged as damage:
            found = _next_member(file, packing, start + 1)
            yield Piece(start, (found or file.seek(0, 2)) - start, problem=str(damage))
            start = found
        else:
            start = _beginning(file, past_skippable(file, member.end or 0))


def _beginning(file: BinaryIO, at: int) -> int | None:
    """Where the next member begins: here, or (zero padding) after it; None at the end of the file."""
    file.seek(at)
    return at if file.read(1) else None


def _member_records(member: Member, limit: int) -> Iterator[Piece]:
    """The records of one member. A single one gets the member's place; it is held back until its end was seen whole."""
    window = Window(member.more)
    records = _split(window, limit)
    first = next(records, None)
    if first is None:
        return
    _skip_blank(window)
    if window.at_end():
        yield replace(first, offset=member.start, length=(member.end or 0) - member.start)
        return
    yield _shared(member, first)
    yield from (_shared(member, each) for each in records)


def _shared(member: Member, piece: Piece) -> Piece:
    return replace(piece, offset=member.start, length=0, alone=False)


def _next_member(file: BinaryIO, packing: Packing, at: int) -> int | None:
    """The next offset at which a member begins that holds a WARC record."""
    for candidate in _places(file, packing.magic, at):
        try:
            begins = Window(packing.member(file, candidate).more).peek(len(WARC_MAGIC)) == WARC_MAGIC
        except Damaged:
            continue
        if begins:
            return candidate
    return None


def _places(file: BinaryIO, sought: bytes, at: int) -> Iterator[int]:
    while True:
        file.seek(at)
        found = file.read(CHUNK)
        place = found.find(sought)
        if place >= 0:
            yield at + place
            at += place + 1
        elif len(found) < CHUNK:
            return
        else:
            at += CHUNK - len(sought) + 1


def _skip_blank(window: Window) -> None:
    while (ahead := window.peek(4)) and not ahead.strip(b"\r\n\0"):
        window.take(len(ahead))
    window.take(len(ahead) - len(ahead.lstrip(b"\r\n\0")))


def _record(window: Window, limit: int) -> Piece:
    start = window.taken
    head = _head(window)
    stated = LENGTH.search(head)
    if not stated or NEXT_RECORD.search(head, 1):  # the headers of a torn record run into those of the next
        window.take(1)
        return _garbage(window, start, "WARC headers without an end or a Content-Length")
    size = int(stated[1])
    if size > limit:
        whole = window.skip(len(head) + size)
        problem = "" if whole else "the file ends in the record"
        return Piece(start, window.taken - start, head, problem=problem, too_large=True)
    window.take(len(head))
    block = window.take(size)
    problem = "" if len(block) == size else "the record is shorter than its Content-Length"
    return Piece(start, window.taken - start, head, block, problem)


def _head(window: Window) -> bytes:
    """The WARC headers with the blank line that ends them; empty if they have no end."""
    size = 2048
    while True:
        ahead = window.peek(size)
        end = HEAD_END.search(ahead)
        if end:
            return ahead[: end.end()]
        if len(ahead) < size or size > LONGEST_HEAD:
            return b""
        size *= 4


def _garbage(window: Window, start: int | None = None, problem: str = "bytes that are no WARC record") -> Piece:
    """Pass over bytes up to the next that begin a record."""
    start = window.taken if start is None else start
    while ahead := window.peek(CHUNK):
        found = NEXT_RECORD.search(ahead)
        window.take(found.start() if found else max(len(ahead) - 16, 1))
        if found:
            break
    return Piece(start, window.taken - start, problem=problem)
