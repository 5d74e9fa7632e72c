"""Texts as words to be searched by: case, accents and widths folded, letters of scripts without spaces alone. Pure.

Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese letters are a word each, and a word of the query is the phrase
of its letters: it finds what holds it anywhere, with no dictionary that knows some words and not others. Nothing is
stemmed: a corpus holds many languages, and a query does not say which it is in; `elect*` finds them all.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LETTERS: Final = (
    "\u0e00-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e50-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec7\u0ed0-\u0eff\u1000-\u102a\u1780-\u17b3"
    "\u3005-\u3007\u3041-\u3096\u309d-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u0640\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u0962\u0963\u0981-\u0983\u09bc-\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57"
    "\u0b82\u0bbe-\u0bd7\u0c00-\u0c04\u0c3c-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d57\u0d81-\u0d83\u0dca-\u0ddf"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103f\u17b4-\u17d3\u3099\u309a"
)
RAW: Final = re.compile(rf"[{LETTERS}][{MARKS}]*|(?:[^\W_{LETTERS}]|[{MARKS}])+")
DROPPED: Final = re.compile(  # accents and points of Latin, Greek, Cyrillic, Hebrew and Arabic letters
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u0640\u064b-\u065f\u0670]"
)
FOLDED: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
LONGEST: Final = 64  # characters of a word: what is longer is no word, and would fill the index's dictionary

Word = tuple[str, int, int]


def folded(word: str) -> str:
    """A word as it is compared: compatibility forms, case and the accents of letters that have any are one.

    Vowel signs of Thai, Devanagari and their like are no accents and stay; so does the dakuten of kana.
    """
    told = unicodedata.normalize("NFKD", word).casefold()
    return unicodedata.normalize("NFC", DROPPED.sub("", told)).translate(FOLDED)


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [each for match in RAW.finditer(text) for each in _pieces(match.group())]


def placed(text: str) -> Iterator[Word]:
    """The folded words of a text, each with the place of what was printed: from, to (characters)."""
    for match in RAW.finditer(text):
        for each in _pieces(match.group()):
            yield each, match.start(), match.end()


@lru_cache(maxsize=1 << 16)
def _pieces(printed: str) -> tuple[str, ...]:
    """A printed word's folded words: one, but for forms that stand for several (half-width kana)."""
    return tuple(each[:LONGEST] for each in RAW.findall(folded(printed)))
