"""Whole units of furniture within an article: notices, boxes, sections and the page's frame; and lines to take back.

The judge of lines asks what a block looks like; this asks what a group of blocks is for. It is applied to the judge's
verdicts, reads nothing but blocks, and every refusal has its reason. How right
each rule was on real pages: docs/decisions/0010-units.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.blocks import HEADINGS, HIDDEN, LIST_ITEMS, PLACES
from extractors.boxes import boxes
from extractors.captions import captions
from extractors.column import Column, column_of
from extractors.datelines import datelines
from extractors.echoes import echoes
from extractors.endings import endings
from extractors.furniture import cue
from extractors.judge import Verdict
from extractors.lines import is_linked, weight
from extractors.named import named
from extractors.notices import notices
from extractors.sections import sections
from extractors.standins import standins

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractors.blocks import Block
    from extractors.says import PageSays

GROUPS = frozenset({"ul", "ol", "dl", "table"})
FEW_LINKS = 0.2  # share of an item's characters inside links
OPENING = 60  # characters of a quote in which an offer would speak as one
DOUBTED = 0.5  # share of the column that the judge refuses: with more, it may be another text
NEAR = 4  # blocks: the text below a heading stands no further, with notes for screen readers between
END = 2  # lines at the end of the column that may be offers
WIDE = 1.5  # weight of a character from which a text is in a wide script
FRAMED = 0.3  # share of the column's running text: with more than that outside, the column is not the whole article


def by_units(
    blocks: Sequence[Block], took: Sequence[bool], verdicts: Sequence[Verdict], says: PageSays
) -> list[Verdict]:
    """The verdicts on blocks, with lines of the article taken back and units of furniture refused.

    `took` tells which blocks the engine took. Taken back is only what the engine took and the judge refused for its
    looks, and sentences too short for the engine.
    """
    base = [verdict.keep or (engine and _by_looks(verdict)) for engine, verdict in zip(took, verdicts, strict=True)]
    column = column_of(blocks, base, says)
    if column is None:
        return list(verdicts)
    final, doubted = list(verdicts), _is_doubted(column, verdicts)
    for at in _open(column, verdicts):
        if restored(column, at) and not (column.paragraph(at) and (doubted or _is_offer(column, at))):
            final[at] = Verdict(keep=True)
    for at, reason in refused(column).items():
        final[at] = Verdict(keep=False, reason=reason)
    return final


def _open(column: Column, verdicts: Sequence[Verdict]) -> Iterator[int]:
    """The places of blocks that may have to be taken back."""
    for at in range(column.first, len(verdicts)):
        if (column.taken[at] or at <= column.below) and not verdicts[at].keep and _by_looks(verdicts[at]):
            yield at


def _is_offer(column: Column, at: int) -> bool:
    """Whether a paragraph at the column's end that the judge refused speaks as furniture does."""
    text = column.blocks[at].text
    return at > column.last - END and (bool(cue(text)) or column.names_site(text))


def _is_doubted(column: Column, verdicts: Sequence[Verdict]) -> bool:
    """Whether the judge refuses most of the column, and not for its ignorance of scripts that say much in little."""
    texts = [(block.text, verdicts[at].keep) for at, block in enumerate(column.blocks) if column.paragraph(at)]
    refused_size = sum(weight(text) for text, keep in texts if not keep)
    return refused_size > DOUBTED * column.size and column.size < WIDE * sum(len(text) for text, _ in texts)


def _by_looks(verdict: Verdict) -> bool:
    """Whether a verdict says no more than that a block looks unlike the text."""
    return not verdict.reason or verdict.reason.startswith("unlike")


def refused(column: Column) -> dict[int, str]:
    """The taken blocks that belong to a unit of furniture: place -> reason."""
    by_place = _marked(column) | _frame(column) | captions(column) | named(column) | boxes(column) | sections(column)
    by_words = notices(column) | datelines(column) | endings(column) | standins(column) | echoes(column)
    return by_words | by_place


