"""The section an article stands in, and the tags its publisher gave it."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from lxml import etree

from broadsheet.model import Producer
from extractors.evidence import Candidate, evidence
from extractors.fields.names import folded
from extractors.fields.texts import clean
from extractors.jsonld import listed, text_of, types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.model import Evidence
    from extractors.page import ParsedPage
    from extractors.structured import Structured

MAX_TAGS = 60
MAX_TAG = 90  # characters
_SECTION_METAS = (
    "article:section",
    "og:section",
    "section",
    "articlesection",
    "parsely-section",
    "cxenseparse:section",
    "dc.subject",
)
_TAG_METAS = (
    "article:tag",
    "news_keywords",
    "og:article:tag",
    "parsely-tags",
    "sailthru.tags",
    "cxenseparse:recs:tags",
    "keywords",
)
_SEPARATORS = re.compile(r"\s*[;,、，|]\s*")
_TAG_CLASS = re.compile(
    r"(?:^|[^a-z])(?:tags?|topics?|keywords?|etiquetas|schlagw\w*|themen|theme-?list|hashtags?)(?:[^a-z]|$)"
)


def section(data: Structured, ruled: list[Candidate]) -> tuple[str | None, tuple[Evidence, ...]]:
    """The section as printed (the deepest, where a list is given), and the evidence."""
    found = [c for c in (*ruled[:1], *_sections(data)) if c.value and len(c.value) <= MAX_TAG]
    return (found[0].value if found else None), evidence("section", found, found[:1])


def _sections(data: Structured) -> Iterator[Candidate]:
    for node in data.articles:
        for value in listed(node.get("articleSection"))[:1]:
            yield _candidate(Producer.JSON_LD, f"{'/'.join(types(node)[:1])}.articleSection", text_of(value, "name"))
    for name in _SECTION_METAS:
        yield _candidate(Producer.META, f"meta[{name}]", data.first(name))
    for element in data.items.get("articleSection", ())[:1]:
        yield _candidate(
            Producer.MICRODATA, "[itemprop=articleSection]", element.get("content") or element.text_content()
        )
    for node in data.pages:
        if "BreadcrumbList" in types(node):
            names = [text_of(item, "name") or text_of(item.get("item"), "name") for item in _crumbs(node)]
            yield _candidate(Producer.JSON_LD, "BreadcrumbList", names[1] if len(names) > 2 else "")  # noqa: PLR2004 - home, section, page


def _crumbs(node: dict[str, object]) -> list[dict[str, object]]:
    return [item for item in listed(node.get("itemListElement"))[:10] if isinstance(item, dict)]


def _candidate(producer: Producer, locator: str, raw: str) -> Candidate:
    return Candidate(producer, locator, raw, clean(raw))


def tags(
    parsed: ParsedPage, data: Structured, ruled: list[Candidate], own: frozenset[str]
) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    """The tags, in order and without doubles, and the evidence (one candidate a place; its tags joined by `; `)."""
    found = [c for c in (*_joined(ruled), *_tagged(parsed, data, own)) if c.value]
    best = found[:1]
    return (tuple(best[0].value.split("; ")) if best else ()), evidence("tags", found, best)


def _joined(ruled: list[Candidate]) -> list[Candidate]:
    if not ruled:
        return []
    raws = [candidate.raw for candidate in ruled]
    return [_listed(Producer.SITE_RULE, ruled[0].locator, raws, frozenset())]


def _listed(producer: Producer, locator: str, raws: list[str], own: frozenset[str]) -> Candidate:
    """Raw strings into tags; a single string with separators is a list written as one."""
    pieces = [piece for raw in raws for piece in (_SEPARATORS.split(raw) if len(raws) == 1 else [raw])]
    names = [clean(piece).lstrip("#") for piece in pieces[: MAX_TAGS * 2]]
    unique = {
        folded(n): n for n in reversed(names) if n and len(n) <= MAX_TAG and folded(n) not in own and ";" not in n
    }
    return Candidate(producer, locator, " | ".join(raws[:40]), "; ".join(list(unique.values())[::-1][:MAX_TAGS]))


def _tagged(parsed: ParsedPage, data: Structured, own: frozenset[str]) -> Iterator[Candidate]:
    for node in data.articles:
        raws = [text_of(value, "name") for value in listed(node.get("keywords"))]
        yield _listed(Producer.JSON_LD, f"{'/'.join(types(node)[:1])}.keywords", [r for r in raws if r], own)
    for name in _TAG_METAS:
        yield _listed(Producer.META, f"meta[{name}]", list(data.meta.get(name, ())), own)
    if parsed.tree is not None:
        printed = [clean(link.text_content()) for link in _links()(parsed.tree)[:MAX_TAGS]]
        yield _listed(Producer.DOM, "a[rel=tag]", [*printed, ""], own)


@functools.cache
def _links() -> etree.XPath:
    return etree.XPath("//body//a[@rel='tag' or @rel='category tag' or contains(@rel, 'tag ')]")
