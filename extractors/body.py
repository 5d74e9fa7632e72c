"""The body of an article: its blocks, judged, and written down a line a block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.model import DroppedLine
from extractors.blocks import LIST_ITEMS, Block, text_blocks
from extractors.generic import engine_text
from extractors.judge import judged
from extractors.prose import is_prose
from extractors.ruled import narrowed
from extractors.says import page_says
from extractors.scripted import scripted_body
from extractors.units import by_units
from extractors.witness import taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractors.page import ParsedPage

DOUBT = 0.5  # share of the page's running text: an engine that took less is asked again, thoroughly (13 of 205 pages)
ENGINE = "trafilatura"


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a page, who found it, what was left out, and all blocks of the page."""

    text: str = ""
    producer: str = ""
    dropped: tuple[DroppedLine, ...] = ()
    blocks: tuple[Block, ...] = ()


def read_body(parsed: ParsedPage) -> Body:
    """The text of a page, one line a paragraph, heading, list item or table row. Never raises."""
    ruled = narrowed(parsed)
    if ruled.parsed.tree is None:
        return Body()
    blocks = text_blocks(ruled.parsed.tree)
    if ruled.is_body:
        return Body(written(blocks), "site rule", ruled.dropped, tuple(blocks))
    took = engine_took(ruled.parsed, blocks)
    says = page_says(parsed)
    verdicts = by_units(blocks, took, judged(blocks, took, says), says)
    pairs = list(zip(blocks, verdicts, strict=True))
    judged_out = (DroppedLine(block.text, verdict.reason) for block, verdict in pairs if verdict.reason)
    text = written(block for block, verdict in pairs if verdict.keep)
    hidden, producer = scripted_body(parsed, blocks, text)
    return Body(hidden or text, producer or ENGINE, (*ruled.dropped, *judged_out), tuple(blocks))


def engine_took(parsed: ParsedPage, blocks: Sequence[Block]) -> list[bool]:
    """Which of a page's blocks the engine takes for the article."""
    texts = [block.text for block in blocks]
    prose = [len(block.text) if is_prose(block) else 0 for block in blocks]
    running = sum(prose)
    took = taken(texts, engine_text(parsed, thorough=False, running=running))
    if sum(size for size, engine in zip(prose, took, strict=True) if engine) < DOUBT * running:
        return taken(texts, engine_text(parsed, thorough=True))
    return took


def written(blocks: Iterable[Block]) -> str:
    """Blocks as text, a line each; list items begin with a hyphen."""
    return "\n".join(f"- {block.text}" if block.tag in LIST_ITEMS else block.text for block in blocks)
