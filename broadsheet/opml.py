"""Lists of feeds as feed readers exchange them: OPML 2.0 (opml.org/spec2.opml). Pure.

A feed is an outline of type `rss` with `xmlUrl`; what is no feed is one of type `link` with our own attribute
`broadsheet:kind`, which other readers pass over as the specification asks of them. Around those of a source of ours
stands an outline with its name in `broadsheet:source`, so that two sources of one site stay two. A source's other keys
have no place in a list of feeds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from broadsheet import urls
from broadsheet.model import Endpoint, EndpointKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.model import Source

NAMESPACE: Final = "https://broadsheet.invalid/opml"
KIND: Final = f"{{{NAMESPACE}}}kind"
SOURCE: Final = f"{{{NAMESPACE}}}source"
BARE: Final = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d+|#[xX][0-9a-fA-F]+);)")  # XML 1.0, 4.6 has these alone
WIDE: Final = (b"\xff\xfe", b"\xfe\xff")  # what UTF-16 begins with
DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
FEED_SCHEME: Final = re.compile(r"feed:(?://)?(?=https?://)|feed(?=://)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed or other endpoint of a list: what it is called, where it lies, and the site's page, if they say.

    `source` names the source of ours that it was written from. `stated` is its address as the list has it, where that
    is none of the web and was read as one.
    """

    endpoint: Endpoint
    title: str = ""
    home: str | None = None
    source: str | None = None
    stated: str = ""


def read_opml(body: bytes) -> tuple[Outline, ...]:
    """The endpoints of a list, in its order, each once. ValueError: it is no OPML."""
    read = (_outline(element, said) for element, said in _said(body))
    found = {(outline.source, outline.endpoint.url): outline for outline in reversed([each for each in read if each])}
    return tuple(reversed(found.values()))


def unusable(body: bytes) -> tuple[str, ...]:
    """The addresses that a list gives to feeds and that are none of the web. ValueError: it is no OPML."""
    stated = (said["xmlurl"] for element, said in _said(body) if "xmlurl" in said and not _outline(element, said))
    return tuple(dict.fromkeys(stated))


def _said(body: bytes) -> list[tuple[etree._Element, dict[str, str]]]:
    """Its outlines with their attributes, which are matched in any case: readers wrote `xmlurl` and `xmlURL`, too."""
    root = _parsed(body)
    name = "" if root is None else etree.QName(root).localname
    if root is None or name.lower() != "opml":
        raise ValueError("not an OPML file" if root is None else f"not an OPML file: it begins with <{name}>")
    outlines = (each for each in root.iter("{*}*") if etree.QName(each).localname.lower() == "outline")
    return [(each, _attributes_of(each)) for each in outlines]


def _attributes_of(element: etree._Element) -> dict[str, str]:
    return {str(name).lower(): str(value).strip() for name, value in element.attrib.items()}


def _parsed(body: bytes) -> etree._Element | None:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root: etree._Element | None = etree.fromstring(_mended(body), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root  # None: nothing of it could be read


def _mended(body: bytes) -> bytes:
    """The list with each bare `&` written as XML asks for: a parser that forgives takes it out of an address."""
    if body.startswith(WIDE):
        body = DECLARATION.sub("", body.decode("utf-16", "replace")).encode()
    return BARE.sub(b"&amp;", body.lstrip(b"\xef\xbb\xbf \t\r\n"))


def _outline(element: etree._Element, said: dict[str, str]) -> Outline | None:
    kind = EndpointKind.FEED if "xmlurl" in said else _kind(said.get(KIND.lower()))
    stated = said.get("xmlurl") or said.get("url") or ""
    address = _web(stated)
    if not address or not kind:
        return None
    above = _above(element)
    home = _web(said.get("htmlurl") or above.get("htmlurl") or "")
    title = said.get("text") or said.get("title") or ""
    other = stated if FEED_SCHEME.match(stated) else ""
    return Outline(Endpoint(address, kind), title, home, above.get(SOURCE.lower()) or None, other)


def _web(address: str) -> str | None:
    """The address, also that of the scheme `feed` (draft-obasanjo-feed-URI-scheme-02, 2: http, or what follows it)."""
    return urls.normalise(FEED_SCHEME.sub(lambda found: "" if ":" in found[0] else "http", address, count=1))


def _above(element: etree._Element) -> dict[str, str]:
    """The attributes of the outline around one."""
    above = element.getparent()
    return _attributes_of(above) if above is not None else {}


def _kind(stated: str | None) -> EndpointKind | None:
    return EndpointKind(stated) if stated in set(EndpointKind) else None


def written_opml(sources: Iterable[Source]) -> bytes:
    """The sources as OPML: an outline a source, with one for each of its endpoints inside."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"broadsheet": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Broadsheet"
    body = etree.SubElement(root, "body")
    for source in sources:
        named = {"text": source.name, "htmlUrl": source.home, SOURCE: source.name}
        outline = etree.SubElement(body, "outline", named)
        for endpoint in source.endpoints:
            etree.SubElement(outline, "outline", _attributes(source, endpoint))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _attributes(source: Source, endpoint: Endpoint) -> dict[str, str]:
    if endpoint.kind is EndpointKind.FEED:
        return {"type": "rss", "text": source.name, "xmlUrl": endpoint.url, "htmlUrl": source.home}
    return {"type": "link", "text": f"{source.name} {endpoint.kind}", "url": endpoint.url, KIND: endpoint.kind}
