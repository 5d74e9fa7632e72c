"""A saved page and what should be read off it: `tests/pages/<site>/page.html` and `expected.json` beside it.

    {"url": "https://...", "captured_at": "2026-02-18T07:00:00+00:00", "content_type": null, "expected": {"title": ...}}

A field that `expected` does not name is not compared.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from broadsheet.model import Page
from extractors.extract import extract
from extractors.sitefiles import rules_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.model import Extraction, Moment
    from extractors.sitefiles import Site

Record = dict[str, Any]


def recorded(extraction: Extraction) -> Record:
    """What was read off a page, as `expected` of its file holds it: the text a list of lines, a time what it tells."""
    return {
        "page_kind": extraction.page_kind.value,
        "title": extraction.title,
        "authors": list(extraction.authors),
        "author_kinds": list(extraction.author_kinds),
        "published": _moment(extraction.published),
        "modified": _moment(extraction.modified),
        "section": extraction.section,
        "tags": list(extraction.tags),
        "language": extraction.language,
        "description": extraction.description,
        "canonical_url": extraction.canonical_url,
        "images": [image.url for image in extraction.images],
        "site_name": extraction.site_name,
        "next_page": extraction.next_page,
        "access": extraction.access,
        "text": extraction.text.split("\n"),
    }


def read_again(record: Mapping[str, Any], html: bytes, sites: Mapping[str, Site]) -> Extraction:
    """What is read off a saved page now, by the rules of its site as of its capture."""
    when = datetime.fromisoformat(record["captured_at"])
    page = Page(html, record["url"], record.get("content_type"), when)
    return extract(page, rules_at(urlsplit(page.url).hostname or "", when, sites))


def differences(record: Mapping[str, Any], extraction: Extraction) -> dict[str, tuple[Any, Any]]:
    """Field -> (expected, found) of each field that is not read as it should be; a field that does not exist too."""
    found = recorded(extraction)
    expected: Mapping[str, Any] = record["expected"]
    return {field: (value, found.get(field)) for field, value in expected.items() if value != found.get(field)}


def _moment(moment: Moment | None) -> str | None:
    """`2026-02-17T22:40:00+00:00 minute`, or a day: `2026-02-17 day`."""
    return f"{(moment.at or moment.on).isoformat()} {moment.precision}" if moment else None
