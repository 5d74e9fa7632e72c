"""Bytes as they come out of a file, compressed or not, with what is wrong with them. The only door to decompression."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

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


class Decoder(Protocol):
    """What decompresses one member of a file."""

    eof: bool
    """Whether the member was read to its end."""

    def fed(self, data: bytes) -> bytes:
        """Some more decompressed bytes; with no data, of what was fed before. Raises Damaged."""

    def left(self) -> int:
        """How many of the bytes that were fed lie beyond the member's end."""

    def hungry(self) -> bool:
        """Whether it needs more data to go on."""


class Inflater:
    """Decompresses one gzip member."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(wbits=31)
        self.eof = False

    def fed(self, data: bytes) -> bytes:
        """Some more decompressed bytes. Raises Damaged."""
        try:
            found = self._zlib.decompress(data or self._zlib.unconsumed_tail, CHUNK * 4)
        except zlib.error as error:
            raise Damaged(f"damaged gzip data: {error}") from error
        self.eof = self._zlib.eof
        return found

    def left(self) -> int:
        """How many of the bytes that were fed lie beyond the member's end."""
        return len(self._zlib.unused_data)

    def hungry(self) -> bool:
        """Whether it needs more data to go on."""
        return not self._zlib.unconsumed_tail


class Member:
    """One member of a file (of gzip, or a zstd frame), decompressed bit by bit. `end` is known once all was read."""

    def __init__(self, file: BinaryIO, start: int, decoder: Decoder | None = None) -> None:
        self.start = start
        self.end: int | None = None
        self._file = file
        self._decoder = decoder or Inflater()
        file.seek(start)

    def more(self) -> bytes:
        """The next decompressed bytes, none at the member's end. Raises Damaged."""
        while self.end is None:
            fed = self._file.read(CHUNK) if self._decoder.hungry() else b""
            if not fed and self._decoder.hungry():
                raise Damaged("the file ends in the middle of a record")
            found = self._decoder.fed(fed)
            if self._decoder.eof:
                self.end = self._file.tell() - self._decoder.left()
            if found:
                return found
        return b""


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
