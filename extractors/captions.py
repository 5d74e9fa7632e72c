"""Captions and credits of pictures: told by the element around them, its class, or a credit in the same small unit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.blocks import LIST_ITEMS, PLACES

if TYPE_CHECKING:
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


def captions(column: Column) -> dict[int, str]:
    """The taken blocks that describe a picture, or credit one, each with the reason."""
    taken = [at for at, text in enumerate(column.taken) if text]
    credits_ = [at for at in taken if _is_credit(column.blocks[at])]
    found = {*credits_, *(place for at in credits_ for place in _credited(column, at) if column.taken[place])}
    found.update(at for at in taken if _in_figure(column, at) or _is_named(column, at))
    return dict.fromkeys(sorted(found), REASON)


def _in_figure(column: Column, at: int) -> bool:
    block = column.blocks[at]
    if not block.inside("figure") or column.main.places & PLACES["figure"]:
        return False
    return not (block.row or block.tag in OWN_WORDS or block.inside("blockquote"))


def _is_named(column: Column, at: int) -> bool:
    """Whether a block, or what it stands in below the column, has a class of captions."""
    box = column.blocks[at].container
    if "caption" in box.signature.lower():
        return not column.paragraph(at)
    above = box.above
    return above is not None and "caption" in above.signature.lower() and not column.around(above)


def _credited(column: Column, at: int) -> range:
    """The places of the small unit that a credit ends; none where it stands in the column itself."""
    if column.direct(at):
        return range(0)
    members = column.members(at)
    return members if len(members) <= FEW and at == members[-1] else range(0)


def _is_credit(block: Block) -> bool:
    return len(block.text) < SHORT and bool(CREDIT.match(block.text))
