"""The place of a text that shows best why it was found, with the words that were looked for marked. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from broadsheet.search.entries import places
from broadsheet.search.words import placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from broadsheet.search.query import Phrase

Span = tuple[int, int]
WIDTH: Final = 240  # characters of an excerpt: two or three lines of a terminal
SLACK: Final = 24  # characters within which a word's border is looked for
LEAD: Final = 60  # characters before the first mark


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text; `marks` are (from, to) in characters of `text`, in order, none within another."""

    text: str
    marks: tuple[Span, ...] = ()


def marked(text: str, phrases: Iterable[Phrase]) -> Excerpt:
    """The whole of a text with its marks."""
    return Excerpt(text, tuple(_spans(text, phrases)))


def excerpt(text: str, phrases: Iterable[Phrase], width: int = WIDTH) -> Excerpt:
    """The piece of some `width` characters with the most different words that were looked for; lines are joined."""
    flat = " ".join(text.split())
    spans = _spans(flat, phrases)
    start, end = _window(flat, spans, width)
    inside = [(a, b) for a, b in spans if a >= start and b <= end]
    lead = "… " if start else ""
    shown = lead + flat[start:end] + (" …" if end < len(flat) else "")
    shift = len(lead) - start
    return Excerpt(shown, tuple((a + shift, b + shift) for a, b in inside))


def _spans(text: str, phrases: Iterable[Phrase]) -> list[Span]:
    found = list(placed(text))
    told = [word for word, _, _ in found]
    spans = sorted(
        (found[at][1], found[at + len(each.words) - 1][2]) for each in set(phrases) for at in places(each, told)
    )
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _window(text: str, spans: Sequence[Span], width: int) -> Span:
    if len(text) <= width:
        return 0, len(text)
    best = max(spans, key=lambda span: (_kinds(text, spans, span[0], width), -span[0]), default=(0, 0))
    start = max(0, min(best[0] - LEAD, len(text) - width)) if spans else 0
    return _word_start(text, start), _word_end(text, min(len(text), max(start + width, best[1])))


def _kinds(text: str, spans: Sequence[Span], start: int, width: int) -> int:
    """How many different things are marked from a place on."""
    return len({text[a:b].casefold() for a, b in spans if start <= a and b <= start + width - LEAD})


def _word_start(text: str, place: int) -> int:
    space = text.rfind(" ", max(0, place - SLACK), place)
    return space + 1 if space >= 0 else place


def _word_end(text: str, place: int) -> int:
    space = text.find(" ", place, place + SLACK)
    return space if space >= 0 else min(len(text), place)
