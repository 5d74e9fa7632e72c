"""Pictures without an artist: one flat colour each, chosen by the file's name. Deterministic bytes."""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256

WIDTH, HEIGHT = 16, 9
STORED = 0  # no compression: the same bytes under every zlib


def png(name: str) -> bytes:
    """A PNG picture in the colour of a name (PNG specification, 5)."""
    colour = sha256(name.encode()).digest()[:3]
    rows = (b"\0" + colour * WIDTH) * HEIGHT
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    data = zlib.compress(rows, STORED)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
