"""A page, decoded and parsed once: what every reader of it shares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from broadsheet.decoding import decoded_text
from extractors.structured import Structured, structured_data

if TYPE_CHECKING:
    from broadsheet.model import Page, SiteRules

ANY_TAG = re.compile(r"<[a-zA-Z!?/]")
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")  # one byte each in UTF-8, part of no other
BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x00\x00\x00", b"RIFF", b"ID3", b"OggS")
NO_MEMORY = 2  # libxml2's XML_ERR_NO_MEMORY


@dataclass(frozen=True)
class ParsedPage:
    """A page and what was made of its bytes.

    `html` is the decoded text without control characters. `tree` is the document's root element, or None where
    there is no markup to parse; readers share it and must not change it. `rules` are those of the page's site.
    """

    page: Page
    rules: SiteRules
    html: str
    tree: HtmlElement | None

    @property
    def url(self) -> str:
        """The address the page was captured from."""
        return self.page.url

    @cached_property
    def structured(self) -> Structured:
        """What the page says of itself to machines, scanned once."""
        return structured_data(self)


def parse_page(page: Page, rules: SiteRules) -> ParsedPage:
    """Decode and parse a page. Raises nothing but MemoryError: what cannot be parsed has no tree."""
    if is_binary(page.html):
        return ParsedPage(page, rules, "", None)
    text = decoded_text(page.html, page.content_type)
    data = text.encode("utf-8", "ignore")
    clean = data.translate(None, CONTROLS)
    html = text if len(clean) == len(data) else clean.decode()
    return ParsedPage(page, rules, html, _tree(clean) if ANY_TAG.search(html) else None)


def is_binary(body: bytes) -> bool:
    """Whether the body begins as a document, picture, archive or sound does, not as text."""
    return body.lstrip()[:8].startswith(BINARY) or body[:8].startswith(BINARY)


def _tree(html: bytes) -> HtmlElement | None:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    # One class for all tags: lxml.html's own choice by tag is made in Python, a tenth of an extraction's time.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        tree = document_fromstring(html, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        if getattr(error, "code", None) == NO_MEMORY:
            raise MemoryError from error
        return None
    _empty(tree)
    return tree


def _empty(tree: HtmlElement) -> None:
    """Take programs, styles and drawings out of a tree: nobody reads them there, and every copy would carry them.

    Spans of cells, too: the engine lays them out as empty cells, for which 5 KB of them took it 5.5 s.
    """
    for element in list(tree.iter("script", "style", "svg", "td", "th")):
        if element.tag == "svg":
            del element[:]
        elif element.tag in {"td", "th"}:
            element.attrib.pop("colspan", None)
            element.attrib.pop("rowspan", None)
        elif "ld+json" not in element.get("type", ""):
            element.text = None
