"""A first draft of a site's rules from one of its pages: selectors for where what was read stands."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bs4.element import NavigableString

from broadsheet.model import SiteRules
from extractors.blocks import INLINE, SILENT
from extractors.extract import extract
from extractors.naming import names_of, selector_of
from extractors.page import parse_page
from extractors.soup import matches, soup_of
from extractors.witness import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bs4 import BeautifulSoup, Tag

    from broadsheet.model import Extraction, Page

WHOLE = 0.9  # share of the text that a container must hold to be the body
SHORT = 12  # letters: a shorter string is the text's only where it is a whole line
MAX_DROP = 20  # selectors for what stands within the body and is not the text
MAX_STRINGS = 50_000  # pieces of text of a page that are looked at
LONGEST_WORDS = 40  # characters of its words that name an element

SPACES = re.compile(r"[^\S ]+|  ")  # white space that a selector would have to repeat exactly


@dataclass(frozen=True, slots=True)
class Draft:
    """Selectors as a site's file has them; what no good selector was found for is left out."""

    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def draft(page: Page, extraction: Extraction) -> Draft:
    """Selectors for what `extraction` read off the page with no rules. Never raises; the work is bounded."""
    soup = soup_of(parse_page(page, SiteRules()).html)
    weights = _Weights(soup, extraction.text)
    body = weights.body()
    named = body and selector_of(body, soup)
    found = {
        "title": _of_value(soup, weights, extraction.title),
        "authors": _of_names(soup, weights, extraction.authors),
        "published": _of_time(soup, extraction),
    }
    fields = _proved(page, {name: (selector,) for name, selector in found.items() if selector}, extraction)
    return Draft((named,), tuple(_drops(body, weights, named)), fields) if body and named else Draft(fields=fields)


def _proved(page: Page, fields: Mapping[str, tuple[str, ...]], before: Extraction) -> dict[str, tuple[str, ...]]:
    """The selectors by which a field is read as it was before."""
    after = extract(page, SiteRules(fields=fields))
    return {name: each for name, each in fields.items() if getattr(after, name) == getattr(before, name)}


class _Weights:
    """For each element of a page, how many letters it holds, and how many of them are the article's text."""

    def __init__(self, soup: BeautifulSoup, text: str) -> None:
        lines = [squeezed(line) for line in text.split("\n")]
        self._lines, self._whole = frozenset(lines), "".join(lines)
        self.letters: dict[int, int] = defaultdict(int)
        self.text: dict[int, int] = defaultdict(int)
        self.elements: dict[int, Tag] = {}
        for _, string in zip(range(MAX_STRINGS), soup.find_all(string=True), strict=False):
            self._add(string)

    def body(self) -> Tag | None:
        """The innermost element that holds nearly all of the text."""
        total = sum(map(len, self._lines))
        holding = [key for key, letters in self.text.items() if letters >= WHOLE * total > 0]
        smallest = min(holding, key=lambda key: (self.letters[key], -_depth(self.elements[key])), default=None)
        return None if smallest is None else self.elements[smallest]

    def holds_text(self, element: Tag) -> bool:
        """Whether any of the article's text is in an element."""
        return self.text[id(element)] > 0

    def _add(self, string: NavigableString) -> None:
        key = squeezed(string) if type(string) is NavigableString else ""
        above = list(string.parents) if key else []
        if any(element.name in SILENT for element in above):
            return
        ours = len(key) if key in self._lines or (len(key) >= SHORT and key in self._whole) else 0
        for element in above:
            self.elements[id(element)] = element
            self.letters[id(element)] += len(key)
            self.text[id(element)] += ours


def _depth(element: Tag) -> int:
    return sum(1 for _ in element.parents)


def _drops(body: Tag, weights: _Weights, prefix: str) -> list[str]:
    """Selectors, below the body's, for the outermost parts of it that hold letters and none of the text."""
    kept: list[str] = []
    for element in body.find_all(name=True):
        if element.name in INLINE or weights.holds_text(element) or not weights.letters[id(element)]:
            continue
        if not weights.holds_text(element.parent or body):
            continue
        name = next((name for name in _droppable(element) if _is_harmless(body, name, weights)), None)
        if name and f"{prefix} {name}" not in kept:
            kept.append(f"{prefix} {name}")
    return kept[:MAX_DROP]


def _droppable(element: Tag) -> Iterator[str]:
    """Its names, but not its mere tag, which on other pages the text may have; then its tag and how its words begin."""
    yield from (name for name in names_of(element) if name != element.name or name == "h1")
    said = SPACES.split(element.get_text().strip())[0][:LONGEST_WORDS]
    yield f"{element.name}:-soup-contains({json.dumps(said, ensure_ascii=False)})"


def _is_harmless(body: Tag, name: str, weights: _Weights) -> bool:
    return not any(weights.holds_text(each) for each in matches(body, name))


def _of_value(soup: BeautifulSoup, weights: _Weights, value: str) -> str | None:
    """A selector for the smallest element that says a value and nothing else; headings first."""
    key = squeezed(value)
    found = [weights.elements[at] for at, letters in weights.letters.items() if letters == len(key) > 0]
    said = [element for element in found if squeezed(element.get_text()) == key]
    said.sort(key=lambda element: (element.name != "h1", element.name not in {"h2", "h3"}, -_depth(element)))
    return next((name for element in said if (name := selector_of(element, soup))), None)


def _of_names(soup: BeautifulSoup, weights: _Weights, names: tuple[str, ...]) -> str | None:
    """A selector for the smallest element that holds all names and little else."""
    keys = [squeezed(name) for name in names]
    most = 3 * sum(map(len, keys))
    near = [at for at, letters in weights.letters.items() if 0 < letters <= most]
    near.sort(key=lambda at: (weights.letters[at], -_depth(weights.elements[at])))
    holding = (weights.elements[at] for at in near if _holds(weights.elements[at], keys))
    return next((name for element in holding if (name := selector_of(element, soup))), None)


def _holds(element: Tag, keys: list[str]) -> bool:
    text = squeezed(element.get_text())
    return bool(keys) and all(key in text for key in keys)


def _of_time(soup: BeautifulSoup, extraction: Extraction) -> str | None:
    """A selector for a `<time>` of the day of publication, else for the meta tag that gave it."""
    if extraction.published is None:
        return None
    for element in matches(soup, "time[datetime]"):
        if str(element["datetime"]).startswith(extraction.published.on.isoformat()):
            return selector_of(element, soup) or "time[datetime]"
    chosen = (each.locator for each in extraction.evidence if each.field == "published" and each.chosen)
    meta = re.fullmatch(r"meta\[([\w:.-]+)\]", next(chosen, ""))
    tags = (f'meta[{key}="{meta[1]}" i]' for key in ("property", "name", "itemprop")) if meta else ()
    return next((tag for tag in tags if matches(soup, tag, 1)), None)
