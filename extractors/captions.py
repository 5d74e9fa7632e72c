"""Captions and credits of pictures: told by the element around them, its class, or a credit in the same small unit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.blocks import LIST_ITEMS, PLACES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.blocks import Block
    from extractors.column import Column

REASON = "caption of a picture"
CREDIT = re.compile(
    r"\W{0,2}(?:photo(?:graph)?s?|pictures?|images?|illustrations?|crédits?(?: photos?)?|fotos?|bild(?:er|quelle)?"
    r"|grafik|imagen|immagine|zdjęcie|фото|写真|사진|图片|圖片)(?: (?:by|credits?|courtesy|source|von|de|di))?"
    r"\s*[:：/©]",
    re.IGNORECASE,
)
SHORT = 90  # characters: a longer line is no credit
FEW = 3  # lines of a picture's unit: caption, credit, and one more
OWN_WORDS = frozenset({"pre", "blockquote", *LIST_ITEMS})  # what a figure may hold that is no caption


def captions(column: Column, took: Sequence[bool]) -> dict[int, str]:
    """The blocks that describe a picture, or credit one. `took` tells which blocks the engine took."""
    places = (at for at, text in enumerate(column.taken) if text or not took[at])
    return {at: REASON for at in places if _in_figure(column, at) or (column.taken[at] and _is_caption(column, at))}


def _in_figure(column: Column, at: int) -> bool:
    block = column.blocks[at]
    if not block.inside("figure") or column.main.places & PLACES["figure"]:
        return False
    return not (block.row or block.tag in OWN_WORDS or block.inside("blockquote"))


def _is_caption(column: Column, at: int) -> bool:
    block = column.blocks[at]
    if _is_credit(block):
        return True
    return not column.paragraph(at) and (_is_named(column, block) or _is_credited(column, at))


def _is_named(column: Column, block: Block) -> bool:
    """Whether a block, or what it stands in below the column, has a class of captions."""
    box = block.container
    around = box.above if box.above and not column.around(box.above) else box
    return "caption" in box.signature.lower() or "caption" in around.signature.lower()


def _is_credited(column: Column, at: int) -> bool:
    """Whether a block shares a small unit with the credit that ends it."""
    if column.direct(at):
        return False
    members = column.members(at)
    return 1 < len(members) <= FEW and _is_credit(column.blocks[members[-1]])


def _is_credit(block: Block) -> bool:
    return len(block.text) < SHORT and bool(CREDIT.match(block.text))
