"""Where a site is likely to announce its articles: what its home page and robots.txt say, and the usual places. Pure.

- Feeds: `<link rel="alternate">` with a feed's type (RSS Advisory Board, "RSS Autodiscovery"; WHATWG HTML, 4.6.7.1),
  links whose address ends as a feed's does, else the places where the common systems put theirs.
- Sitemaps: the `Sitemap` lines of robots.txt (sitemaps.org, "Submitting your Sitemap"), else the usual places; news
  sitemaps are looked for in any case, since many sites name them to search engines alone.
- Sections: the short links of the menus of the home page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree, html

from broadsheet import urls
from broadsheet.decoding import decoded_text
from broadsheet.discovery.reading import language
from broadsheet.discovery.sections import NAVIGATION, path_score
from broadsheet.model import Endpoint, EndpointKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FEED_TYPES: Final = frozenset(
    {
        "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
        "application/json", "application/xml", "text/xml", "application/x.atom+xml", "application/x-atom+xml",
    }
)  # fmt: skip
FEED_ADDRESS: Final = re.compile(
    r"/(?:feeds?|rss|atom)(?:/[\w-]+)?/?$|\.(?:rss|atom|rdf)$|(?:rss|feed|atom|index)[\w-]*\.(?:xml|json)$|[?&]feed=",
    re.IGNORECASE,
)
COMMENTS: Final = re.compile(r"comment|kommentar|commentaire|comentario|reacties", re.IGNORECASE)
FEED_PLACES: Final = (  # WordPress, Ghost and Drupal, Jekyll, Hugo, Blogger, Arc XP, JSON Feed
    "/feed/", "/rss/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feeds/posts/default",
    "/arc/outboundfeeds/rss/", "/feed.json",
)  # fmt: skip
SITEMAP_PLACES: Final = (  # sitemaps.org's example, Yoast, WordPress 5.5
    "/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml", "/sitemap-index.xml", "/sitemap.xml.gz", "/sitemap.txt",
)  # fmt: skip
NEWS_PLACES: Final = (
    "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap/news.xml", "/googlenews.xml",
    "/arc/outboundfeeds/news-sitemap/",
)  # fmt: skip
ROBOTS_LINE: Final = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
MENUS: Final = ".//nav//a | .//header//a | .//*[@role='navigation']//a | .//*[contains(@id, 'nav')]//a"
MENUS_BY_CLASS: Final = ".//*[contains(@class, 'nav') or contains(@class, 'menu')]//a"
LONGEST_PAGE: Final = 5_000_000  # characters
LONGEST_LABEL: Final = 30  # characters: a menu's words; longer ones are headlines
MOST: Final = 20  # of a kind


@dataclass(frozen=True, slots=True)
class Offered:
    """What a home page offers, each list in its order and bounded."""

    feeds: tuple[Endpoint, ...] = ()
    sections: tuple[Endpoint, ...] = ()
    language: str | None = None


def offered(body: bytes, home: str, content_type: str | None) -> Offered:
    """The feeds and sections that a home page names, and its language. Never raises."""
    root = _parsed(decoded_text(body, content_type)[:LONGEST_PAGE])
    if root is None:
        return Offered()
    base = _base(root, home)
    feeds = _endpoints([*_alternates(root, base), *_linked_feeds(root, base)], EndpointKind.FEED)
    sections = _endpoints(_sections(root, base, home), EndpointKind.SECTION)
    return Offered(feeds, sections, language(root.get("lang")))


def robots_sitemaps(body: bytes, robots_url: str) -> tuple[Endpoint, ...]:
    """The sitemaps that a robots.txt names; they belong to no group, and may lie on other hosts."""
    named = ROBOTS_LINE.findall(body.decode("utf-8", "replace").lstrip("\ufeff"))
    return _endpoints((urls.normalise(each, robots_url) for each in named), EndpointKind.SITEMAP)


def usual_places(home: str, *, feeds: bool, sitemaps: bool) -> tuple[Endpoint, ...]:
    """Where feeds (if no page names any) and sitemaps (if robots.txt names none) often lie; news sitemaps always."""
    origin = urls.origin(home)
    kinds = (
        (EndpointKind.FEED, FEED_PLACES if feeds else ()),
        (EndpointKind.SITEMAP, (*NEWS_PLACES, *(SITEMAP_PLACES if sitemaps else ()))),
    )
    return tuple(Endpoint(f"{origin}{place}", kind) for kind, places in kinds for place in places)


def _endpoints(addresses: Iterable[str | None], kind: EndpointKind) -> tuple[Endpoint, ...]:
    kept = list(dict.fromkeys(address for address in addresses if address))[:MOST]
    return tuple(Endpoint(address, kind) for address in kept)


def _parsed(text: str) -> etree._Element | None:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
    try:
        return html.document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):  # nothing in it
        return None


def _base(root: etree._Element, home: str) -> str:
    stated = next((str(element.get("href")) for element in root.iter("base") if element.get("href")), "")
    return urls.normalise(stated, home) or home


def _alternates(root: etree._Element, base: str) -> Iterator[str | None]:
    for link in root.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        is_named = "alternate" in (link.get("rel") or "").lower().split() and bool((link.get("href") or "").strip())
        if is_named and kind in FEED_TYPES and _is_of_articles(link):
            yield urls.normalise(link.get("href") or "", base)


def _linked_feeds(root: etree._Element, base: str) -> Iterator[str | None]:
    for link in root.iter("a"):
        address = urls.normalise(link.get("href") or "", base) if _is_of_articles(link) else None
        if address and FEED_ADDRESS.search(address) and urls.same_site(address, base):
            yield address


def _is_of_articles(link: etree._Element) -> bool:
    """Whether it is no feed of comments."""
    return not COMMENTS.search(f"{link.get('title') or ''} {link.get('href') or ''}")


def _sections(root: etree._Element, base: str, home: str) -> Iterator[str]:
    """Addresses in menus that look like sections: on the site's host, a short label, not an article, not service."""
    for link in [*_found(root, MENUS), *_found(root, MENUS_BY_CLASS)]:
        label = " ".join("".join(map(str, link.itertext())).split())
        address = urls.normalise(link.get("href") or "", base)
        if address and 0 < len(label) <= LONGEST_LABEL and _is_section(address, home):
            yield address


def _found(root: etree._Element, path: str) -> list[etree._Element]:
    found = root.xpath(path)
    return [each for each in found if isinstance(each, html.HtmlElement)] if isinstance(found, list) else []


def _is_section(address: str, home: str) -> bool:
    path = address.split("/", 3)[-1].partition("?")[0]
    words = [part.lower() for part in path.split("/") if part]
    is_here = urls.bare_host(address) == urls.bare_host(home) and "?" not in address
    return is_here and 0 < len(words) <= 2 and not NAVIGATION.intersection(words) and path_score(address) <= 1  # noqa: PLR2004 - /news/sport/
