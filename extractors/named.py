"""Containers whose class says what they hold beside the article: readers' comments, sidebars, boxes about authors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractors.blocks import Container
    from extractors.column import Column

# Of the class words of furniture, these alone were never found around text of an article (docs/decisions/0010).
COMMENTS = r"comment(?!ar(?:y|ies)\b)|kommentare?\b|komentar|disqus|respond\b"
AUTHOR = r"(?:about[-_]?(?:the[-_]?)?|post[-_]?)author|author[-_]?(?:bio|box|info|desc)|bio[-_]"
RELATED = r"related[-_ ]?(?:posts?|articles?|stories|content|news)|relatedposts|yarpp|latest[-_]posts"
SHARING = r"sharedaddy|share[-_](?:buttons?|bar|tools|links)|social[-_](?:share|sharing|buttons?|icons?|links)"
BELOW = ("comments of readers", "box: about the author")  # what stands below all paragraphs of a text
NAMES = tuple(
    (reason, re.compile(words, re.IGNORECASE))
    for reason, words in (
        (BELOW[0], COMMENTS),
        (BELOW[1], AUTHOR),
        ("box: related articles", RELATED),
        ("box: to share the page", SHARING),
        ("box: sidebar", r"side[-_]?bar|widget[-_]area"),
    )
)


def named(column: Column) -> dict[int, str]:
    """The taken blocks below the column's first in a container that is named as furniture, each with the reason.

    A name that the column or a container around it bears too is not believed: an opinion may be called a comment.
    Nor is a comment or an author's box between paragraphs of the text: an expert comments there, or it tells a life.
    """
    around = " ".join(_class(box) for box in _path(column.main))
    names = [(reason, words) for reason, words in NAMES if not words.search(around)]
    known: dict[int, str] = {}
    places = (at for at in range(column.first, len(column.blocks)) if column.taken[at] and not column.direct(at))
    reasons = ((at, _reason(column, column.blocks[at].container, names, known)) for at in places)
    return {at: reason for at, reason in reasons if reason and (at > column.last or reason not in BELOW)}


def _reason(column: Column, own: Container, names: Sequence[tuple[str, re.Pattern[str]]], known: dict[int, str]) -> str:
    """Why a container is furniture by its class or that of one around it, up to those around the column."""
    path: list[int] = []
    reason = ""
    for box in _path(own):
        if column.around(box):
            break
        if box.number in known:
            reason = known[box.number]
            break
        path.append(box.number)
        reason = next((why for why, words in names if words.search(_class(box))), "")
        if reason:
            break
    known.update(dict.fromkeys(path, reason))
    return reason


def _path(box: Container | None) -> Iterator[Container]:
    """A container and those around it, from within."""
    while box is not None:
        yield box
        box = box.above


def _class(box: Container) -> str:
    return box.signature.partition(">")[2].partition(".")[2]
