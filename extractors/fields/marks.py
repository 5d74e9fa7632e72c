"""Elements whose class or id tells what they hold, found in one pass over the page."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from extractors.fields.names import folded
from extractors.fields.texts import inner_text

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MAX_WALKED = 20_000  # elements of a page that are looked at; the largest of 205 real pages has 15,000
MAX_MARKED = 150
MAX_HEADINGS = 40  # of lower rank that are looked at
MAX_AROUND = 6  # ancestors looked at
MAX_WORDS = 1_500  # characters of a class or id; the longest of 205 real pages has 1,332
OUTSIDE = frozenset({"aside", "footer", "nav", "figure", "figcaption", "form"})


def marked(tree: HtmlElement, pattern: re.Pattern[str]) -> list[HtmlElement]:
    """The first elements whose class, id or rel matches, in the order of the page."""
    found: list[HtmlElement] = []
    known: dict[str, bool] = {}  # a class is repeated thrice on a page
    for element in islice(tree.iter(), MAX_WALKED):
        words = element.get("class") or element.get("id")
        if not words:
            continue
        if words not in known:
            known[words] = pattern.search(words[:MAX_WORDS].lower()) is not None
        if known[words]:
            found.append(element)
            if len(found) >= MAX_MARKED:
                break
    return found


def words_of(element: HtmlElement) -> str:
    """An element's class and id, in lower case."""
    return f"{(element.get('class') or '')[:MAX_WORDS]} {(element.get('id') or '')[:MAX_WORDS]}".lower()


def around(element: HtmlElement, count: int = MAX_AROUND) -> Iterator[HtmlElement]:
    """An element and its nearest ancestors, without the body."""
    yield element
    for _, parent in zip(range(count), element.iterancestors(), strict=False):
        if parent.tag in {"body", "html"}:
            return
        yield parent


def is_outside(element: HtmlElement, pattern: re.Pattern[str], count: int = 3) -> bool:
    """Whether an element stands in a sidebar, footer or figure, or near something whose class matches `pattern`."""
    parents = list(around(element))
    if any(parent.tag in OUTSIDE for parent in parents):
        return True
    return any(pattern.search(words_of(parent)) for parent in parents[: count + 1])


def heading(tree: HtmlElement) -> HtmlElement | None:
    """The page's first `<h1>`; without one, the heading of a lower rank that its `<title>` begins with."""
    first = next(tree.iter("h1"), None)
    if first is not None:
        return first
    titles = next(tree.iter("title"), None)
    document = folded(inner_text(titles)) if titles is not None else ""
    lower = islice(tree.iter("h2", "h3", "h4"), MAX_HEADINGS)
    return next((e for e in lower if (name := folded(inner_text(e))) and document.startswith(name)), None)


def following(tree: HtmlElement, count: int) -> list[HtmlElement]:
    """The elements after the page's heading, in the order of the page; without one, those of its body."""
    start = heading(tree)
    if start is None:
        start = next(tree.iter("body"), tree)
        return [element for _, element in zip(range(count), start.iterdescendants(), strict=False)]
    found: list[HtmlElement] = []
    place: HtmlElement | None = start
    while place is not None and len(found) < count:
        for sibling in place.itersiblings():
            found += [element for _, element in zip(range(count - len(found)), sibling.iter(), strict=False)]
            if len(found) >= count:
                break
        place = place.getparent()
    return found
