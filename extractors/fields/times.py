"""When it was published and last changed."""

from __future__ import annotations

import functools
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from broadsheet.model import Producer
from extractors.evidence import Candidate, evidence
from extractors.fields.moments import moment, zones
from extractors.fields.printed import MAX_PRINTED, printed_dates
from extractors.fields.texts import inner_text
from extractors.jsonld import text_of, types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.html import HtmlElement

    from broadsheet.model import Evidence, Moment
    from extractors.jsonld import Node
    from extractors.page import ParsedPage
    from extractors.structured import Structured

    Reader = Callable[[str], Moment | None]

MAX_SCRIPT = 1_000_000  # characters of a page searched for dates in scripts
MAX_PAGES = 6  # nodes of other types than articles that are asked
PUBLISHED = (
    "article:published_time", "datepublished", "og:article:published_time", "article:published", "og:published_time",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "published_at",
    "publish-date", "publishdate", "pubdate", "publication_date", "article.published", "date.available",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "date.created",
    "citation_publication_date", "dc.date", "dcterms.date", "date", "created", "rnews:datepublished",
    "shareaholic:article_published_time", "article_date_original",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "article:modified", "article.updated",
    "dcterms.modified", "dc.date.modified", "date.modified", "date.updated", "lastmod", "last-modified",
    "updated_time", "article:updated_time",
)  # fmt: skip
_LD_PUBLISHED = ("datePublished", "dateCreated", "uploadDate")
_LD_MODIFIED = ("dateModified",)
_URL_DATE = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[/-]?(?P<month>[01]\d)[/-]?(?P<day>[0-3]\d)(?=[/\-_.?]|$)"
    r"|/(?P<of>(?:19|20)\d\d)/(?P<name>[a-z]{3})/(?P<on>\d\d?)/"
    r"|/[A-Z]{0,4}(?P<id_year>20\d\d)(?P<id_month>[01]\d)(?P<id_day>[0-3]\d)\d{0,14}(?=[/.?]|$)"
)
_SCRIPT_DATE = re.compile(
    r"[\"'](?:date_?[pP]ublished|(?:first_?)?[pP]ublish(?:ed)?_?(?:[dD]ate|[tT]ime|[aA]t|On|Dt)?|pub_?[dD]ate|(?:deploy|reg|input)Dt)"
    r"\\?[\"']\s*:\s*\\?[\"']([^\"'\\]{8,40})"
)
MAX_SCRIPT_DATES = 3


def times(
    parsed: ParsedPage, ruled: dict[str, list[Candidate]], *, month_first: bool
) -> tuple[Moment | None, Moment | None, tuple[Evidence, ...]]:
    """Publication, last change, and the evidence for both.

    Order: site rule, JSON-LD of the article, meta, microdata, other JSON-LD; then what the page prints, what it hands
    its scripts, and its address. What it prints is read only where the machine-readable data give no time of day.
    """
    known = zones(parsed.rules, month_first=month_first)
    read = functools.cache(functools.partial(moment, known=known))  # pages state a time in five places
    data = parsed.structured
    published, first = _chosen("published", _published(parsed, data, ruled.get("published", []), read), read)
    modified, second = _chosen("modified", _modified(parsed, data, ruled.get("modified", [])), read)
    return published, modified, first + second


def _chosen(field: str, stated: Iterable[Candidate], read: Reader) -> tuple[Moment | None, tuple[Evidence, ...]]:
    """The first candidate; a later one of the same day replaces it if it tells the time or the zone better."""
    found: list[tuple[Candidate, Moment]] = []
    best: tuple[Candidate, Moment] | None = None
    for candidate in stated:
        told = read(candidate.raw)
        if told is None:
            continue
        spoken = Candidate(candidate.producer, candidate.locator, candidate.raw, (told.at or told.on).isoformat())
        found.append((spoken, told))
        if best is None or _better(told, best[1]):
            best = found[-1]
    chosen = [best[0]] if best else []
    return best[1] if best else None, evidence(field, [candidate for candidate, _ in found], chosen)


def _better(other: Moment, best: Moment) -> bool:
    """Whether a later candidate tells the same time better: the hour of the day, or the zone of the same hour."""
    if other.at is None or abs((other.on - best.on).days) > 1:
        return False
    if best.at is None:
        return True
    if best.zone_source == "page" or other.offset_minutes is None:
        return False
    return (other.at + timedelta(minutes=other.offset_minutes)).replace(second=0) == best.at.replace(second=0)


def _published(parsed: ParsedPage, data: Structured, ruled: list[Candidate], read: Reader) -> Iterator[Candidate]:
    yield from ruled
    precise = bool(ruled)
    for candidate in _machine_readable(data, _LD_PUBLISHED, PUBLISHED, "datePublished"):
        yield candidate
        precise = precise or _tells_time(read(candidate.raw))
    if not precise:
        yield from printed_dates(parsed, modified=False)
        yield from _in_scripts(parsed.html)
    yield from _in_address(parsed.url)


def _tells_time(found: Moment | None) -> bool:
    return found is not None and found.at is not None


def _modified(parsed: ParsedPage, data: Structured, ruled: list[Candidate]) -> Iterator[Candidate]:
    yield from ruled
    yield from _machine_readable(data, _LD_MODIFIED, MODIFIED, "dateModified")
    if not ruled and not any(_machine_readable(data, _LD_PUBLISHED, PUBLISHED, "datePublished")):
        yield from printed_dates(parsed, modified=True)


def _machine_readable(
    data: Structured, keys: tuple[str, ...], metas: tuple[str, ...], item: str
) -> Iterator[Candidate]:
    yield from _of_nodes(data.articles, keys)
    for name in metas:
        for content in data.meta.get(name, ())[:1]:
            yield Candidate(Producer.META, f"meta[{name}]", content, "")
    for element in data.items.get(item, ())[:2]:
        yield Candidate(Producer.MICRODATA, f"[itemprop={item}]", _stated(element), "")
    yield from _of_nodes(data.pages[:MAX_PAGES], keys)


def _of_nodes(nodes: Iterable[Node], keys: tuple[str, ...]) -> Iterator[Candidate]:
    for node in nodes:
        for key in keys:
            stated = text_of(node.get(key))
            if stated:
                yield Candidate(Producer.JSON_LD, f"{'/'.join(types(node)[:1])}.{key}", stated, "")


def _stated(element: HtmlElement) -> str:
    return element.get("content") or element.get("datetime") or inner_text(element, MAX_PRINTED)


def _in_scripts(html: str) -> Iterator[Candidate]:
    """Dates in the data that a page hands its own scripts: the last thing asked, as it may be of another article."""
    for _, match in zip(range(MAX_SCRIPT_DATES), _SCRIPT_DATE.finditer(html, 0, MAX_SCRIPT), strict=False):
        yield Candidate(Producer.DOM, "script", match[1], "")


def _in_address(url: str) -> Iterator[Candidate]:
    match = _URL_DATE.search(url[:2000])
    if match:
        parts = (match["day"], match["month"], match["year"])
        named = (match["on"], match["name"], match["of"])
        numbered = (match["id_day"], match["id_month"], match["id_year"])
        day, month, year = next(found for found in (parts, named, numbered) if found[0])
        yield Candidate(
            Producer.URL, "url", f"{year}-{month}-{day}" if month.isdigit() else f"{day} {month} {year}", ""
        )
