"""The pages that are kept in the data folder, the newest ones: written whole, and taken away by `forget`."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Final

from broadsheet.errors import DiskFull, Terminal
from broadsheet.warehouse.files import sync_folder

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

FOLDER: Final = "reports"
KEPT: Final = 30  # pages: a month of nights
PART: Final = ".part"
FULL: Final = (errno.ENOSPC, errno.EDQUOT)


def keep(data: Path, text: str, made_at: datetime, most: int = KEPT) -> Path:
    """Write a page into the data folder, named for the second it was made in (UTC), and leave `most` of them there."""
    path = data / FOLDER / f"report-{made_at:%Y%m%dT%H%M%SZ}.html"
    write(path, text)
    for old in kept(data)[most:]:
        old.unlink(missing_ok=True)
    return path


def kept(data: Path) -> list[Path]:
    """The pages that are kept, the newest first."""
    return sorted((data / FOLDER).glob("report-*.html"), reverse=True)


def remove(data: Path) -> int:
    """Take all pages away, and what a write that died left; how many there were."""
    found = [path for path in (data / FOLDER).glob("*") if path.is_file()]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def write(path: Path, text: str) -> None:
    """Put a page in its place, whole or not at all. DiskFull or Terminal: it cannot be; what was there stays."""
    part = path.with_name(f".{path.name}.{os.getpid()}{PART}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        kind = DiskFull if error.errno in FULL else Terminal
        raise kind(f"{path}: the report cannot be written: {error.strerror}") from error
