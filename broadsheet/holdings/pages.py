"""Rows and HTML files as pages: what they would be had we fetched them when they were captured."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import lxml.html
from lxml import etree

from broadsheet.errors import ArchiveError
from broadsheet.holdings.columns import Columns, files_of, html_of, time_of, url_of
from broadsheet.holdings.finding import Form, beside, unpacked
from broadsheet.holdings.rows import rows_of
from broadsheet.model import FetchedPage, Role
from broadsheet.urls import normalise, site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from broadsheet.holdings.finding import Holding
    from broadsheet.holdings.rows import Row

NO_URL: Final = "no_url"
NO_HTML: Final = "no_html"
PASSED: Final = {
    "bad_row": "no JSON object, or a CSV row of another length",
    NO_URL: "neither a URL nor a page that names its own",
    NO_HTML: "no HTML in it or beside it",
}
"""Why a row or file gave no page."""

SQUARE: Final = frozenset({Form.CSV, Form.TSV, Form.PARQUET})  # forms whose rows all have the same columns
MOST_COLUMNS: Final = 10_000
HEAD: Final = 512 * 1024  # bytes in which a page names itself
LARGEST: Final = 64 << 20  # bytes of an HTML file
SAVED: Final = re.compile(rb"<!--\s*(?:saved from url=\(\d+\)|Mirrored from )(\S+)", re.IGNORECASE)
TAIL: Final = re.compile(r"(?:^|/)index\.x?html?$")
PLACES: Final = (
    "//link[translate(@rel, 'CANONIL', 'canonil') = 'canonical']/@href",
    "//meta[@property = 'og:url' or @name = 'og:url']/@content",
)


def pages_of(holding: Holding, columns: Columns) -> Iterator[FetchedPage | str]:
    """The pages of a file in order, or why there is none (a key of PASSED). ArchiveError: it cannot be read.

    A page's time of capture is what its row says, else the file's own time, in UTC.
    """
    when = datetime.fromtimestamp(holding.path.stat().st_mtime, UTC)
    if holding.form is Form.HTML:
        html = _content(holding.path)
        yield _page(named_in(html) or mirrored(holding.path, holding.root), html, when)
        return
    for row in having(rows_of(holding.path, holding.form), holding, columns):
        yield row if isinstance(row, str) else _of_row(row, holding, columns, when)


def having(rows: Iterator[Row | str], holding: Holding, columns: Columns) -> Iterator[Row | str]:
    """The rows of a table. ArchiveError: none of them has a column that the user named.

    Where all rows have the same columns that is said before the first; else, of URL and page, after the last.
    """
    wanted = {name for name in (columns.url, columns.html, columns.time) if name}
    seen: dict[str, None] = {}
    for row in rows:
        if isinstance(row, dict) and len(seen) < MOST_COLUMNS:
            seen.update(dict.fromkeys(row))
            if holding.form in SQUARE:
                _require(wanted, seen, holding.path)
        yield row
    _require({name for name in (columns.url, columns.html) if name}, seen, holding.path)


def _require(wanted: set[str], seen: Iterable[str], path: Path) -> None:
    """ArchiveError: a column is wanted that no row has; an empty table has nothing to be missed."""
    columns = list(seen)
    if columns and (missing := sorted(wanted.difference(columns))):
        raise ArchiveError(f"{path}: no column {missing[0]!r}; it has {', '.join(columns)[:500]}")


def _of_row(row: Row, holding: Holding, columns: Columns, when: datetime) -> FetchedPage | str:
    html = html_of(row, columns) or _beside(row, holding)
    if not html:
        return NO_HTML
    url = url_of(row, columns) or named_in(html if isinstance(html, bytes) else html.encode("utf-8", "replace"))
    return _page(url, html, time_of(row, columns) or when)


def _page(url: str, html: str | bytes, when: datetime) -> FetchedPage | str:
    target = normalise(url) if url else None
    if target is None:
        return NO_URL
    if isinstance(html, str):
        kind, body = "text/html; charset=utf-8", html.encode("utf-8", "replace")
    else:
        kind, body = "text/html", html
    return FetchedPage(target, target, Role.PAGE, "", when, 200, (("Content-Type", kind),), body)


def _beside(row: Row, holding: Holding) -> bytes:
    """The HTML file that a row names, in its own folder or below, or that lies beside a JSON file of one row."""
    folder = holding.path.parent
    named = [path for name in files_of(row) for path in (folder / name, folder / name.rpartition("/")[2])]
    near = beside(holding.path) if holding.form is Form.JSON else []
    safe = (path for path in (*named, *near) if path.resolve().is_relative_to(folder.resolve()))
    return next((_content(path) for path in safe if path.is_file() and path != holding.path), b"")


def _content(path: Path) -> bytes:
    try:
        with unpacked(path) as file:
            return file.read(LARGEST)
    except (OSError, EOFError, zlib.error) as error:
        raise ArchiveError(f"{path}: cannot be read: {error}") from error


def named_in(html: bytes) -> str:
    """The URL that a page gives as its own: canonical link, og:url, or what a browser or HTTrack noted when saving."""
    saved = SAVED.search(html, 0, HEAD)
    try:
        document = lxml.html.document_fromstring(html[:HEAD]) if html.strip() else None
    except (etree.LxmlError, ValueError):
        document = None
    said = [] if document is None else [url for place in PLACES for url in _texts(document.xpath(place))]
    noted = [saved[1].decode("utf-8", "replace")] if saved else []
    noted = [url if "://" in url else f"http://{url}" for url in noted]
    return next((url for url in (*said, *noted) if url.lower().startswith(("http://", "https://"))), "")


def _texts(found: object) -> list[str]:
    return [str(each).strip() for each in found] if isinstance(found, list) else []


def mirrored(path: Path, root: Path) -> str:
    """The URL by a mirror's path, as wget and HTTrack lay it out (`www.example.org/news/42/index.html`); else empty.

    The folder of a host may be the one that was named, or any below it. `https` is supposed.
    """
    parts = (root.resolve().name, *path.resolve().relative_to(root.resolve()).parts)
    at = next((n for n, part in enumerate(parts[:-1]) if "." in part and "." in site(f"http://{part}/")), None)
    if at is None:
        return ""
    rest = "/".join(parts[at + 1 :]).removesuffix(".gz")
    return f"https://{parts[at]}/{quote(TAIL.sub(_folder, rest))}"


def _folder(match: re.Match[str]) -> str:
    return "/" if match[0].startswith("/") else ""
