"""What a page says of itself to machines: JSON-LD, OpenGraph, `<meta>`, microdata and RDFa. Scanned once a page."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from extractors.jsonld import Graph, Node, listed, text_of, types

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

    from extractors.page import ParsedPage

SAME_PAGE = 10  # outweighs all that a node may say
MAX_METAS = 500
MAX_META_VALUES = 40  # of one name
_NAMES = ("script", "meta", "link", "title", "h1", "time", "figure")
MAX_SCANNED = 5_000  # elements of a page that may carry structured data
MAX_LINKS = 60  # of one rel
MAX_ITEMPROPS = 400
ARTICLE_TYPES = frozenset({
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "Report",
    "BackgroundNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "AdvertiserContentArticle", "BlogPosting",
    "SatiricalArticle", "ScholarlyArticle", "TechArticle", "LiveBlogPosting", "SocialMediaPosting",
    "DiscussionForumPosting", "MedicalScholarlyArticle", "Review", "Recipe",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Structured:
    """The structured data of one page.

    `articles` are the JSON-LD nodes of an article type that describe this page, best first; `pages` those of other
    types (WebPage, VideoObject, ...) that do. `meta` maps the lower-case name or property of `<meta>` tags to their
    contents, `items` an itemprop (or RDFa property) to its elements, `links` a rel to its `<link>`s and `<a>`s,
    `named` the tags title, h1, time and figure to theirs (which saves other readers a walk through the page).
    """

    graph: Graph
    articles: tuple[Node, ...] = ()
    pages: tuple[Node, ...] = ()
    meta: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    items: Mapping[str, tuple[HtmlElement, ...]] = field(default_factory=dict)
    links: Mapping[str, tuple[HtmlElement, ...]] = field(default_factory=dict)
    named: Mapping[str, tuple[HtmlElement, ...]] = field(default_factory=dict)

    @property
    def types(self) -> frozenset[str]:
        """The schema.org types of all nodes that describe the page."""
        return frozenset(name for node in (*self.articles, *self.pages) for name in types(node))

    @property
    def og_type(self) -> str:
        """What OpenGraph calls the page (`article`, `website`, `video.other`), lower case; empty: nothing."""
        return self.first("og:type").lower()

    @property
    def article_bodies(self) -> tuple[str, ...]:
        """The texts that JSON-LD gives as the article's body, best first."""
        stated = (text_of(value) for node in self.articles for value in listed(node.get("articleBody")))
        return tuple(body for body in stated if body)

    def first(self, *names: str) -> str:
        """The first content of the first `<meta>` of these names (lower case) that has one; empty: none."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), "")


def structured_data(parsed: ParsedPage) -> Structured:
    """Read a page's structured data. Never raises; the work is bounded."""
    if parsed.tree is None:
        return Structured(Graph(()))
    found = dict(_scan(parsed.tree))
    graph = Graph(script.text or "" for script in found["script"] if _is_json_ld(script))
    articles = [node for node in graph.roots if ARTICLE_TYPES.intersection(types(node))]
    pages = [node for node in graph.roots if not ARTICLE_TYPES.intersection(types(node))]
    ranked = sorted(articles, key=lambda node: -_likeness(node, parsed.url))
    return Structured(
        graph,
        tuple(_of_this_page(ranked, parsed.url)),
        tuple(pages),
        _metas(found["meta"]),
        _items(found["items"]),
        _links([*found["link"], *found["anchors"]]),
        {name: tuple(found[name]) for name in ("title", "h1", "time", "figure")},
    )


@functools.cache
def _items_path() -> etree.XPath:
    return etree.XPath("/descendant::*/@itemprop/..")


@functools.cache
def _rdfa_path() -> etree.XPath:
    return etree.XPath("/descendant::*/@property[starts-with(., 'schema:')]/..")


@functools.cache
def _related_path() -> etree.XPath:
    return etree.XPath("/descendant::a/@rel/parent::*[@href]")


def _is_json_ld(script: HtmlElement) -> bool:
    stated = (script.get("type") or "").lower()
    return "ld+json" in stated or "json+ld" in stated


def _scan(tree: HtmlElement) -> Iterator[tuple[str, list[HtmlElement]]]:
    """The elements that carry structured data, by kind: by name in one pass, by attribute in one each.

    RDFa counts on a page without microdata. Attributes are in lower case here, however the page spells them.
    """
    by_name: dict[str, list[HtmlElement]] = {name: [] for name in _NAMES}
    for element in islice(tree.iter(*_NAMES), MAX_SCANNED):
        by_name[str(element.tag)].append(element)
    yield from by_name.items()
    yield "items", _items_path()(tree) or _rdfa_path()(tree)  # type: ignore[misc]  # the paths name elements
    yield "anchors", _related_path()(tree)  # type: ignore[misc]  # likewise


def _metas(elements: list[HtmlElement]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in elements[:MAX_METAS]:
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = (element.get("content") or "").strip()
        if name and content:
            values = found.setdefault(name.strip().lower()[:100], [])
            if len(values) < MAX_META_VALUES:
                values.append(content)
    return {name: tuple(values) for name, values in found.items()}


def _links(elements: list[HtmlElement]) -> dict[str, tuple[HtmlElement, ...]]:
    found: dict[str, list[HtmlElement]] = {}
    for element in elements[:MAX_SCANNED]:
        for name in (element.get("rel") or "").lower().split()[:4]:
            found.setdefault(name, []).append(element)
    return {name: tuple(values[:MAX_LINKS]) for name, values in found.items()}


def _items(elements: list[HtmlElement]) -> dict[str, tuple[HtmlElement, ...]]:
    found: dict[str, list[HtmlElement]] = {}
    for element in elements[:MAX_ITEMPROPS]:
        for name in (element.get("itemprop") or element.get("property") or "").split()[:4]:
            found.setdefault(name.removeprefix("schema:"), []).append(element)
    return {name: tuple(values) for name, values in found.items()}


def _likeness(node: Node, url: str) -> int:
    """How surely a node describes the page at `url` and how much it says: a rank among a page's article nodes."""
    addresses = [text_of(node.get(key), "@id", "url") for key in ("url", "mainEntityOfPage", "@id")]
    same = any(_path(address) == _path(url) for address in addresses if address)
    says = sum(bool(node.get(key)) for key in ("headline", "datePublished", "author", "articleBody"))
    return SAME_PAGE * same + says


def _of_this_page(ranked: list[Node], url: str) -> list[Node]:
    """The best node, and the others that are of the same address or headline."""
    if not ranked:
        return []
    best = ranked[0]
    headline = text_of(best.get("headline"))
    return [best] + [
        node
        for node in ranked[1:10]
        if _likeness(node, url) >= SAME_PAGE or (headline and text_of(node.get("headline")) == headline)
    ]


def _path(url: str) -> str:
    try:
        return urlsplit(url.strip()[:3000]).path.rstrip("/")
    except ValueError:
        return ""
