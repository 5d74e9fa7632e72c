"""Text as readers see it: no markup, no entities, single spaces."""

from __future__ import annotations

import html as entities
import re

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
MAX_TEXT = 20_000


def clean(text: str) -> str:
    """A text without tags, entities, soft hyphens and repeated white space; at most 20,000 characters are read."""
    found = text[:MAX_TEXT]
    if "&" in found:
        found = entities.unescape(entities.unescape(found))
    if "<" in found:
        found = _TAG.sub("", found)
    return _SPACES.sub(" ", found.replace("\u00ad", "")).strip()
