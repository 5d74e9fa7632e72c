"""Which blocks of a page are its article: the engine's answer, judged line by line, with a reason for each refusal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from extractors.blocks import HEADINGS
from extractors.furniture import cue
from extractors.witness import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.blocks import Block
    from extractors.says import PageSays

SENTENCE_END = re.compile(r"[.!?…。！？।॥۔؟։።:;][\"'”’»」』）)\]]*$")
PROSE = 120  # characters: as long as this, a block is running text without a full stop too
SHORT_PROSE = 40  # characters: as short as this, a block with a full stop is running text
LABEL = 90  # characters: a longer line is no label
LINKED = 0.6  # share of a block's characters inside links


class Verdict(NamedTuple):
    """What becomes of a block. `reason` says why it is refused; empty: it is kept, or nobody took it for text."""

    keep: bool
    reason: str = ""


def judged(blocks: Sequence[Block], took: Sequence[bool], says: PageSays) -> list[Verdict]:
    """A verdict for each block. `took` tells which of them the engine took for the article."""
    head, end = headline_at(blocks, took, says), _end(blocks, took)
    return [
        Verdict(keep=False, reason=_fault(block, at, head, end, says) if engine else "")
        if not engine or _fault(block, at, head, end, says)
        else Verdict(keep=True)
        for at, (block, engine) in enumerate(zip(blocks, took, strict=True))
    ]


def headline_at(blocks: Sequence[Block], took: Sequence[bool], says: PageSays) -> int:
    """The place of the headline above the text, -1: it is not among the blocks before the text's first half ends."""
    kept = [at for at, engine in enumerate(took) if engine]
    middle = kept[len(kept) // 2] if kept else len(blocks)
    named = [at for at, block in enumerate(blocks[: middle + 1]) if squeezed(block.text).lower() in says.titles]
    return next((at for at in named if blocks[at].tag == "h1"), named[0] if named else -1)


def is_prose(block: Block) -> bool:
    """Whether a block reads as running text: long, or a sentence that ends as one."""
    if block.linked > LINKED * len(block.text) or block.tag in HEADINGS:
        return False
    return len(block.text) >= PROSE or (len(block.text) >= SHORT_PROSE and bool(SENTENCE_END.search(block.text)))


def _end(blocks: Sequence[Block], took: Sequence[bool]) -> int:
    """The place of the last running text that the engine took."""
    return max((at for at, block in enumerate(blocks) if took[at] and is_prose(block)), default=len(blocks))


def _fault(block: Block, at: int, head: int, end: int, says: PageSays) -> str:
    if at < head:
        return "above the headline"
    if squeezed(block.text).lower() in says.titles:
        return "the headline again"
    if at > end:
        return _label_fault(block, says)
    return ""


def _label_fault(block: Block, says: PageSays) -> str:
    """Why a line below the last running text is a label of furniture; empty: it is not."""
    if block.tag in HEADINGS:
        return "heading with no text below"
    if block.linked > LINKED * len(block.text):
        return "links below the text"
    if len(block.text) > LABEL or SENTENCE_END.search(block.text):
        return ""
    if any(name in block.text.lower() for name in says.site_names):
        return "names the site below the text"
    kind = cue(block.text)
    return f"words of furniture below the text: {kind}" if kind else ""
