"""A page, decoded and parsed once: what every reader of it shares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from broadsheet.decoding import decoded_text
from extractors.structured import Structured, structured_data

if TYPE_CHECKING:
    from broadsheet.model import Page, SiteRules

ANY_TAG = re.compile(r"<[a-zA-Z!?/]")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x00\x00\x00", b"RIFF", b"ID3", b"OggS")


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
    """Decode and parse a page. Never raises: what cannot be parsed has no tree."""
    if is_binary(page.html):
        return ParsedPage(page, rules, "", None)
    html = UNPRINTABLE.sub("", decoded_text(page.html, page.content_type))
    return ParsedPage(page, rules, html, _tree(html))


def is_binary(body: bytes) -> bool:
    """Whether the body begins as a document, picture, archive or sound does, not as text."""
    return body.lstrip()[:8].startswith(BINARY) or body[:8].startswith(BINARY)


def _tree(html: str) -> HtmlElement | None:
    if not ANY_TAG.search(html):
        return None
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        return document_fromstring(html.encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
