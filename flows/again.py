"""Like is compared with like: where rules changed since a page was captured last, the earlier capture is read again.

Without it a change of rules would look like the publisher's edit, or hide one (DESIGN.md, 'History is derived').
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet import archive
from broadsheet.errors import ArchiveError
from broadsheet.policy import classify
from extractors.rules import version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadsheet.model import FetchedPage, LastReading
    from flows.read import PageWork
    from flows.scene import Scene


def earlier_works(stage: Scene, works: Iterable[PageWork]) -> Iterator[PageWork]:
    """The last captures of these pages' URLs, to be read by the pages' own rules: those of another page and version."""
    for page, rules, now in works:
        last = stage.last_read.get(page.url)
        if last and last.version != version(rules) and classify(page) is None and _differs(page, last):
            earlier = _kept(stage, last)
            if earlier:
                yield replace(earlier, url=page.url, source=page.source), rules, now


def _differs(page: FetchedPage, last: LastReading) -> bool:
    return archive.payload_digest(page) != last.payload_digest


def _kept(stage: Scene, last: LastReading) -> FetchedPage | None:
    """The page in the archive; None: its file is gone or damaged, and the comparison waits for the next capture."""
    try:
        return archive.read_one(stage.data, last.position)
    except ArchiveError as error:
        stage.progress.say(f"not read again: {error}")
        return None
