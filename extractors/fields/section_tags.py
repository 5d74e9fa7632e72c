"""The section an article stands in, and the tags its publisher gave it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from broadsheet.model import Producer
from broadsheet.urls import same_site
from extractors.evidence import Candidate, evidence
from extractors.fields.names import distinct, folded, unaccented
from extractors.fields.texts import clean, inner_text
from extractors.jsonld import listed, text_of, types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.model import Evidence
    from extractors.page import ParsedPage
    from extractors.structured import Structured

MAX_TAGS = 60
MAX_LINKS = 600
MAX_URL = 2000
MAX_TAG = 90  # characters
MANY = 3  # commas that make one of several tags a list
_SECTION_METAS = (
    "article:section", "og:section", "section", "articlesection", "og:article:section", "parsely-section",
    "cxenseparse:section", "dc.subject",
)  # fmt: skip
_TAG_METAS = ("news_keywords", "article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "keywords")
_SEPARATORS = re.compile(r"\s*[;,、，|]\s*")
_NAMESPACE = re.compile(r"[a-z_]{3,20}/")  # Expressen's "topic/...", "sections/..."
_MACHINE = re.compile(
    r"(?:nlp |iab|content|article|page|post|primary|ad)[\w ]{0,20}: ?"
    r"|(?:category|section|type|region|keyword|tag|topic)s?"
    r": ?\S"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{16,}$|\w$|\W*\d+$|https?:",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"[a-z\d]+(?:_[a-z\d]+)+|.*\b[A-Z]{3,}_[A-Z]{3,}\b.*")  # autoplay_video, X POLITICAL_FIGURE
_CODE = re.compile(r"[A-Z0-9]{1,8}(?::[A-Z0-9-]+)?")


def section(parsed: ParsedPage, ruled: list[Candidate]) -> tuple[str | None, tuple[Evidence, ...]]:
    """The section as printed (the first, where a list is given), and the evidence.

    Order: site rule, JSON-LD, meta, microdata, the trail in JSON-LD; else the words of a link to the folder above.
    """
    found = [c for c in (*ruled[:1], *_sections(parsed.structured)) if c.value and len(c.value) <= MAX_TAG]
    found = found or [c for c in _folder(parsed) if c.value and len(c.value) <= MAX_TAG]
    return (found[0].value if found else None), evidence("section", found, found[:1])


def _sections(data: Structured) -> Iterator[Candidate]:
    for node in data.articles:
        for value in listed(node.get("articleSection"))[:1]:
            yield _candidate(Producer.JSON_LD, f"{'/'.join(types(node)[:1])}.articleSection", text_of(value, "name"))
    for name in _SECTION_METAS:
        yield _candidate(Producer.META, f"meta[{name}]", data.first(name))
    for element in data.items.get("articleSection", ())[:1]:
        raw = element.get("content") or inner_text(element, MAX_TAG)
        yield _candidate(Producer.MICRODATA, "[itemprop=articleSection]", raw)
    for node in data.pages:
        if "BreadcrumbList" in types(node):
            yield _candidate(Producer.JSON_LD, "BreadcrumbList", _crumb(node))


def _folder(parsed: ParsedPage) -> Iterator[Candidate]:
    """The words of the first link to the first folder of the page's address: /sport/ on /sport/2026/final.html."""
    top = _top_folder(parsed.url)
    if parsed.tree is None or not top:
        return
    for link in islice(parsed.tree.iter("a"), MAX_LINKS):
        href = link.get("href") or ""
        if top in href and _path(href) == top and _is_near(href, parsed.url):
            yield _candidate(Producer.DOM, f"a[href={href}]", inner_text(link, MAX_TAG))
            return


def _is_near(href: str, url: str) -> bool:
    return not href.startswith(("http", "//")) or same_site(href if href.startswith("http") else f"https:{href}", url)


def _top_folder(url: str) -> str:
    folders = _path(url).split("/")[:-1]
    return folders[0] if folders and not folders[0].isdigit() else ""


def _path(url: str) -> str:
    try:
        return urlsplit(url[:MAX_URL]).path.strip("/")
    except ValueError:
        return ""


