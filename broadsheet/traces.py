"""Where a text left traces: its sentences looked for in pages, feeds and files, however they are marked up. Pure.

A sentence is known by its beginning: eight words, or fourteen letters of scripts without spaces. One shorter than five
words (ten letters) belongs to nobody and is not looked for.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORD: Final = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
LETTER: Final = re.compile(rf"[{UNSPACED}]")
END: Final = re.compile(r"\n+|(?<=[.!?…])[\"”»’)\]]*\s+|(?<=[。！？])[」』”）]*")  # noqa: RUF001 - as printed
TAG: Final = re.compile(r"<[^<>]*>")
ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([nrtbf])|([\"'/\\]))")
MARKUP: Final = re.compile(r"[<&\\]")
KEY: Final = 3  # words by which a place is looked up before it is compared
LONGEST, SHORTEST = 8, 5  # words
LONGEST_UNSPACED, SHORTEST_UNSPACED = 14, 10  # letters

Anchor = tuple[str, ...]


def sentences(text: str) -> list[str]:
    """The sentences of a text: lines cut at full stops before a space, and at those of East Asia."""
    return [part.strip() for part in END.split(text) if part and part.strip()]


def words(text: str) -> list[str]:
    """A text's words in lower case; each letter of a script without spaces is one."""
    return WORD.findall(unicodedata.normalize("NFC", text).lower())


def anchor(sentence: str) -> Anchor:
    """What a sentence is known by; empty: it is too short to be anybody's."""
    found = words(sentence)
    unspaced = sum(bool(LETTER.match(word)) for word in found) * 2 > len(found)
    longest, shortest = (LONGEST_UNSPACED, SHORTEST_UNSPACED) if unspaced else (LONGEST, SHORTEST)
    return tuple(found[:longest]) if len(found) >= shortest else ()


def plain(markup: str) -> str:
    """The words of a page, a feed or JSON without tags, entities and escapes."""
    unescaped = ESCAPE.sub(_character, markup)
    return html.unescape(TAG.sub(" ", html.unescape(TAG.sub(" ", unescaped))))


@dataclass(frozen=True, slots=True)
class Traces:
    """Sentences to be looked for, by what they are known by."""

    anchors: Mapping[Anchor, str]
    _by_key: dict[Anchor, list[Anchor]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, wanted: Sequence[str]) -> Traces:
        """Those of the sentences that are long enough."""
        anchors = {found: sentence for sentence in wanted if (found := anchor(sentence))}
        traces = cls(anchors)
        for each in anchors:
            traces._by_key.setdefault(each[:KEY], []).append(each)
        return traces

    def found(self, text: str) -> set[str]:
        """The sentences of which the text has at least the beginning."""
        return {self.anchors[each] for each in self._found(words(text))} if self.anchors else set()

    def stand_in(self, text: str) -> bool:
        """Whether any of the sentences has at least its beginning in the text, as it is or read as markup."""
        if not self.anchors:
            return False
        if any(self._found(words(text))):
            return True
        return bool(MARKUP.search(text)) and any(self._found(words(plain(text))))

    def _found(self, told: list[str]) -> Iterator[Anchor]:
        for place, key in enumerate(zip(told, told[1:], told[2:], strict=False)):
            for each in self._by_key.get(key, ()):
                if tuple(told[place : place + len(each)]) == each:
                    yield each


def _character(match: re.Match[str]) -> str:
    code, space, kept = match.groups()
    if code:
        return chr(int(code, 16))
    return kept or (" " if space else "")
