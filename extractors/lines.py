"""What a single line looks like: its weighed length, and whether it is running text, a label or a link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.blocks import HEADINGS
from extractors.prose import LINKED, SENTENCE_END, is_prose

if TYPE_CHECKING:
    from extractors.blocks import Block

WIDE = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
WIDE_WEIGHT = 1.5  # Latin letters more than one that an ideograph or a syllable is worth
PROSE = 40  # weighed characters: a sentence as long as this is running text
LABEL = 110  # weighed characters: a longer line is no label
FULL_STOPS = (".", "。", "．")
CLOSING = "\"'”’»」』）)]"
FINAL = ("!", ".", "。", "．", "！", "?", "？", "…")


def weight(text: str) -> float:
    """The length of a text in characters, an ideograph or a syllable counting as 2.5."""
    return len(text) if text.isascii() else len(text) + WIDE_WEIGHT * len(WIDE.findall(text))


def is_linked(block: Block) -> bool:
    """Whether most of a block is the text of links."""
    return block.linked > LINKED * len(block.text)


def reads(block: Block) -> bool:
    """Whether a block reads as running text: `is_prose`, or a sentence of few but wide characters."""
    if is_prose(block):
        return True
    if block.text.isascii() or block.tag in HEADINGS or is_linked(block):
        return False
    return weight(block.text) >= PROSE and bool(SENTENCE_END.search(block.text))


def is_label(block: Block) -> bool:
    """Whether a block is a short heading, or a short line that ends as no sentence does."""
    if weight(block.text) > LABEL:
        return False
    return block.tag in HEADINGS or not block.text.rstrip(CLOSING).endswith(FINAL)
