"""Feeds: RSS, Atom and RDF by feedparser (its only door), JSON Feed 1.0 and 1.1 by our own reading. Pure."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any, Final

import feedparser

from broadsheet.discovery.dates import moment
from broadsheet.discovery.reading import LONGEST, Entry, Reading, as_utf8, language, plain
from broadsheet.model import Hints

if TYPE_CHECKING:
    from collections.abc import Iterable

JSON_FEED: Final = "jsonfeed.org/version/"
HTML_PAGE: Final = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
IANA: Final = "http://www.iana.org/assignments/relation/"
OLDER: Final = frozenset({"next", "prev-archive"})
WEB_URL: Final = re.compile(r"https?://\S+", re.IGNORECASE)
ADDRESS: Final = re.compile(r"\S+@\S+")
MAILBOX: Final = re.compile(r"\S+@\S+\s*\((?P<name>[^()]+)\)|(?P<name_first>[^<>]+)<\S+@\S+>")


def read_feed(body: bytes, base: str, content_type: str | None, zone: str | None) -> Reading:
    """The entries of a feed in any of the formats. `zone` (IANA) is for times that name none."""
    document = as_utf8(body)
    if document.startswith(b"{"):
        return _read_json_feed(document, zone)
    if HTML_PAGE.match(document):
        return Reading(problem="not a feed: an HTML page")
    stated = content_type if content_type and document in body else "application/xml"
    headers = {"content-type": stated, "content-location": base}
    parsed = feedparser.parse(  # a stream, because a string could be taken for a path or an address
        io.BytesIO(document), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    spoken = language(parsed.feed.get("language"))
    entries = tuple(entry for item in parsed.entries if (entry := _entry(item, zone, spoken)))
    return Reading(entries, problem=_problem(parsed, len(entries)), older=_older(parsed.feed))


def _older(feed: Any) -> tuple[str, ...]:  # noqa: ANN401 - feedparser's dictionary
    """Where a paged or archived feed keeps its earlier entries (RFC 5005, 3 and 4)."""
    links = [link for link in feed.get("links", ()) if _relation(link) in OLDER]
    return tuple(str(link["href"]) for link in links if link.get("href"))


def _problem(parsed: Any, found: int) -> str:  # noqa: ANN401 - feedparser's dictionary
    if not parsed.get("version") and not found:
        return "not a feed"
    return f"damaged: {parsed.get('bozo_exception')}" if parsed.bozo and not found else ""


def _entry(item: Any, zone: str | None, spoken: str | None) -> Entry | None:  # noqa: ANN401 - feedparser's dictionary
    url = _link(item)
    if not url:
        return None
    detail = item.get("title_detail") or {}
    hints = Hints(
        title=plain(item.get("title")) or None,
        published_at=_moment(item, "published", zone),
        modified_at=_moment(item, "updated", zone),
        authors=_names(author.get("name") for author in item.get("authors", ())),
        language=language(item.get("language")) or language(detail.get("language")) or spoken,
        guid=_guid(item.get("id")),
    )
    return Entry(url, hints)


def _link(item: Any) -> str:  # noqa: ANN401 - feedparser's dictionary
    """The article's own address: not that of a click counter or of an enclosure, and a page rather than a feed."""
    if original := item.get("feedburner_origlink"):
        return str(original)
    pages = [link for link in item.get("links", ()) if _relation(link) == "alternate" and link.get("href")]
    html_first = sorted(pages, key=lambda link: "html" not in link.get("type", "text/html"))
    if html_first:
        return str(html_first[0]["href"])
    named = item.get("link") or item.get("id") or ""
    return str(named) if WEB_URL.match(named) else ""


def _relation(link: Any) -> str:  # noqa: ANN401 - feedparser's dictionary
    """The relation of a link by its short name (RFC 4287, 4.2.7.2: names and IANA's addresses are equal)."""
    return str(link.get("rel", "")).removeprefix(IANA)


def _moment(item: Any, name: str, zone: str | None) -> Any:  # noqa: ANN401 - feedparser's dictionary
    """A date of an entry. `dict.get`, because feedparser's own `get` answers `updated` with `published`."""
    return moment(dict.get(item, name), zone)


def _names(names: Iterable[object]) -> tuple[str, ...]:
    """The names among author texts, in order and once each: mail addresses go, the name beside one stays."""
    found = [_without_address(plain(name)) for name in names]
    return tuple(dict.fromkeys(name for name in found if name))


def _without_address(name: str) -> str:
    match = MAILBOX.fullmatch(name)
    if match:
        return (match["name"] or match["name_first"]).strip()
    return "" if ADDRESS.fullmatch(name) else name


def _read_json_feed(body: bytes, zone: str | None) -> Reading:
    try:
        feed = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        return Reading(problem=f"damaged JSON: {error}")
    if JSON_FEED not in str(feed.get("version")):
        return Reading(problem="not a feed: JSON of another kind")
    items = feed.get("items")
    entries = [_json_entry(item, feed, zone) for item in items if isinstance(item, dict)] if _is_list(items) else []
    following = feed.get("next_url")
    return Reading(tuple(entry for entry in entries if entry), older=(following,) if _is_link(following) else ())


def _json_entry(item: dict[str, Any], feed: dict[str, Any], zone: str | None) -> Entry | None:
    url = next((link for link in (item.get("url"), item.get("external_url"), item.get("id")) if _is_link(link)), None)
    if url is None:
        return None
    hints = Hints(
        title=plain(item.get("title")) or None,
        published_at=moment(item.get("date_published"), zone),
        modified_at=moment(item.get("date_modified"), zone),
        authors=_json_authors(item) or _json_authors(feed),
        language=language(item.get("language")) or language(feed.get("language")),
        guid=_guid(item.get("id")),
    )
    return Entry(url, hints)


def _guid(value: object) -> str | None:
    """An entry's id; JSON Feed asks readers to take numbers for texts."""
    text = str(value).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
    return text[:LONGEST] or None


def _is_link(link: object) -> bool:
    return isinstance(link, str) and bool(WEB_URL.match(link) or link.startswith("/"))


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _json_authors(thing: dict[str, Any]) -> tuple[str, ...]:
    """`authors` of version 1.1, `author` of 1.0."""
    authors = thing.get("authors") if _is_list(thing.get("authors")) else [thing.get("author")]
    return _names(author.get("name") for author in authors or () if isinstance(author, dict))
