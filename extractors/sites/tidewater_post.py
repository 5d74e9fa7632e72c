"""Tidewater Post: reporters sign with initials below the last line; the names are known to readers of the paper."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.model import Extraction
    from extractors.page import ParsedPage

STAFF = {"mo": "Maeve Orrell", "jt": "Jonas Tindall", "desk": "Tidewater Post newsroom"}
SIGNATURE = re.compile(r"\((?P<initials>[a-z]{2,4}(?:/[a-z]{2,4})*)\)$")


def adjust(extraction: Extraction, parsed: ParsedPage) -> Extraction:
    """The initials at the end of the text as the names they stand for, if all are known."""
    del parsed
    signed = SIGNATURE.search(extraction.text)
    initials = signed["initials"].split("/") if signed else []
    if not signed or not STAFF.keys() >= set(initials):
        return extraction
    kinds = tuple("organisation" if each == "desk" else "person" for each in initials)
    text = extraction.text[: signed.start()].rstrip()
    return replace(extraction, authors=tuple(STAFF[each] for each in initials), author_kinds=kinds, text=text)
