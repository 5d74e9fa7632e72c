"""The text of a page as blocks in reading order: what lies between two block-level tags, with its place in the tree."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lxml.etree import iterwalk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "meter", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "nobr", "blink",
})  # fmt: skip
SILENT = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "select", "option", "optgroup", "button",
    "textarea", "input", "object", "embed", "applet", "audio", "video", "canvas", "head", "title", "meta", "link",
    "map", "area", "dialog", "datalist",
})  # fmt: skip
BOLD = frozenset({"b", "strong"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LIST_ITEMS = frozenset({"li", "dt", "dd"})
CELLS = frozenset({"td", "th"})
PLACES = {
    "nav": 1, "aside": 2, "footer": 4, "header": 8, "figure": 16, "figcaption": 16, "ul": 32, "ol": 32, "dl": 32,
    "table": 64, "article": 128, "main": 256, "form": 512, "blockquote": 1024, "section": 2048,
}  # fmt: skip
HIDDEN = 4096
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Container(NamedTuple):
    """A block-level element around text. `number` counts them in reading order and names it on its page.

    `places` is a set of PLACES bits, its ancestors' included; `signature` is its parent's tag, its own and its class.
    """

    number: int
    tag: str
    depth: int
    places: int
    signature: str
    above: Container | None


class Block(NamedTuple):
    """One block of text: words as a reader sees them, with single spaces. Counts are in characters."""

    text: str
    container: Container
    linked: int
    bold: int
    row: int  # the number of the table row it is a cell of, else 0

    @property
    def tag(self) -> str:
        """The block-level tag around the text."""
        return self.container.tag

    def inside(self, place: str) -> bool:
        """Whether an element of that tag (a key of PLACES) is around the block."""
        return bool(self.container.places & PLACES[place])


_State = tuple[Container, bool, bool, bool]


def text_blocks(root: HtmlElement) -> list[Block]:
    """The blocks of a tree in reading order. Does not recurse, so depth costs nothing."""
    writer = _Writer()
    walker = iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            tag = element.tag
            if tag in SILENT:
                walker.skip_subtree()
                writer.skip()
            else:
                writer.open(element, tag)
                if text := element.text:
                    writer.take(text)
        else:
            writer.close()
            if text := element.tail:
                writer.take(text)
    return list(_joined_rows(writer.blocks))


def _joined_rows(blocks: list[Block]) -> Iterator[Block]:
    """The blocks, with the cells of a table row that hold nothing but text joined to one line."""
    for row, group in groupby(blocks, key=lambda block: block.row):
        cells = list(group)
        if row and len(cells) > 1 and all(cell.tag in CELLS for cell in cells):
            yield _row(cells)
        else:
            yield from cells


def _row(cells: list[Block]) -> Block:
    text = " | ".join(cell.text for cell in cells)
    linked, bold = sum(cell.linked for cell in cells), sum(cell.bold for cell in cells)
    return Block(text, cells[0].container, linked, bold, cells[0].row)


class _Writer:
    """Collects the text of one block until a block-level tag ends it.

    The state is (container, in a link, in bold, whether the element's end ends a block), a stack of them the tags open.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._stack: list[_State] = []
        self._state: _State = (Container(0, "", 0, 0, "", None), False, False, False)
        self._parts: list[str] = []
        self._linked = self._bold = 0
        self._count = self._row = 0

    def open(self, element: HtmlElement, tag: str) -> None:
        state = self._state
        self._stack.append(state)
        container, link, bold, _ = state
        if tag in INLINE:
            self._state = (container, link or tag == "a", bold or tag in BOLD, False)
            return
        if self._parts:
            self._flush(container)
        is_box = tag != "br"
        self._state = (self._container(element, tag, container) if is_box else container, link, bold, is_box)

    def skip(self) -> None:
        """Pass over an element whose text no reader sees."""
        self._stack.append(self._state)
        self._state = (*self._state[:3], False)

    def close(self) -> None:
        container, _, _, closes = self._state
        if closes:
            if self._parts:
                self._flush(container)
            if container.tag == "tr":
                self._row = 0
        self._state = self._stack.pop()

    def take(self, text: str) -> None:
        if not self._parts and text.isspace():
            return
        self._parts.append(text)
        _, link, bold, _ = self._state
        if link or bold:
            length = len(text.strip())
            self._linked += length * link
            self._bold += length * bold

    def _container(self, element: HtmlElement, tag: str, above: Container) -> Container:
        self._count += 1
        if tag == "tr":
            self._row = self._count
        places = above.places | PLACES.get(tag, 0) | (HIDDEN if _is_hidden(element) else 0)
        signature = f"{above.tag}>{tag}.{element.get('class', '')}"
        return Container(self._count, tag, above.depth + 1, places, signature, above)

    def _flush(self, container: Container) -> None:
        text = " ".join("".join(self._parts).split())
        if text:
            size = len(text)
            self.blocks.append(Block(text, container, min(self._linked, size), min(self._bold, size), self._row))
        self._parts.clear()
        self._linked = self._bold = 0


def _is_hidden(element: HtmlElement) -> bool:
    get = element.get
    if get("hidden") is not None or get("aria-hidden") == "true":
        return True
    style = get("style")
    return style is not None and bool(HIDDEN_STYLE.search(style))
