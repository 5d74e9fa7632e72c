"""An article moved into another paper's furniture keeps its text: what is read is the article, not its surroundings."""

from dataclasses import replace

import pytest

from broadsheet.model import Page, SiteRules
from extractors import extract
from press.desks import DESKS
from press.stories import stories

LEAST = 0.95
DESIGNS = [(desk, edition) for desk in DESKS for edition in (1, 2) if edition == 1 or desk.redesigned(edition)]


def moves():
    """(design, story, page's bytes): every story of every paper in every design of the other papers."""
    for home in DESKS:
        for desk, edition in DESIGNS:
            if desk is not home:
                yield from (
                    (f"{desk.name} {edition}", story, moved(story, desk, edition)) for story in stories(home.name, 1)
                )


def moved(story, desk, edition):
    """A story as another paper would print it; what its charset lacks is written as references."""
    section = next(iter(desk.paper.sections))
    placed = replace(story, section=section, change="unchanged")
    html = desk.page(placed, edition).encode(desk.paper.encoding, "xmlcharrefreplace")
    return Page(html, desk.paper.url(desk.path(placed)), desk.paper.content_type)


def lines(text):
    return [" ".join(line.removeprefix("- ").split()) for line in text.splitlines()]


@pytest.mark.timeout(300)
def test_a_moved_article_keeps_its_text(record_property):
    kept, lost = 0, []
    for design, story, page in moves():
        expected = lines("\n".join(block.text for block in story.blocks))
        found = lines(extract(page, SiteRules()).text)
        kept += found == expected
        lost += [] if found == expected else [f"{story.slug} in {design}"]
    share = kept / (kept + len(lost))
    record_property("share", share)
    assert share >= LEAST, f"{share:.3f}; lost: {lost}"
