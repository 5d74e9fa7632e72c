"""Markdown in which nothing that a page says is markup."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHOWN: Final = 100  # characters of a cell
NUMBER: Final = "---:"
WORDS: Final = "---"
HARMLESS: Final = frozenset(",.:;'\"-/()?%")  # in a line that begins with none of them
MARKUP: Final = frozenset(string.punctuation) - HARMLESS


class Raw(str):
    """Markdown that we wrote ourselves: it stands as it is."""

    __slots__ = ()


def escaped(text: object) -> str:
    """Text on one line, cut to what a cell shows, each sign that could be markup made harmless."""
    if isinstance(text, Raw):
        return text
    line = " ".join(str(text).split())
    shown = line[:SHOWN] + ("…" if len(line) > SHOWN else "")
    return "".join(rf"\{each}" if each in MARKUP else each for each in shown)


def link(text: str, url: str) -> Raw:
    """A link, if the address is one of the web's; else the text alone."""
    if not url.startswith(("http://", "https://")) or set(url) & set("<> \n"):
        return Raw(escaped(text))
    return Raw(f"[{escaped(text)}](<{url}>)")


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a column whose name ends with `#` holds numbers, which are set to the right."""
    heads = [name.removesuffix("#") for name in columns]
    rules = [NUMBER if name.endswith("#") else WORDS for name in columns]
    lines = [heads, rules, *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def section(title: str, body: str, note: str = "") -> list[str]:
    """A heading, what stands below it, and a remark; nothing where there is no body."""
    return [f"### {title}", body, *([note] if note else [])] if body else []
