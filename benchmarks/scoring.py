"""How like a text is to its answer: F1 over shingles of four tokens, as the article-extraction-benchmark has it."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
TOKEN: Final = re.compile(rf"[{UNSPACED}]|(?:(?![{UNSPACED}])\w)+")  # a character where words have no spaces
SIZE: Final = 4

Overlap = tuple[float, float, float]  # shingles of both, of the found alone, of the answer alone; shares of their sum


def overlap(answer: str, found: str) -> Overlap:
    """What two texts have in common."""
    true, said = _shingles(answer), _shingles(found)
    both, extra, missed = ((true & said).total(), (said - true).total(), (true - said).total())
    total = both + extra + missed
    return (both / total, extra / total, missed / total) if total else (0.0, 0.0, 0.0)


def f1(overlaps: Sequence[Overlap]) -> float:
    """F1 of the mean precision and the mean recall over pages."""
    precision = statistics.fmean([both / (both + extra) for both, extra, _ in overlaps if both + extra] or [0.0])
    recall = statistics.fmean([both / (both + missed) for both, _, missed in overlaps if both + missed] or [0.0])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def same(answer: str, found: str) -> bool:
    """Whether two short texts are the same but for case, width and spaces."""
    return _plain(answer) == _plain(found)


def same_names(answer: Sequence[str], found: Sequence[str]) -> bool:
    """Whether the same names stand in both, in any order."""
    return {_plain(name) for name in answer} == {_plain(name) for name in found}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = TOKEN.findall(text)
    return Counter(tuple(tokens[start : start + SIZE]) for start in range(max(1, len(tokens) - SIZE + 1)) if tokens)
