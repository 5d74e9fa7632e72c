"""Sections: lines of the column itself that are furniture, told by what they link to, name and are followed by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from extractors.blocks import HEADINGS, LIST_ITEMS
from extractors.furniture import cue
from extractors.lines import FULL_STOPS, is_label, is_linked, weight
from extractors.prose import is_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractors.blocks import Block
    from extractors.column import Column

COLONS = (":", "：")
GLUED = re.compile(r"[a-zà-ÿ]{3}[.!?]['\"”’»]*\w")  # a sentence and the link to share it, run together
LEADS = re.compile(
    r"\W{0,3}(?:(?:read|see|watch) (?:more|also|next|too)|also read|related(?: (?:stories|articles?))?|more on this"
    r"|lesen sie (?:auch|mehr|dazu)(?: \w+)?|mehr (?:dazu|zum thema)|auch interessant|lire aussi|à lire(?: aussi)?"
    r"|lee también|leer más|te puede interesar|leggi anche|leia (?:também|mais)|lees ook|les også|läs (?:också|mer)"
    r"|читайте также|czytaj (?:też|także))\s*[:：]",
    re.IGNORECASE,
)
LEAD = 160  # weighed characters: what leads to another page is a headline's length
LINKS = 0.6  # share of a list's characters inside links
LINE, LIST = "section: a line that is a link", "section: list of links"
CUED = "section: heading with words of furniture"


class _List(NamedTuple):
    size: int
    linked: int
    announced: bool  # the paragraph before it leads to it with a colon

    @property
    def is_links(self) -> bool:
        return self.linked > LINKS * self.size and not self.announced


def sections(column: Column) -> dict[int, str]:
    """The taken lines from the column's first on that are furniture, each with the reason."""
    lists = _lists(column) if any(map(_is_linked_item, column.blocks, column.taken)) else {}
    found: dict[int, str] = {}
    for at in reversed(range(column.first, len(column.blocks))):
        if column.taken[at] and column.within(at) and not column.paragraph(at):
            reason = _link(column, at, lists) or _label(column, at, found)
            if reason:
                found[at] = reason
    return found | _offers(column, found)


def _link(column: Column, at: int, lists: Mapping[int, _List]) -> str:
    """Why a line that is a link stands for another page; empty: it does not."""
    block = column.blocks[at]
    if LEADS.match(block.text) and weight(block.text) <= LEAD and column.direct(at):
        return "section: leads to another page"
    if not is_linked(block) or block.tag in HEADINGS or is_address(block.text):
        return ""
    if block.tag in LIST_ITEMS:
        return LIST if lists[_parent(block)].is_links else ""
    says_more = block.text.endswith(FULL_STOPS) or GLUED.search(block.text)
    return LINE if column.direct(at) and not says_more else ""


def _is_linked_item(block: Block, taken: bool) -> bool:  # noqa: FBT001 - mapped over
    return taken and block.tag in LIST_ITEMS and is_linked(block)


def _parent(block: Block) -> int:
    return block.container.above.number if block.container.above else 0


def _lists(column: Column) -> dict[int, _List]:
    """The lists from the column's first line on, by the numbers of their containers."""
    lists: dict[int, _List] = {}
    announced = False
    for at in range(column.first, len(column.blocks)):
        block = column.blocks[at]
        if block.tag not in LIST_ITEMS:
            announced = column.paragraph(at) and block.text.endswith(COLONS)
            continue
        known = lists.get(_parent(block), _List(0, 0, announced))
        lists[_parent(block)] = _List(known.size + len(block.text), known.linked + block.linked, known.announced)
    return lists


def _label(column: Column, at: int, found: Mapping[int, str]) -> str:
    """Why a label opens nothing of the article; empty: it may."""
    block = column.blocks[at]
    if not column.direct(at) or not is_label(block) or is_linked(block):
        return ""
    below = _below(column, at, found)
    if below == "text":
        return ""
    if column.names_site(block.text):
        return "section: label that names the site"
    ends, cued = at > column.last and block.tag in HEADINGS, bool(cue(block.text))
    if below == "links" and (ends or cued or block.text.endswith(COLONS)):
        return "section: label of links"
    return CUED if ends and cued else ""


def _below(column: Column, at: int, found: Mapping[int, str]) -> str:
    """What a label stands above: `text` of the article, `links` of furniture, or neither."""
    if at + 1 == len(column.blocks):
        return ""
    block, kept = column.blocks[at + 1], column.taken[at + 1] and at + 1 not in found
    if column.paragraph(at + 1) or (kept and (column.sentence(at + 1) or _continues(block))):
        return "text"
    is_link = found.get(at + 1) in {LINE, LIST} or (not column.taken[at + 1] and is_linked(block))
    return "links" if is_link else ""


def _continues(block: Block) -> bool:
    """Whether a block is an item, a row or a quote in its own words: what a label of the article announces."""
    return not is_linked(block) and (block.tag in LIST_ITEMS or bool(block.row) or block.inside("blockquote"))


def _offers(column: Column, found: Mapping[int, str]) -> dict[int, str]:
    """The lines right below headings with words of furniture, after the text's end."""
    below = [at + 1 for at, reason in found.items() if reason == CUED and at + 1 < len(column.blocks)]
    return {
        at: "section: below words of furniture"
        for at in below
        if column.taken[at] and column.direct(at) and at not in found
    }
