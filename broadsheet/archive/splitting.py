"""Files cut into records: where each lies, its bytes, or what is wrong with it. Knows gzip and WARC's outermost frame.

Bounded in memory by one record of at most `limit` bytes. Damage costs the records it touches: reading goes on at the
next place that begins a record.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHUNK: Final = 64 * 1024
GZIP_MAGIC: Final = b"\x1f\x8b\x08"
WARC_MAGIC: Final = b"WARC/"
LONGEST_HEAD: Final = 1024 * 1024  # bytes of WARC headers; ours carry details of failures, nobody's come near this
LENGTH: Final = re.compile(rb"(?im)^content-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?$")
HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
NEXT_RECORD: Final = re.compile(rb"WARC/[01]\.\d+\r?\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """A record as it lies in the file, headers and block; `data` may be its head only if `problem` says why.

    `length` counts bytes of the file. `alone` is False for a record that shares its gzip member with others: it cannot
    be found again by offset and length.
    """

    offset: int
    length: int
    data: bytes
    problem: str = ""
    alone: bool = True
    too_large: bool = False


class Damaged(Exception):
    """Bytes that cannot be what they should be."""


class Window:
    """A stream that can be looked into before it is taken; `more()` gives its next bytes, none at its end."""

    def __init__(self, more: Callable[[], bytes], taken: int = 0) -> None:
        self._more = more
        self._kept = bytearray()
        self._ended = False
        self.taken = taken

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end, which stay."""
        while len(self._kept) < size and not self._ended:
            more = self._more()
            self._kept += more
            self._ended = not more
        return bytes(memoryview(self._kept)[:size])

    def take(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end."""
        found = self.peek(size)
        del self._kept[:size]
        self.taken += len(found)
        return found

    def skip(self, size: int) -> bool:
        """Pass over bytes without holding them; False if the stream ended before."""
        while size:
            passed = len(self.take(min(size, CHUNK)))
            if not passed:
                return False
            size -= passed
        return True

    def at_end(self) -> bool:
        """Whether nothing follows."""
        return not self.peek(1)


class Member:
    """One gzip member of a file, decompressed bit by bit. `end` is known once all of it was read."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        self.start = start
        self.end: int | None = None
        self._file = file
        self._zlib = zlib.decompressobj(wbits=31)
        self._unread = b""
        file.seek(start)

    def more(self) -> bytes:
        """The next decompressed bytes, none at the member's end. Raises Damaged."""
        while self.end is None:
            fed = self._unread or self._file.read(CHUNK)
            if not fed:
                raise Damaged("the file ends in the middle of a record")
            found = self._inflated(fed)
            if found:
                return found
        return b""

    def _inflated(self, fed: bytes) -> bytes:
        try:
            found = self._zlib.decompress(fed, CHUNK * 4)
        except zlib.error as error:
            raise Damaged(f"damaged gzip data: {error}") from error
        self._unread = self._zlib.unconsumed_tail
        if self._zlib.eof:
            self.end = self._file.tell() - len(self._zlib.unused_data)
        return found


def pieces(file: BinaryIO, limit: int, start: int = 0) -> Iterator[Piece]:
    """The records of a seekable file, gzip or plain, in order from an offset on.

    `limit` bounds a record's bytes, decompressed.
    """
    file.seek(0)
    return (_gzipped if file.read(len(GZIP_MAGIC)) == GZIP_MAGIC else _plain)(file, limit, start)


def pieces_of(data: bytes, limit: int) -> Iterator[Piece]:
    """The records of a stretch of a file held in memory."""
    return pieces(BytesIO(data), limit)


def first_bytes(file: BinaryIO) -> bytes:
    """The first decompressed bytes, at least 5 of them if there are that many. Raises Damaged."""
    start = file.read(CHUNK)
    return Window(Member(file, 0).more).peek(len(WARC_MAGIC)) if start.startswith(GZIP_MAGIC) else start


def _split(window: Window, limit: int) -> Iterator[Piece]:
    """The records of a decompressed stream; offsets and lengths count its bytes."""
    while True:
        _skip_blank(window)
        if window.at_end():
            return
        yield _garbage(window) if not window.peek(5).startswith(WARC_MAGIC) else _record(window, limit)


def _gzipped(file: BinaryIO, limit: int, begin: int) -> Iterator[Piece]:
    start: int | None = begin
    while start is not None:
        member = Member(file, start)
        try:
            yield from _member_records(member, limit)
        except Damaged as damage:
            found = _next_member(file, start + 1)
            yield Piece(start, (found or file.seek(0, 2)) - start, b"", str(damage))
            start = found
        else:
            start = _beginning(file, member.end or 0)


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


def _next_member(file: BinaryIO, at: int) -> int | None:
    """The next offset at which a gzip member begins that holds a WARC record."""
    for candidate in _places(file, GZIP_MAGIC, at):
        try:
            begins = Window(Member(file, candidate).more).peek(len(WARC_MAGIC)) == WARC_MAGIC
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


def _plain(file: BinaryIO, limit: int, begin: int) -> Iterator[Piece]:
    file.seek(begin)
    return _split(Window(lambda: file.read(CHUNK), begin), limit)


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
        return Piece(start, window.taken - start, head, "" if whole else "the file ends in the record", too_large=True)
    data = window.take(len(head) + size)
    problem = "" if len(data) == len(head) + size else "the record is shorter than its Content-Length"
    return Piece(start, len(data), data, problem)


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
    return Piece(start, window.taken - start, b"", problem)
