"""The column of an article: the container that holds most of its running text, and where other blocks stand to it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from extractors.blocks import HEADINGS
from extractors.lines import reads, weight
from extractors.prose import SENTENCE_END
from extractors.witness import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.blocks import Block, Container
    from extractors.says import PageSays

SOUP = 0.5  # share of the running text from which its one container is the column: lines parted by <br>
MIN_HEADLINE = 6  # letters: a shorter heading is no sure beginning of a title
MIN_NAME = 8  # weighed letters: a shorter rest of a title may be any word
MAX_NAME = 24  # letters: what follows a headline in a title and is longer is no name of a site


@dataclass(frozen=True)
class Column:
    """A page's blocks, which of them are taken for text so far, and the container that holds most running text.

    `main` is that container, `signature` the one of most of the text's paragraphs. `soup` tells that the lines stand
    in the container itself, parted by <br>. `prose` tells which taken blocks read as running text.
    """

    blocks: Sequence[Block]
    taken: Sequence[bool]
    says: PageSays
    main: Container
    signature: str
    soup: bool
    prose: Sequence[bool]

    @cached_property
    def first(self) -> int:
        """The place of the first paragraph of the column."""
        return self._paragraphs.index(True)

    @cached_property
    def last(self) -> int:
        """The place of the last paragraph of the column."""
        return len(self.blocks) - 1 - self._paragraphs[::-1].index(True)

    @cached_property
    def below(self) -> int:
        """The place of the column's first line below its last paragraph; that of the paragraph where there is none."""
        return next((at for at in range(self.last + 1, len(self.blocks)) if self.direct(at)), self.last)

    @cached_property
    def size(self) -> float:
        """The weighed length of the column's paragraphs."""
        return sum(weight(block.text) for at, block in enumerate(self.blocks) if self.paragraph(at))

    def direct(self, at: int) -> bool:
        """Whether a block is a line of the column itself or of a twin of it, not of a container within."""
        box = self.blocks[at].container
        return box.number in self._mains or _number(box.above) in self._mains

    @cached_property
    def _mains(self) -> frozenset[int]:
        """The numbers of the column's container and of its twins: an article may stand in one for each paragraph."""
        above = (block.container.above for block, text in zip(self.blocks, self.taken, strict=True) if text)
        alike = (box for box in above if box is not None and box.signature == self.main.signature)
        return frozenset({self.main.number, *(box.number for box in alike if _is_twin(box, self.main))})

    def alike(self, at: int) -> bool:
        """Whether a block is built as the column's paragraphs are."""
        box = self.blocks[at].container
        return self.direct(at) and (box.number in self._mains if self.soup else box.signature == self.signature)

    def paragraph(self, at: int) -> bool:
        """Whether a block is a paragraph of the column: running text, taken, and built as most of it is."""
        return self._paragraphs[at]

    @cached_property
    def _paragraphs(self) -> list[bool]:
        return [running and self.alike(at) for at, running in enumerate(self.prose)]

    def sentence(self, at: int) -> bool:
        """Whether a block is a sentence of any length, without links, built as the column's paragraphs are."""
        block = self.blocks[at]
        return self.alike(at) and not block.linked and bool(SENTENCE_END.search(block.text))

    def unit(self, at: int) -> Container:
        """The largest container around a block that does not hold the column; its own where there is none."""
        own = self.blocks[at].container
        if own.above is None or own.above.number in self._chain:
            return own
        return self._units.get(own.number) or self._find_unit(own)

    def _find_unit(self, own: Container) -> Container:
        box, path, chain = own, [own.number], self._chain
        while box.number not in chain and box.above is not None and box.above.number not in chain:
            box = box.above
            if box.number in self._units:
                box = self._units[box.number]
                break
            path.append(box.number)
        self._units.update(dict.fromkeys(path, box))
        return box

    def within(self, at: int) -> bool:
        """Whether a block stands in the column, itself or in a container within."""
        unit = self.unit(at)
        return unit.number in self._mains or _number(unit.above) in self._mains

    def members(self, at: int) -> range:
        """The places of the blocks in a row that are in the same unit as a block."""
        number, start, end = self.unit(at).number, at, at + 1
        while start > 0 and self.unit(start - 1).number == number:
            start -= 1
        while end < len(self.blocks) and self.unit(end).number == number:
            end += 1
        return range(start, end)

    def around(self, box: Container) -> bool:
        """Whether a container is the column's own or one around it."""
        return box.number in self._chain

    def times(self, signature: str) -> int:
        """How many units of the page have a signature."""
        return self._times[signature]

    @cached_property
    def _times(self) -> Counter[str]:
        units = (self.unit(at) for at in range(len(self.blocks)))
        return Counter({unit.number: unit.signature for unit in units}.values())

    def names_site(self, text: str) -> bool:
        """Whether a line has a name of the site in it: one it states, or what its title says after the headline."""
        lower = text.lower()
        if any(_has_words(name, lower) for name in self.says.site_names):
            return True
        key = squeezed(lower)
        return any(rest in key for rest in self._title_rests)

    @cached_property
    def _title_rests(self) -> list[str]:
        above = {squeezed(block.text).lower() for block in self.blocks[: self.first] if block.tag in HEADINGS}
        heads = [head for head in above if len(head) >= MIN_HEADLINE]
        rests = [title.removeprefix(head) for head in heads for title in self.says.titles if title.startswith(head)]
        return [rest for rest in rests if len(rest) <= MAX_NAME and weight(rest) >= MIN_NAME]

    @cached_property
    def _chain(self) -> frozenset[int]:
        """The numbers of the column's container and of those around it."""
        numbers, box = set(), self.main
        while box.above is not None:
            numbers.add(box.number)
            box = box.above
        return frozenset({*numbers, box.number, *self._mains})

    @cached_property
    def _units(self) -> dict[int, Container]:
        """The units found so far, by the numbers of containers in them."""
        return {}


