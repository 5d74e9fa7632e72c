"""The only door to trafilatura: a parsed page in, the lines of its main text out."""

from __future__ import annotations

import functools
import logging
from typing import TYPE_CHECKING

from lxml.etree import LxmlError
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from extractors.set_aside import set_aside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from extractors.page import ParsedPage

# What the engine was seen to raise on generated pages instead of answering None.
ENGINE_FAILURES = (LxmlError, ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError)

# What the engine deletes before it reads, and what of that it does not even measure a page by. It measures where it
# found less than MEASURED characters, and looks for other text, in JSON-LD too, where it found less than RESCUED.
UNREAD = ("head", "aside", "footer", "nav", "noscript", "figure")
UNMEASURED = ("head", "aside", "footer")
MEASURED = 3_300  # the engine's own bounds are 3,000 and 250, of the text before it is written down
RESCUED = 300
PLENTY = 4_500  # characters of running text: with so many the engine nearly always finds MEASURED
FORUM = "DiscussionForumPosting"  # said in JSON-LD, it makes the engine keep comments


def engine_text(parsed: ParsedPage, *, thorough: bool = True, running: int = 0) -> str:
    """The main text as trafilatura finds it, a line a block; empty: it found none or failed. Never raises.

    `thorough` asks its fallback extractors too, a third of its time. Comments are left out. `deduplicate` stays off:
    it would make the answer depend on the pages read before. The metadata, 28 % of the engine's time, are not asked
    for. The engine works on a copy of the tree; what it would delete at once is not copied. `running` is how many
    characters of running text the page seems to have: it changes the work, never the answer.
    """
    tree = parsed.tree
    if tree is None:
        return ""
    if thorough or FORUM in parsed.html:
        return _answer(tree, thorough=thorough)
    unread, least = (UNREAD, MEASURED) if running > PLENTY else (UNMEASURED, RESCUED)
    text = _answer_without(tree, unread)
    return text if len(text) >= least else _answer(tree, thorough=False)


def _answer_without(tree: HtmlElement, unread: Sequence[str]) -> str:
    with set_aside(tree, unread):
        return _answer(tree, thorough=False)


def _answer(tree: HtmlElement, *, thorough: bool) -> str:
    try:
        document = bare_extraction(tree, options=_options(thorough))
    except ENGINE_FAILURES:
        return ""
    text = getattr(document, "text", None)
    return text if isinstance(text, str) else ""


@functools.cache
def _options(thorough: bool) -> Extractor:  # noqa: FBT001 - the key of a cache
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without text is an outcome, not a warning
    return Extractor(output_format="python", fast=not thorough, comments=False)