def _crumb(node: dict[str, object]) -> str:
    """The second step of home > section > ... > page; empty where the trail has no section."""
    steps = [item for item in listed(node.get("itemListElement"))[:10] if isinstance(item, dict)]
    names = [text_of(item, "name") or text_of(item.get("item"), "name") for item in steps]
    return names[1] if len(names) > 2 else ""  # noqa: PLR2004 - home, section, page


def _candidate(producer: Producer, locator: str, raw: str) -> Candidate:
    """A section as stated; the first of a list that machines joined (`News,Slider`; readers' commas have a space)."""
    return Candidate(producer, locator, raw, re.split(r",(?=\S)", clean(raw[:MAX_URL]))[0])


def tags(
    parsed: ParsedPage, ruled: list[Candidate], not_tags: frozenset[str]
) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    """The tags, in order and without doubles, and the evidence (one candidate a place; its tags joined by `; `).

    Order: site rule, `news_keywords`, JSON-LD, `article:tag` and other meta, `rel=tag` links. A list of one yields to
    a longer one. No tags are: `not_tags` (folded names of the site and the authors), codes and machine labels, and
    the address of the page in words.
    """
    found = [c for c in (*_ruled(ruled), *_tagged(parsed, not_tags)) if c.value]
    best = next((c for c in found if "; " in c.value or c.producer is Producer.SITE_RULE), found[0] if found else None)
    names = tuple(best.value.split("; ")) if best else ()
    return names, evidence("tags", found, [best] if best else [])


def _ruled(ruled: list[Candidate]) -> Iterator[Candidate]:
    if ruled:
        yield _listed(Producer.SITE_RULE, ruled[0].locator, [candidate.raw for candidate in ruled], frozenset(), "")


def _tagged(parsed: ParsedPage, not_tags: frozenset[str]) -> Iterator[Candidate]:
    data, address = parsed.structured, unaccented(parsed.url[-300:])
    for node in data.articles:
        raws = [raw for value in listed(node.get("keywords")) if (raw := text_of(value, "name"))]
        yield _listed(Producer.JSON_LD, f"{'/'.join(types(node)[:1])}.keywords", raws, not_tags, address)
    for name in _TAG_METAS[:1]:
        yield _listed(Producer.META, f"meta[{name}]", list(data.meta.get(name, ())), not_tags, address)
    for name in _TAG_METAS[1:]:
        yield _listed(Producer.META, f"meta[{name}]", list(data.meta.get(name, ())), not_tags, address)
    printed = [inner_text(link, MAX_TAG) for link in data.links.get("tag", ()) if link.tag == "a"]
    yield _listed(Producer.DOM, "a[rel=tag]", printed, not_tags, address)


def _listed(producer: Producer, locator: str, raws: list[str], not_tags: frozenset[str], address: str) -> Candidate:
    """Raw strings into tags; a single string with separators is a list written as one, so is one with many commas."""
    shown = [clean(raw) for raw in raws[: MAX_TAGS * 2]]
    pieces = [piece for one in shown for piece in _apart(one, alone=len(shown) == 1)]
    names = [piece.lstrip("#").strip() for piece in pieces[: MAX_TAGS * 2]]
    if names and all(_NAMESPACE.match(name) for name in names):
        names = [_NAMESPACE.sub("", name, count=1) for name in names]
    if sum(bool(_CODE.fullmatch(name)) for name in names) * 2 > len(names) > 3:  # noqa: PLR2004 - a list of codes
        names = []
    if len(names) > 3 and all(address.find(unaccented(name)) > 0 for name in names):  # noqa: PLR2004 - the address apart
        names = []
    unique = distinct(name for name in names if _is_tag(name, not_tags, address))
    return Candidate(producer, locator, " | ".join(raws[:40]), "; ".join(unique[:MAX_TAGS]))


def _apart(stated: str, *, alone: bool) -> list[str]:
    """One of several is a tag as it stands (`Paris, Texas`), unless it is a list itself."""
    return _SEPARATORS.split(stated) if alone or stated.count(",") >= MANY else [stated]


def _is_tag(name: str, not_tags: frozenset[str], address: str) -> bool:
    word = folded(name)
    is_address = len(name.split()) > 3 and unaccented(name) in address  # noqa: PLR2004 - a headline's words, not a name's
    return (
        0 < len(name) <= MAX_TAG
        and ";" not in name
        and word not in not_tags
        and not is_address
        and not (_MACHINE.match(name) or _IDENTIFIER.fullmatch(name))
    )
