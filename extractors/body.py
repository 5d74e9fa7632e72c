"""The body of an article: its blocks, judged, and written down a line a block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.model import DroppedLine
from extractors.blocks import LIST_ITEMS, Block, text_blocks
from extractors.generic import engine_text
from extractors.judge import judged
from extractors.says import page_says
from extractors.witness import taken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractors.page import ParsedPage


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a page, who found it, what was left out, and all blocks of the page."""

    text: str = ""
    producer: str = ""
    dropped: tuple[DroppedLine, ...] = ()
    blocks: tuple[Block, ...] = ()


def read_body(parsed: ParsedPage) -> Body:
    """The text of a page, one line a paragraph, heading, list item or table row. Never raises."""
    if parsed.tree is None:
        return Body()
    blocks = text_blocks(parsed.tree)
    took = taken([block.text for block in blocks], engine_text(parsed))
    verdicts = judged(blocks, took, page_says(parsed))
    pairs = list(zip(blocks, verdicts, strict=True))
    dropped = tuple(DroppedLine(block.text, verdict.reason) for block, verdict in pairs if verdict.reason)
    text = written(block for block, verdict in pairs if verdict.keep)
    return Body(text, "trafilatura", dropped, tuple(blocks))


def written(blocks: Iterable[Block]) -> str:
    """Blocks as text, a line each; list items begin with a hyphen."""
    return "\n".join(f"- {block.text}" if block.tag in LIST_ITEMS else block.text for block in blocks)
