"""Boxes: containers within or below an article's column that are furniture as a whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from extractors.blocks import CELLS, HEADINGS, LIST_ITEMS, Block
from extractors.lines import FULL_STOPS, is_label, is_linked, weight
from extractors.witness import squeezed

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractors.blocks import Container
    from extractors.column import Column

OWN = frozenset({"p", "ul", "ol", "dl", "li", "blockquote", "figure", "figcaption", "pre", "td", "th", "tr", *HEADINGS})
QUESTION = ("?", "？")
FEW = 2  # boxes of one form: where there are more, it is how the page wraps its text
SMALL = 0.4  # share of the column's text: a box is smaller, or SHORT
SHORT = 400  # weighed characters
LONG = 320  # weighed characters: an offer's sentences are shorter
FEW_TEXTS = 3  # running texts in one box
FEW_LINES = 4  # lines in a box below the text: more make a list
SOME_LINKS = 0.25  # share of a box's characters inside links
MIN_NAME = 6  # letters of a person's first two words
PLAYER = re.compile(
    r"^.{0,8}(?:vid[eéè]o|vídeo|видео|動画|ビデオ|视频|視頻|영상|audio|аудио|podcast|подкаст|listen|watch|hören|anhören"
    r"|écoute|escuch|ascolt|luister|lyssn|lytt|слуша|聴く|听)\w*\s*[:：]",
    re.IGNORECASE,
)


class Box(NamedTuple):
    """A container below the column's own, or below one around it: its blocks, and those that are running text."""

    column: Column
    unit: Container
    blocks: tuple[Block, ...]
    texts: tuple[Block, ...]
    below: bool  # it stands after the last paragraph


def boxes(column: Column) -> dict[int, str]:
    """The taken blocks that stand in a box of furniture, each with the reason."""
    found: dict[int, str] = {}
    seen: set[int] = set()
    for at in range(column.first, len(column.blocks)):
        unit = column.unit(at)
        if not column.taken[at] or unit.number in seen or not _may_be_box(column, at):
            continue
        seen.add(unit.number)
        members = column.members(at)
        reason = _reason(_box(column, members))
        if reason and column.times(unit.signature) <= FEW:
            found.update((place, reason) for place in members if column.taken[place])
    return found


def _may_be_box(column: Column, at: int) -> bool:
    if column.direct(at) or column.unit(at).tag in OWN:
        return False
    return at > column.last or column.within(at)


def _box(column: Column, members: range) -> Box:
    blocks = tuple(column.blocks[at] for at in members)
    texts = tuple(column.blocks[at] for at in members if column.prose[at])
    return Box(column, column.unit(members[0]), blocks, texts, members[0] > column.last)


def _reason(box: Box) -> str:
    """Why a box is furniture; empty: it may be the article's."""
    size = sum(weight(block.text) for block in box.blocks)
    if size > max(SHORT, SMALL * box.column.size):
        return ""
    if len(box.texts) > FEW_TEXTS or any(weight(block.text) > LONG for block in box.texts):
        return ""
    return next((reason for reason, holds in TESTS if holds(box)), "")


def _is_offer_in_a_cell(box: Box) -> bool:
    only = box.blocks[0]
    return len(box.blocks) == 1 and box.unit.tag == "table" and only.tag in CELLS and bool(only.linked)


def _ends_in_link(box: Box) -> bool:
    last = box.blocks[-1]
    if len(box.blocks) == 1 or last.tag in LIST_ITEMS or not is_linked(last):
        return False
    return not last.text.endswith(FULL_STOPS)


def _has_form(box: Box) -> bool:
    return any(block.inside("form") for block in box.blocks) and not box.column.blocks[box.column.first].inside("form")


def _is_about_author(box: Box) -> bool:
    if not box.below or len(box.blocks) == 1 or not box.texts or not is_label(box.blocks[0]):
        return False
    return any(_names(block.text, box.column.says.authors) for block in box.blocks)


def _names(text: str, authors: tuple[str, ...]) -> bool:
    """Whether a text begins with the name of an author."""
    name = squeezed(" ".join(text[:SHORT].split()[:2])).lower()
    return len(name) >= MIN_NAME and any(name in author for author in authors)


def _is_player(box: Box) -> bool:
    return len(box.blocks) == 1 and is_label(box.blocks[0]) and bool(PLAYER.search(box.blocks[0].text))


def _is_question(box: Box) -> bool:
    return box.below and len(box.blocks) == 1 and _is_short(box.blocks[0]) and box.blocks[0].text.endswith(QUESTION)


def _is_short(block: Block) -> bool:
    """Whether a block is no longer than a question to the reader is."""
    return weight(block.text) <= LONG / 2


def _is_links(box: Box) -> bool:
    head, *rest = box.blocks
    return bool(rest) and is_label(head) and not is_linked(head) and all(map(is_linked, rest))


def _is_heading(box: Box) -> bool:
    return box.below and len(box.blocks) == 1 and box.blocks[0].tag in HEADINGS


def _is_appeal(box: Box) -> bool:
    if not box.below or not 1 < len(box.blocks) <= FEW_LINES or not is_label(box.blocks[0]):
        return False
    linked, size = sum(block.linked for block in box.blocks), sum(len(block.text) for block in box.blocks)
    return linked > SOME_LINKS * size


TESTS: tuple[tuple[str, Callable[[Box], bool]], ...] = (
    ("box: a table of one cell with a link", _is_offer_in_a_cell),
    ("box: a label and links", _is_links),
    ("box: ends in a link", _ends_in_link),
    ("box: holds a form", _has_form),
    ("box: about the author", _is_about_author),
    ("box: caption of a player", _is_player),
    ("box: a heading alone below the text", _is_heading),
    ("box: a question below the text", _is_question),
    ("box: a label and an appeal below the text", _is_appeal),
)
