"""Lists of feeds as feed readers exchange them: OPML 2.0 (opml.org/spec2.opml). Pure.

A feed is an outline of type `rss` with `xmlUrl`; what is no feed is one of type `link` with our own attribute
`broadsheet:kind`, which other readers pass over as the specification asks of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from broadsheet import urls
from broadsheet.model import Endpoint, EndpointKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadsheet.model import Source

NAMESPACE: Final = "https://broadsheet.invalid/opml"
KIND: Final = f"{{{NAMESPACE}}}kind"
DEEPEST: Final = 50  # levels of outlines


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed or other endpoint of a list: what it is called, where it lies, and the site's page, if they say."""

    endpoint: Endpoint
    title: str = ""
    home: str | None = None


def read_opml(body: bytes) -> tuple[Outline, ...]:
    """The endpoints of a list, in its order, each once. ValueError: it is no OPML."""
    root = _parsed(body)
    if root is None or root.tag != "opml":
        raise ValueError("not an OPML file" if root is None else f"not an OPML file: it begins with <{root.tag}>")
    found = {outline.endpoint.url: outline for outline in reversed(list(_outlines(root)))}
    return tuple(reversed(found.values()))


def _parsed(body: bytes) -> etree._Element | None:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root: etree._Element | None = etree.fromstring(body.lstrip(b"\xef\xbb\xbf \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root  # None: nothing of it could be read


def _outlines(root: etree._Element) -> Iterator[Outline]:
    """The attributes of OPML are matched in any case: readers have written `xmlurl` and `xmlURL`, too."""
    for element in root.iter("outline"):
        said = {str(name).lower(): str(value).strip() for name, value in element.attrib.items()}
        kind = EndpointKind.FEED if "xmlurl" in said else _kind(said.get(KIND.lower()))
        address = urls.normalise(said.get("xmlurl") or said.get("url") or "")
        if address and kind:
            home = urls.normalise(said.get("htmlurl") or _home_above(element))
            yield Outline(Endpoint(address, kind), said.get("text") or said.get("title") or "", home)


def _home_above(element: etree._Element) -> str:
    above = element.getparent()
    return (above.get("htmlUrl") or "") if above is not None else ""


def _kind(stated: str | None) -> EndpointKind | None:
    return EndpointKind(stated) if stated in set(EndpointKind) else None


def written_opml(sources: Iterable[Source]) -> bytes:
    """The sources as OPML: an outline a source, with one for each of its endpoints inside."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"broadsheet": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Broadsheet"
    body = etree.SubElement(root, "body")
    for source in sources:
        outline = etree.SubElement(body, "outline", {"text": source.name, "htmlUrl": source.home})
        for endpoint in source.endpoints:
            etree.SubElement(outline, "outline", _attributes(source, endpoint))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _attributes(source: Source, endpoint: Endpoint) -> dict[str, str]:
    if endpoint.kind is EndpointKind.FEED:
        return {"type": "rss", "text": source.name, "xmlUrl": endpoint.url, "htmlUrl": source.home}
    return {"type": "link", "text": f"{source.name} {endpoint.kind}", "url": endpoint.url, KIND: endpoint.kind}
