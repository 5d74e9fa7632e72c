"""`python tests/rereading.py FOLDER POINT`: a re-extraction of the stored press, or its promotion, killed at a point.

POINT is `keep:N` (before the Nth batch is kept), `after:N` (after it), the name of a statement of the promotion, or
`never`. Nothing here needs Prefect or a network.
"""

import os
import signal
import sys
from pathlib import Path

from stagework import NOW, worked

from broadsheet.config import Settings
from broadsheet.warehouse import open_warehouse, reextracting
from broadsheet.warehouse.clusters import gather
from broadsheet.warehouse.promoting import Order
from broadsheet.warehouse.reextracting import Selection
from flows.promotion import promote, rollback
from flows.read import read_page
from flows.reextract_report import reported
from flows.reextracting import begun, read_all
from flows.scene import finished, opened


class Silent:
    """Progress that nobody watches."""

    def stage(self, name, total, unit):
        pass

    def advance(self, count=1):
        pass

    def say(self, line):
        pass


def read_tomorrow(work):
    """Reading by tomorrow's rules: headlines in capitals, the last line of every text left out, galleries are news."""
    row = read_page(work)
    if row["extraction"] is None:
        return row
    reading = row["extraction"] | {"version": "tomorrow", "extraction_id": row["extraction"]["extraction_id"] ^ 1}
    reading["title"] = (reading["title"] or "untitled").upper()
    reading["text"] = reading["text"].rpartition("\n")[0] or reading["text"]
    row = row | {"extraction": reading}
    if row["disposition"] == "article" or row["reason"] == "gallery":
        return row | {
            "disposition": "article",
            "reason": None,
            "content_hash": reading["title"] + reading["text"][-30:],
        }
    return row


def stored(folder):
    """A folder in which the press was fetched, read and loaded; its settings."""
    worked(folder)
    with open_warehouse(folder / "data", now=NOW) as warehouse:
        gather(warehouse.session, now=NOW)
    return Settings(data=folder / "data", now=NOW, sources=folder / "none.toml", workers=1, batch_pages=8)


def reread(settings, selection=None):
    """Begin or go on with a re-extraction by tomorrow's rules; its id, how many pages were read now, its report."""
    with opened(settings, "reextract", (), (), Silent()) as stage:
        number = begun(stage, selection or Selection(), "ann")
        read = read_all(stage, number)
        finished(stage)
    with open_warehouse(settings.data, now=NOW) as warehouse:
        return number, read, reported(warehouse, number)


def told(settings):
    """What the tables say, the checks that fail, and the differences that were found."""
    with open_warehouse(settings.data, now=NOW) as warehouse:
        broken = [each.name for each in warehouse.check(NOW) if each.failed]
        rows = warehouse.session.connection.execute(
            "select url, field, before_value, after_value from mart.reextraction_diff order by all"
        ).fetchall()
        return warehouse.content_digest(), broken, rows


def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)


def armed(point):
    """Make the Nth keeping of a batch deadly."""
    when, number = point.split(":")
    keep, calls = reextracting.keep, []

    def deadly(*values, **more):
        calls.append(1)
        if when == "keep" and len(calls) == int(number):
            die()
        keep(*values, **more)
        if when == "after" and len(calls) == int(number):
            die()

    reextracting.keep = deadly


def main(folder, point):
    import rereading

    import flows.scene

    flows.scene.read_page = rereading.read_tomorrow
    settings = Settings(data=Path(folder) / "data", now=NOW, sources=Path("none.toml"), workers=1, batch_pages=8)
    if ":" in point:
        armed(point)
        reread(settings)
    else:
        way, step = point.split(" ")
        move = promote if way == "promote" else rollback
        move(settings, Order(1, "ann"), on_step=lambda name: die() if name == step else None)


if __name__ == "__main__":
    main(*sys.argv[1:])
