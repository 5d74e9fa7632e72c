"""The language of queries: words, phrases, fields, `-`, OR, brackets and `*`, read into a tree. Pure.

    storm harbour            both words, in headline, text or description
    "port authority"         the words in a row
    title:storm author:elling tag:budget source:harbour-gazette
    storm -insurance         without a word
    storm OR flood           either; (storm OR flood) damage
    elect*                   what begins so

AND binds closer than OR. What a query cannot mean is a BadQuery that says where and what to write instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from broadsheet.search.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIELDS: Final = (*("title", "text", "description", "author", "section", "tag", "source", "language", "site", "url"),)
ALIASES: Final = {"headline": "title", "body": "text", "authors": "author", "tags": "tag", "lang": "language"}
DEFAULT: Final = ("title", "text", "description")
DEEPEST: Final = 50  # brackets in brackets
TOKEN: Final = re.compile(
    r"""\s*(?:(?P<open>\()|(?P<close>\))|(?P<minus>-(?=[^\s)]))|(?P<field>[A-Za-z_]+):(?!//)"""
    r"""|"(?P<phrase>[^"]*)"|“(?P<curly>[^”“]*)”|(?P<word>[^\s()"“”]+)|(?P<stray>["“”]))"""
)


class BadQuery(ValueError):
    """A query that means nothing; the message says where, and the way out."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words in a row, in one of the fields; `prefix`: the last is only the beginning of one."""

    words: tuple[str, ...]
    fields: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Each of the parts."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the parts."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Not the part."""

    part: Query


Query = Phrase | All | Either | Without


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int


def parsed(query: str, fields: Sequence[str] = ()) -> Query:
    """The tree of a query; words without a field are looked for in `fields` (none: headline, text, description)."""
    default = tuple(field_named(each) for each in fields) or DEFAULT
    reader = _Reader(query, list(_tokens(query)), default)
    found = reader.either(0)
    if reader.tokens:
        raise reader.bad("a bracket that closes nothing: take it out, or open one before")
    if found is None:
        raise BadQuery("there is no word to look for: name one, such as `storm` or `title:storm`")
    return found


def field_named(name: str) -> str:
    """The field of a name or alias. BadQuery: there is none; the nearest is told."""
    low = name.lower()
    if (known := ALIASES.get(low, low)) in FIELDS:
        return known
    near = get_close_matches(low, (*FIELDS, *ALIASES), 1)
    hint = f"did you mean {near[0]}? " if near else ""
    told = f"{hint}there are {', '.join(FIELDS)}"
    raise BadQuery(f'no field is named {name}; {told}; in quotes it is text: "{name}: ..."')


def phrases(query: Query) -> Iterator[Phrase]:
    """The phrases that make a text match: those under `-` left out."""
    match query:
        case Phrase():
            yield query
        case All(parts) | Either(parts):
            for part in parts:
                yield from phrases(part)


def _tokens(query: str) -> Iterator[_Token]:
    for match in TOKEN.finditer(query.rstrip()):
        kind = match.lastgroup or ""
        yield _Token("phrase" if kind == "curly" else kind, match[kind], match.start(kind))


@dataclass(slots=True)
class _Reader:
    """Takes tokens from the front as it reads."""

    query: str
    tokens: list[_Token]
    fields: tuple[str, ...]

    def either(self, depth: int) -> Query | None:
        """Parts divided by OR; None: nothing that could be looked for."""
        parts = [self._all(depth)]
        while self._is_word("OR"):
            word = self.tokens.pop(0)
            if parts[-1] is None or not self.tokens:
                raise self.bad("OR stands between two parts, as in `storm OR flood`; as a word it is `or`", word)
            parts.append(self._all(depth))
        found = tuple(part for part in parts if part)
        return found[0] if len(found) == 1 else Either(found) if found else None

    def bad(self, why: str, token: _Token | None = None) -> BadQuery:
        """The error at a token, else at the next one or the end."""
        place = token.place if token else self.tokens[0].place if self.tokens else len(self.query)
        return BadQuery(f"at character {place + 1} of {self.query!r}: {why}")

    def _all(self, depth: int) -> Query | None:
        parts: list[Query] = []
        while self.tokens and self.tokens[0].kind != "close" and not self._is_word("OR"):
            if self._is_word("AND"):
                self.tokens.pop(0)
            elif part := self._one(self.fields, depth):
                parts.append(part)
        return parts[0] if len(parts) == 1 else All(tuple(parts)) if parts else None

    def _one(self, fields: tuple[str, ...], depth: int) -> Query | None:
        """One part: a word, a phrase, what stands in brackets, after `-` or after a field; None: no letter is in it."""
        if depth > DEEPEST:
            raise self.bad(f"more than {DEEPEST} brackets in each other, or marks in a row")
        if not self.tokens:
            raise self.bad("something is to follow here")
        token = self.tokens.pop(0)
        match token.kind:
            case "minus":
                part = self._one(fields, depth + 1)
                return Without(part) if part else None
            case "field":
                return self._in_field(token, depth)
            case "open":
                return self._in_brackets(token, fields, depth)
            case "stray":
                raise self.bad("a quotation mark that has no other: close the phrase, or take it out", token)
            case "close":
                raise self.bad("a bracket that closes nothing: take it out, or open one before", token)
            case "word" if token.text == "NOT":
                part = self._one(fields, depth + 1)
                return Without(part) if part else None
        return self._phrase(token, fields)

    def _in_field(self, token: _Token, depth: int) -> Query | None:
        named = (field_named(token.text),)
        if not self.tokens or self.tokens[0].place != token.place + len(token.text) + 1 + self._quote():
            raise self.bad(f"what is looked for follows the colon at once: {token.text}:storm", token)
        return self._one(named, depth + 1)

    def _quote(self) -> int:
        return int(self.tokens[0].kind == "phrase")

    def _in_brackets(self, token: _Token, fields: tuple[str, ...], depth: int) -> Query | None:
        outer, self.fields = self.fields, fields
        found = self.either(depth + 1)
        self.fields = outer
        if not self.tokens:
            raise self.bad("a bracket that is not closed", token)
        self.tokens.pop(0)
        return found

    def _phrase(self, token: _Token, fields: tuple[str, ...]) -> Query | None:
        if "*" in token.text.rstrip("*") or set(token.text) == {"*"}:
            raise self.bad("`*` stands at the end of a word: elect*", token)
        found = tuple(words(token.text))
        return Phrase(found, fields, prefix=token.text.endswith("*")) if found else None

    def _is_word(self, text: str) -> bool:
        return bool(self.tokens) and self.tokens[0].kind == "word" and self.tokens[0].text == text
