"""`read_page` with a clock; a module of its own, so that worker processes load nothing else."""

import os
import time

from flows.read import read_page


def timed(work):
    """(process, start, end, row); times are of a clock that all processes share, in seconds."""
    started = time.monotonic()
    row = read_page(work)
    return os.getpid(), started, time.monotonic(), row
