"""Dates that pages print for readers only: in `<time>`, where a class says date, in short lines about the headline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.model import Producer
from extractors.evidence import Candidate
from extractors.fields.marks import following, heading, is_outside, marked, words_of
from extractors.fields.moments import has_date
from extractors.fields.texts import inner_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from extractors.page import ParsedPage

MAX_CLOCKS = 8  # `<time>` elements looked at
MAX_AFTER = 80  # elements after the headline
MAX_PRINTED = 160  # characters of an element that prints a date
MAX_DATES = 8
_MODIFIED = re.compile(
    r"updat|modif|aktualis|geändert|actualis|mis à jour|mise à jour|actualiz|aggiornat|bijgewerkt|opdater|oppdater|"
    r"uppdater|güncel|обновл|изменен|zaktual|更新|수정|diperbarui|edited|last changed|cập nhật|עודכן|تحديث",
    re.IGNORECASE,
)
_CLASS = re.compile(r"date|datum|fecha|time|publi|byline|posted|stamp|tarih|waktu|meta|info|pubdate|\bday\b")
_PLACES = re.compile(
    r"comment|related|teaser|card|sidebar|footer|copyright|widget|latest|popular|trending|weather|event|menu|recommend|"
    r"most-|more-|timeline|carousel|breaking"
)


def printed_dates(parsed: ParsedPage, *, modified: bool) -> Iterator[Candidate]:
    """Dates the page prints, surest first; `modified` asks for those that say "updated", else for the others."""
    if parsed.tree is None:
        return
    count = 0
    for element in _places(parsed.tree, parsed.structured.named.get("time", ())[:MAX_CLOCKS]):
        for raw in _dated(element, modified=modified):
            mark = words_of(element).split()[:1]
            yield Candidate(Producer.DOM, f"{element.tag}.{mark[0]}" if mark else str(element.tag), raw, "")
            count += 1
        if count >= MAX_DATES:
            return


def _places(tree: HtmlElement, clocks: tuple[HtmlElement, ...]) -> Iterator[HtmlElement]:
    """Where dates stand. A place inside a sidebar, a list of other articles or the comments is none."""
    for element in clocks:
        if not is_outside(element, _PLACES):
            yield element
    for element in marked(tree, _CLASS):
        if not is_outside(element, _PLACES):
            yield element
    yield from (
        e for e in following(tree, MAX_AFTER) if e.tag not in {"script", "style"} and not is_outside(e, _PLACES)
    )
    start = heading(tree)
    for _, element in zip(
        range(MAX_CLOCKS), start.itersiblings(preceding=True) if start is not None else (), strict=False
    ):
        yield element


def _dated(element: HtmlElement, *, modified: bool) -> Iterator[str]:
    """What an element says of the publication, or of the last change: one line may say both."""
    machine = element.get("datetime") or ""
    line = inner_text(element, MAX_PRINTED)
    if len(line) > MAX_PRINTED:
        return
    says = _MODIFIED.search(line)
    if says is None:
        if bool(_MODIFIED.search(words_of(element))) == modified and (machine or has_date(line)):
            yield machine or line
        return
    part = line[says.start() :] if modified else line[: says.start()]
    if has_date(part):
        yield machine if machine and not has_date(line[: says.start()]) else part
