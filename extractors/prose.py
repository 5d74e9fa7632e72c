"""Which blocks read as running text, and which one is the headline above it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.blocks import HEADINGS
from extractors.witness import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.blocks import Block
    from extractors.says import PageSays

SENTENCE_END = re.compile(r"[.!?…。！？।॥۔؟։።:;]['\"”’»」』）)\]]*$")
PROSE = 120  # characters: as long as this, a block is running text without a full stop too
SHORT_PROSE = 40  # characters: as short as this, a block with a full stop is running text
LINKED = 0.6  # share of a block's characters inside links


def ends_as_sentence(text: str) -> bool:
    """Whether a text ends with the mark of a sentence in any of the scripts we met."""
    return bool(SENTENCE_END.search(text[-8:]))


def is_address(text: str) -> bool:
    """Whether a text is nothing but a web address: no title of another page, but what the article says."""
    return text.startswith(("http://", "https://", "www.")) and " " not in text


def is_prose(block: Block) -> bool:
    """Whether a block reads as running text: long, or a sentence that ends as one."""
    size = len(block.text)
    if size < SHORT_PROSE or block.tag in HEADINGS or block.linked > LINKED * size:
        return False
    return size >= PROSE or ends_as_sentence(block.text)


def headline_at(blocks: Sequence[Block], took: Sequence[bool], says: PageSays) -> int:
    """The place of the headline above the text, -1: it is not among the blocks before the text's first half ends."""
    kept = [at for at, engine in enumerate(took) if engine]
    middle = kept[len(kept) // 2] if kept else len(blocks)
    named = [at for at, block in enumerate(blocks[: middle + 1]) if squeezed(block.text).lower() in says.titles]
    return next((at for at in named if blocks[at].tag == "h1"), named[0] if named else -1)
