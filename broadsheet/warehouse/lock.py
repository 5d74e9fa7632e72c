"""One process at a time: a file lock (flock) that names its holder and is freed by any death.

Whoever waits draws a ticket, a file in `<lock>.queue` that it holds by a lock of its own; the lock goes to the oldest
ticket whose drawer lives. So processes come in the order in which they asked, and one that dies holds up nobody.
"""

from __future__ import annotations

import fcntl
import json
import os
import sys
import threading
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from broadsheet.errors import Held, WarehouseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

POLL_SECONDS = 0.1
NEW = "new-"  # a ticket that is not locked yet
STALE_SECONDS = 60  # nobody takes as long to lock a ticket: its drawer died


@contextmanager
def held(path: Path, *, now: datetime, wait: float) -> Iterator[None]:
    """Hold the lock file while the block runs; after `wait` seconds in vain, raise Held naming its holder."""
    with _opened(path) as lock:
        with _queued(path) as ticket:
            _take(lock, path, ticket, wait)
        _sign(lock, now)
        yield
        lock.truncate(0)


def _opened(path: Path) -> IO[str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+", encoding="utf-8")
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> WarehouseError:
    return WarehouseError(f"{path} cannot be written ({error.strerror}): choose another data folder")


@contextmanager
def _queued(path: Path) -> Iterator[Path]:
    """Stand in the queue of a lock while the block runs; yields our ticket. It is locked before it can be seen."""
    queue = path.with_name(f"{path.name}.queue")
    ticket = queue / f"{time.monotonic_ns():020d}-{os.getpid()}-{threading.get_ident()}"
    with _drawn(ticket):
        try:
            yield ticket
        finally:
            ticket.unlink(missing_ok=True)


def _drawn(ticket: Path) -> IO[str]:
    """The ticket, locked for as long as it is open. WarehouseError: the queue cannot be written."""
    drawn = ticket.with_name(f"{NEW}{ticket.name}")
    try:
        ticket.parent.mkdir(exist_ok=True)
        _sweep(ticket.parent)
        file = drawn.open("w", encoding="utf-8")
        fcntl.flock(file, fcntl.LOCK_EX)
        drawn.rename(ticket)
    except OSError as error:
        raise _unwritable(ticket.parent, error) from error
    return file


def _sweep(queue: Path) -> None:
    """Throw away tickets whose drawers died before they were locked; they are told by their time, or another boot's."""
    now = time.monotonic_ns()
    for each in queue.glob(f"{NEW}*"):
        drawn_at = int(each.name.removeprefix(NEW).split("-", maxsplit=1)[0])
        if not 0 <= now - drawn_at <= STALE_SECONDS * 10**9:
            _lives(each)


def _is_next(ticket: Path) -> bool:
    """Whether everybody who drew before us is served or dead; tickets of the dead are thrown away."""
    earlier = sorted(each for each in ticket.parent.iterdir() if each.name < ticket.name)
    return not any(_lives(each) for each in earlier if not each.name.startswith(NEW))


def _lives(ticket: Path) -> bool:
    try:
        with ticket.open(encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            ticket.unlink(missing_ok=True)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _take(lock: IO[str], path: Path, ticket: Path, wait: float) -> None:
    """Ask until it is ours. The clock here is the process's own: it measures patience, not news."""
    until = time.monotonic() + wait
    while not (_is_next(ticket) and _taken(lock)):
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
        return "process {pid} ({command}) since {since}".format(**signed)
    except (ValueError, TypeError, KeyError):
        return "another process"
