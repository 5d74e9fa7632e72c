"""What kind of page it is, by a written rule, with the evidence that decided."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.model import PageKind
from extractors.judge import is_prose

if TYPE_CHECKING:
    from extractors.body import Body
    from extractors.page import ParsedPage

ENOUGH = 250  # characters of text: the shortest of 205 real articles has more
HTML_TYPES = re.compile(r"html|xml|text/plain|octet-stream|unknown", re.IGNORECASE)


class Kind(NamedTuple):
    """A kind of page and what told."""

    kind: PageKind
    evidence: str


def page_kind(parsed: ParsedPage, body: Body) -> Kind:
    """The kind of a page whose body has been read."""
    if parsed.page.content_type and not HTML_TYPES.search(parsed.page.content_type):
        return Kind(PageKind.NOT_HTML, f"content type {parsed.page.content_type[:60]}")
    if parsed.tree is None:
        return Kind(PageKind.NOT_HTML, "no markup")
    if "LiveBlogPosting" in parsed.structured.types:
        return Kind(PageKind.LIVE_BLOG, "LiveBlogPosting")
    if len(body.text) < ENOUGH:
        return _without_text(parsed, body)
    return Kind(PageKind.ARTICLE, f"{len(body.text)} characters of text")


def _without_text(parsed: ParsedPage, body: Body) -> Kind:
    prose = sum(map(is_prose, body.blocks))
    if not body.blocks:
        return Kind(PageKind.NEEDS_JAVASCRIPT, "no text")
    return Kind(PageKind.OTHER, f"{len(body.text)} characters of text, {prose} paragraphs")
