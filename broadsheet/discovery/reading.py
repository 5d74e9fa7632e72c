"""What a parser reads off an endpoint, before it is decided what of it belongs to the source."""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from broadsheet.model import Hints

if TYPE_CHECKING:
    from broadsheet.discovery.children import Child

DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
LONGEST: Final = 1000  # characters of a title or a name that are looked at
TAG: Final = re.compile(r"<[^<>]{1,500}>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that an endpoint names; `url` as it is written there."""

    url: str
    hints: Hints = field(default_factory=Hints)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an endpoint's body says.

    `children` are further sitemaps, `older` the addresses of a feed's earlier entries; `base` is what its URLs are
    relative to.
    """

    entries: tuple[Entry, ...] = ()
    children: tuple[Child, ...] = ()
    problem: str = ""
    base: str | None = None
    older: tuple[str, ...] = ()


def as_utf8(body: bytes) -> bytes:
    """An XML document without what may stand before its root: byte order marks and white space.

    UTF-16 by its byte order mark becomes UTF-8 without a declaration.
    """
    for mark, charset in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if body.startswith(mark):
            text = body[len(mark) :].decode(charset, "replace")
            return DECLARATION.sub("", text).encode().lstrip()
    return body.removeprefix(codecs.BOM_UTF8).lstrip()


def plain(text: object) -> str:
    """A title or name in plain text: no tags, entities resolved, white space single; empty if it is no text."""
    if not isinstance(text, str):
        return ""
    return " ".join(html.unescape(TAG.sub(" ", text[:LONGEST])).split())


def language(tag: object) -> str | None:
    """The primary language of a language tag (RFC 5646), in lower case; None if it is none."""
    primary = re.split("[-_]", tag.strip().lower())[0] if isinstance(tag, str) else ""
    return primary if re.fullmatch("[a-z]{2,3}", primary) else None
