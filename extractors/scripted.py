"""Bodies that the page's markup lacks: stated as articleBody, or carried as escaped HTML inside a script."""

from __future__ import annotations

import json
import re
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from extractors.blocks import LIST_ITEMS, text_blocks
from extractors.prose import is_prose
from extractors.witness import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractors.blocks import Block, Container
    from extractors.page import ParsedPage

SHORT = 600  # characters: markup with more text than this is believed to hold the article, if only its start
ENOUGH = 400  # characters of running text that make a hidden body
SHARE = 0.5  # a stated body is used where the markup's text is shorter than this share of it
MAX_HTML = 5_000_000  # characters of a page that are searched
MAX_STRINGS = 40
SAMPLE = 40  # letters of a stated body that are looked for in the markup
SAMPLES = 12
ESCAPED = re.compile(r"\\u003c\\?/p|<\\/p|&lt;/p", re.IGNORECASE)
STRING = re.compile(r'[:,(\[]\s*"([^"\\]*(?:\\.[^"\\]*)*)"', re.DOTALL)
TAGS = re.compile(r"</(?:p|div|li|h[1-6])>|<br", re.IGNORECASE)
PLACEHOLDER = re.compile(r"\$\$\w+\$\$")  # marks that a site's own program replaces


def scripted_body(parsed: ParsedPage, blocks: Sequence[Block], text: str) -> tuple[str, str]:
    """A body that is not in the markup and where it was found; two empty texts: the markup's `text` is the body."""
    stated = max(parsed.structured.article_bodies, key=len, default="")
    if len(stated) >= ENOUGH and len(text) < SHARE * len(stated) and _is_missing(stated, blocks):
        return _plain(stated), "json-ld articleBody"
    if len(text) < SHORT and len(parsed.html) <= MAX_HTML and ESCAPED.search(parsed.html):
        found = max((_plain(html) for html in _hidden(parsed.html)), key=len, default="")
        if len(found) >= max(ENOUGH, 2 * len(text)):
            return found, "html in a script"
    return "", ""


def _is_missing(stated: str, blocks: Sequence[Block]) -> bool:
    """Whether most of a stated body is in no block: else it was there to judge, and the judge has spoken."""
    shown = squeezed("".join(block.text for block in blocks))
    body = squeezed(_plain(stated))
    samples = [body[at : at + SAMPLE] for at in range(0, len(body) - SAMPLE, max(len(body) // SAMPLES, 1))]
    return 2 * sum(sample in shown for sample in samples) < len(samples)


def _hidden(html: str) -> Iterator[str]:
    """HTML inside string literals, their escapes undone once or twice."""
    for literal in islice(_long(html), MAX_STRINGS):
        value = _unescaped(literal)
        inner = [_unescaped(each) for each in islice(_long(value), MAX_STRINGS)]
        yield from (text for text in inner or [value] if TAGS.search(text))


def _long(text: str) -> Iterator[str]:
    """The string literals of a program that are long enough for a body and hold escaped tags, or strings of such."""
    found = (match[1] for match in STRING.finditer(text) if match.end() - match.start() >= ENOUGH)
    return (literal for literal in found if TAGS.search(literal) or ESCAPED.search(literal))


def _unescaped(literal: str) -> str:
    try:
        value = json.loads(f'"{literal}"', strict=False)
    except ValueError:
        return ""
    return unescape(value) if "&lt;/p" in value else str(value)


def _plain(html: str) -> str:
    """A fragment of HTML, or a text with line breaks, as lines."""
    if not TAGS.search(html):
        return "\n".join(line for line in (" ".join(part.split()) for part in unescape(html).splitlines()) if line)
    marked = PLACEHOLDER.sub(" ", html)
    try:
        body = f"<body>{marked}</body>".encode("utf-8", "ignore")
        tree = document_fromstring(body, parser=HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return ""
    blocks = [block for block in text_blocks(tree) if not _is_caption(block.container)]
    if not any(map(is_prose, blocks)):
        return ""
    return "\n".join(f"- {block.text}" if block.tag in LIST_ITEMS else block.text for block in blocks)


def _is_caption(box: Container) -> bool:
    return "caption" in box.signature.lower() or (box.above is not None and "caption" in box.above.signature.lower())
