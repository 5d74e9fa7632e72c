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
    """Try to hold the lock file, made if need be, for as long as the context lasts; yields whether we do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _opened(path, os.O_CREAT) as descriptor:
        yield _taken(descriptor)


@contextmanager
def held_there(path: Path) -> Iterator[bool]:
    """Like `held`, but a lock file that is not there, or that its owner removed meanwhile, is not ours to hold."""
    with ExitStack() as stack:
        try:
            descriptor = stack.enter_context(_opened(path, 0))
        except FileNotFoundError:
            yield False
        else:
            yield _taken(descriptor) and _is_still(path, descriptor)


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | flags, 0o644)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_still(path: Path, descriptor: int) -> bool:
    """Whether the path still leads to the file that was opened."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


@contextmanager
def leased(data: Path, sources: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Lease sources on this machine; yields the names of those that no other run works on."""
    with ExitStack() as stack:
        yield tuple(name for name in sources if stack.enter_context(held(data / "leases" / f"{name}.lock")))
