"""Sitemaps, their indexes and Google News sitemaps, in any namespace or none. Pure; lxml on bytes.

The protocol is sitemaps.org's, the news elements Google's. A document cut short gives what is whole of it. A feed or a
list of URLs is a sitemap too, by the protocol.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from broadsheet.discovery.children import child, in_order
from broadsheet.discovery.dates import day, moment
from broadsheet.discovery.feeds import read_feed
from broadsheet.discovery.lists import read_list
from broadsheet.discovery.reading import Entry, Reading, as_utf8, language, plain
from broadsheet.model import Hints

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_URLS: Final = 50_000  # a file, by the protocol; an index may name as many sitemaps
LOC_OPENS: Final = re.compile(rb"<(?:[\w.-]+:)?loc\b[^>]*>", re.IGNORECASE)
LOC_CLOSES: Final = re.compile(rb"</(?:[\w.-]+:)?loc\s*>", re.IGNORECASE)
FEED_ROOTS: Final = frozenset({"rss", "feed", "rdf"})
SITEMAP_ROOTS: Final = frozenset({"urlset", "sitemapindex"})
USUAL: Final = ("{*}url", "{*}sitemap")  # what lxml can pick out by itself


def read_sitemap(body: bytes, base: str, content_type: str | None, zone: str | None) -> Reading:
    """The pages and the children of a sitemap. `zone` (IANA) is for times that name none."""
    document = as_utf8(body)
    if not document:
        return Reading(problem="empty")
    if not document.startswith(b"<"):
        return read_list(body, content_type)
    elements, root, damage = _elements(document)
    if root in FEED_ROOTS:
        return read_feed(body, base, content_type, zone)
    if root == "html" or not (elements or root in SITEMAP_ROOTS):
        return Reading(problem=f"not a sitemap: <{root}>" if root else f"not a sitemap: {damage}")
    whole = elements[:-1] if _ends_inside_loc(document) else elements
    pages = tuple(_entry(fields, zone) for name, fields in whole if name == "url")
    children = in_order(child(fields["loc"], fields.get("lastmod")) for name, fields in whole if name == "sitemap")
    return Reading(pages, children, damage if not whole else "")


Fields = dict[str, str]  # the text of an element's descendants by their local name, the first one of each
Elements = list[tuple[str, Fields]]


def _elements(document: bytes) -> tuple[Elements, str, str]:
    """The <url> and <sitemap> elements that name a place, the root's name, and what is wrong with the document.

    Few documents spell these elements so oddly that all elements have to be looked at.
    """
    found, root, damage = _walked(document, USUAL)
    return (found, root, damage) if found else _walked(document, None)


def _walked(document: bytes, tags: tuple[str, ...] | None) -> tuple[Elements, str, str]:
    found: Elements = []
    root, damage = "", ""
    try:
        for element in _walk(document, tags):
            name = _local(element.tag)
            root = root or _local(element.getroottree().getroot().tag)
            if name in {"url", "sitemap"}:
                fields = _fields(element)
                element.clear()
                if fields.get("loc"):
                    found.append((name, fields))
                if len(found) >= MOST_URLS:
                    break
    except etree.XMLSyntaxError as error:
        damage = str(error)
    return found, root, damage


def _walk(document: bytes, tags: tuple[str, ...] | None) -> Iterator[etree._Element]:
    """The elements as they end."""
    for _, element in etree.iterparse(
        io.BytesIO(document),
        events=("end",),
        tag=tags,
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    ):
        yield element


def _local(tag: object) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _fields(element: etree._Element) -> Fields:
    """Direct children, and those of <news> and of its <publication>; a picture's <loc> is none of ours."""
    fields: Fields = {}
    for part in element:
        name = _local(part.tag)
        if name in {"news", "publication"}:
            fields = {**_fields(part), **fields}
        elif name not in fields:
            fields[name] = _text(part)
    return fields


def _text(element: etree._Element) -> str:
    return ("".join(map(str, element.itertext())) if len(element) else element.text or "").strip()


def _entry(fields: Fields, zone: str | None) -> Entry:
    hints = Hints(
        title=plain(fields.get("title")) or None,
        published_at=moment(fields.get("publication_date"), zone),
        modified_at=day(fields.get("lastmod")),
        language=language(fields.get("language")),
    )
    return Entry(fields["loc"], hints)


def _ends_inside_loc(document: bytes) -> bool:
    """Whether the document breaks off in the middle of a <loc>, so that its last URL is only the beginning of one."""
    opened = max((match.end() for match in LOC_OPENS.finditer(document)), default=-1)
    return bool(document[opened:].strip()) and opened > 0 and LOC_CLOSES.search(document, opened) is None
