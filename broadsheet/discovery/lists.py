"""Plain lists of URLs: one a line, up to the first white space; empty lines and remarks (`#`) are skipped. Pure."""

from __future__ import annotations

from itertools import islice
from typing import Final

from broadsheet.decoding import decoded_text
from broadsheet.discovery.reading import Entry, Reading

MOST_LINES: Final = 50_000  # as many as a sitemap may have


def read_list(body: bytes, content_type: str | None) -> Reading:
    """The URLs of a list (also the text form of a sitemap, sitemaps.org/protocol, "Other Sitemap formats")."""
    lines = (line.strip() for line in decoded_text(body, content_type).lstrip("\ufeff").splitlines())
    named = tuple(Entry(line.split()[0]) for line in islice(lines, MOST_LINES) if line and not line.startswith("#"))
    web = tuple(entry for entry in named if entry.url.lower().startswith(("http://", "https://", "/")))
    problem = "" if web or not named else "not a list of URLs"
    return Reading(web, problem=problem)
