"""Where the warehouse's files lie in a data folder, and how one is copied so that a crash leaves the old or the new."""

from __future__ import annotations

import fcntl
import os
import shutil
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FICLONE = 0x40049409  # linux/fs.h: share the blocks of another file, where the file system can
PART = ".part"


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a data folder: the private pair, its lock, and the published pair."""

    data: Path

    @property
    def warehouse(self) -> Path:
        """The private file of everything but evidence."""
        return self.data / "warehouse.duckdb"

    @property
    def evidence(self) -> Path:
        """The private file of evidence."""
        return self.data / "warehouse-evidence.duckdb"

    @property
    def lock(self) -> Path:
        """The lock that whoever opens the private pair holds."""
        return self.data / "warehouse.lock"

    @property
    def spill(self) -> Path:
        """Where a load puts what does not fit into memory."""
        return self.data / "warehouse.tmp"

    @property
    def read_copy(self) -> Path:
        """What people and tools ask."""
        return self.data / "broadsheet.duckdb"

    @property
    def read_evidence(self) -> Path:
        """The evidence that goes with it."""
        return self.data / "broadsheet-evidence.duckdb"


def replace_with_copy(source: Path, target: Path) -> None:
    """Put a copy of one file in another's place, atomically and for good; blocks are shared where possible."""
    part = target.with_name(target.name + PART)
    with source.open("rb") as old, part.open("wb") as new:
        _fill(old, new)
        os.fsync(new.fileno())
    part.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fill(old: IO[bytes], new: IO[bytes]) -> None:
    try:
        fcntl.ioctl(new.fileno(), FICLONE, old.fileno())
    except OSError:  # another file system, or one that cannot share blocks
        shutil.copyfileobj(old, new, 1 << 22)
