"""Who is credited: every name as printed, persons and organisations apart."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from broadsheet.model import Producer
from broadsheet.urls import host
from extractors.evidence import Candidate, evidence
from extractors.fields.bylines import bylines, sign_off
from extractors.fields.names import credited, distinct, folded, is_organisation
from extractors.fields.people import name_in, people
from extractors.fields.texts import inner_text
from extractors.jsonld import listed, text_of, types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from broadsheet.model import Evidence
    from extractors.page import ParsedPage
    from extractors.structured import Structured

MAX_RAWS = 20
MAX_METAS = 12
MAX_CREDIT = 160  # characters of a credit line in microdata
MAX_SCOPES = 12  # ancestors looked at for the thing an itemprop belongs to
MIN_LABEL = 4  # letters from which a part of a host is a name of the site
_META = (
    "author", "article:author", "articleauthor", "og:article:author", "dc.creator", "dcterms.creator",
    "citation_author", "byl", "sailthru.author", "parsely-author", "cxenseparse:author",
)  # fmt: skip
_META_LIKE = re.compile(r"(?:^|[._:-])(?:article)?_?authors?$|author_?name$")
_META_OF_OTHERS = re.compile(r"banner|app|comment|image|photo|copyright|theme|site|book")
_WRITTEN_BY = re.compile(
    r"written|verfasst|geschrieben|écrit|escrito|scritto|geschreven|автор|skrevet|skriven|yazan"
    r"|作者|著者|ditulis|by$",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"\s+[|–—-]\s+")  # of a site and its company, slogan or host
_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)+|\d+")


def authors(
    parsed: ParsedPage, text: str, ruled: list[Candidate], own: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Evidence, ...]]:
    """The credited names, the kind of each (person, organisation), and the evidence.

    Order: site rule, JSON-LD, microdata, meta; the byline on the page only where these name nobody but the site
    itself (`own`: its folded names). The first that names somebody else wins; a slug is no name.
    """
    candidates = [*_ruled(ruled, own), *_stated(parsed.structured, own)]
    best = _best(candidates, own)
    if best is None or _only_own(best, own):
        candidates += [*bylines(parsed, own), *sign_off(parsed, text, own)]
        best = _best(candidates, own)
    names = tuple(best.value.split("; ")) if best else ()
    kinds = tuple(_kind(name, parsed.structured, own) for name in names)
    return names, kinds, evidence("authors", candidates, [best] if best else [])


def own_names(parsed: ParsedPage) -> frozenset[str]:
    """The names of the site itself, folded: its host, og:site_name, the publisher in JSON-LD."""
    data = parsed.structured
    publishers = [text_of(data.graph.resolved(node.get("publisher")), "name") for node in (*data.articles, *data.pages)]
    whole = [data.first("og:site_name"), data.first("application-name"), parsed.rules.name, *publishers]
    stated = [part for name in whole for part in (name, *_BETWEEN_NAMES.split(name)) if part]
    address = host(parsed.url)
    parts = [part for part in address.split(".")[-3:-1] if len(part) >= MIN_LABEL]
    names = [name for name in map(folded, (*stated, address, address.removeprefix("www."), *parts)) if name]
    return frozenset([*names, *(f"the{name}" for name in names)])


def _best(candidates: list[Candidate], own: frozenset[str]) -> Candidate | None:
    named = [c for c in candidates if not _SLUG.fullmatch(c.value)] or candidates
    best = next((c for c in named if not _only_own(c, own)), named[0] if named else None)
    return next((c for c in named if best and _adds_to(c, best, own)), best)


def _adds_to(other: Candidate, best: Candidate, own: frozenset[str]) -> bool:
    """Whether another machine-readable place names all that the best one names, and others than the site."""
    if Producer.DOM in (other.producer, best.producer) or best.producer is Producer.SITE_RULE:
        return False
    here, there = set(best.value.split("; ")), set(other.value.split("; "))
    return here < there and not any(folded(name) in own for name in there - here)


def _only_own(candidate: Candidate, own: frozenset[str]) -> bool:
    return all(folded(name) in own for name in candidate.value.split("; "))


def _ruled(found: list[Candidate], own: frozenset[str]) -> Iterator[Candidate]:
    if found:
        yield from _made(found[0].producer, found[0].locator, [candidate.raw for candidate in found], own)


def _made(producer: Producer, locator: str, raws: list[str], own: frozenset[str]) -> Iterator[Candidate]:
    names = [name for raw in raws[:MAX_RAWS] for name in credited(raw, own=own)]
    if names:
        yield Candidate(producer, locator, " | ".join(raws[:MAX_RAWS]), "; ".join(distinct(names)))


def _stated(data: Structured, own: frozenset[str]) -> Iterator[Candidate]:
    for key in ("author", "creator"):
        found = [c for node in data.articles for c in _of_node(node, key, data, own)]
        yield from found
        if found:
            break
    yield from _made(Producer.MICRODATA, "[itemprop=author]", _of_items(data), own)
    yield from _of_metas(data, own)


def _of_node(node: dict[str, Any], key: str, data: Structured, own: frozenset[str]) -> Iterator[Candidate]:
    raws = [name_in(one) for value in listed(node.get(key)) for one in people(value, data.graph)]
    yield from _made(Producer.JSON_LD, f"{'/'.join(types(node)[:1])}.{key}", raws, own)


def _of_items(data: Structured) -> list[str]:
    """Authors in microdata of the same thing as the first: other things on the page are pictures and other articles.

    What belongs to no thing is of the same one if it stands beside the first.
    """
    elements = [element for element in data.items.get("author", ())[:MAX_RAWS] if not _in_figure(element)]
    scoped = [(element, scope) for element in elements if _is_article(scope := _scope(element))]
    if not scoped:
        return []
    first, thing = scoped[0]
    same = [element for element, scope in scoped if scope is thing]
    return [_printed(element) for element in same if thing is not None or _beside(element, first)]


def _is_article(scope: HtmlElement | None) -> bool:
    return scope is None or "rticle" in (scope.get("itemtype") or "")


def _beside(element: HtmlElement, first: HtmlElement) -> bool:
    """Whether an element has the first one's parent or grandparent."""
    return bool(set(islice(element.iterancestors(), 2)) & set(islice(first.iterancestors(), 2)))