def _marked(column: Column) -> dict[int, str]:
    """What the page itself marks as no running text: headlines above the column, and asides."""
    places = [at for at, text in enumerate(column.taken) if text]
    heads = {at: "headline above the text" for at in places if at < column.first and column.blocks[at].tag == "h1"}
    return heads | {at: "aside" for at in places if _in(column, at, "aside")}


def _in(column: Column, at: int, place: str) -> bool:
    """Whether a block stands in an element of a kind that the column does not stand in."""
    return column.blocks[at].inside(place) and not column.main.places & PLACES[place]


def restored(column: Column, at: int) -> bool:
    """Whether a block from the first paragraph on is the article's by its place.

    It is a paragraph, a short sentence among or right below these, a heading above one, a quote, an item or a row.
    """
    if column.paragraph(at) or _is_item(column, at) or _is_quote(column, at):
        return True
    return (at <= column.below and _is_sentence(column, at)) or (at < column.last and _is_subheading(column, at))


def _frame(column: Column) -> dict[int, str]:
    """What stands in the document's body beside the part that the column is in."""
    outside = [at for at, kept in enumerate(column.taken) if kept and _is_outside(column, at)]
    texts = [column.blocks[at] for at in outside]
    running = sum(len(block.text) for block in texts if not (block.row or is_linked(block)))
    if running > FRAMED * column.size:
        return {}
    return {at: "outside the article's part of the page" for at in outside if at > column.last or _is_apart(column, at)}


def _is_outside(column: Column, at: int) -> bool:
    above = column.unit(at).above
    return not column.within(at) and above is not None and above.tag in {"body", "html"}


def _is_apart(column: Column, at: int) -> bool:
    """Whether a block above the text cannot be its lead."""
    return at < column.first and (not column.prose[at] or bool(column.blocks[at].row))


def _is_item(column: Column, at: int) -> bool:
    """Whether a block is an item or a row of the column's own list or table, with words of its own."""
    block = column.blocks[at]
    if not (block.tag in LIST_ITEMS or block.row) or block.linked > FEW_LINKS * len(block.text):
        return False
    if not column.within(at) or column.unit(at).tag not in GROUPS or cue(block.text):
        return False
    return column.taken[at] or _is_head_row(column, at)


def _is_head_row(column: Column, at: int) -> bool:
    """Whether a block is the first row of a table of which the engine took the second."""
    if not column.blocks[at].row or at + 1 == len(column.blocks) or not column.taken[at + 1]:
        return False
    return column.unit(at + 1).number == column.unit(at).number != column.unit(at - 1).number


def _is_quote(column: Column, at: int) -> bool:
    """Whether a block is running text that stands alone in a container between the column's paragraphs."""
    block = column.blocks[at]
    if not column.prose[at] or at > column.last or block.linked or column.direct(at) or not column.within(at):
        return False
    around = {column.unit(at - 1).number, column.unit(at + 1).number}
    return column.unit(at).number not in around and not block.inside("figure") and not cue(block.text[:OPENING])


def _is_subheading(column: Column, at: int) -> bool:
    """Whether a block is a heading of the column right above one of its paragraphs or sentences."""
    block = column.blocks[at]
    if block.tag not in HEADINGS or block.linked or not column.direct(at):
        return False
    below = next((place for place in range(at + 1, min(at + NEAR, column.last + 1)) if column.taken[place]), at + 1)
    if not (column.paragraph(below) or column.sentence(below)):
        return False
    return column.taken[at] or not (cue(block.text) or block.container.places & HIDDEN)


def _is_sentence(column: Column, at: int) -> bool:
    """Whether a block is a sentence of the column with no word of furniture."""
    block = column.blocks[at]
    if block.container.places & HIDDEN or not column.sentence(at):
        return False
    return not cue(block.text) and not column.names_site(block.text)
