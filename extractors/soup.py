"""The only door to BeautifulSoup: a page as a soup, and the elements that CSS selectors name in it."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from soupsieve import SelectorSyntaxError

if TYPE_CHECKING:
    from bs4 import Tag


def soup_of(html: str) -> BeautifulSoup:
    """A page as BeautifulSoup reads it with lxml; a fresh one, for its caller to change."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # XHTML is read as HTML on purpose, as browsers do
        return BeautifulSoup(html, "lxml")


def matches(soup: BeautifulSoup | Tag, selector: str, limit: int = 0) -> list[Tag]:
    """The elements a selector names, in the page's order; at most `limit`, if it is not 0.

    A selector that cannot be read names none: reading its site's file refuses it (extractors.sitefiles).
    """
    try:
        return list(soup.select(selector, limit=limit))
    except (SelectorSyntaxError, NotImplementedError):
        return []
