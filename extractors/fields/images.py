"""The pictures an article shows, with caption and credit."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from broadsheet.model import Image, Producer
from broadsheet.urls import normalise
from extractors.evidence import Candidate, evidence
from extractors.fields.texts import clean
from extractors.jsonld import listed, text_of, types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from broadsheet.model import Evidence
    from extractors.page import ParsedPage
    from extractors.structured import Structured

MAX_IMAGES = 20
MAX_CAPTION = 600
MAX_URL = 2000
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src")
_CREDIT = re.compile(
    r"(?:\(?\s*(?:photo(?:graph)?(?: by)?|foto|bild|image|picture|credit|crédit(?: photo)?|quelle|fonte|källa|kuva|zdjęcie|фото|写真|撮影|사진)"
    r"\s*[:：/]\s*|[©]\s*)(?P<credit>[^()|]{2,80}?)\)?\s*$",
    re.IGNORECASE,
)
_CREDIT_CLASS = re.compile(r"credit|copyright|photographer|source|quelle|author")


def images(
    parsed: ParsedPage, data: Structured, ruled: list[Candidate]
) -> tuple[tuple[Image, ...], tuple[Evidence, ...]]:
    """The lead picture first, then those of the article's figures; one address once; and the evidence."""
    found: dict[str, tuple[Candidate, Image]] = {}
    for candidate, image in _shown(parsed, data, ruled):
        known = found.get(_name(image.url))
        if known is None and len(found) < MAX_IMAGES:
            found[_name(image.url)] = (candidate, image)
        elif known and not known[1].caption and image.caption:
            found[_name(image.url)] = (known[0], Image(known[1].url, image.caption, known[1].credit or image.credit))
    chosen = [candidate for candidate, _ in found.values()]
    return tuple(image for _, image in found.values()), evidence("images", chosen[:6], chosen[:6])


def _name(url: str) -> str:
    """What tells pictures apart: the file, not the size that a query or a host of copies asks for."""
    return url.split("?", 1)[0].rsplit("/", 1)[-1] if "." in url.split("?", 1)[0].rsplit("/", 1)[-1] else url


def _shown(parsed: ParsedPage, data: Structured, ruled: list[Candidate]) -> Iterator[tuple[Candidate, Image]]:
    for candidate in ruled:
        yield from _made(parsed, candidate.producer, candidate.locator, candidate.raw)
    if ruled:
        return
    for content in data.meta.get("og:image", ())[:3]:
        caption = clean(data.first("og:image:alt"))
        yield from _made(parsed, Producer.OPENGRAPH, "meta[og:image]", content, caption)
    for node in data.articles[:1]:
        for value in listed(node.get("image"))[:MAX_IMAGES]:
            yield from _of_node(parsed, data.graph.resolved(value), f"{'/'.join(types(node)[:1])}.image")
    if parsed.tree is not None:
        for figure in _figures()(parsed.tree)[:MAX_IMAGES]:
            yield from _of_figure(parsed, figure)


def _made(
    parsed: ParsedPage, producer: Producer, locator: str, raw: str, caption: str = "", credit: str = ""
) -> Iterator[tuple[Candidate, Image]]:
    raw = raw.strip()
    address = normalise(raw, parsed.url) if 0 < len(raw) <= MAX_URL and not raw.startswith("data:") else None
    if address:
        yield Candidate(producer, locator, raw, address), Image(address, caption[:MAX_CAPTION], credit[:MAX_CAPTION])


def _of_node(parsed: ParsedPage, value: Any, locator: str) -> Iterator[tuple[Candidate, Image]]:  # noqa: ANN401 - JSON
    caption = credit = ""
    if isinstance(value, dict):
        caption = clean(text_of(value.get("caption")) or text_of(value.get("description")))
        credit = clean(text_of(value.get("creditText")) or text_of(value.get("creator"), "name"))
    yield from _made(parsed, Producer.JSON_LD, locator, text_of(value, "url", "contentUrl", "@id"), caption, credit)


@functools.cache
def _figures() -> etree.XPath:
    return etree.XPath("//article//figure[.//img] | //main//figure[.//img]")


def _of_figure(parsed: ParsedPage, figure: HtmlElement) -> Iterator[tuple[Candidate, Image]]:
    picture = next(figure.iter("img"))
    stated = [value for name in _SOURCES if (value := picture.get(name)) and not value.startswith("data:")]
    caption, credit = _captioned(figure)
    if stated:
        yield from _made(parsed, Producer.DOM, "figure img", stated[0], caption, credit)


def _captioned(figure: HtmlElement) -> tuple[str, str]:
    """The caption of a figure and its credit: an element of its own, or the words behind "Photo:"."""
    box = next(figure.iter("figcaption"), None)
    if box is None:
        return "", ""
    caption = clean(" ".join(box.itertext()))
    for element in list(box.iterdescendants())[:20]:
        if _CREDIT_CLASS.search((element.get("class") or "").lower()):
            credit = clean(" ".join(element.itertext()))
            return caption.replace(credit, "").strip(), credit
    match = _CREDIT.search(caption)
    return (caption[: match.start()].strip(), match["credit"].strip()) if match else (caption, "")