def column_of(blocks: Sequence[Block], taken: Sequence[bool], says: PageSays) -> Column | None:
    """The column of a page; None: nothing taken is running text."""
    prose = [text and reads(block) for block, text in zip(blocks, taken, strict=True)]
    texts = [block for block, running in zip(blocks, prose, strict=True) if running]
    if not texts:
        return None
    main, soup = _main(texts)
    signatures: Counter[str] = Counter()
    for block in texts:
        if main.number in {block.container.number, _number(block.container.above)}:
            signatures[block.container.signature] += len(block.text)
    return Column(blocks, taken, says, main, signatures.most_common(1)[0][0], soup, prose)


def _main(texts: Sequence[Block]) -> tuple[Container, bool]:
    """The container of most running text, and whether the text stands in it without elements of its own."""
    boxes: dict[int, Container] = {}
    own: Counter[int] = Counter()
    above: Counter[int] = Counter()
    for block in texts:
        box = block.container
        parent = box.above or box
        boxes[box.number], boxes[parent.number] = box, parent
        own[box.number] += len(block.text)
        above[parent.number] += len(block.text)
    best, most = own.most_common(1)[0]
    lines = sum(block.container.number == best for block in texts)
    soup = most > SOUP * own.total() and lines > 1
    return boxes[best if soup else above.most_common(1)[0][0]], soup


def _number(box: Container | None) -> int:
    return box.number if box else -1


def _is_twin(box: Container, main: Container) -> bool:
    """Whether a container of a column's class is of its form: at its depth, in the same container or one alike."""
    if box.depth != main.depth or box.above is None or main.above is None:
        return False
    if box.above.number == main.above.number:
        return True
    above = (box.above.above, main.above.above)
    return box.above.signature == main.above.signature and _number(above[0]) == _number(above[1])


def _has_words(name: str, text: str) -> bool:
    """Whether a text has a name by itself; in scripts without spaces, anywhere."""
    return name in text and (not name.isascii() or bool(re.search(rf"\b{re.escape(name)}\b", text)))
