"""Like is compared with like: where rules changed between neighbouring captures of a page, the other is read again.

Without it a change of rules would look like the publisher's edit, or hide one (DESIGN.md, 'History is derived').
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet import archive
from broadsheet.errors import ArchiveError
from broadsheet.policy import classify
from extractors.rules import version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadsheet.model import FetchedPage, PageReading
    from flows.read import PageWork
    from flows.scene import Scene


def neighbour_works(stage: Scene, works: Iterable[PageWork]) -> Iterator[PageWork]:
    """The captures next to these pages' own, to be read by the pages' rules: those of another page and version.

    The one before tells whether a page is an edit; the one after, where a page arrives late, whether that one is.
    """
    wanted: set[tuple[str, PageReading, str]] = set()
    for page, rules, now in works:
        if classify(page) is not None:
            continue
        for other in _neighbours(page, stage.readings.get(page.url, ())):
            key = (page.url, other, version(rules))
            if key not in wanted and other.version != version(rules) and _differs(page, other):
                wanted.add(key)
                if kept := _kept(stage, other):
                    yield replace(kept, url=page.url, source=page.source), rules, now


def _neighbours(page: FetchedPage, readings: Sequence[PageReading]) -> Iterator[PageReading]:
    """The last of the readings up to the page's capture, and the first after it."""
    place = bisect_right(readings, page.captured_at, key=lambda reading: reading.captured_at)
    yield from readings[max(place - 1, 0) : place + 1]


def _differs(page: FetchedPage, other: PageReading) -> bool:
    return archive.payload_digest(page) != other.payload_digest


def _kept(stage: Scene, other: PageReading) -> FetchedPage | None:
    """The page in the archive; None: its file is gone or damaged, so whether they differ is not sure."""
    try:
        return archive.read_one(stage.data, other.position)
    except ArchiveError as error:
        stage.progress.say(f"not read again: {error}")
        return None
