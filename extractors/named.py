"""Containers whose class says what they hold beside the article: readers' comments, sidebars, boxes about authors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.blocks import Container
    from extractors.column import Column

# Of the class words of furniture, these alone were never found around text of an article (docs/decisions/0010).
COMMENTS = r"comment(?!ar(?:y|ies)\b)|kommentare?\b|komentar|disqus|respond\b"
AUTHOR = r"(?:about[-_]?(?:the[-_]?)?|post[-_]?)author|author[-_]?(?:bio|box|info|desc)|bio[-_]"
RELATED = r"related[-_ ]?(?:posts?|articles?|stories|content|news)|relatedposts|yarpp|latest[-_]posts"
SHARING = r"sharedaddy|share[-_](?:buttons?|bar|tools|links)|social[-_](?:share|sharing|buttons?|icons?|links)"
NAMES = tuple(
    (reason, re.compile(words, re.IGNORECASE))
    for reason, words in (
        ("comments of readers", COMMENTS),
        ("box: about the author", AUTHOR),
        ("box: related articles", RELATED),
        ("box: to share the page", SHARING),
        ("box: sidebar", r"side[-_]?bar|widget[-_]area"),
    )
)


def named(column: Column) -> dict[int, str]:
    """The taken blocks below the column's first in a container that is named as furniture, each with the reason."""
    known: dict[int, str] = {}
    places = (at for at in range(column.first, len(column.blocks)) if column.taken[at] and not column.direct(at))
    reasons = ((at, _reason(column, column.blocks[at].container, known)) for at in places)
    return {at: reason for at, reason in reasons if reason}


def _reason(column: Column, own: Container, known: dict[int, str]) -> str:
    """Why a container is furniture by its class or that of one around it, up to those around the column."""
    path: list[int] = []
    box: Container | None = own
    reason = ""
    while box is not None and not reason and not column.around(box):
        if box.number in known:
            reason = known[box.number]
            break
        path.append(box.number)
        name = box.signature.partition(">")[2].partition(".")[2]
        reason = next((why for why, words in NAMES if words.search(name)), "") if name else ""
        box = box.above
    known.update(dict.fromkeys(path, reason))
    return reason
