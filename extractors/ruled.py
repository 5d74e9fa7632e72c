"""What a site's own rules say of its text: the page narrowed to `body`, without what `drop` names (CSS selectors)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml.etree import LxmlError
from lxml.html import HTMLParser, document_fromstring

from broadsheet.model import DroppedLine
from extractors.soup import matches, soup_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from lxml.html import HtmlElement

    from extractors.page import ParsedPage

MAX_DROPPED = 200  # lines that are kept of what the rules drop
MAX_LINE = 1_000  # characters of each


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A page as its site's rules leave it: the same where no rule applies, else one with a tree of its own.

    `is_body`: the tree holds what the rules name as the body, and nothing else; all its text is the article's.
    """

    parsed: ParsedPage
    dropped: tuple[DroppedLine, ...] = ()
    is_body: bool = False


def narrowed(parsed: ParsedPage) -> Narrowed:
    """A page without what `drop` names, and nothing but what `body` names if any of it is there. Never raises."""
    rules = parsed.rules
    if parsed.tree is None or not (rules.body or rules.drop):
        return Narrowed(parsed)
    soup = soup_of(parsed.html)
    dropped = _pruned(soup, rules.drop)
    body = _outermost(soup, rules.body)
    if not body and not dropped:
        return Narrowed(parsed)
    tree = _tree("".join(map(str, body)) if body else str(soup))
    if tree is None:
        return Narrowed(parsed)
    return Narrowed(replace(parsed, tree=tree), tuple(dropped[:MAX_DROPPED]), bool(body))


def _selected(soup: BeautifulSoup, selectors: tuple[str, ...]) -> list[tuple[Tag, str]]:
    """The elements that selectors name, each with the first that names it, in the page's order."""
    named: dict[int, str] = {}
    for selector in selectors:
        for element in matches(soup, selector):
            named.setdefault(id(element), selector)
    return [(each, named[id(each)]) for each in soup.find_all(name=True) if id(each) in named] if named else []


def _pruned(soup: BeautifulSoup, selectors: tuple[str, ...]) -> list[DroppedLine]:
    """Take out what the selectors name; the lines that go, with their reason."""
    lines: list[DroppedLine] = []
    for element, selector in _selected(soup, selectors):
        if not element.decomposed:
            text = " ".join(element.get_text(" ").split())[:MAX_LINE]
            lines += [DroppedLine(text, f"site rule: {selector}")] if text else []
            element.decompose()
    return lines


def _outermost(soup: BeautifulSoup, selectors: tuple[str, ...]) -> list[Tag]:
    """What the selectors name, in the page's order, each piece of the page once; none, if there is no text in it."""
    kept: dict[int, Tag] = {}
    for element, _ in _selected(soup, selectors):
        if not any(id(above) in kept for above in element.parents):
            kept[id(element)] = element
    return list(kept.values()) if any(element.get_text(strip=True) for element in kept.values()) else []


def _tree(html: str) -> HtmlElement | None:
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        return document_fromstring(html.encode("utf-8", "ignore"), parser=parser)
    except (LxmlError, ValueError):
        return None
