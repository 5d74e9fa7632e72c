"""Credit lines that pages print for readers only: by their class, by "By", beside the date, under the text."""

from __future__ import annotations

import functools
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree

from broadsheet.model import Producer
from extractors.evidence import Candidate
from extractors.fields.marks import following, is_outside, marked, words_of
from extractors.fields.moments import has_date
from extractors.fields.names import credited, looks_like_a_name
from extractors.fields.texts import inner_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from extractors.page import ParsedPage

MAX_AFTER = 80  # elements after the headline that are looked at
MAX_CREDIT = 160  # characters of a credit line
_CLASS = re.compile(
    r"(?:^|[^a-z])(?:by-?line|(?:article|post|news|story)?[-_]?(?:authors?|autor(?:en|es)?|auteurs?|autore|writer|reporter)"
    r"|credit-?line|yazar|penulis|muhabir|author-?name|author-?mail)(?:[^a-z]|$)"
)
_NOT_A_BYLINE = re.compile(
    r"comment|avatar|image|img|photo|picture|caption|figure|media|bio|about|related|teaser|card|social|share|follow|"
    r"recommend|sidebar|footer|widget|newsletter|icon|gallery|video|more-|promo|list-item|latest|popular|trending|desc"
)
_BY = re.compile(
    r"^(?:(?:By|Von|Par|Por|Door|Af|Av|Di|De|Przez|Oleh|Penulis|Yazan|Text|Tekst|Autor(?:in)?|Authors?|Reporter|Автор|Текст"
    r"|文|取材・文|記者|配信|글|작성자)(?:\s*[:：・＝／/]\s*|\s+)\S.*|[\w・\s]{2,14}\s?(?:記者|기자|记者)|[【（(][\w・、\s]{2,40}[)）】])$"
)
_BEFORE_DATE = re.compile(r"^(?P<name>[^\d|•·,/\n]{4,60}?)\s*[|•·,/\n–—-]\s*(?P<rest>.*\d.*)$")


@functools.cache
def _paragraph() -> etree.XPath:
    return etree.XPath("//p[normalize-space(.) = $line][@style or @align or strong or em or b or i or @class]")


def bylines(parsed: ParsedPage, own: frozenset[str]) -> Iterator[Candidate]:
    """The credit lines of the page, surest first: by class, by the word "By", by standing beside the date."""
    if parsed.tree is None:
        return
    for element in marked(parsed.tree, _CLASS):
        if not is_outside(element, _NOT_A_BYLINE):
            yield from _made(element, inner_text(element, MAX_CREDIT), own)
    printed = [
        (e, inner_text(e, MAX_CREDIT)) for e in following(parsed.tree, MAX_AFTER) if e.tag not in {"script", "style"}
    ]
    for element, line in printed:
        if len(line) <= MAX_CREDIT and _BY.match(line):
            yield from _made(element, line, own)
    yield from _beside_date([(element, line) for element, line in printed if line], own)


def _beside_date(printed: list[tuple[HtmlElement, str]], own: frozenset[str]) -> Iterator[Candidate]:
    """Names that stand directly before a date: as an element of their own, or in one line with it."""
    for (element, line), (_, next_line) in pairwise(printed):
        if looks_like_a_name(line.rstrip(" |·,")) and len(next_line) <= MAX_CREDIT and has_date(next_line):
            yield from _made(element, line, own)
    for element, line in printed:
        match = _BEFORE_DATE.match(line) if len(line) <= MAX_CREDIT else None
        if match and looks_like_a_name(match["name"]) and has_date(match["rest"]):
            yield from _made(element, match["name"], own)


def sign_off(parsed: ParsedPage, text: str, own: frozenset[str]) -> Iterator[Candidate]:
    """A name that stands alone, set off, as the last paragraph of the text."""
    line = text[-200:].rstrip().rsplit("\n", 1)[-1].strip()
    if parsed.tree is None or not line or not (looks_like_a_name(line) or _BY.match(line)):
        return
    found = _paragraph()(parsed.tree, line=line)
    if isinstance(found, list) and found:
        names = credited(line, own=own, printed=True)
        if names:
            yield Candidate(Producer.TEXT, "last line", line, "; ".join(names))


def _made(element: HtmlElement, line: str, own: frozenset[str]) -> Iterator[Candidate]:
    names = credited(line, own=own, printed=True) if 0 < len(line) <= MAX_CREDIT else []
    if names:
        mark = words_of(element).split()[:1]
        yield Candidate(Producer.DOM, f"{element.tag}.{mark[0]}" if mark else str(element.tag), line, "; ".join(names))
