"""A way of reading that takes its time; a module of its own, as workers import what they run."""

import time

from flows.read import read_page


def read_slowly(work):
    time.sleep(5)
    return read_page(work)
