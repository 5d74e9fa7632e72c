"""What of an article is searched, and whether a query finds it there. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from broadsheet.search.query import All, Either, Phrase, Query, Without, phrases
from broadsheet.search.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

BOOST: Final = {"title": 3.0, "description": 0.5}  # a headline's word says more of an article than one of its text
SATURATION: Final = 1.2  # BM25's k1 as Lucene and tantivy have it: the tenth occurrence adds less than the second
LENGTH: Final = 300  # words of a usual article, where a scan knows no average


@dataclass(frozen=True, slots=True)
class Entry:
    """One article: its id, what narrows a search, and the values of each field."""

    article_id: int
    source: str
    language: str | None
    day: date
    values: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Filter:
    """What narrows a search. Days are of publication in the publisher's calendar, else of the first capture (UTC)."""

    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


def entry_of(row: Mapping[str, Any]) -> Entry:
    """An article's entry from its row, as sql/search/rows.sql and scanned.sql give it."""
    values = {
        "title": (row["title"],),
        "text": (row["text"],),
        "description": _some(row["description"]),
        "author": tuple(row["authors"]),
        "section": _some(row["section"]),
        "tag": tuple(row["tags"]),
        "source": (row["source"],),
        "language": _some(row["language"]),
        "site": _some(row["site_name"]),
        "url": (row["url"],),
    }
    return Entry(row["article_id"], row["source"], row["language"], row["published_day"], values)


def _some(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


Told = dict[str, list[list[str]]]


def score(query: Query, entry: Entry) -> float | None:
    """How well a query fits an entry; None: it does not."""
    wanted = {name for each in _every(query) for name in each.fields}
    told = {name: [words(value) for value in entry.values[name]] for name in wanted}
    if not _fits(query, told):
        return None
    return sum(_weight(each, told) for each in phrases(query))


def _every(query: Query) -> list[Phrase]:
    match query:
        case Phrase():
            return [query]
        case Without(part):
            return _every(part)
        case All(parts) | Either(parts):
            return [each for part in parts for each in _every(part)]


def _fits(query: Query, told: Told) -> bool:
    match query:
        case Phrase():
            return any(places(query, value) for name in query.fields for value in told[name])
        case All(parts):
            return all(_fits(part, told) for part in parts)
        case Either(parts):
            return any(_fits(part, told) for part in parts)
        case Without(part):
            return not _fits(part, told)


def _weight(phrase: Phrase, told: Told) -> float:
    return sum(BOOST.get(name, 1.0) * _frequency(phrase, told[name]) for name in phrase.fields)


def _frequency(phrase: Phrase, values: Sequence[Sequence[str]]) -> float:
    count = sum(len(places(phrase, value)) for value in values)
    length = sum(map(len, values))
    return count * (1 + SATURATION) / (count + SATURATION * (0.25 + 0.75 * length / LENGTH)) if count else 0.0


def places(phrase: Phrase, told: Sequence[str]) -> list[int]:
    """Where the phrase begins in a text's words."""
    size = len(phrase.words)
    first, last = phrase.words[0], phrase.words[-1]
    heads = list(phrase.words[:-1])
    if size == 1:
        return [at for at, word in enumerate(told) if word == first or (phrase.prefix and word.startswith(first))]
    found = []
    for at, word in enumerate(told):
        end = at + size - 1
        if word == first and end < len(told) and list(told[at:end]) == heads and _ends(told[end], last, phrase):
            found.append(at)
    return found


def _ends(word: str, last: str, phrase: Phrase) -> bool:
    return word == last or (phrase.prefix and word.startswith(last))
