"""Where the warehouse's files lie in a data folder, and how one is copied so that a crash leaves the old or the new."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

FICLONE = 0x40049409  # linux/fs.h: share the blocks of another file, where the file system can
CHUNK = 1 << 26
NO_COPY_IN_KERNEL = {errno.EXDEV, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}
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


def replace_with_copies(pairs: Sequence[tuple[Path, Path]], before: Callable[[Path], None]) -> None:
    """Put copies of files (source, target) in others' places for good, each atomically, in the order given.

    All are copied at once, and put in place when all are whole. `before` is told each target right before that.
    OSError: a copy could not be written; nothing was replaced and no part of it is left.
    """
    try:
        with ThreadPoolExecutor(len(pairs)) as pool:
            parts = list(pool.map(_copied, pairs))
    except OSError:
        for _, target in pairs:
            _part(target).unlink(missing_ok=True)
        raise
    for part, (_, target) in zip(parts, pairs, strict=True):
        before(target)
        part.replace(target)
    for folder in {target.parent for _, target in pairs}:
        sync_folder(folder)


def replace_with_copy(source: Path, target: Path) -> None:
    """Put a copy of one file in another's place, atomically and for good."""
    replace_with_copies(((source, target),), lambda _target: None)


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copied(pair: tuple[Path, Path]) -> Path:
    source, target = pair
    part = _part(target)
    with source.open("rb") as old, part.open("wb") as new:
        _fill(old, new)
        os.fsync(new.fileno())
    return part


def _part(target: Path) -> Path:
    return target.with_name(target.name + PART)


def _fill(old: IO[bytes], new: IO[bytes]) -> None:
    """Share the blocks where the file system can, else copy inside the kernel, else by hand."""
    try:
        fcntl.ioctl(new.fileno(), FICLONE, old.fileno())
    except OSError:  # another file system, or one that cannot share blocks
        _copy(old, new)


def _copy(old: IO[bytes], new: IO[bytes]) -> None:
    left = os.fstat(old.fileno()).st_size
    try:
        while left > 0 and (done := os.copy_file_range(old.fileno(), new.fileno(), min(left, CHUNK))):
            left -= done
    except OSError as error:
        if error.errno not in NO_COPY_IN_KERNEL:
            raise
        old.seek(0)
        new.seek(0)
        shutil.copyfileobj(old, new, 1 << 22)
