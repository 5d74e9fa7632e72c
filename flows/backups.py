"""The nightly backups of the warehouse: the newest few, each in a folder named after its time."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from broadsheet.archive import require_room
from broadsheet.errors import DiskFull
from broadsheet.warehouse import Files, backup

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.config import Settings
    from broadsheet.warehouse import Backup

MEGABYTE: Final = 1_000_000


def backed_up(settings: Settings) -> str:
    """Copy the warehouse into a folder of its own below the backups, and remove the oldest; what was done.

    Without room for it there is none this night: a backup is never the reason why runs stop.
    """
    if not settings.backups_kept:
        return "no backup (BROADSHEET_BACKUPS_KEPT=0)"
    folder = settings.backup_folder / f"{settings.clock():%Y-%m-%dT%H%M%S}"
    try:
        _require_room(settings)
        made = _made(settings, folder)
    except DiskFull as error:
        return f"no backup: {error}"
    for old in kept_backups(settings.backup_folder)[settings.backups_kept :]:
        shutil.rmtree(old)
    return f"backup of {made.articles:,} articles in {folder} ({made.bytes / MEGABYTE:,.1f} MB)"


def _made(settings: Settings, folder: Path) -> Backup:
    """The backup in a hidden folder, which gets its name when it is whole."""
    part = folder.with_name(f".{folder.name}")
    for left in settings.backup_folder.glob(".*T*/"):
        shutil.rmtree(left)
    made = backup(settings.data, part, now=settings.clock(), wait=settings.lock_wait)
    if folder.exists():  # the same second again, by a clock that stands
        shutil.rmtree(folder)
    part.rename(folder)
    return made


def kept_backups(folder: Path) -> list[Path]:
    """The nightly backups, the newest first."""
    return sorted((path.parent for path in folder.glob(f"[0-9]*T*/{Files(folder).warehouse.name}")), reverse=True)


def _require_room(settings: Settings) -> None:
    files = Files(settings.data)
    size = sum(path.stat().st_size for path in (files.warehouse, files.evidence))
    settings.backup_folder.mkdir(parents=True, exist_ok=True)
    require_room(settings.backup_folder, (settings.least_free_mb << 20) + size)
