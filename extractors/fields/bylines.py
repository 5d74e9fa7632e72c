"""Credit lines that pages print for readers only: by their class, by "By", beside the date, under the text."""

from __future__ import annotations

import functools
import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from lxml import etree

from broadsheet.model import Producer
from extractors.evidence import Candidate
from extractors.fields.marks import following, is_outside, marked, words_of
from extractors.fields.moments import has_date
from extractors.fields.names import credited, distinct, is_credit, looks_like_a_name
from extractors.fields.texts import inner_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from extractors.page import ParsedPage

MAX_AFTER = 80  # elements after the headline that are looked at
MAX_CLOSE = 40  # of them, those in which a link to a person's page is a credit
MAX_CREDIT = 200  # characters of a credit line
MAX_PIECES = 60
_CLASS = re.compile(
    r"(?:^|[^a-z])(?:by-?line|(?:article|post|news|story)?[-_]?(?:authors?|autor(?:en|es)?|auteurs?|autore|writer|reporter)"
    r"|credit-?line|yazar|penulis|muhabir|author-?name|author-?mail)(?:[^a-z]|$)"
)
_NOT_A_BYLINE = re.compile(
    r"comment|avatar|image|img|photo|picture|caption|figure|media|bio|about|related|teaser|card|social|share|follow|"
    r"recommend|sidebar|footer|widget|newsletter|icon|gallery|video|more-|promo|list-item|latest|popular|trending|desc"
)
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es|i)?|auteurs?|autore|staff|journalists?|reporters?|contributors?|columnists?"
    r"|redakteure|yazar(?:lar)?|penulis|skribent|forfatter|writers?)[/-]",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:(?:By|Von|Par|Por|Door|Af|Av|Di|De|Przez|Oleh|Penulis|Yazan|Text|Tekst|Autor(?:in)?|Authors?|Reporter|Автор|Текст"
    r"|Skrevet|Skriven|Teksti|Piše|Szerző|Írta|Γράφει|Tác giả|بقلم|كتب|إعداد|מאת|लेखक|লেখক|โดย|作者|撰文|记者|聞き手"
    r"|文|取材・文|記者|配信|글|작성자)(?:\s*[:：・＝／/]\s*|\s+)\S.*|[\w・\s]{2,14}\s?(?:記者|기자|记者)|[【（(][\w・、\s]{2,40}[)）】])$"
)
_BEFORE_DATE = re.compile(r"^(?P<name>[^\d|•·,/\n]{4,60}?)\s*[|•·,/\n–—-]\s*(?P<rest>.*\d.*)$")


def bylines(parsed: ParsedPage, own: frozenset[str]) -> Iterator[Candidate]:
    """The credit lines of the page, surest first.

    Links to people's pages under the headline; elements whose class says byline; lines that begin with "By"; names
    beside the date.
    """
    if parsed.tree is None:
        return
    after = [e for e in following(parsed.tree, MAX_AFTER) if e.tag not in {"script", "style"}]
    yield from _linked(after, own)
    for element in marked(parsed.tree, _CLASS):
        if not is_outside(element, _NOT_A_BYLINE):
            yield from _of_pieces(element, own)
    printed = [(e, inner_text(e, MAX_CREDIT)) for e in after]
    for element, line in printed:
        if len(line) <= MAX_CREDIT and _BY.match(line) and not is_outside(element, _NOT_A_BYLINE):
            yield from _made(element, line, credited(line, own=own, printed=True))
    yield from _beside_date([(element, line) for element, line in printed if line], own)


def _linked(after: list[HtmlElement], own: frozenset[str]) -> Iterator[Candidate]:
    """The names on links to people's pages that stand closely under the headline."""
    links = [e for e in after[:MAX_CLOSE] if e.tag == "a" and _is_of_a_person(e) and not is_outside(e, _NOT_A_BYLINE)]
    lines = [line for e in links if (line := inner_text(e, MAX_CREDIT)) and is_credit(line, own=own)]
    if lines:
        names = list(dict.fromkeys(name for line in lines for name in credited(line, own=own, printed=True)))
        yield from _made(links[0], " | ".join(lines), names)


def _is_of_a_person(link: HtmlElement) -> bool:
    return "author" in (link.get("rel") or "").split() or _PROFILE.search(link.get("href") or "") is not None


def _of_pieces(element: HtmlElement, own: frozenset[str]) -> Iterator[Candidate]:
    """The names in an element that holds a credit line, read text node by text node: jobs and dates are others."""
    pieces = [piece.strip() for piece in islice(element.itertext(), MAX_PIECES) if piece.strip()]
    line = " ".join(pieces)
    if not 0 < len(line) <= MAX_CREDIT:
        return
    names = [n for piece in pieces for n in credited(piece, own=own, printed=True) if is_credit(n, own=own)]
    if not names and (_BY.match(line) or len(pieces) == 1):
        names = credited(line, own=own, printed=True)
    yield from _made(element, line, distinct(names))


def _beside_date(printed: list[tuple[HtmlElement, str]], own: frozenset[str]) -> Iterator[Candidate]:
    """Names that stand directly before a date: as an element of their own, or in one line with it."""
    for (element, line), (_, next_line) in pairwise(printed):
        if looks_like_a_name(line.rstrip(" |·,")) and len(next_line) <= MAX_CREDIT and has_date(next_line):
            yield from _made(element, line, credited(line, own=own, printed=True))
    for element, line in printed:
        match = _BEFORE_DATE.match(line) if len(line) <= MAX_CREDIT else None
        if match and looks_like_a_name(match["name"]) and has_date(match["rest"]):
            yield from _made(element, line, credited(match["name"], own=own, printed=True))


@functools.cache
def _paragraph() -> etree.XPath:
    return etree.XPath("//p[normalize-space(.) = $line][@style or @align or strong or em or b or i or @class]")


def sign_off(parsed: ParsedPage, text: str, own: frozenset[str]) -> Iterator[Candidate]:
    """A name that stands alone, set off, as the last paragraph of the text."""
    line = text[-200:].rstrip().rsplit("\n", 1)[-1].strip()
    if parsed.tree is None or not line or not (looks_like_a_name(line) or _BY.match(line)):
        return
    found = _paragraph()(parsed.tree, line=line)
    names = credited(line, own=own, printed=True) if isinstance(found, list) and found else []
    if names:
        yield Candidate(Producer.TEXT, "last line", line, "; ".join(names))


def _made(element: HtmlElement, line: str, names: list[str]) -> Iterator[Candidate]:
    if names:
        mark = words_of(element).split()[:1]
        yield Candidate(Producer.DOM, f"{element.tag}.{mark[0]}" if mark else str(element.tag), line, "; ".join(names))
