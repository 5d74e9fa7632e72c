"""How a file is packed into members that can be read each by itself: gzip members, zstd frames.

zstd as the IIPC's proposal for `.warc.zst` has it: a frame a record, and before them perhaps a skippable frame with the
dictionary that all of them need, itself compressed or not.
"""

from __future__ import annotations

import importlib
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from broadsheet.archive.streams import GZIP_MAGIC, ZSTD_DICTIONARY, ZSTD_MAGIC, Damaged, Inflater, Member

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.archive.streams import Decoder

MODULES: Final = ("compression.zstd", "backports.zstd")  # the standard library's from 3.14, and its backport
CHUNK: Final = 256 * 1024
LONGEST_DICTIONARY: Final = 16 << 20  # bytes; zstd's own tools make them of 110 KiB
SKIPPABLE: Final = b"\x2a\x4d\x18"  # after a byte from 0x50 to 0x5f (RFC 8878, 3.1.2)
SKIPPABLE_HEAD: Final = 8


@dataclass(frozen=True, slots=True)
class Packing:
    """`first` is where the first member of the file begins; each begins with `magic`."""

    magic: bytes
    first: int
    decoder: Callable[[], Decoder]

    def member(self, file: BinaryIO, start: int) -> Member:
        """The member that begins at an offset."""
        return Member(file, start, self.decoder())


def packing_of(file: BinaryIO) -> Packing | None:
    """How a file is packed. None: it is not, or it is by zstd, which this Python has no module for."""
    file.seek(0)
    begins = file.read(4)
    if begins.startswith(GZIP_MAGIC):
        return Packing(GZIP_MAGIC, 0, Inflater)
    zstd = _module() if begins in {ZSTD_MAGIC, ZSTD_DICTIONARY} else None
    return _by_zstd(zstd, file) if zstd else None


def past_skippable(file: BinaryIO, at: int) -> int:
    """The first offset from one on at which no skippable frame of zstd begins."""
    while True:
        file.seek(at)
        head = file.read(SKIPPABLE_HEAD)
        if len(head) < SKIPPABLE_HEAD or head[1:4] != SKIPPABLE or head[0] >> 4 != 5:  # noqa: PLR2004 - 0x50 to 0x5f
            return at
        at += SKIPPABLE_HEAD + struct.unpack("<I", head[4:])[0]


def _module() -> Any:  # noqa: ANN401 - a module that may be missing has no type
    for name in MODULES:
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    return None


def _by_zstd(zstd: Any, file: BinaryIO) -> Packing:  # noqa: ANN401 - as above
    words = _dictionary(zstd, file)
    return Packing(ZSTD_MAGIC, past_skippable(file, 0), lambda: _Frame(zstd, words))


def _dictionary(zstd: Any, file: BinaryIO) -> Any:  # noqa: ANN401 - as above
    """The dictionary at the beginning of a file; None where there is none, or one that is none."""
    file.seek(0)
    head = file.read(SKIPPABLE_HEAD)
    if not head.startswith(ZSTD_DICTIONARY):
        return None
    raw = file.read(min(struct.unpack("<I", head[4:])[0], LONGEST_DICTIONARY))
    try:
        plain = zstd.ZstdDecompressor().decompress(raw, LONGEST_DICTIONARY) if raw.startswith(ZSTD_MAGIC) else raw
        return zstd.ZstdDict(plain)
    except (zstd.ZstdError, ValueError):
        return None  # the frames will say that they need one


class _Frame:
    """Decompresses one zstd frame."""

    def __init__(self, zstd: Any, words: Any) -> None:  # noqa: ANN401 - as above
        self._zstd = zstd
        self._frame = zstd.ZstdDecompressor(zstd_dict=words)
        self.eof = False

    def fed(self, data: bytes) -> bytes:
        """Some more decompressed bytes. Raises Damaged."""
        try:
            found: bytes = self._frame.decompress(data, CHUNK)
        except self._zstd.ZstdError as error:
            raise Damaged(f"damaged zstd data: {error}") from error
        self.eof = self._frame.eof
        return found

    def left(self) -> int:
        """How many of the bytes that were fed lie beyond the frame's end."""
        return len(self._frame.unused_data)

    def hungry(self) -> bool:
        """Whether it needs more data to go on."""
        return bool(self._frame.needs_input)
