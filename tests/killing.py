"""`python tests/killing.py POINT [broadsheet arguments]`: the command line, killed by SIGKILL at one hand-over.

Nothing in the program knows of this: the functions of one hand-over are wrapped before it starts.
"""

import os
import signal
import sys
from itertools import count

from flows import cli


def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def after(calls, function):
    """`function`, but the call after that many is the last thing the process does."""
    number = count()
    return lambda *args, **kwargs: die() if next(number) >= calls else function(*args, **kwargs)


def after_discovery():
    from flows import load

    load.planned = die


def after_plan():
    from flows import fetch, ingest

    async def dies(*_args, **_kwargs):
        die()

    ingest.fetched = dies
    assert fetch.fetched is not dies


def in_mid_discovery():
    from broadsheet.archive import SegmentWriter

    SegmentWriter.write = after(3, SegmentWriter.write)


def in_mid_fetch():
    from broadsheet.archive import SegmentWriter

    SegmentWriter.write = after(30, SegmentWriter.write)


def before_extraction():
    from flows import ingest

    ingest.extract_and_load = die


def before_load():
    from flows import load

    load.loaded = die


def after_one_load():
    from broadsheet.warehouse import Warehouse

    Warehouse.load = after(1, Warehouse.load)


def before_publish():
    from flows import load

    load.publish_within = die


def after_publish():
    from flows import conclude

    conclude.finished = die


def in_mid_removal():
    from flows import folders

    folders.shutil.rmtree = die


def before_the_folder_is_seen():
    from pathlib import Path

    Path.rename = die


def slowly():
    """No kill: pages take so long that somebody loses patience."""
    from patience import read_slowly

    from flows import scene

    scene.read_page = read_slowly


POINTS = {
    f.__name__: f
    for f in (
        in_mid_discovery,
        after_discovery,
        after_plan,
        in_mid_fetch,
        before_extraction,
        before_load,
        after_one_load,
        before_publish,
        after_publish,
        in_mid_removal,
        before_the_folder_is_seen,
    )
}

if __name__ == "__main__":
    from broadsheet.config import read_settings
    from flows.cli.runs import prepare

    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that starts tests with `&` has it ignored
    prepare(read_settings())
    point = sys.argv.pop(1)
    (slowly if point == "slowly" else POINTS[point])()
    cli.main()
