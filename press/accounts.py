"""What must come of every URL that the press's endpoints name, for comparison with what a pipeline made of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from press.desks import DESKS
from press.feeds import special_path
from press.lines import lines
from press.model import LedgerEntry
from press.paper import NOW, specials
from press.stories import removed, stories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.desks import Desk
    from press.model import Special, Story


@cache
def ledger(edition: int) -> tuple[LedgerEntry, ...]:
    """One entry a URL, ordered by source and URL. KeyError if there is no such edition."""
    NOW[edition]
    return tuple(entry for desk in DESKS for entry in sorted(_entries(desk, edition), key=lambda entry: entry.url))


@cache
def furniture(source: str) -> frozenset[str]:
    """Every line a paper's article pages print, in any edition, that is no block of any article of it.

    Bylines, dates, captions, headlines and readers' comments are among them.
    """
    desk = next(desk for desk in DESKS if desk.name == source)
    every = [(story, edition) for edition in NOW for story in stories(source, edition)]
    shown = {line for story, edition in every for line in lines(desk.page(story, edition))}
    return frozenset(shown - {part for story, _ in every for part in _parts(story)})


def _parts(story: Story) -> Iterator[str]:
    for block in story.blocks:
        yield from (cell.strip() for cell in block.text.split(" | ")) if block.kind == "row" else (block.text,)


def _entries(desk: Desk, edition: int) -> Iterator[LedgerEntry]:
    urls = {story.slug: desk.paper.url(desk.path(story)) for story in stories(desk.name, edition)}
    for story in stories(desk.name, edition):
        yield _article(desk, story, urls)
    for story in removed(desk.name, edition):
        url = desk.paper.url(desk.path(story))
        yield LedgerEntry(url, desk.name, "gone", "gone", title=story.title, change="removed")
    for special in specials(desk.name, edition):
        yield _special(desk, special, edition, urls)


def _article(desk: Desk, story: Story, urls: dict[str, str]) -> LedgerEntry:
    prints_more = desk.name != "shiosai-shimbun"  # it has neither tags nor a time of change
    return LedgerEntry(
        url=urls[story.slug],
        source=desk.name,
        outcome="article",
        kind="article",
        title=story.title,
        authors=story.authors,
        author_kinds=("person",) * len(story.people) + ("organisation",) * len(story.agencies),
        published_at=story.at,
        modified_at=story.changed_at if prints_more else None,
        blocks=story.blocks,
        section=desk.paper.sections[story.section],
        tags=story.tags if prints_more else (),
        images=_images(desk, story),
        language=desk.paper.language,
        change=story.change,
        wire_of=urls.get(story.wire_of, ""),
        furniture=furniture(desk.name),
    )


def _images(desk: Desk, story: Story) -> tuple[tuple[str, str, str], ...]:
    picture = story.picture
    return ((desk.paper.url(f"/images/{picture.file}"), picture.caption, picture.credit),) if picture else ()


def _special(desk: Desk, special: Special, edition: int, urls: dict[str, str]) -> LedgerEntry:
    url = desk.paper.url(special_path(desk, special, edition))
    double = urls.get(special.duplicate_of, "")
    return LedgerEntry(url, desk.name, special.outcome, special.kind, title=special.title, duplicate_of=double)
