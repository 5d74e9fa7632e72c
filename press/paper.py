"""What the three papers have in common: their master data, and the lists of headlines that stand around an article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from press.data import edition_file, esc, filled, table_of
from press.model import Special
from press.stories import lasting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from press.model import Story

NOW: dict[int, datetime] = {
    1: datetime(2026, 3, 14, 12, tzinfo=UTC),
    2: datetime(2026, 3, 15, 12, tzinfo=UTC),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper's master data, from its paper.toml.

    `sections` maps ids (as in URLs) to printed names; `words` are what its error pages say, and its teaser template.
    """

    name: str
    host: str
    title: str
    language: str
    encoding: str
    content_type: str
    sections: Mapping[str, str]
    words: Mapping[str, str]

    def url(self, path: str) -> str:
        """The address of a path; never with a port."""
        return f"http://{self.host}{path}"


@cache
def paper_of(name: str) -> Paper:
    """The paper of a short name."""
    return Paper(name=name, **table_of(name, "paper.toml"))


@cache
def specials(paper: str, edition: int) -> tuple[Special, ...]:
    """The pages of a paper that are no articles, in the order of its pages.toml."""
    rows: list[dict[str, Any]] = table_of(paper, "pages.toml")["page"]
    every = (Special(**{**row, "editions": tuple(row.get("editions", (1, 2)))}) for row in rows)
    return tuple(special for special in every if edition in special.editions)


def related(paper: str, story: Story, count: int) -> list[Story]:
    """Headlines to print beside a story: always the same ones, never itself, none that an edition changes."""
    others = [other for other in lasting(paper) if other.slug != story.slug]
    start = sum(story.slug.encode()) % len(others)
    return (others + others)[start : start + count]


def most_read(paper: str, count: int = 5) -> Sequence[Story]:
    """The same headlines on every page."""
    return lasting(paper)[:: max(1, len(lasting(paper)) // count)][:count]


def links(stories: Sequence[Story], path: Callable[[Story], str], template: str) -> str:
    """Headlines as HTML, each by a template with $url and $title."""
    return "\n".join(filled(template, url=esc(path(story)), title=esc(story.title)) for story in stories)


def inserts(paper: str, edition: int, **values: str) -> dict[int, str]:
    """The furniture inside the text, from inserts.toml: number of paragraphs before it -> HTML."""
    rows = table_of(paper, edition_file(paper, "inserts", "toml", edition))["insert"]
    return {row["after"]: filled(row["html"], **values) for row in rows}


def comments(paper: str, story: Story, template: str) -> str:
    """Two or three readers' comments, always the same under a story."""
    pool: list[dict[str, str]] = table_of(paper, "people.toml")["comment"]
    start = sum(story.title.encode())
    chosen = [pool[(start + n * 3) % len(pool)] for n in range(2 + start % 2)]
    return "\n".join(filled(template, name=esc(c["name"]), text=esc(c["text"])) for c in chosen)


def bio(paper: str, name: str) -> str:
    """What the paper says of an author; empty if nothing."""
    return str(table_of(paper, "people.toml")["bio"].get(name, ""))
