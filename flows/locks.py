"""Leases held by `flock`: whatever way their holder dies, the kernel frees them."""

from __future__ import annotations

import fcntl
import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Try to hold the lock file for as long as the context lasts; yields whether we do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        yield _taken(descriptor)
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def leased(data: Path, sources: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Lease sources on this machine; yields the names of those that no other run works on."""
    with ExitStack() as stack:
        yield tuple(name for name in sources if stack.enter_context(held(data / "leases" / f"{name}.lock")))
