"""The nouns of the sample press. Standard library only; every value is frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Block:
    """One unit of an article's text as a reader sees it.

    `kind`: p (paragraph), h (subheading), li (list item), quote, row (of a table, its cells joined by " | ").
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a story: file name under /images/, caption, credit."""

    file: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class Story:
    """An article as its paper printed it in one edition.

    `people` and `agencies` are the credits as printed; `at` and `modified` keep the paper's own UTC offset.
    `section` is an id of the paper's sections. `change` tells what the edition did to it:
    unchanged, new, typo, rewrite (new sense, no notice), headline, correction.
    """

    slug: str
    title: str
    at: datetime
    section: str
    blocks: tuple[Block, ...]
    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    picture: Picture | None = None
    modified: datetime | None = None
    change: str = "unchanged"
    wire_of: str = ""

    @property
    def authors(self) -> tuple[str, ...]:
        """Everyone credited, people first."""
        return self.people + self.agencies

    @property
    def changed_at(self) -> datetime:
        """When the page last said something new."""
        return self.modified or self.at

    @property
    def summary(self) -> str:
        """What the page's description says: the first paragraph, cut at 150 characters."""
        first = self.blocks[0].text
        return (
            first if len(first) <= SUMMARY_LENGTH else first[:SUMMARY_LENGTH].rsplit(" ", 1)[0].rstrip("、。,.") + "…"
        )


SUMMARY_LENGTH = 150


@dataclass(frozen=True, slots=True)
class Special:
    """A page that is no article, or another door to one (AMP, print, tracking): see papers/*/pages.toml.

    `file` holds its main column, `frame` tells whether the paper's furniture stands around it. `duplicate_of` is
    the slug of the article it repeats. `at` and `title` are what feeds and section pages say of it.
    """

    path: str
    kind: str
    outcome: str
    title: str
    at: datetime
    section: str
    status: int = 200
    file: str = ""
    head: str = ""
    frame: bool = True
    duplicate_of: str = ""
    editions: tuple[int, ...] = (1, 2)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the press says to one request without conditions. Header names are in their usual case.

    `changed_at` is the time in Last-Modified, in whole seconds; None where there is none.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    changed_at: datetime | None = None

    def header(self, name: str) -> str | None:
        """The header of that name, in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What must come of one URL that the endpoints of a source name.

    `outcome`: article, rejected, gone, robots_disallowed or duplicate (of `duplicate_of`, an article's URL).
    `kind`: article, amp, print, tracking; or the kind of a page that is no article (gallery, video, live_blog,
    listing, soft_404, login_wall, consent_wall, needs_javascript); or not_found, gone, private.

    For articles: title, authors, times, section and tags exactly as the page prints them (Japanese headlines with
    U+3000; no tags where the template has none), `blocks` the text as a reader sees it, `text` the same with one line
    a block and no list markers, `images` URL, caption and credit of each picture. `change` is what the edition did to
    it: new, unchanged, typo, rewrite, headline, correction, removed. `wire_of`: the URL of the article whose agency
    text it prints under another lead.
    `furniture`: every line the paper's article pages print that is no block of any article (navigation, notices,
    bylines, captions, headlines, comments).
    """

    url: str
    source: str
    outcome: str
    kind: str
    title: str = ""
    authors: tuple[str, ...] = ()
    author_kinds: tuple[str, ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None
    blocks: tuple[Block, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    images: tuple[tuple[str, str, str], ...] = ()
    language: str = ""
    change: str = ""
    duplicate_of: str = ""
    wire_of: str = ""
    furniture: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def text(self) -> str:
        """The text as a reader sees it: the blocks, one a line."""
        return "\n".join(block.text for block in self.blocks)
