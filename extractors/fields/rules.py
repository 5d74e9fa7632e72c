"""What a site's own rules say of its fields: CSS selectors, read with BeautifulSoup. They win over everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.model import Producer
from extractors.evidence import Candidate
from extractors.fields.names import plain
from extractors.soup import matches, soup_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bs4 import BeautifulSoup, Tag

    from extractors.page import ParsedPage

MAX_MATCHES = 60
_ATTRIBUTES = ("content", "datetime")
_ADDRESSES = {"canonical_url": ("href", "content"), "next_page": ("href",), "images": ("src", "data-src", "content")}


def ruled(parsed: ParsedPage) -> dict[str, list[Candidate]]:
    """Field name -> what the site rules' selectors find. Empty where the site has no rules for fields."""
    selectors = parsed.rules.fields
    if not selectors or parsed.tree is None:
        return {}
    soup = soup_of(parsed.html)
    return {field: _found(soup, field, selectors) for field in selectors}


def _found(soup: BeautifulSoup, field: str, selectors: Mapping[str, tuple[str, ...]]) -> list[Candidate]:
    for selector in selectors[field]:
        found = [_candidate(element, field, selector) for element in matches(soup, selector, MAX_MATCHES)]
        kept = [candidate for candidate in found if candidate.value]
        if kept:
            return kept
    return []


def _candidate(element: Tag, field: str, selector: str) -> Candidate:
    attributes = _ADDRESSES.get(field, _ATTRIBUTES)
    stated = next((str(element[name]) for name in attributes if element.get(name)), "")
    raw = stated or element.get_text(" ", strip=True)
    return Candidate(Producer.SITE_RULE, selector, raw, plain(raw))
