"""The body of an article as HTML: its blocks in the paper's own tags, with the paper's furniture put in between."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from press.data import esc, filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from press.model import Block


@dataclass(frozen=True, slots=True)
class Tags:
    """How a paper prints each kind of block; `$text` is the block's text.

    Items and rows stand inside `list` and `table` as `$inside`; `head_cell` and `cell` make up a row. `inserts` maps
    a number of paragraphs to the HTML that follows that many; -1 stands for the end of the text.
    """

    p: str = "<p>$text</p>"
    h: str = "<h2>$text</h2>"
    li: str = "<li>$text</li>"
    quote: str = "<blockquote><p>$text</p></blockquote>"
    list: str = "<ul>$inside</ul>"
    table: str = "<table>$inside</table>"
    head_cell: str = "<th>$text</th>"
    cell: str = "<td>$text</td>"
    inserts: Mapping[int, str] = field(default_factory=dict)


def body_html(blocks: tuple[Block, ...], tags: Tags) -> str:
    """The text of an article, one HTML line a unit."""
    return "\n".join(_units(blocks, tags))


def _units(blocks: tuple[Block, ...], tags: Tags) -> Iterator[str]:
    paragraphs = 0
    for kind, run in groupby(blocks, key=lambda block: block.kind):
        if kind == "li":
            yield filled(tags.list, inside="".join(_one(tags.li, block) for block in run))
        elif kind == "row":
            yield filled(tags.table, inside="".join(_row(n, block, tags) for n, block in enumerate(run)))
        else:
            for block in run:
                yield _one({"p": tags.p, "h": tags.h, "quote": tags.quote}[kind], block)
                paragraphs += kind == "p"
                if kind == "p" and paragraphs in tags.inserts and block is not blocks[-1]:
                    yield tags.inserts[paragraphs]
    if -1 in tags.inserts:
        yield tags.inserts[-1]


def _one(template: str, block: Block) -> str:
    return filled(template, text=esc(block.text))


def _row(number: int, block: Block, tags: Tags) -> str:
    cell = tags.cell if number else tags.head_cell
    return "<tr>" + "".join(filled(cell, text=esc(part.strip())) for part in block.text.split(" | ")) + "</tr>"
