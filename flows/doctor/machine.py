"""The machine: room on the disk, the clock, the port."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from broadsheet.archive.room import room_left
from broadsheet.errors import Transient
from flows.doctor.finding import fault, note, well
from flows.serving.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.config import Settings
    from flows.doctor.finding import Finding

MEBIBYTE: Final = 1 << 20
AHEAD: Final = timedelta(minutes=5)  # what was written may be so much later than the clock


def disk(settings: Settings) -> Iterator[Finding]:
    """Whether runs may fetch and the data folder may be written."""
    left, least = room_left(settings.data) // MEBIBYTE, settings.least_free_mb
    free = f"{left:,} MiB are free for {settings.data}"
    if left < least:
        mend = "make room, or set BROADSHEET_LEAST_FREE_MB lower"
        yield fault("disk", f"{free}, and runs stop fetching below {least:,}", mend)
    elif left < 2 * least:
        yield note("disk", f"{free}; runs stop fetching below {least:,}")
    else:
        yield well("disk", free)
    if settings.data.exists() and not os.access(settings.data, os.W_OK):
        yield fault("disk", f"{settings.data} may not be written", "give it to the user that runs Broadsheet: chown")


def clock(settings: Settings, now: datetime) -> Finding:
    """Whether the time can be true: not before this program was installed, nor before what is kept was written."""
    if settings.now:
        return note("clock", f"stands at {settings.now.isoformat()} (BROADSHEET_NOW)", "unset it for real work")
    newest = max((datetime.fromtimestamp(at, UTC) for at in _written(settings.data)), default=now)
    if newest > now + AHEAD:
        return fault(
            "clock",
            f"it is {now:%Y-%m-%d %H:%M} UTC, and something was written at {newest:%Y-%m-%d %H:%M}",
            "set the clock, and let it be kept: `timedatectl set-ntp true`",
        )
    if _is_kept() is False:
        told = f"{now:%Y-%m-%d %H:%M} UTC; nothing keeps it right"
        return note("clock", told, "`timedatectl set-ntp true`, unless the host keeps it")
    return well("clock", f"{now:%Y-%m-%d %H:%M} UTC")


def _written(data: Path) -> Iterator[float]:
    """When this program and the newest of what is kept were written."""
    files = [Path(__file__), *data.glob("*.duckdb"), *sorted(data.glob("archive/*/*/*/*"))[-1:]]
    return (file.stat().st_mtime for file in files)


def _is_kept() -> bool | None:
    """Whether the system says that its clock is synchronised; None: it does not say."""
    if not (command := shutil.which("timedatectl")):
        return None
    ask = [command, "show", "--property", "NTPSynchronized", "--value"]
    told = subprocess.run(ask, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603 - the system's own
    return {"yes": True, "no": False}.get(told)


def port(settings: Settings) -> Finding:
    """Whether `broadsheet up` would get its port; asked when it is not up."""
    try:
        number = free_port(settings.port)
    except Transient as error:
        return fault("port", str(error).partition(";")[0], "end what holds it, or set BROADSHEET_PORT to another")
    return well("port", f"{number} is free")
