"""One process at a time: a file lock (flock) that names its holder and is freed by any death."""

from __future__ import annotations

import fcntl
import json
import os
import sys
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from broadsheet.errors import Held, WarehouseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

POLL_SECONDS = 0.1


@contextmanager
def held(path: Path, *, now: datetime, wait: float) -> Iterator[None]:
    """Hold the lock file while the block runs; after `wait` seconds in vain, raise Held naming its holder."""
    with _opened(path) as lock:
        _take(lock, path, wait)
        _sign(lock, now)
        yield
        lock.truncate(0)


def _opened(path: Path) -> IO[str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+", encoding="utf-8")
    except OSError as error:
        raise WarehouseError(f"{path} cannot be written ({error.strerror}): choose another data folder") from error


def _take(lock: IO[str], path: Path, wait: float) -> None:
    """Ask until it is ours. The clock here is the process's own: it measures patience, not news."""
    until = time.monotonic() + wait
    while not _taken(lock):
        if time.monotonic() >= until:
            raise Held(f"{path} is held by {_holder(path)}; wait for it to end, or stop it, and try again")
        time.sleep(POLL_SECONDS)


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sign(lock: IO[str], now: datetime) -> None:
    lock.truncate(0)
    json.dump({"pid": os.getpid(), "command": " ".join(sys.argv) or "python", "since": now.isoformat()}, lock)
    lock.flush()


def _holder(path: Path) -> str:
    """The process that signed last; it may have taken the lock and not signed yet."""
    try:
        signed = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return "another process"
    return "process {pid} ({command}) since {since}".format(**signed)