def _scope(element: HtmlElement) -> HtmlElement | None:
    around = zip(range(MAX_SCOPES), element.iterancestors(), strict=False)
    return next((parent for _, parent in around if parent.get("itemscope") is not None), None)


def _in_figure(element: HtmlElement) -> bool:
    return any(parent.tag in {"figure", "figcaption", "aside"} for parent in element.iterancestors())


def _printed(element: HtmlElement) -> str:
    named = next((inner for inner in element.iter() if "name" in (inner.get("itemprop") or "").split()), element)
    printed = element.get("content") or named.get("content") or inner_text(named)
    return printed if len(printed) <= MAX_CREDIT else ""


def _of_metas(data: Structured, own: frozenset[str]) -> Iterator[Candidate]:
    named = [n for n in data.meta if n in _META or (_META_LIKE.search(n) and not _META_OF_OTHERS.search(n))]
    for name in sorted(named, key=lambda name: _META.index(name) if name in _META else len(_META))[:MAX_METAS]:
        raws = list(data.meta[name])
        others = [raw for raw in raws if folded(raw) not in own]
        yield from _made(Producer.META, f"meta[{name}]", others or raws, own)
    if _WRITTEN_BY.search(data.first("twitter:label1")):
        yield from _made(Producer.META, "meta[twitter:data1]", [data.first("twitter:data1")], own)


def _kind(name: str, data: Structured, own: frozenset[str]) -> str:
    """Agencies, mastheads and offices are organisations; so is what JSON-LD calls one."""
    if is_organisation(name, own=own):
        return "organisation"
    stated = [
        one for node in data.articles for value in listed(node.get("author")) for one in people(value, data.graph)
    ]
    called = [types(value) for value in stated if isinstance(value, dict) and folded(name_in(value)) == folded(name)]
    return "organisation" if any("Organization" in kind for kinds in called for kind in kinds) else "person"
