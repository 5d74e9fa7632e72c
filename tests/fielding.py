"""Small made pages for the tests of fields, and what is read off them."""

import json

from broadsheet.model import Page, SiteRules
from extractors.fields import read_fields
from extractors.page import parse_page

URL = "https://www.tidings.test/politics/2026/harbour-vote-12345.html"
TEXT = "The council voted on Tuesday to widen the harbour, after a debate that lasted for most of the night. " * 3


def fields(html, *, url=URL, text=TEXT, rules=None):
    """The fields read off a page (str or bytes)."""
    body = html if isinstance(html, bytes) else html.encode()
    return read_fields(parse_page(Page(body, url, "text/html; charset=utf-8"), rules or SiteRules()), text)


def page(*, head="", body="<h1>Harbour to be widened</h1>", lang="en", ld=None):
    """A page with this in its head and body; `ld` becomes a JSON-LD block."""
    block = "" if ld is None else f'<script type="application/ld+json">{json.dumps(ld)}</script>'
    return f'<!doctype html><html lang="{lang}"><head>{head}{block}</head><body>{body}</body></html>'


def article(**properties):
    """A NewsArticle node."""
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Harbour to be widened", **properties}


def evidence(read, field):
    """(producer, locator, value, chosen) of a field's candidates."""
    return [(e.producer.value, e.locator, e.value, e.chosen) for e in read.evidence if e.field == field]
