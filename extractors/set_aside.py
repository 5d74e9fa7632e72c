"""Parts of a tree taken out for as long as somebody reads the rest of it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement


class _Gap(NamedTuple):
    """Where an element stood: before `at` came `before` (None: nothing), and after that `text`."""

    element: HtmlElement
    parent: HtmlElement
    at: int
    before: HtmlElement | None
    text: str | None


@contextmanager
def set_aside(tree: HtmlElement, tags: Sequence[str]) -> Iterator[None]:
    """The tree without the elements of these tags, but with the text behind each; afterwards it is as it was.

    A figure with a table in it stays: the engine reads that table.
    """
    gaps = [
        _taken_out(element, parent)
        for element in list(tree.iter(*tags))
        if (parent := element.getparent()) is not None
        if element.tag != "figure" or element.find(".//table") is None
    ]
    try:
        yield
    finally:
        for gap in reversed(gaps):
            _put_back(gap)


def _taken_out(element: HtmlElement, parent: HtmlElement) -> _Gap:
    before, behind = element.getprevious(), element.tail
    gap = _Gap(element, parent, parent.index(element), before, parent.text if before is None else before.tail)
    if behind:
        _write(gap, f"{gap.text or ''}{behind}")
    parent.remove(element)
    return gap


def _put_back(gap: _Gap) -> None:
    gap.parent.insert(gap.at, gap.element)
    _write(gap, gap.text)


def _write(gap: _Gap, text: str | None) -> None:
    if gap.before is None:
        gap.parent.text = text
    else:
        gap.before.tail = text
