"""Text as readers see it: no markup, no entities, single spaces (ideographic ones as they are)."""

from __future__ import annotations

import html as entities
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_SPACES = re.compile(r"[^\S\u3000]+|[\u200b\ufeff]+")  # an ideographic space is punctuation: 地震　津波なし
MAX_TEXT = 20_000
MAX_INNER = 1_000


def clean(text: str) -> str:
    """A text without tags, entities, soft hyphens and repeated white space; at most 20,000 characters are read."""
    found = text[:MAX_TEXT]
    if "&" in found:
        found = entities.unescape(entities.unescape(found))
    if "<" in found:
        found = _TAG.sub("", found)
    return _SPACES.sub(" ", found.replace("\u00ad", "")).strip()


def inner_text(element: HtmlElement, limit: int = MAX_INNER) -> str:
    """The text within an element, to just over `limit` characters; scripts and styles left out."""
    pieces: list[str] = []
    size = 0
    for inner in element.iter():
        if isinstance(inner.tag, str) and inner.tag not in {"script", "style"} and inner.text:
            pieces.append(inner.text)
            size += len(inner.text)
        if inner is not element and inner.tail:
            pieces.append(inner.tail)
            size += len(inner.tail)
        if size > limit:
            break
    return _SPACES.sub(" ", " ".join(pieces)).strip()
