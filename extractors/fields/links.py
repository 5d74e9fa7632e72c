"""Addresses and the site's name: the canonical URL, the next page, who publishes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from broadsheet.model import Producer
from broadsheet.urls import normalise, same_site
from extractors.evidence import Candidate, evidence
from extractors.fields.texts import clean, inner_text
from extractors.jsonld import text_of, types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.model import Evidence
    from extractors.page import ParsedPage
    from extractors.structured import Structured

MAX_URL = 2000
MAX_NAME = 100
MAX_FORMS = 4
_SMALL_SCREEN = re.compile(r"handheld|max-(?:device-)?width", re.IGNORECASE)
_NO_WORDS = frozenset({"", "html", "htm", "php", "shtml", "aspx", "jsp", "index", "default"})
_HOME = re.compile(r"/?(?:index\.\w+|home|[a-z]{2}(?:-[a-z]{2})?)?/?", re.IGNORECASE)


def canonical_url(parsed: ParsedPage, ruled: list[Candidate]) -> tuple[str | None, tuple[Evidence, ...]]:
    """The address the page gives as its own, normalised: only one of the same site that is not its home page."""
    stated = [*ruled[:1], *_addresses(parsed.structured)]
    trusted = {raw: _trusted(raw, parsed.url) for raw in {c.raw for c in stated}}  # mostly one address, thrice
    read = [Candidate(c.producer, c.locator, c.raw, trusted[c.raw]) for c in stated]
    best = next((candidate for candidate in read if candidate.value), None)
    return (best.value if best else None), evidence("canonical_url", read, [best] if best else [])


def _addresses(data: Structured) -> Iterator[Candidate]:
    for element in data.links.get("canonical", ())[:2]:
        yield Candidate(Producer.META, "link[rel=canonical]", element.get("href") or "", "")
    if data.first("og:url"):
        yield Candidate(Producer.OPENGRAPH, "meta[og:url]", data.first("og:url"), "")
    for node in data.articles[:1]:
        for key in ("url", "mainEntityOfPage"):
            stated = text_of(node.get(key), "@id", "url")
            if stated:
                yield Candidate(Producer.JSON_LD, f"{'/'.join(types(node)[:1])}.{key}", stated, "")


def _trusted(raw: str, url: str) -> str:
    address = normalise(raw.strip(), url) if 0 < len(raw.strip()) <= MAX_URL else None
    if address is None or not same_site(address, url):
        return ""
    return address if _says_which(address, url) else ""


def _says_which(address: str, url: str) -> bool:
    """Whether the address can name one article: it has a path or a query, unless the page itself is the home page."""
    there, here = urlsplit(address), urlsplit(url[:MAX_URL])
    is_home = bool(_HOME.fullmatch(there.path)) and not there.query
    return not is_home or there.path.rstrip("/") == here.path.rstrip("/")


def next_page(parsed: ParsedPage, ruled: list[Candidate]) -> tuple[str | None, tuple[Evidence, ...]]:
    """The address of the article's next page: `rel=next`, on the same site, of the same path or below it."""
    following = parsed.structured.links.get("next", ())[:3]
    stated = [*ruled[:1], *(Candidate(Producer.DOM, "[rel=next]", e.get("href") or "", "") for e in following)]
    read = [Candidate(c.producer, c.locator, c.raw, _continues(c, parsed.url)) for c in stated]
    best = next((candidate for candidate in read if candidate.value), None)
    return (best.value if best else None), evidence("next_page", read, [best] if best else [])


def _continues(candidate: Candidate, url: str) -> str:
    """The address, if it is a page of the same article: blogs link the next article with rel=next, too."""
    address = _trusted(candidate.raw, url)
    here = normalise(url)
    if not address or not here or address == here:
        return ""
    return address if candidate.producer is Producer.SITE_RULE or _stem(address) == _stem(here) else ""


def _stem(address: str) -> str:
    """An address without what numbers its pages: `/story/2`, `/story?page=2`, `/story-2.html`, `/story,p2.html`."""
    path = re.sub(r"\.\w{2,5}$", "", urlsplit(address).path.rstrip("/"))
    return re.sub(r"(?:[/,_-](?:p|page|seite|pagina)?[-_]?\d{1,2})$", "", path)


def forms(parsed: ParsedPage, canonical: str | None) -> tuple[str, ...]:
    """The addresses of the page's AMP and mobile forms, normalised.

    They are named by `rel=amphtml` (amp.dev, "Make your pages discoverable") and by `rel=alternate` with a `media` of
    small screens (Google, "Separate URLs"). Only those of the same site count whose address tells the same article:
    templates have been seen that name the home page, or another story.
    """
    links = parsed.structured.links
    small = (each for each in links.get("alternate", ()) if _SMALL_SCREEN.search(each.get("media") or ""))
    stated = [*links.get("amphtml", ())[:MAX_FORMS], *small][:MAX_FORMS]
    page = canonical or normalise(parsed.url) or parsed.url
    found = (normalise((each.get("href") or "").strip(), parsed.url) for each in stated)
    return tuple(dict.fromkeys(a for a in found if a and a not in {page, normalise(parsed.url)} and _is_form(a, page)))


def _is_form(address: str, page: str) -> bool:
    """Whether all that tells the page from others, its last words and its query, stands in the address as well."""
    here = urlsplit(page)
    words = [word for word in re.split(r"[/.]", here.path) if word not in _NO_WORDS]
    telling = [*words[-1:], *filter(None, here.query.split("&"))]
    return bool(telling) and same_site(address, page) and all(part in address for part in telling)


def site_name(parsed: ParsedPage, headline: str, ruled: list[Candidate]) -> tuple[str | None, tuple[Evidence, ...]]:
    """The name of the site or paper, and the evidence.

    Order: site rule, og:site_name, the publisher in JSON-LD, other meta, what stands behind the headline in `<title>`.
    """
    stated = [*ruled[:1], *_names(parsed.structured), *_behind(parsed, headline)]
    found = [c for c in stated if c.value and len(c.value) <= MAX_NAME and "://" not in c.value]
    return (found[0].value if found else None), evidence("site_name", found, found[:1])


def _names(data: Structured) -> Iterator[Candidate]:
    yield _named(Producer.OPENGRAPH, "meta[og:site_name]", data.first("og:site_name"))
    for node in (*data.articles, *data.pages):
        publisher = text_of(data.graph.resolved(node.get("publisher")), "name")
        yield _named(Producer.JSON_LD, f"{'/'.join(types(node)[:1])}.publisher", publisher)
    for node in data.pages:
        if {"WebSite", "NewsMediaOrganization", "Organization"}.intersection(types(node)):
            yield _named(Producer.JSON_LD, f"{'/'.join(types(node)[:1])}.name", text_of(node.get("name")))
    for name in ("application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher", "twitter:site"):
        yield _named(Producer.META, f"meta[{name}]", data.first(name))


def _behind(parsed: ParsedPage, headline: str) -> Iterator[Candidate]:
    titles = parsed.structured.named.get("title", ())
    title = clean(inner_text(titles[0])) if titles else ""
    if headline and title.startswith(headline):
        yield _named(
            Producer.DOM, "title", re.split(r"[|•·»：:–—]|\s-\s", title[len(headline) :].strip(" |•·»：:–—-"))[-1]
        )


def _named(producer: Producer, locator: str, raw: str) -> Candidate:
    return Candidate(producer, locator, raw, clean(raw).lstrip("@"))
