"""Which blocks of a page are its article: the engine's answer, judged block by block, with a reason for each refusal.

Two judges agree on a block. Written rules refuse what stands above the headline, repeats it, or labels what follows
the text. A learned one (judge.json, written by benchmarks/train_judge.py) weighs the numbers of extractors/features.py
and also adds what the engine missed, mostly the lead under the headline.
"""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from importlib import resources
from math import exp, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from extractors.blocks import HEADINGS
from extractors.features import Features
from extractors.furniture import cue
from extractors.prose import LINKED, SENTENCE_END, ends_as_sentence, headline_at, is_address, is_prose
from extractors.witness import squeezed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extractors.blocks import Block
    from extractors.says import PageSays

__all__ = ["LINKED", "SENTENCE_END", "Model", "Verdict", "headline_at", "is_prose", "judged", "model"]

LABEL = 90  # characters: a longer line is no label
KEEP = 0.35  # probability: mean F1 in cross-validation by host is flat between 0.25 and 0.45; lost text costs more
SPARSE = 500  # characters: of less running text the shares say nothing, and the written rules judge alone
SHARED = 0.5  # how far a block's odds are drawn to those of its like under the same parent

# A leaf's value, or (feature, threshold, the way on where the feature is not above the threshold, and where it is).
Tree = float | tuple[int, float, "Tree", "Tree"]


class Verdict(NamedTuple):
    """What becomes of a block. `reason` says why it is refused; empty: it is kept, or nobody took it for text."""

    keep: bool
    reason: str = ""


class Model(NamedTuple):
    """Trees of depth 3, whose sum with `base` is the log odds that a block belongs to the article."""

    base: float
    trees: Sequence[Tree]

    def log_odds(self, row: Sequence[float]) -> float:
        """The log odds that a block with these numbers belongs to the article."""
        total = self.base
        for tree in self.trees:
            while not isinstance(tree, float):
                tree = tree[2] if row[tree[0]] <= tree[1] else tree[3]  # noqa: PLW2901 - the way down a tree
            total += tree
        return total


@functools.cache
def model() -> Model:
    """The learned judge that comes with this package."""
    stated = json.loads(resources.files("extractors").joinpath("judge.json").read_text())
    return Model(stated["base"], [grown(tree) for tree in stated["trees"]])


def grown(tree: Any) -> Tree:  # noqa: ANN401 - JSON is of any type
    """A tree as judge.json states it, [feature, threshold, left, right] or a leaf's value."""
    if not isinstance(tree, list):
        return float(tree)
    feature, threshold, left, right = tree
    return int(feature), float(threshold), grown(left), grown(right)


def judged(blocks: Sequence[Block], took: Sequence[bool], says: PageSays, *, leads: bool = True) -> list[Verdict]:
    """A verdict for each block. `took` tells which of them the engine took for the article.

    `leads`: whether blocks that the engine missed may be added (whether a lead belongs to the body is a convention).
    """
    chances = _chances(blocks, took, says)
    head, end = headline_at(blocks, took, says), _end(blocks, took)
    verdicts = []
    for at, (block, engine) in enumerate(zip(blocks, took, strict=True)):
        likely = chances.get(at, 0.0) >= KEEP and (engine or leads)
        fault = _fault(block, at, head, end, says) if engine or likely else ""
        reason = fault or f"unlike the article's text (p={chances.get(at, 0.0):.2f})"
        verdicts.append(Verdict(likely and not fault, reason if engine and (fault or not likely) else ""))
    return verdicts


def _chances(blocks: Sequence[Block], took: Sequence[bool], says: PageSays) -> Mapping[int, float]:
    """The probability of each block worth judging, drawn to that of its like under the same parent."""
    if sum(len(block.text) for block, engine in zip(blocks, took, strict=True) if engine and is_prose(block)) < SPARSE:
        return {at: 1.0 for at, engine in enumerate(took) if engine}
    features, judge = Features(blocks, took, says), model()
    odds = {at: judge.log_odds(features.row(at)) for at in range(len(blocks)) if features.worth_judging(at)}
    sums: dict[tuple[int, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for at, value in odds.items():
        weight = sqrt(len(blocks[at].text))
        entry = sums[_likes(blocks[at])]
        entry[0] += weight * value
        entry[1] += weight
    shared = {key: total / weight for key, (total, weight) in sums.items()}
    drawn = {at: (1 - SHARED) * value + SHARED * shared[_likes(blocks[at])] for at, value in odds.items()}
    return {at: _probability(value) for at, value in drawn.items()}


def _likes(block: Block) -> tuple[int, str]:
    above = block.container.above
    return above.number if above else 0, block.container.signature


def _probability(log_odds: float) -> float:
    return 1 / (1 + exp(-max(-50.0, min(50.0, log_odds))))


def _end(blocks: Sequence[Block], took: Sequence[bool]) -> int:
    """The place of the last running text that the engine took."""
    return max((at for at, block in enumerate(blocks) if took[at] and is_prose(block)), default=len(blocks))


def _fault(block: Block, at: int, head: int, end: int, says: PageSays) -> str:
    """Why a block is furniture by its place alone, below a headline at `head` and text that ends at `end`."""
    if at < head:
        return "above the headline"
    if squeezed(block.text).lower() in says.titles:
        return "the headline again"
    return _label_fault(block, says) if at > end else ""


def _label_fault(block: Block, says: PageSays) -> str:
    """Why a line below the last running text is a label of furniture; empty: it is not."""
    if block.tag in HEADINGS:
        return "heading with no text below"
    if block.linked > LINKED * len(block.text) and not is_address(block.text):
        return "links below the text"
    if len(block.text) > LABEL or ends_as_sentence(block.text):
        return ""
    if any(name in block.text.lower() for name in says.site_names):
        return "names the site below the text"
    kind = cue(block.text)
    return f"words of furniture below the text: {kind}" if kind else ""
