"""When it was published and last changed."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from lxml import etree

from broadsheet.model import Producer
from extractors.evidence import Candidate, evidence
from extractors.fields.moments import MAX_TEXT, moment, zones
from extractors.fields.names import plain
from extractors.jsonld import text_of, types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from broadsheet.model import Evidence, Moment
    from extractors.fields.moments import Zones
    from extractors.page import ParsedPage
    from extractors.structured import Structured

MAX_ELEMENTS = 40
MAX_PRINTED = 140  # characters of an element that prints a date
PUBLISHED = (
    "article:published_time", "datepublished", "og:article:published_time", "article:published", "og:published_time",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "published_at",
    "publish-date", "publishdate", "pubdate", "publication_date", "article.published", "date.available", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "date.created", "citation_publication_date", "dc.date",
    "dcterms.date", "date", "created", "rnews:datepublished", "shareaholic:article_published_time", "article_date_original",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "article:modified", "article.updated", "dcterms.modified",
    "dc.date.modified", "date.modified", "date.updated", "lastmod", "last-modified", "updated_time", "article:updated_time",
)  # fmt: skip
_LD_PUBLISHED = ("datePublished", "dateCreated", "uploadDate")
_LD_MODIFIED = ("dateModified",)
_MODIFIED_WORDS = re.compile(
    r"updat|modif|aktualis|geändert|actualis|mis à jour|actualiz|aggiornat|bijgewerkt|opdater|oppdater|uppdater|"
    r"güncel|обновл|zaktual|更新|수정|diperbarui|edited|last changed",
    re.IGNORECASE,
)
_DATE_CLASS = re.compile(r"date|datum|fecha|time|publi|byline|posted|stamp|meta|dateline|tarih|data\b|日付|info")
_PLACES = re.compile(
    r"comment|related|teaser|card|sidebar|footer|copyright|widget|latest|popular|trending|weather|event|nav"
)
_URL_DATE = re.compile(
    r"/((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?=[/\-_.?]|$)|/((?:19|20)\d\d)/([a-z]{3})/(\d\d?)/"
)


def times(
    parsed: ParsedPage, data: Structured, ruled: dict[str, list[Candidate]], *, month_first: bool
) -> tuple[Moment | None, Moment | None, tuple[Evidence, ...]]:
    """Publication, last change, and the evidence for both.

    Order: site rule, JSON-LD, meta, microdata, then the page's own print and its address. What the page prints is read
    only where the machine-readable data give no time of day.
    """
    known = zones(parsed.rules, month_first=month_first)
    published, first = _chosen("published", _published(parsed, data, ruled.get("published", []), known), known)
    modified, second = _chosen("modified", _modified(parsed, data, ruled.get("modified", [])), known)
    return published, modified, first + second


def _chosen(field: str, stated: Iterable[Candidate], known: Zones) -> tuple[Moment | None, tuple[Evidence, ...]]:
    """The first candidate; a later one of the same day replaces it if it tells the time or the zone better."""
    read: list[tuple[Candidate, Moment]] = []
    best: tuple[Candidate, Moment] | None = None
    for candidate in stated:
        found = moment(candidate.raw, known)
        if found is None:
            continue
        spoken = Candidate(candidate.producer, candidate.locator, candidate.raw, (found.at or found.on).isoformat())
        read.append((spoken, found))
        if best is None or _better(found, best[1]):
            best = read[-1]
    chosen = [best[0]] if best else []
    return best[1] if best else None, evidence(field, [candidate for candidate, _ in read], chosen)


def _better(other: Moment, best: Moment) -> bool:
    if abs((other.on - best.on).days) > 1:
        return False
    return best.at is None and other.at is not None


def _published(parsed: ParsedPage, data: Structured, ruled: list[Candidate], known: Zones) -> Iterator[Candidate]:
    yield from ruled
    precise = bool(ruled)
    for candidate in _machine_readable(data, _LD_PUBLISHED, PUBLISHED, "datePublished"):
        yield candidate
        found = moment(candidate.raw, known)
        precise = precise or bool(found and found.at)
    if not precise:
        yield from _printed(parsed, modified=False)
    yield from _in_address(parsed.url)


def _modified(parsed: ParsedPage, data: Structured, ruled: list[Candidate]) -> Iterator[Candidate]:
    yield from ruled
    stated = list(_machine_readable(data, _LD_MODIFIED, MODIFIED, "dateModified"))
    yield from stated
    if not stated and not ruled:
        yield from _printed(parsed, modified=True)


def _machine_readable(
    data: Structured, keys: tuple[str, ...], metas: tuple[str, ...], item: str
) -> Iterator[Candidate]:
    for node in (*data.articles, *data.pages[:6]):
        for key in keys:
            stated = text_of(node.get(key))
            if stated:
                yield Candidate(Producer.JSON_LD, f"{'/'.join(types(node)[:1])}.{key}", stated, "")
    for name in metas:
        for content in data.meta.get(name, ())[:1]:
            yield Candidate(Producer.META, f"meta[{name}]", content, "")
    for element in data.items.get(item, ())[:2]:
        yield Candidate(Producer.MICRODATA, f"[itemprop={item}]", _stated(element), "")


def _stated(element: HtmlElement) -> str:
    return element.get("content") or element.get("datetime") or _text(element)


def _text(element: HtmlElement) -> str:
    pieces, size = [], 0
    for text in element.itertext():
        pieces.append(text)
        size += len(text)
        if size > MAX_TEXT * 2:
            break
    return plain(" ".join(pieces))


@functools.cache
def _paths() -> tuple[etree.XPath, ...]:
    lower = "translate(concat(@class, ' ', @id), 'ABDEHILMNOPSTU', 'abdehilmnopstu')"
    words = ("date", "time", "publi", "byline", "posted", "stamp", "datum", "fecha", "meta", "tarih", "info")
    has_word = " or ".join(f"contains({lower}, '{word}')" for word in words)
    return (
        etree.XPath("//body//time"),
        etree.XPath(f"//body//*[(@class or @id) and ({has_word})]"),
        etree.XPath(
            "(//h1)[1]/following::*[self::p or self::div or self::span or self::li or self::address or self::em]"
        ),
        etree.XPath("(//h1)[1]/preceding::*[self::p or self::div or self::span]"),
    )


def _printed(parsed: ParsedPage, *, modified: bool) -> Iterator[Candidate]:
    """Dates the page prints: `<time>`, elements whose class says date, short lines under and over the headline."""
    if parsed.tree is None:
        return
    clocks, named, after, before = _paths()
    lists = (clocks(parsed.tree), named(parsed.tree), after(parsed.tree), before(parsed.tree)[::-1])
    for found, limit in zip(lists, (8, MAX_ELEMENTS * 3, MAX_ELEMENTS, MAX_ELEMENTS), strict=True):
        for element in found[:limit]:
            yield from _of_element(element, modified=modified)


def _of_element(element: HtmlElement, *, modified: bool) -> Iterator[Candidate]:
    printed = _text(element)
    if len(printed) > MAX_PRINTED or not (any(c.isdigit() for c in printed) or element.get("datetime")):
        return
    around = " ".join(
        f"{e.get('class') or ''} {e.get('id') or ''}" for e in (element, *list(element.iterancestors())[:3])
    )
    says_modified = bool(_MODIFIED_WORDS.search(f"{printed} {element.get('class') or ''}"))
    if _PLACES.search(around.lower()) or says_modified != modified:
        return
    name = (element.get("class") or "").split()[:1]
    raw = element.get("datetime") or printed
    yield Candidate(Producer.DOM, f"{element.tag}.{name[0]}" if name else str(element.tag), raw, "")


def _in_address(url: str) -> Iterator[Candidate]:
    match = _URL_DATE.search(url[:2000])
    if match and match[1]:
        yield Candidate(Producer.URL, "url", f"{match[1]}-{match[2]}-{match[3]}", "")
    elif match:
        yield Candidate(Producer.URL, "url", f"{match[6]} {match[5]} {match[4]}", "")
