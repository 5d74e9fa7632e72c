"""A regular expression (RE2) that every text has which a query can find: what a scan sifts by before it looks. Pure.

It is held against texts in lower case whose accents DuckDB's `strip_accents` took off, as it does with the pattern.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from broadsheet.search.query import All, Either, Phrase, Query, Without

if TYPE_CHECKING:
    from collections.abc import Sequence

BETWEEN: Final = r"[^\pL\pN]*"
SPELLED: Final = {"ss": "ß", "ae": "æ", "oe": "œ", "th": "þ"}
LIKE: Final = {"o": "ø", "l": "ł", "d": "đð", "i": "ı", "σ": "ς"}  # noqa: RUF001 - letters of their own
PIECE: Final = re.compile(f"{'|'.join(SPELLED)}|.", re.DOTALL)
WIDE: Final = 0xFEE0  # from an ASCII character to its full-width form


def pattern(query: Query) -> str:
    """The pattern; empty: the query may find any text."""
    match query:
        case Phrase():
            return BETWEEN.join(_word(word) for word in query.words)
        case All(parts):
            return max((pattern(part) for part in parts), key=len)
        case Either(parts):
            return _either([pattern(part) for part in parts])
        case Without():
            return ""


def _either(found: Sequence[str]) -> str:
    return "|".join(f"(?:{each})" for each in found) if all(found) else ""


def _word(word: str) -> str:
    return "".join(_piece(match.group()) for match in PIECE.finditer(word))


def _piece(piece: str) -> str:
    """A letter, or two that are one in some spelling, with everything that is folded into it."""
    letters = "".join(f"[{each}{LIKE.get(each, '')}{_wide(each)}]" for each in piece)
    return f"(?:{letters}|{SPELLED[piece]})" if piece in SPELLED else letters


def _wide(letter: str) -> str:
    return chr(ord(letter) + WIDE) if letter.isascii() else ""
