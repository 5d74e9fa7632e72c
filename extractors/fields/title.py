"""The headline: without the site's name behind it, with the publisher's own punctuation."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.model import Producer
from broadsheet.urls import host
from extractors.evidence import Candidate, evidence
from extractors.fields.marks import heading
from extractors.fields.names import folded
from extractors.fields.suffix import Behind, without_suffix
from extractors.fields.texts import clean, inner_text
from extractors.jsonld import text_of, types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.model import Evidence
    from extractors.page import ParsedPage

MAX_TITLE = 500
MAX_URL = 500
MAX_HEADINGS = 5
MAX_LINES = 20
_METAS = ("twitter:title", "dc.title", "title", "parsely-title", "sailthru.title", "headline", "cxenseparse:title")
_CUT_SHORT = re.compile(r"\s*(?:…|\.\.\.)$")


def title(parsed: ParsedPage, ruled: list[Candidate], own: frozenset[str]) -> tuple[str, tuple[Evidence, ...]]:
    """The headline, and the evidence. `own` are the folded names of the site itself. The rules: see `_best`."""
    stated = [candidate for candidate in (*ruled[:1], *_stated(parsed)) if candidate.raw]
    others = frozenset(folded(candidate.raw) for candidate in stated)
    if stated and all(candidate.locator == "title" for candidate in stated):
        others |= _lines(parsed)
    top = next((folded(candidate.raw) for candidate in stated if candidate.locator == "h1"), "")
    sections = frozenset(map(folded, (*parsed.structured.meta.get("article:section", ()), *_sections(parsed))))
    known = Behind(own | _labels(parsed.url), others, sections | _folders(parsed.url), top)
    cut = {raw: without_suffix(raw, known) for raw in {c.raw for c in stated}}  # mostly two titles, thrice each
    read = [Candidate(c.producer, c.locator, c.raw, cut[c.raw]) for c in stated]
    best = _best([c for c in read if c.value and folded(c.value) not in own] or read)
    return (best.value if best else ""), evidence("title", read, [best] if best else [])


def _lines(parsed: ParsedPage) -> frozenset[str]:
    """The first short paragraphs of a page that has no heading at all: one of them may be the headline."""
    found = islice(parsed.tree.iter("p"), MAX_LINES) if parsed.tree is not None else ()
    return frozenset(folded(inner_text(element)[:MAX_TITLE]) for element in found)


def _sections(parsed: ParsedPage) -> list[str]:
    return [text_of(node.get("articleSection")) for node in parsed.structured.articles]


def _labels(url: str) -> frozenset[str]:
    """The words of a host, short ones too: `bbc` and `co` of bbc.co.uk."""
    return frozenset(host(url).split(".")[-3:-1]) - {"www"}


def _folders(url: str) -> frozenset[str]:
    """The folders of an address, folded: as a rule the sections of the site."""
    return frozenset(map(folded, url[:MAX_URL].split("/")[3:-1])) - {""}


def _best(usable: list[Candidate]) -> Candidate | None:
    """A site rule's; else what is meant as the headline: og:title or JSON-LD's.

    Where these two differ, JSON-LD's is taken if og:title carries the site's name (it was made for sharing, not
    as a headline), if og:title only repeats what the heading and `<title>` say, if the heading agrees with JSON-LD
    but `<title>` with og:title (both made for search), or if `<title>` agrees with JSON-LD and nothing but
    og:title's copies with og:title. A headline cut short yields to the longer one it begins.
    """
    if not usable:
        return None
    first = _whole(_no_logo(usable), usable)
    shared = next((c for c in usable if c.producer is Producer.OPENGRAPH), None)
    stated = next((c for c in usable if c.producer is Producer.JSON_LD), None)
    if first.producer is Producer.SITE_RULE or shared is None or stated is None or first is not shared:
        return first
    return _whole(stated, usable) if _is_headline(stated, shared, usable) else first


def _no_logo(usable: list[Candidate]) -> Candidate:
    """The first; but `<title>` where the first is a far shorter heading of which it says nothing: a logo."""
    first = usable[0]
    document = next((c for c in usable if c.locator == "title"), first)
    heading_name, document_name = folded(first.value), folded(document.value)
    is_logo = heading_name not in document_name and len(heading_name) * 2 < len(document_name)
    return document if first.locator == "h1" and is_logo else first


def _is_headline(stated: Candidate, shared: Candidate, usable: list[Candidate]) -> bool:
    """Whether JSON-LD's headline is to be preferred to a different og:title."""
    top = next((folded(c.value) for c in usable if c.locator == "h1"), "")
    document = next((folded(c.value) for c in usable if c.locator == "title"), "")
    on_page = (folded(stated.value), folded(shared.value))
    if shared.raw != shared.value:
        return True
    og_repeats = on_page[1] == top == document
    heading_agrees = document == on_page[1] and top == on_page[0]
    title_agrees = document == on_page[0] and top not in on_page
    return on_page[0] != on_page[1] and (og_repeats or heading_agrees or title_agrees)


def _whole(short: Candidate, usable: list[Candidate]) -> Candidate:
    start = _CUT_SHORT.sub("", short.value)
    if start == short.value:
        return short
    return next((c for c in usable if c.value.startswith(start) and len(c.value) > len(short.value)), short)


def _stated(parsed: ParsedPage) -> Iterator[Candidate]:
    data = parsed.structured
    yield _candidate(Producer.OPENGRAPH, "meta[og:title]", data.first("og:title"))
    for node in data.articles:
        yield _candidate(Producer.JSON_LD, f"{'/'.join(types(node)[:1])}.headline", text_of(node.get("headline")))
    for element in data.items.get("headline", ())[:1]:
        yield _candidate(Producer.MICRODATA, "[itemprop=headline]", element.get("content") or inner_text(element))
    if parsed.tree is not None:
        headings = data.named.get("h1", ())[:MAX_HEADINGS] or [heading(parsed.tree)]
        for element in headings:
            yield _candidate(Producer.DOM, "h1", inner_text(element) if element is not None else "")
    for name in _METAS:
        yield _candidate(Producer.META, f"meta[{name}]", data.first(name))
    for element in data.named.get("title", ())[:1]:
        yield _candidate(Producer.DOM, "title", inner_text(element))


def _candidate(producer: Producer, locator: str, raw: str) -> Candidate:
    return Candidate(producer, locator, clean(raw)[:MAX_TITLE], "")
