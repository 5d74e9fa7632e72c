"""Which column of a table is what: as the user says, else by the names that scripts and tools give. Pure.

Names are compared without case and signs: `rawHtml`, `raw_html` and `RAW-HTML` are one. The lists hold the words of
newspaper4k's and Fundus' exports, news-please, Scrapy feeds and Common Crawl tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

URLS: Final = (
    *("url", "articleurl", "pageurl", "sourceurl", "originalurl", "requestedurl", "responseurl", "finalurl"),
    *("link", "href", "uri", "warctargeturi", "address", "canonicallink", "canonicalurl"),
)
HTMLS: Final = (
    *("html", "rawhtml", "htmlraw", "pagehtml", "articlehtml", "fullhtml", "htmlcontent", "contenthtml", "bodyhtml"),
    *("sourcehtml", "htmlsource", "htmlbody", "pagesource", "rawcontent", "raw", "source", "page", "response"),
    *("responsebody", "content", "body", "document", "text"),
)
TIMES: Final = (
    *("capturedat", "fetchedat", "crawledat", "scrapedat", "downloadedat", "retrievedat", "accessedat"),
    *("datedownload", "downloaddate", "crawldate", "datecrawled", "fetchdate", "fetchtime", "crawltime", "warcdate"),
    *("scrapedate", "datescraped", "crawltimestamp", "timestamp", "lastcrawled", "accessed", "retrieved"),
)
FILES: Final = ("localpath", "htmlfile", "htmlpath", "filename", "file")
MARKS: Final = ("<html", "<!doctype", "<head", "<body", "<article", "<p", "<div", "<meta")
SECONDS_LIMIT: Final = 1e11  # numbers above count milliseconds: in seconds they would lie past the year 5000


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of URL, HTML and time of capture; None: to be guessed."""

    url: str | None = None
    html: str | None = None
    time: str | None = None


def plain(name: str) -> str:
    """A column's name without case and signs."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


def url_of(row: Mapping[str, Any], columns: Columns) -> str:
    """The row's URL; empty: it has none."""
    values = _named(row, columns.url, URLS)
    return next((v.strip() for v in values if isinstance(v, str) and "://" in v), "")


def html_of(row: Mapping[str, Any], columns: Columns) -> str | bytes:
    """The row's page; empty: it has none. A guessed column counts only where it looks like HTML."""
    for value in _named(row, columns.html, HTMLS):
        if isinstance(value, str | bytes) and value and (columns.html or _is_html(value)):
            return value
    return ""


def time_of(row: Mapping[str, Any], columns: Columns) -> datetime | None:
    """When the row's page was captured, in UTC; None: it does not say. What bears no zone is taken for UTC."""
    return next((when for value in _named(row, columns.time, TIMES) if (when := moment(value))), None)


def files_of(row: Mapping[str, Any]) -> list[str]:
    """Names of files that the row says its page is in."""
    return [value for value in _named(row, None, FILES) if isinstance(value, str) and value]


def moment(value: object) -> datetime | None:
    """A time as tables write it: ISO 8601, an e-mail date, `20260131120000`, seconds or milliseconds since 1970."""
    try:
        return _moment(value)
    except (ValueError, OverflowError, OSError):
        return None


def _moment(value: object) -> datetime | None:
    match value:
        case datetime():
            return _aware(value)
        case date():
            return datetime(value.year, value.month, value.day, tzinfo=UTC)
        case int() | float() if not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000 if value > SECONDS_LIMIT else value, UTC)
        case str():
            return _written(value.strip())
    return None


def _written(text: str) -> datetime | None:
    if text.isdigit() and len(text) == len("20260131120000"):
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    if text.replace(".", "", 1).isdigit() and len(text) > len("20260131"):
        return moment(float(text))
    try:
        return _aware(datetime.fromisoformat(text))
    except ValueError:
        return _aware(parsedate_to_datetime(text))


def _aware(value: datetime) -> datetime:
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


def _named(row: Mapping[str, Any], given: str | None, guessed: tuple[str, ...]) -> list[Any]:
    """The values of the given column, else of those with a known name, likeliest first."""
    if given is not None:
        return [row[given]] if given in row else []
    named = {plain(name): value for name, value in reversed(list(row.items())) if isinstance(name, str)}
    return [named[name] for name in guessed if name in named]


def _is_html(value: str | bytes) -> bool:
    head = value[:4000].decode("latin-1") if isinstance(value, bytes) else value[:4000]
    return any(mark in head.lower() for mark in MARKS)
