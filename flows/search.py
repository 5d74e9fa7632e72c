"""A search: in the index where there is one, else by looking through the read copy. Both read queries alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from broadsheet.search.entries import Filter, entry_of, score
from broadsheet.search.excerpts import Excerpt, excerpt, marked
from broadsheet.search.index import is_installed
from broadsheet.search.patterns import pattern
from broadsheet.search.query import Query, parsed, phrases
from broadsheet.warehouse import Session, open_read_copy, seeking
from flows import search_index

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from broadsheet.search.index import Index
    from flows.progress import Progress

NOT_INSTALLED = (
    "tantivy is not installed: looking through every article; `pip install 'broadsheet[search]'` makes an index"
)
BUSY = "another process is bringing the search index up to date: what came last may be missing"
NOT_YET = "another process is building the search index: looking through every article"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for. `limit` 0: all that fits."""

    words: str
    fields: tuple[str, ...] = ()
    narrowed: Filter = field(default_factory=Filter)
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that fits, as a search shows it."""

    article_id: int
    score: float
    source: str
    url: str
    authors: tuple[str, ...]
    section: str | None
    language: str | None
    published_at: datetime | None
    day: str
    word_count: int
    title: Excerpt
    text: Excerpt


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits, and how many articles fit in all. `way`: index or scan."""

    total: int
    hits: tuple[Hit, ...]
    way: str


def ids_of(data: Path, asked: Asked, progress: Progress) -> tuple[int, list[tuple[int, float]], str]:
    """How many articles fit, ids and scores of the best, and the way. BadQuery: the words mean nothing."""
    query = parsed(asked.words, asked.fields)
    if not is_installed():
        progress.say(NOT_INSTALLED)
    elif index := _current(data, progress):
        return (*index.find(query, asked.narrowed, asked.limit), "index")
    found = scanned(data, query, asked.narrowed)
    return len(found), found[: asked.limit or None], "scan"


def search(data: Path, asked: Asked, progress: Progress) -> Found:
    """The best articles, with excerpts. BadQuery: the words mean nothing. WarehouseError: there is no read copy."""
    total, best, way = ids_of(data, asked, progress)
    wanted = list(phrases(parsed(asked.words, asked.fields)))
    with open_read_copy(data) as copy:
        rows = seeking.shown(Session(copy), [each for each, _ in best])
    scores = dict(best)
    hits = tuple(_hit(row, scores[row["article_id"]], wanted) for row in rows)
    return Found(total, hits, way)


def scanned(data: Path, query: Query, narrowed: Filter) -> list[tuple[int, float]]:
    """Ids and scores of all articles that fit, the best first, the newest first of equals."""
    values = {
        "sources": list(narrowed.sources),
        "languages": list(narrowed.languages),
        "since": narrowed.since,
        "until": narrowed.until,
        "pattern": pattern(query),
    }
    with open_read_copy(data) as copy:
        entries = (entry_of(row) for row in seeking.scanned(Session(copy), values))
        found = [(points, each) for each in entries if (points := score(query, each)) is not None]
    found.sort(key=lambda each: (-each[0], -each[1].day.toordinal(), each[1].article_id))
    return [(entry.article_id, points) for points, entry in found]


def _current(data: Path, progress: Progress) -> Index | None:
    """The index, brought up to date first unless somebody else is at it; None: there is none yet."""
    if not search_index.is_current(data) and not search_index.refresh(data, progress):
        progress.say(BUSY if search_index.opened(data) else NOT_YET)
    index = search_index.opened(data)
    if index is None and search_index.is_current(data):  # what state.json vouches for cannot be opened
        search_index.refresh(data, progress, rebuild=True)
        index = search_index.opened(data)
    return index


def _hit(row: dict[str, Any], points: float, wanted: Sequence[Any]) -> Hit:
    title = [each for each in wanted if "title" in each.fields]
    text = [each for each in wanted if "text" in each.fields]
    shown = excerpt(row["text"], text)
    told = excerpt(row["description"] or "", [each for each in wanted if "description" in each.fields])
    return Hit(
        article_id=row["article_id"],
        score=points,
        source=row["source"],
        url=row["url"],
        authors=tuple(row["authors"]),
        section=row["section"],
        language=row["language"],
        published_at=row["published_at"],
        day=row["published_day"].isoformat(),
        word_count=row["word_count"],
        title=marked(row["title"], title),
        text=told if told.marks and not shown.marks else shown,
    )
