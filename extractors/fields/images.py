"""The pictures an article shows, with caption and credit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from broadsheet.model import Image, Producer
from broadsheet.urls import normalise
from extractors.evidence import Candidate, evidence
from extractors.fields.texts import clean, inner_text
from extractors.jsonld import listed, text_of, types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from broadsheet.model import Evidence
    from extractors.page import ParsedPage

MAX_IMAGES = 20
MAX_CAPTION = 600
MAX_URL = 2000
MAX_EVIDENCE = 6
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src")
_CREDIT = re.compile(
    r"(?:\(?\s?(?:photo(?:graph)?(?: by)?|foto|bild|image|picture|credit|crédit(?: photo)?|quelle|fonte|källa|kuva"
    r"|zdjęcie|фото|写真|撮影|사진)\s?[:：/]\s?|©\s?)(?P<credit>[^()|:]{2,80}?)\)?\s*$",
    re.IGNORECASE,
)
_CREDIT_CLASS = re.compile(r"credit|copyright|photographer|source|quelle|author")


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture as one place on the page states it."""

    producer: Producer
    locator: str
    raw: str
    caption: str = ""
    credit: str = ""


def images(parsed: ParsedPage, ruled: list[Candidate]) -> tuple[tuple[Image, ...], tuple[Evidence, ...]]:
    """The lead picture first, then those of the article's figures; one address once; and the evidence.

    Order: site rule alone where there is one; else og:image, JSON-LD, `<figure>` in the article.
    """
    stated = (_Picture(c.producer, c.locator, c.raw) for c in ruled) if ruled else _stated(parsed)
    found: dict[str, tuple[Candidate, Image]] = {}
    for picture in stated:
        address = _address(picture.raw, parsed.url)
        if address:
            _take(found, picture, address)
    chosen = [candidate for candidate, _ in found.values()][:MAX_EVIDENCE]
    return tuple(image for _, image in found.values()), evidence("images", chosen, chosen)


def _take(found: dict[str, tuple[Candidate, Image]], picture: _Picture, address: str) -> None:
    """Add a picture, or its caption and credit to the one that is there under the same name."""
    known = found.get(_name(address))
    if known:
        candidate, image = known
        caption, credit = image.caption or picture.caption, image.credit or picture.credit
        found[_name(address)] = (candidate, replace(image, caption=caption, credit=credit))
    elif len(found) < MAX_IMAGES:
        candidate = Candidate(picture.producer, picture.locator, picture.raw, address)
        found[_name(address)] = (candidate, Image(address, picture.caption, picture.credit))


def _name(url: str) -> str:
    """What tells pictures apart: the file, not the size that a query or a host of copies asks for."""
    path = url.split("?", 1)[0]
    file = path.rsplit("/", 1)[-1]
    return file if "." in file else path


def _address(raw: str, base: str) -> str | None:
    raw = raw.strip()
    return normalise(raw, base) if 0 < len(raw) <= MAX_URL and not raw.startswith("data:") else None


def _stated(parsed: ParsedPage) -> Iterator[_Picture]:
    data = parsed.structured
    for content in data.meta.get("og:image", ())[:3]:
        yield _Picture(Producer.OPENGRAPH, "meta[og:image]", content, clean(data.first("og:image:alt"))[:MAX_CAPTION])
    for node in data.articles[:1]:
        for value in listed(node.get("image"))[:MAX_IMAGES]:
            yield _of_node(data.graph.resolved(value), f"{'/'.join(types(node)[:1])}.image")
    for figure in data.named.get("figure", ())[:MAX_IMAGES]:
        picture = next(figure.iter("img"), None)
        if picture is not None and any(parent.tag in {"article", "main"} for parent in figure.iterancestors()):
            yield _of_figure(figure, picture)


def _of_node(value: Any, locator: str) -> _Picture:  # noqa: ANN401 - JSON is of any type
    caption = credit = ""
    if isinstance(value, dict):
        caption = clean(text_of(value.get("caption")) or text_of(value.get("description")))
        credit = clean(text_of(value.get("creditText")) or text_of(value.get("creator"), "name"))
    raw = text_of(value, "url", "contentUrl", "@id")
    return _Picture(Producer.JSON_LD, locator, raw, caption[:MAX_CAPTION], credit[:MAX_CAPTION])


def _of_figure(figure: HtmlElement, picture: HtmlElement) -> _Picture:
    stated = [value for name in _SOURCES if (value := picture.get(name)) and not value.startswith("data:")]
    caption, credit = _captioned(figure)
    return _Picture(Producer.DOM, "figure img", stated[0] if stated else "", caption, credit)


def _captioned(figure: HtmlElement) -> tuple[str, str]:
    """The caption of a figure and its credit: an element of its own, or the words behind "Photo:"."""
    box = next(figure.iter("figcaption"), None)
    if box is None:
        return "", ""
    caption = inner_text(box, MAX_CAPTION)[:MAX_CAPTION]
    for _, element in zip(range(20), box.iterdescendants(), strict=False):
        if _CREDIT_CLASS.search((element.get("class") or "").lower()):
            credit = inner_text(element, MAX_CAPTION)[:MAX_CAPTION]
            return caption.replace(credit, "").strip(), credit
    match = _CREDIT.search(caption)
    return (caption[: match.start()].strip(), match["credit"].strip()) if match else (caption, "")
