"""How much room the disk has left."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from broadsheet.errors import DiskFull

if TYPE_CHECKING:
    from pathlib import Path

MEBIBYTE: Final = 1 << 20
OUT_OF_ROOM: Final = 28, 122  # ENOSPC, EDQUOT


def room_left(folder: Path) -> int:
    """Bytes that we may still write to the file system of a folder, or of the nearest that exists above it."""
    while not folder.exists():
        folder = folder.parent
    told = os.statvfs(folder)
    return told.f_bavail * told.f_frsize


def require_room(folder: Path, least: int) -> None:
    """Raise DiskFull if less than `least` bytes are left for a folder."""
    left = room_left(folder)
    if left < least:
        raise DiskFull(
            f"{folder}: {left // MEBIBYTE} MiB are left on the disk and {least // MEBIBYTE} MiB are to stay free: "
            "make room, or set BROADSHEET_LEAST_FREE_MB lower"
        )
