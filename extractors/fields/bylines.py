"""Credit lines that pages print for readers only: by their class, by "By", beside the date, under the text."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from lxml import etree

from broadsheet.model import Producer
from extractors.evidence import Candidate
from extractors.fields.moments import has_date
from extractors.fields.names import credited, looks_like_a_name
from extractors.fields.texts import inner_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from extractors.page import ParsedPage

MAX_ELEMENTS = 60  # looked at for a credit line
MAX_CREDIT = 160  # characters of a credit line
MAX_BARE = 60  # characters of a name that stands alone
_CLASS = re.compile(
    r"(?:^|[^a-z])(?:by-?line|(?:article|post|news|story)?[-_]?(?:authors?|autor(?:en|es)?|auteurs?|autore|writer|reporter)|credit-?line"
    r"|yazar|penulis|muhabir|author-?name|author-?mail)(?:[^a-z]|$)"
)
_NOT_A_BYLINE = re.compile(
    r"comment|avatar|image|img|photo|picture|caption|figure|media|bio|about|related|teaser|card|social|share|follow|"
    r"recommend|sidebar|footer|widget|newsletter|icon|gallery|video|more-|promo|list-item|latest|popular|trending|desc"
)
_OUTSIDE = frozenset({"aside", "footer", "nav", "figure", "figcaption"})
_BY = re.compile(
    r"^(?:(?:By|Von|Par|Por|Door|Af|Av|Di|De|Przez|Oleh|Penulis|Yazan|Text|Tekst|Autor(?:in)?|Authors?|Reporter|Автор|Текст"
    r"|文|取材・文|記者|글|작성자)(?:\s*[:：]\s*|\s+)\S.*|[\w・\s]{2,14}\s?(?:記者|기자|记者)|[【（(][\w・、\s]{2,40}[)）】])$"
)


@functools.cache
def _paths() -> tuple[etree.XPath, etree.XPath, etree.XPath]:
    lower = "translate(concat(@class, ' ', @id), 'ABDEHILMNOPRSTUWYZ', 'abdehilmnoprstuwyz')"
    words = ("byline", "by-line", "author", "autor", "auteur", "writer", "reporter", "credit", "yazar", "penulis", "muhabir")
    has_word = " or ".join(f"contains({lower}, '{word}')" for word in words)
    blocks = " or ".join(f"self::{tag}" for tag in ("p", "div", "span", "address", "em", "i", "b", "strong", "li", "td", "a"))
    return (
        etree.XPath(f"//body//*[@rel='author' or ((@class or @id) and ({has_word}))]"),
        etree.XPath(f"(//h1)[1]/following::*[{blocks}][position() <= 80]"),
        etree.XPath("//p[normalize-space(.) = $line][@style or @align or strong or em or b or i or @class]"),
    )


def bylines(parsed: ParsedPage, own: frozenset[str]) -> Iterator[Candidate]:
    """The credit lines of the page, surest first."""
    if parsed.tree is None:
        return
    named, after, _ = _paths()
    for element in _elements(named, parsed.tree):
        if _is_byline(element):
            yield from _made(element, inner_text(element), own)
    printed = [(e, inner_text(e)) for e in _elements(after, parsed.tree)]
    for element, line in printed:
        if len(line) <= MAX_CREDIT and _BY.match(line):
            yield from _made(element, line, own)
    for (element, line), (_, next_line) in zip(printed, printed[1:], strict=False):
        if looks_like_a_name(line.rstrip(" |·,")) and len(next_line) <= MAX_CREDIT and has_date(next_line):
            yield from _made(element, line, own)


def sign_off(parsed: ParsedPage, text: str, own: frozenset[str]) -> Iterator[Candidate]:
    """A name that stands alone, set off, as the last paragraph of the text."""
    line = text[-200:].rstrip().rsplit("\n", 1)[-1].strip()
    if parsed.tree is None or not line or not (looks_like_a_name(line) or _BY.match(line)):
        return
    found = _paths()[2](parsed.tree, line=line)
    if isinstance(found, list) and found:
        names = credited(line, own=own)
        if names:
            yield Candidate(Producer.TEXT, "last line", line, "; ".join(names))


def _elements(path: etree.XPath, tree: HtmlElement) -> list[HtmlElement]:
    found = path(tree)
    return found[:MAX_ELEMENTS] if isinstance(found, list) else []  # type: ignore[return-value]  # the path names elements


def _is_byline(element: HtmlElement) -> bool:
    """Whether an element's own class says byline, and nothing around it says comment, picture or other articles."""
    words = _words(element)
    if element.get("rel") != "author" and not _CLASS.search(words):
        return False
    around = [element, *(parent for _, parent in zip(range(6), element.iterancestors(), strict=False))]
    if any(parent.tag in _OUTSIDE for parent in around):
        return False
    return not any(_NOT_A_BYLINE.search(_words(parent)) for parent in around[:4] if parent.tag != "body")


def _words(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


def _made(element: HtmlElement, line: str, own: frozenset[str]) -> Iterator[Candidate]:
    names = credited(line, own=own) if 0 < len(line) <= MAX_CREDIT else []
    if names:
        mark = (element.get("class") or element.get("rel") or "").split()[:1]
        yield Candidate(Producer.DOM, f"{element.tag}.{mark[0]}" if mark else str(element.tag), line, "; ".join(names))
