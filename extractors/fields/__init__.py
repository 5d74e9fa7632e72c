"""The fields of an article, a module for each, all read from one parsed page. The rules: docs/reference/fields.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.fields.access import access
from extractors.fields.authors import authors, own_names
from extractors.fields.description import description
from extractors.fields.images import images
from extractors.fields.links import canonical_url, forms, next_page, site_name
from extractors.fields.names import folded
from extractors.fields.rules import ruled
from extractors.fields.section_tags import section, tags
from extractors.fields.times import times
from extractors.fields.title import title
from extractors.fields.words import word_count
from extractors.language import language

if TYPE_CHECKING:
    from broadsheet.model import Evidence, Image, Moment
    from extractors.page import ParsedPage
    from extractors.structured import Structured


@dataclass(frozen=True, slots=True)
class Fields:
    """What a page says of its article, apart from the text; each field as in `broadsheet.model.Extraction`."""

    title: str = ""
    authors: tuple[str, ...] = ()
    author_kinds: tuple[str, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    declared_language: str | None = None
    description: str | None = None
    canonical_url: str | None = None
    images: tuple[Image, ...] = ()
    site_name: str | None = None
    next_page: str | None = None
    forms: tuple[str, ...] = ()
    access: str = "free"
    word_count: int = 0
    evidence: tuple[Evidence, ...] = ()


def read_fields(parsed: ParsedPage, text: str) -> Fields:
    """Read all fields of a page. Never raises; the work is bounded.

    `text` is the article's text: its language is what is told, its words are counted.
    """
    data = parsed.structured
    rules = ruled(parsed)
    own = own_names(parsed)
    code, declared, of_language = language(parsed, data, text)
    headline, of_title = title(parsed, rules.get("title", []), own)
    names, kinds, of_authors = authors(parsed, text, rules.get("authors", []), own)
    published, modified, of_times = times(parsed, rules, month_first=_month_first(parsed, data))
    part, of_section = section(parsed, rules.get("section", []))
    labels, of_tags = tags(parsed, rules.get("tags", []), own | frozenset(map(folded, names)))
    summary, of_description = description(data, rules.get("description", []))
    canonical, of_canonical = canonical_url(parsed, rules.get("canonical_url", []))
    following, of_next = next_page(parsed, rules.get("next_page", []))
    site, of_site = site_name(parsed, headline, rules.get("site_name", []))
    pictures, of_images = images(parsed, rules.get("images", []))
    openness, of_access = access(data, rules.get("access", []))
    return Fields(
        title=headline,
        authors=names,
        author_kinds=kinds,
        published=published,
        modified=modified,
        section=part,
        tags=labels,
        language=code,
        declared_language=declared,
        description=summary,
        canonical_url=canonical,
        images=pictures,
        site_name=site,
        next_page=following,
        forms=forms(parsed, canonical),
        access=openness,
        word_count=word_count(text),
        evidence=(
            *of_title, *of_authors, *of_times, *of_section, *of_tags, *of_language, *of_description,
            *of_canonical, *of_images, *of_site, *of_next, *of_access,
        ),
    )  # fmt: skip


def _month_first(parsed: ParsedPage, data: Structured) -> bool:
    """Whether 3/4 means the fourth of March here: only where the page says it is from the United States."""
    lang = parsed.tree.get("lang") or "" if parsed.tree is not None else ""
    return any(stated.replace("_", "-").lower() == "en-us" for stated in (lang, data.first("og:locale")))
