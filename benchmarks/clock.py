"""What work takes: seconds of the wall and of the processor, and memory."""

from __future__ import annotations

import resource
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def took(work: Callable[[], object]) -> float:
    """Seconds of the wall that a piece of work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


class Clock:
    """Seconds of the wall and of the processor, lap by lap."""

    def __init__(self) -> None:
        """Begin the first lap."""
        self._at = self._now()

    def lap(self) -> tuple[float, float]:
        """Seconds since the lap before: wall, processor."""
        before, self._at = self._at, self._now()
        return self._at[0] - before[0], self._at[1] - before[1]

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.perf_counter(), time.process_time()


def memory() -> str:
    """The most memory that this process has had so far."""
    return f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000:,} MB"
