"""Who is credited: every name as printed, persons and organisations apart."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from broadsheet.model import Producer
from broadsheet.urls import host
from extractors.evidence import Candidate, evidence
from extractors.fields.names import credited, folded, is_organisation, plain
from extractors.jsonld import listed, text_of, types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from broadsheet.model import Evidence
    from extractors.page import ParsedPage
    from extractors.structured import Structured

MAX_ELEMENTS = 60  # of the DOM looked at for a credit line
MAX_CREDIT = 160  # characters of a credit line in the DOM
_META = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "byl", "sailthru.author")
_META_LIKE = re.compile(r"(?:^|[._:-])(?:article)?authors?$|^articleauthor$|author_?name$")
_WRITTEN_BY = re.compile(
    r"written|verfasst|écrit|escrito|scritto|geschreven|автор|skrevet|skriven|yazan|作者|著者|ditulis|by$", re.IGNORECASE
)
_BYLINE_CLASS = re.compile(
    r"(?:^|[^a-z])(?:by-?line|authors?|article-?author|post-?author|credit-?line|reporter|writer|autor(?:en|es)?|auteur|autore)(?:[^a-z]|$)"
)
_NOT_A_BYLINE = re.compile(
    r"comment|avatar|image|img|photo|picture|caption|figure|media|bio|about|related|teaser|card|social|share|follow|"
    r"recommend|sidebar|footer|widget|newsletter|icon|gallery|video|more-|promo|list-item|latest|popular|trending|desc"
)
_BY = re.compile(
    r"^(?:By|Von|Par|Por|Door|Af|Av|Di|De|Przez|Oleh|Penulis|Yazan|Автор|Text|Tekst|Autor(?:in)?|Author|Reporter|文|記者|取材・文|글)"
    r"(?:\s*[:：]\s*|\s+)\S|^[\w・]{2,12}(?:\s?記者|記者|\s?기자)$|^【[\w・、]{2,40}】$"
)


def authors(
    parsed: ParsedPage, data: Structured, ruled: Iterable[Candidate], own: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Evidence, ...]]:
    """The credited names, the kind of each (person, organisation), and the evidence.

    Order: site rule, JSON-LD, microdata, meta, the byline on the page. A credit that names only the site itself
    yields to the next producer that names somebody else.
    """
    candidates: list[Candidate] = []
    best: Candidate | None = None
    for candidate in _candidates(parsed, data, ruled, own):
        candidates.append(candidate)
        if best is None or (_only_own(best, own) and not _only_own(candidate, own)):
            best = candidate
        if best and not _only_own(best, own) and candidate.producer is not best.producer:
            break
    names = tuple(best.value.split("; ")) if best else ()
    kinds = tuple(_kind(name, data, own) for name in names)
    return names, kinds, evidence("authors", candidates, [best] if best else [])


def own_names(parsed: ParsedPage, data: Structured) -> frozenset[str]:
    """The names of the site itself, folded: its host, og:site_name, the publisher in JSON-LD."""
    publishers = [text_of(data.graph.resolved(node.get("publisher")), "name") for node in (*data.articles, *data.pages)]
    stated = [data.first("og:site_name"), data.first("application-name"), parsed.rules.name, *publishers]
    address = host(parsed.url)
    parts = address.split(".")
    hosts = [address, address.removeprefix("www."), *(part for part in parts[-3:-1] if len(part) > 3)]  # noqa: PLR2004
    return frozenset(folded(name) for name in (*stated, *hosts) if folded(name))


def _only_own(candidate: Candidate, own: frozenset[str]) -> bool:
    return all(folded(name) in own for name in candidate.value.split("; "))


def _candidates(
    parsed: ParsedPage, data: Structured, ruled: Iterable[Candidate], own: frozenset[str]
) -> Iterator[Candidate]:
    yield from _merged([*ruled], own)
    for node in data.articles:
        yield from _of_node(node, data, own)
    yield from _of_items(data, own)
    yield from _of_metas(data, own)
    yield from _of_dom(parsed, own)


def _made(producer: Producer, locator: str, raws: list[str], names: Iterable[str]) -> Iterator[Candidate]:
    unique = list({folded(name): name for name in reversed(list(names)) if folded(name)}.values())[::-1]
    if unique:
        yield Candidate(producer, locator, " | ".join(raws[:20]), "; ".join(unique))


def _merged(found: list[Candidate], own: frozenset[str]) -> Iterator[Candidate]:
    if found:
        names = [name for candidate in found for name in credited(candidate.raw, own=own)]
        yield from _made(found[0].producer, found[0].locator, [candidate.raw for candidate in found], names)


def _of_node(node: dict[str, Any], data: Structured, own: frozenset[str]) -> Iterator[Candidate]:
    for key in ("author", "creator"):
        raws = [_name_in(data.graph.resolved(value)) for value in listed(node.get(key))]
        names = [name for raw in raws for name in credited(raw, own=own)]
        yield from _made(Producer.JSON_LD, f"{'/'.join(types(node)[:1])}.{key}", raws, names)


def _name_in(value: Any) -> str:  # noqa: ANN401 - JSON is of any type
    stated = text_of(value, "name", "byline", "alternateName")
    if not stated and isinstance(value, dict):
        stated = f"{text_of(value.get('givenName'))} {text_of(value.get('familyName'))}".strip()
    return stated


def _of_items(data: Structured, own: frozenset[str]) -> Iterator[Candidate]:
    raws = []
    for element in data.items.get("author", ())[:10]:
        inner = element.xpath("(.//*[@itemprop='name'])[1]")
        raws.append(_printed(inner[0] if inner else element))
    names = [name for raw in raws if len(raw) <= MAX_CREDIT for name in credited(raw, own=own)]
    yield from _made(Producer.MICRODATA, "[itemprop=author]", raws, names)


def _printed(element: HtmlElement) -> str:
    return plain(
        element.get("content") or " ".join(text for text in element.itertext() if text.strip())[: MAX_CREDIT * 4]
    )


def _of_metas(data: Structured, own: frozenset[str]) -> Iterator[Candidate]:
    named = [name for name in data.meta if name in _META or _META_LIKE.search(name)]
    for name in sorted(named, key=lambda name: _META.index(name) if name in _META else len(_META)):
        raws = list(data.meta[name])
        names = [one for raw in raws if not _is_slug(raw) for one in credited(raw, own=own)]
        yield from _made(Producer.META, f"meta[{name}]", raws, names)
    if _WRITTEN_BY.search(data.first("twitter:label1")):
        raw = data.first("twitter:data1")
        yield from _made(Producer.META, "meta[twitter:data1]", [raw], credited(raw, own=own))


def _is_slug(raw: str) -> bool:
    return bool(re.fullmatch(r"[\w.]+(?:-[\w.]+)+|\d+", raw)) and raw == raw.lower()


@functools.cache
def _paths() -> tuple[etree.XPath, etree.XPath]:
    lower = "translate(concat(@class, ' ', @id), 'ABDEHILNORTUWY', 'abdehilnortuwy')"
    words = ("byline", "by-line", "author", "autor", "auteur", "writer", "reporter", "credit-line")
    has_word = " or ".join(f"contains({lower}, '{word}')" for word in words)
    named = etree.XPath(f"//body//*[@rel='author' or ((@class or @id) and ({has_word}))]")
    after = etree.XPath(
        "(//h1)[last()]/following::*[self::p or self::div or self::span or self::address or self::em or self::li]"
    )
    return named, after


def _of_dom(parsed: ParsedPage, own: frozenset[str]) -> Iterator[Candidate]:
    if parsed.tree is None:
        return
    named, after = _paths()
    for element in named(parsed.tree)[:MAX_ELEMENTS]:
        if _is_byline(element):
            yield from _of_element(element, own)
    for element in after(parsed.tree)[:MAX_ELEMENTS]:
        if not len(element) and _BY.search(_printed(element)):
            yield from _of_element(element, own)


def _is_byline(element: HtmlElement) -> bool:
    """Whether an element's own class says byline, and nothing around it says comment, picture or other articles."""
    own_words = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    if element.get("rel") != "author" and not _BYLINE_CLASS.search(own_words):
        return False
    around = [element, *list(element.iterancestors())[:6]]
    if any(parent.tag in {"aside", "footer", "nav", "figure", "figcaption"} for parent in around):
        return False
    words = " ".join(
        f"{parent.get('class') or ''} {parent.get('id') or ''}" for parent in around[:4] if parent.tag != "body"
    )
    return not _NOT_A_BYLINE.search(words.lower())


def _of_element(element: HtmlElement, own: frozenset[str]) -> Iterator[Candidate]:
    raw = _printed(element)
    if 0 < len(raw) <= MAX_CREDIT:
        name = (element.get("class") or element.get("rel") or "").split()[:1]
        locator = f"{element.tag}.{name[0]}" if name else str(element.tag)
        yield from _made(Producer.DOM, locator, [raw], credited(raw, own=own))


def _kind(name: str, data: Structured, own: frozenset[str]) -> str:
    """Agencies, mastheads and offices are organisations; so is what JSON-LD calls one."""
    if is_organisation(name, own=own):
        return "organisation"
    stated = [data.graph.resolved(value) for node in data.articles for value in listed(node.get("author"))]
    called = [types(value) for value in stated if isinstance(value, dict) and folded(_name_in(value)) == folded(name)]
    return "organisation" if any("Organization" in kind for kinds in called for kind in kinds) else "person"
