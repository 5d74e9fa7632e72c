"""Bytes as they come out of a file, compressed or not, with what is wrong with them. The only door to decompression."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, BinaryIO, Final

from fastwarc.stream_io import ZstdReader

if TYPE_CHECKING:
    from collections.abc import Callable

CHUNK: Final = 64 * 1024
GZIP_MAGIC: Final = b"\x1f\x8b\x08"
ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"
ZSTD_DICTIONARY: Final = b"\x5d\x2a\x4d\x18"  # the skippable frame that holds one (IIPC's proposal for .warc.zst)


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


class Members:
    """All gzip members of a file as one stream."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._member = Member(file, 0)

    def more(self) -> bytes:
        """The next decompressed bytes, none at the end of the file. Raises Damaged."""
        while not (found := self._member.more()):
            end = self._member.end or 0
            self._file.seek(end)
            if not self._file.read(1):
                return b""
            self._member = Member(self._file, end)
        return found


class Zstd:
    """A zstd file, of one frame or many, as one stream."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        self._reader = ZstdReader(file)

    def more(self) -> bytes:
        """The next decompressed bytes, none at the end of the file. Raises Damaged."""
        try:
            return bytes(self._reader.read(CHUNK))
        except OSError as error:
            raise Damaged(f"damaged zstd data: {error}") from error
