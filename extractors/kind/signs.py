"""What a page shows of its kind: its headlines, how much of it is running text, its links, pictures and players.

Sizes are in words (`broadsheet.policy.word_weight`), so that the same numbers hold for scripts without spaces.
Everything costly is worked out when a rule first asks for it.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lxml import etree

from broadsheet.policy import word_weight
from extractors.blocks import HEADINGS, HIDDEN, LIST_ITEMS, PLACES
from extractors.jsonld import text_of, types
from extractors.structured import ARTICLE_TYPES

if TYPE_CHECKING:
    from extractors.blocks import Block
    from extractors.body import Body
    from extractors.jsonld import Node
    from extractors.page import ParsedPage

AROUND = PLACES["nav"] | PLACES["aside"] | PLACES["footer"]
APART = AROUND | PLACES["figure"]
NEVER = PLACES["nav"] | PLACES["figure"]  # no text of an article is in these; some sites put theirs into an aside
LINKED = 0.5  # share of a block's characters inside links: with more it is a link
SENTENCES = 20  # words: a paragraph that a dateline may belong to
PARAGRAPH = 15  # words
FEW = 6  # words: a shorter block is no running text
TEASER = 4  # words: a link as long as this is a headline
LOWER_HEADINGS = HEADINGS - {"h1"}  # the first rank may be the name of the site, linked to its home
LONG_WORD = 5  # characters a word: where words are longer, they may not be parted by spaces
ENOUGH = 600  # words: counting stops there
MANY_ARTICLES = 3  # JSON-LD articles of one page, none of them at its address: teasers
TITLE_PARTS = re.compile(r"\s+[-–—|·•»:]+\s+|\s*[|｜：]\s*")
DATE = re.compile(
    r"\d{1,4}\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,4}|\b(?:19|20)\d\d\b|\d\d? (?:ago|前)|\b\d{1,2}:\d\d\b"
    r"|[०-९]{4}|[٠-٩]{4}"
)
LISTED_DATES = 3
SHORT = 120  # characters: a line with a date and no more than this is a dateline


def weight(text: str) -> int:
    """The length of a text in words, counted in letters only where words are not parted by spaces."""
    words = len(text.split())
    return words if text.isascii() or len(text) <= LONG_WORD * words else word_weight(text)


@functools.cache
def _outermost_types() -> etree.XPath:
    return etree.XPath("/descendant::*/@itemscope/parent::*[not(ancestor::*[@itemscope])]/@itemtype")


@dataclass(frozen=True)
class Signs:
    """The signs of one page; see the module."""

    parsed: ParsedPage
    body: Body

    @cached_property
    def kept(self) -> tuple[tuple[int, Block], ...]:
        """The blocks in the text, with their places among all blocks."""
        lines = set(self.body.text.split("\n"))
        return tuple(
            (at, block)
            for at, block in enumerate(self.body.blocks)
            if block.text in lines or (block.tag in LIST_ITEMS and f"- {block.text}" in lines)
        )

    @cached_property
    def prose(self) -> tuple[tuple[int, int, Block], ...]:
        """Place, words and block of the text's running text, up to ENOUGH words: no links, headlines or captions."""
        found = self._prose(APART)
        return found if sum(size for _, size, _ in found) > FEW else self._prose(NEVER)

    def _prose(self, apart: int) -> tuple[tuple[int, int, Block], ...]:
        found, words = [], 0
        for at, block in self.kept:
            if block.container.places & apart or block.tag in HEADINGS or block.linked > LINKED * len(block.text):
                continue
            size = weight(block.text)
            if size >= FEW:
                found.append((at, size, block))
                words += size
            if words >= ENOUGH:
                break
        return tuple(found)

    @cached_property
    def words(self) -> int:
        """The words of the running text; of the text as it is where it was not read off the blocks."""
        words = sum(size for _, size, _ in self.prose)
        if words or any(block.text for _, block in self.kept):
            return words
        return weight(self.body.text[: 2 * ENOUGH * LONG_WORD])

    @cached_property
    def run(self) -> int:
        """The words of the longest piece of running text that no headline with a link interrupts."""
        stops, best, now, last = self.teasers, 0, 0, -1
        for at, size, _ in self.prose:
            now = size if any(last < stop < at for stop in stops) else now + size
            best, last = max(best, now), at
        return best or (self.words if not self.prose else 0)

    @property
    def is_item(self) -> bool:
        """Whether the page calls itself an article or is dated as one."""
        return bool(self.marks) or self.is_dated

    @property
    def read(self) -> int:
        """The words there are to read: all of them on a page that says it is an article, else in one piece."""
        return self.words if self.marks else self.run

    @cached_property
    def teasers(self) -> tuple[int, ...]:
        """The places of linked headings, and of links as long as headlines, outside navigation, sidebars, footers."""
        return tuple(
            at
            for at, block in enumerate(self.body.blocks)
            if block.linked > LINKED * len(block.text)
            and not block.container.places & (AROUND | HIDDEN)
            and weight(block.text) >= (1 if block.tag in LOWER_HEADINGS else TEASER)
        )

    @cached_property
    def entries(self) -> int:
        """How many items of lists are a shorter link and a date: headlines of a plain list of news."""
        return sum(
            block.tag in LIST_ITEMS
            and 0 < block.linked <= LINKED * len(block.text)
            and not block.container.places & (AROUND | HIDDEN)
            and self._is_dateline(at)
            for at, block in enumerate(self.body.blocks)
        )

    @cached_property
    def dates_each(self) -> bool:
        """Whether dates stand between headlines with links, as in a list of articles; one article has one date."""
        dates = [at for at in range(len(self.body.blocks)) if self._is_dateline(at)]
        return sum(any(one < at < other for at in dates) for one, other in pairwise(self.teasers)) >= LISTED_DATES

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """What the page is called, lower case: its h1s or else its first heading, its title and the title's parts."""
        tagged = [block for block in self.body.blocks if block.tag in HEADINGS and not block.container.places & AROUND]
        first = [block.text for block in tagged if block.tag == "h1"][:3] or [block.text for block in tagged[:1]]
        titles = [self.title, self.parsed.structured.first("og:title")]
        parts = [part for title in titles for part in TITLE_PARTS.split(title)[:3] if part]
        return tuple(dict.fromkeys(text[:200].lower().replace("’", "'") for text in (*first, *titles, *parts) if text))

    @cached_property
    def title(self) -> str:
        """The text of the document's title."""
        element = None if self.parsed.tree is None else self.parsed.tree.find(".//title")
        return " ".join((element.text or "")[:500].split()) if element is not None else ""

    @cached_property
    def path(self) -> str:
        """The path of the page's address, lower case and decoded."""
        try:
            return unquote(urlsplit(self.parsed.url[:2000]).path).lower()
        except ValueError:
            return ""

    @cached_property
    def types(self) -> frozenset[str]:
        """The schema.org types of what the page is about: JSON-LD nodes and the outermost microdata."""
        data = self.parsed.structured
        if self.parsed.tree is None or not data.items:
            return data.types
        shown = _outermost_types()(self.parsed.tree)
        return data.types | {str(name).rstrip("/").rsplit("/", 1)[-1] for name in list(shown)[:20]}  # type: ignore[arg-type]  # the path names attributes

    @cached_property
    def marks(self) -> str:
        """By what the page says that it is an article; empty: it does not say so."""
        data = self.parsed.structured
        node = next(
            (one for one in data.articles if self._is_own(one) and "DiscussionForumPosting" not in types(one)), None
        )
        if node is not None:
            return f"JSON-LD {types(node)[0]}"
        if data.og_type in {"article", "news", "og:article", "newsarticle"}:
            return f"og:type {data.og_type}"
        if data.first("article:published_time"):
            return "article:published_time"
        return (
            "microdata"
            if (ARTICLE_TYPES - {"DiscussionForumPosting"}) & self.types and "articleBody" in data.items
            else ""
        )

    def _is_own(self, node: Node) -> bool:
        roots = [root for root in self.parsed.structured.graph.roots if ARTICLE_TYPES.intersection(types(root))]
        titles = {text_of(root.get("headline")) for root in roots}
        return len(titles) < MANY_ARTICLES or any(
            unquote(text_of(node.get(key), "@id", "url")).lower().rstrip("/").endswith(self.path.rstrip("/") or "//")
            for key in ("url", "mainEntityOfPage", "@id")
        )

    @cached_property
    def leads(self) -> bool:
        """Whether a paragraph follows the headline, itself no teaser among others, before any teaser does."""
        head = self.headline_at
        if head in self.teasers and self._is_one_of_many(head):
            return False
        start = next((at for at, size, _ in self.prose if size >= PARAGRAPH and at > head), -1)
        return start >= 0 and not any(head < at < start for at in self.teasers)

    def _is_one_of_many(self, head: int) -> bool:
        tag = self.body.blocks[head].tag
        return sum(self.body.blocks[at].tag == tag for at in self.teasers) > LISTED_DATES

    @cached_property
    def is_dated(self) -> bool:
        """Whether a dateline stands by the first real paragraph or under the headline, as over one article."""
        head = self.headline_at
        start = next((at for at, size, _ in self.prose if size >= SENTENCES and at > head), -1)
        if start < 0:
            return False
        near = [at for at in range(max(0, head, start - 4), min(len(self.body.blocks), start + 3)) if at != start]
        dates = [at for at in near if self._is_dateline(at)]
        return any(not self._teaser_between(at, start) for at in dates) or self._is_only_date(head, dates)

    def _is_only_date(self, head: int, dates: list[int]) -> bool:
        """Whether a date stands under the headline and no others follow as in a list of articles."""
        under = [at for at in dates if 0 <= head < at <= head + 3 and not self._teaser_between(head, at)]
        below = range(head, min(len(self.body.blocks), head + 60))
        return bool(under) and sum(self._is_dateline(at) for at in below) < LISTED_DATES

    @cached_property
    def headline_at(self) -> int:
        """The place of the first headline of the first rank, else of the first of any; -1: the page has none."""
        tagged = [(block.tag, at) for at, block in enumerate(self.body.blocks) if block.tag in HEADINGS]
        return min(tagged, default=("", -1), key=lambda found: (found[0] != "h1", found[1]))[1]

    def _is_dateline(self, at: int) -> bool:
        text = self.body.blocks[at].text
        return len(text) <= SHORT and "©" not in text and bool(DATE.search(text))

    def _teaser_between(self, one: int, other: int) -> bool:
        return any(min(one, other) <= at <= max(one, other) for at in self.teasers)
