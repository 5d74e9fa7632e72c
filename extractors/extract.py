"""A page in, an `Extraction` out: the door to this package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.model import Extraction, Page, SiteRules
from extractors.adjust import adjusted
from extractors.body import read_body
from extractors.boilerplate import without_boilerplate
from extractors.fields import read_fields
from extractors.kind import page_kind
from extractors.page import parse_page
from extractors.rules import version

if TYPE_CHECKING:
    from datetime import datetime


def extract(page: Page, rules: SiteRules) -> Extraction:
    """What a page says, by the rules of its site. Pure, and never raises on any bytes."""
    parsed = parse_page(page, rules)
    body = without_boilerplate(read_body(parsed), rules.boilerplate)
    fields = read_fields(parsed, body.text)
    kind, evidence = page_kind(parsed, body)
    extraction = Extraction(
        url=page.url,
        version=version(rules),
        page_kind=kind,
        kind_evidence=evidence,
        canonical_url=fields.canonical_url,
        title=fields.title,
        authors=fields.authors,
        author_kinds=fields.author_kinds,
        published=fields.published,
        modified=fields.modified,
        section=fields.section,
        tags=fields.tags,
        language=fields.language,
        declared_language=fields.declared_language,
        description=fields.description,
        images=fields.images,
        site_name=fields.site_name,
        next_page=fields.next_page,
        forms=fields.forms,
        access=fields.access,
        text=body.text,
        text_producer=body.producer,
        word_count=fields.word_count,
        dropped=body.dropped,
        evidence=fields.evidence,
    )
    return adjusted(extraction, parsed)


def extract_html(
    html: bytes, url: str, content_type: str | None = None, captured_at: datetime | None = None
) -> Extraction:
    """`extract` for a page in hand, with no rules of its site."""
    return extract(Page(html, url, content_type, captured_at), SiteRules())
