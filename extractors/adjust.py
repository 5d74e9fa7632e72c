"""What no selector can say of a site: `adjust(extraction, parsed) -> Extraction` in extractors/sites/<site>.py."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from broadsheet.model import Producer
from extractors.evidence import Candidate, evidence
from extractors.fields.words import word_count

if TYPE_CHECKING:
    from broadsheet.model import Evidence, Extraction
    from extractors.page import ParsedPage

FIELDS = (
    "title", "authors", "published", "modified", "section", "tags", "language", "description", "canonical_url",
    "images", "site_name", "next_page", "access",
)  # fmt: skip
PACKAGE = "extractors.sites"


def adjusted(extraction: Extraction, parsed: ParsedPage) -> Extraction:
    """An extraction as its site's Python file leaves it, if it has one; each field it changes says so as evidence."""
    if not parsed.rules.python:
        return extraction
    name = parsed.rules.name
    after: Extraction = import_module(f"{PACKAGE}.{name}").adjust(extraction, parsed)
    changed = [field for field in FIELDS if getattr(after, field) != getattr(extraction, field)]
    told = tuple(each for field in changed for each in _told(field, after, name))
    if after.text != extraction.text:
        after = replace(after, text_producer=Producer.SITE_RULE, word_count=word_count(after.text))
    kept = (replace(each, chosen=each.chosen and each.field not in changed) for each in after.evidence)
    return replace(after, evidence=(*kept, *told))


def _told(field: str, after: Extraction, name: str) -> tuple[Evidence, ...]:
    value = getattr(after, field)
    values = value if isinstance(value, tuple) else (value,)
    stated = [Candidate(Producer.SITE_RULE, f"sites/{name}.py", str(each), str(each)) for each in values]
    return evidence(field, stated, stated)
