"""Collections of WARC files, anybody's: what is wanted of them is told by headers, before anything is parsed.

Each record comes with the place after it, from which a later reading goes on, and with the names by which a revisit
refers to the record that has its body (WARC 1.1, 6.7.2: identical-payload-digest).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from broadsheet.archive.reading import LARGEST, BrokenRecord, checked, page_of
from broadsheet.archive.splitting import pieces
from broadsheet.model import FetchedPage, RecordPosition, stable_id
from broadsheet.urls import bare_host

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadsheet.archive.splitting import Piece

HEADER: Final = re.compile(rb"(?im)^([a-z-]+)[ \t]*:[ \t]*([^\r\n]*?)[ \t]*\r?$")
CONTENT_TYPE: Final = re.compile(rb"(?im)^content-type[ \t]*:[ \t]*([\w.+-]+/[\w.+-]+)")
HTML: Final = frozenset({b"text/html", b"application/xhtml+xml"})
LONGEST_HEAD: Final = 32 * 1024  # bytes of an answer's headers in which its type is looked for
IDENTICAL: Final = b"identical-payload-digest"
OTHER_HOST: Final = "other_host"
OTHER_TYPE: Final = "other_type"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records are read at all. `hosts` in lower case, `.example.org` for all below it; none: every host.

    `html`: only what is HTML by its headers.
    """

    hosts: frozenset[str] = frozenset()
    html: bool = False

    def admits(self, url: str) -> bool:
        """Whether pages of this URL's host are wanted; `www.` makes no difference."""
        if not self.hosts:
            return True
        name = bare_host(url)
        above = {name[at:] for at, letter in enumerate(name) if letter == "."}
        return not self.hosts.isdisjoint({name, f"www.{name}", f".{name}", *above})


@dataclass(frozen=True, slots=True)
class Place:
    """After `number` records that lie at an offset of a file; more than one, where they share a gzip member."""

    offset: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What a record gave, and where reading goes on after it.

    `page` is None where it holds none, or is not wanted; `passed` then says why: OTHER_HOST, OTHER_TYPE, or nothing.
    `names` are those by which a revisit would mean this record, or, of a revisit, those of the record it means.
    `read` is how far the file was read, in bytes.
    """

    page: FetchedPage | BrokenRecord | None
    place: Place
    read: int
    passed: str = ""
    is_revisit: bool = False
    names: tuple[int, ...] = ()


def found(path: Path, file: str, wanted: Wanted, start: Place | None = None) -> Iterator[Found]:
    """The records of a WARC file from a place on. ArchiveError: it cannot be opened, or is no WARC file."""
    checked(path)
    start = start or Place()
    place = Place(-1)
    with path.open("rb") as raw:
        for piece in pieces(raw, LARGEST, start.offset):
            place = Place(piece.offset, place.number + 1 if piece.offset == place.offset else 1)
            if place.offset != start.offset or place.number > start.number:
                yield _found(piece, file, wanted, place, raw.tell())


def _found(piece: Piece, file: str, wanted: Wanted, place: Place, read: int) -> Found:
    headers = {name.lower(): value for name, value in HEADER.findall(piece.head)}
    target = headers.get(b"warc-target-uri", b"").strip(b"<>").decode("utf-8", "replace")
    is_answer = headers.get(b"warc-type", b"").lower() in {b"response", b"revisit"}
    if target and is_answer and not wanted.admits(target):
        return Found(None, place, read, OTHER_HOST)
    if is_answer and wanted.html and not _is_html(headers, piece.block):
        return Found(None, place, read, OTHER_TYPE)
    page = page_of(piece, RecordPosition(file, piece.offset, piece.length))
    is_revisit = headers.get(b"warc-profile", b"").endswith(IDENTICAL)
    return Found(page, place, read, is_revisit=is_revisit, names=_names(headers, is_revisit=is_revisit))


def _is_html(headers: dict[bytes, bytes], block: bytes) -> bool:
    """Whether an answer is HTML, by what its server said, else by what the crawler found; unsaid: it may be."""
    head = block[:LONGEST_HEAD].partition(b"\r\n\r\n")[0]
    stated = CONTENT_TYPE.search(head)
    kind = stated[1] if stated else headers.get(b"warc-identified-payload-type", b"")
    return not kind or kind.lower() in HTML


def _names(headers: dict[bytes, bytes], *, is_revisit: bool) -> tuple[int, ...]:
    """Numbers that stand for target and date, and for the payload's digest."""
    prefix = b"warc-refers-to-" if is_revisit else b"warc-"
    target, date = headers.get(prefix + b"target-uri"), headers.get(prefix + b"date")
    named = [target.strip(b"<>") + b" " + date] if target and date else []
    named += [digest] if (digest := headers.get(b"warc-payload-digest")) else []
    return tuple(stable_id(name.decode("latin-1")) for name in named)
