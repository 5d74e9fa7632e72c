"""A CSS selector for an element, as a person would choose it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.soup import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup, Tag

MAX_UP = 3  # elements above that help to name one
LONGEST_NAME = 40
PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z_-]*")  # names with digits are often made anew by each build of a site


def selector_of(element: Tag, soup: BeautifulSoup) -> str | None:
    """A selector that names an element and no other of its page: its id, class or role, below one above if need be."""
    for name in names_of(element):
        for prefix in ("", *_prefixes(element)):
            if _is_only(soup, f"{prefix}{name}", element):
                return f"{prefix}{name}"
    return None


def names_of(element: Tag) -> Iterator[str]:
    """Selectors that fit an element by what is its own, the most telling first, its mere tag last."""
    own = element.get("id")
    if isinstance(own, str) and _is_plain(own):
        yield f"#{own}"
    for role in ("itemprop", "data-testid", "rel"):
        value = element.get(role)
        if isinstance(value, str) and _is_plain(value):
            yield f'{element.name}[{role}="{value}"]'
    for value in element.get("class") or ():
        if _is_plain(value):
            yield f"{element.name}.{value}"
    yield element.name


def _prefixes(element: Tag) -> Iterator[str]:
    for _, above in zip(range(MAX_UP), element.parents, strict=False):
        if above.name not in {"[document]", "html", "body"}:
            yield from (f"{name} " for name in names_of(above) if name != above.name)


def _is_plain(name: str) -> bool:
    return len(name) <= LONGEST_NAME and bool(PLAIN_NAME.fullmatch(name))


def _is_only(soup: BeautifulSoup, selector: str, element: Tag) -> bool:
    found = matches(soup, selector, 2)
    return len(found) == 1 and found[0] is element
