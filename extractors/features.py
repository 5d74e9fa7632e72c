"""What the judge of blocks looks at: numbers about a block, its place on the page, and its likeness to what it says.

Seventy were measured; these carry the gain on hosts not seen before. Class and id words, landmarks (nav, aside,
footer), agreement with a stated articleBody, capitals and digits brought nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import accumulate
from math import log
from typing import TYPE_CHECKING

from extractors.blocks import HEADINGS
from extractors.furniture import cue
from extractors.prose import ends_as_sentence, headline_at, is_prose
from extractors.witness import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractors.blocks import Block, Container
    from extractors.says import PageSays

# "share" is of the engine's text, "took" of the text found there; "here" is under the same parent, "above" under its
# parent; "alike" has the same signature. Lengths are natural logarithms of characters.
NAMES = (
    "took", "here_took", "above_took", "alike_took", "here_share", "above_share", "alike_share", "here_alike_share",
    "here_alike_count", "alike_parents", "alike_length", "linked", "above_linked", "length", "engine_length", "heading",
    "sentence", "bold", "capitalised", "steps_up", "steps_down", "place", "below_headline", "prose_below", "took_below",
    "prose_next", "next_here", "before_here", "title", "description", "author", "site", "cue", "same_start",
)  # fmt: skip
CUES = {"": 0, "networks": 1, "notice": 2, "follow": 3, "social": 4, "related": 5, "skip": 6}
_Places = tuple[int, tuple[int], str, tuple[int, str]]
START = 14  # letters: blocks that begin with as many in common are a series of labels
LABEL = 120  # characters: longer texts are not searched for cues, which is slow
FAR = 20  # blocks: further is the same as this far
SURE_SAID = 20  # letters: shorter texts are not compared with a description
SURE = 8  # letters: shorter texts are not compared by containment


class Features:
    """The numbers of a page's blocks. `took` tells which blocks the engine took for the article."""

    def __init__(self, blocks: Sequence[Block], took: Sequence[bool], says: PageSays) -> None:
        self._blocks, self._took, self._says = blocks, took, says
        kept = [at for at, engine in enumerate(took) if engine]
        self._first, self._last = (kept[0], kept[-1]) if kept else (0, max(len(blocks) - 1, 0))
        self._head = headline_at(blocks, took, says)
        self._total = sum(len(blocks[at].text) for at in kept) or 1
        self._keys = [squeezed(block.text).lower() for block in blocks]
        self._starts = Counter(key[:START] for key in set(self._keys) if len(key) > START)
        self._prose = [is_prose(block) for block in blocks]
        below = accumulate(
            engine and prose for engine, prose in zip(reversed(took), reversed(self._prose), strict=True)
        )
        self._prose_from = list(below)[::-1]
        self._sum_up()
        self._chain = self._chain_of_main()

    def _sum_up(self) -> None:
        """Characters by place: all, linked and taken ones; blocks by place and signature."""
        self._around: list[_Places] = []
        self._all: defaultdict[object, int] = defaultdict(int)
        self._links: defaultdict[object, int] = defaultdict(int)
        self._taken: defaultdict[object, int] = defaultdict(int)
        self._count: defaultdict[object, int] = defaultdict(int)
        parents: dict[str, set[int]] = {}
        for block, engine in zip(self._blocks, self._took, strict=True):
            size, places = len(block.text), _places(block.container)
            self._around.append(places)
            for place in places:
                self._all[place] += size
                self._links[place] += block.linked
                self._count[place] += 1
                if engine:
                    self._taken[place] += size
            parents.setdefault(places[2], set()).add(places[0])
        self._parents = {signature: len(numbers) for signature, numbers in parents.items()}

    def _chain_of_main(self) -> dict[int, int]:
        """How many steps up from the parent with most of the taken text each of its ancestors is."""
        parents = {parent.number: parent for parent in (_parent(block.container) for block in self._blocks)}
        main = max(parents.values(), key=lambda parent: (self._taken[parent.number], -parent.number), default=None)
        chain: dict[int, int] = {}
        while main is not None:
            chain[main.number] = len(chain)
            main = main.above
        return chain

    def worth_judging(self, at: int) -> bool:
        """Whether a block is among or beside text that the engine took, or repeats the page's description."""
        here, above, _, _ = self._around[at]
        return bool(self._taken[here] or self._taken[above]) or _likeness(self._keys[at], self._says.descriptions) > 0

    def row(self, at: int) -> list[float]:
        """The numbers of one block, in the order of NAMES."""
        block, key, total, says = self._blocks[at], self._keys[at], self._total, self._says
        box, text, size = block.container, block.text, len(block.text)
        here, above, alike, both = self._around[at]
        words = text.split(maxsplit=20)[:20]
        lower = text.lower()
        up, down = self._steps(box.above)
        return [
            self._took[at],
            self._taken[here] / self._all[here],
            self._taken[above] / self._all[above],
            self._taken[alike] / self._all[alike],
            self._taken[here] / total,
            self._taken[above] / total,
            self._taken[alike] / total,
            self._taken[both] / total,
            self._count[both],
            self._parents[box.signature],
            log(self._all[alike] / self._count[alike]),
            block.linked / size,
            self._links[above] / self._all[above],
            log(size),
            log(total),
            int(box.tag[1]) if box.tag in HEADINGS else 0,
            ends_as_sentence(text),
            block.bold / size,
            sum(word[0].isupper() for word in words) / len(words),
            up,
            down,
            max(-1.0, min(2.0, (at - self._first) / max(self._last - self._first, 1))),
            _near(at - self._head) if self._head >= 0 else FAR + 10,
            min(self._prose_from[at], FAR),
            sum(self._took[at + 1 : at + 4]),
            self._is_taken_prose(at + 1),
            self._beside(at + 1, here),
            self._beside(at - 1, here),
            2 if key in says.titles else _contained(key, says.titles),
            _likeness(key, says.descriptions),
            _contained(key, says.authors) * min(size, 100),
            any(name in lower for name in says.site_names),
            CUES[cue(text)] if size <= LABEL else 0,
            self._starts[key[:START]],
        ]

    def _steps(self, box: Container | None) -> tuple[int, int]:
        """How far up from the main text's parent, and down again, a container is."""
        down = 0
        while box is not None and box.number not in self._chain:
            box, down = box.above, down + 1
        return (self._chain[box.number] if box else FAR), down

    def _is_taken_prose(self, at: int) -> bool:
        return 0 <= at < len(self._blocks) and self._took[at] and self._prose[at]

    def _beside(self, at: int, here: object) -> int:
        """0: the block at that place has another parent; 1: the same; 2: the same, and it is running text."""
        if not 0 <= at < len(self._blocks) or _parent(self._blocks[at].container).number != here:
            return 0
        return 1 + self._prose[at]


def _parent(box: Container) -> Container:
    return box.above or box


def _places(box: Container) -> _Places:
    """Keys of what a block is counted in: its parent, its parent's parent, its signature, its parent and signature."""
    parent = box.above or box
    above = parent.above or parent
    return parent.number, (above.number,), box.signature, (parent.number, box.signature)


def _near(distance: int) -> int:
    return max(-FAR, min(FAR, distance))


def _contained(key: str, others: Iterable[str]) -> bool:
    """Whether a text is part of another or the other way round; short ones are not compared."""
    return len(key) > SURE and any(len(other) > SURE and (key in other or other in key) for other in others)


def _likeness(key: str, descriptions: Sequence[str]) -> float:
    """How much of a description a block repeats, or a block's of a description: 0 to 1."""
    best = 0.0
    for said in descriptions:
        short, long = (key, said) if len(key) <= len(said) else (said, key)
        if len(short) >= SURE_SAID:
            if short in long:
                best = max(best, len(short) / len(long))
            elif short[:30] == long[:30]:
                best = max(best, 0.5)
    return best
