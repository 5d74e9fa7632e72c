"""`broadsheet search`: articles that hold words, the best first, the words marked; or their ids, for SQL."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.text import Text

from broadsheet.config import read_settings
from broadsheet.errors import ConfigError
from broadsheet.search.index import is_installed
from broadsheet.search.query import BadQuery
from broadsheet.warehouse import open_read_copy
from flows import search_index
from flows.progress import shown
from flows.search import Asked, Found, Hit, ids_of, search

if TYPE_CHECKING:
    from broadsheet.search.excerpts import Excerpt

MARK = "bold underline"


def searched(asked: Asked, *, ids: bool, as_json: bool) -> None:
    """Look for words and print what is found. BadParameter (exit code 2): they mean nothing, and where is told."""
    try:
        show_ids(asked) if ids else show_hits(asked, as_json=as_json)
    except BadQuery as error:
        raise typer.BadParameter(str(error), param_hint="WORDS") from error


def show_hits(asked: Asked, *, as_json: bool) -> None:
    """Print what was found. BadQuery: the words mean nothing."""
    with shown() as progress:
        found = search(read_settings().data, asked, progress)
    if as_json:
        typer.echo(json.dumps(_as_json(found), ensure_ascii=False))
    else:
        _printed(found, asked)


def show_ids(asked: Asked) -> None:
    """Print article ids, one a line, the best first. BadQuery: the words mean nothing."""
    with shown() as progress:
        _, best, _ = ids_of(read_settings().data, asked, progress)
    for article_id, _ in best:
        typer.echo(article_id)


def rebuild_index() -> None:
    """Build the index anew from the read copy. ConfigError: tantivy is not installed, or somebody else is at it."""
    if not is_installed():
        raise ConfigError("there is no index without tantivy: pip install 'broadsheet[search]'")
    data = read_settings().data
    open_read_copy(data).close()
    with shown() as progress:
        if not search_index.refresh(data, progress, rebuild=True):
            raise ConfigError("another process is writing the search index; try again when it has ended")


def _as_json(found: Found) -> dict[str, Any]:
    return {"total": found.total, "way": found.way, "hits": [_told(hit) for hit in found.hits]}


def _told(hit: Hit) -> dict[str, Any]:
    """A hit; its id is a string, for 63 bits are more than JSON's readers hold. Marks are (from, to) in characters."""
    return {
        "article_id": str(hit.article_id),
        "score": round(hit.score, 4),
        "source": hit.source,
        "url": hit.url,
        "authors": list(hit.authors),
        "section": hit.section,
        "language": hit.language,
        "published_at": hit.published_at and hit.published_at.isoformat(),
        "day": hit.day,
        "word_count": hit.word_count,
        "title": {"text": hit.title.text, "marks": hit.title.marks},
        "excerpt": {"text": hit.text.text, "marks": hit.text.marks},
    }


def _printed(found: Found, asked: Asked) -> None:
    console = Console(soft_wrap=True, highlight=False)
    for hit in found.hits:
        console.print(_text(hit.title, "bold cyan"))
        console.print(Text("  ·  ".join(_facts(hit)), style="dim"))
        console.print(Text("  ").append_text(_text(hit.text, "")))
        console.print()
    more = found.total - len(found.hits)
    told = f"{found.total:,} article(s)" + (f", the best {len(found.hits)} shown: --limit 0 shows all" if more else "")
    console.print(told if found.total else f"nothing is found for {asked.words}: fewer words, or {_looser()}")


def _looser() -> str:
    return "`OR` between them, or the beginning of one: elect*"


def _facts(hit: Hit) -> list[str]:
    authors = ", ".join(hit.authors)
    return [each for each in (hit.source, hit.day, authors, hit.section, hit.url) if each]


def _text(told: Excerpt, style: str) -> Text:
    text = Text(told.text, style=style)
    for start, end in told.marks:
        text.stylize(MARK, start, end)
    return text
