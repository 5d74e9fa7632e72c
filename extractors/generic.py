"""The only door to trafilatura: a parsed page in, the lines of its main text out."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from lxml.etree import LxmlError
from trafilatura import bare_extraction

if TYPE_CHECKING:
    from extractors.page import ParsedPage

# What the engine was seen to raise on generated pages instead of answering None.
ENGINE_FAILURES = (LxmlError, ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError)


def engine_text(parsed: ParsedPage, *, thorough: bool = True) -> str:
    """The main text as trafilatura finds it, a line a block; empty: it found none or failed. Never raises.

    `thorough` asks its fallback extractors too, a third of its time. Comments are left out. `deduplicate` stays off:
    it would make the answer depend on the pages read before. The metadata, 28 % of the engine's time, are not asked
    for. The engine works on a copy of the tree.
    """
    if parsed.tree is None:
        return ""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without text is an outcome, not a warning
    try:
        document = bare_extraction(parsed.tree, url=parsed.url, include_comments=False, fast=not thorough)
    except ENGINE_FAILURES:
        return ""
    text = getattr(document, "text", None)
    return text if isinstance(text, str) else ""
