"""What a page says of itself, as the judge of lines needs it: names to compare a line with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from extractors.jsonld import listed, text_of
from extractors.witness import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractors.page import ParsedPage

TITLE_PARTS = re.compile(r"\s+[-–—|·•»:]+\s+|\s*[|｜]\s*")
ARTICLE_WORDS = re.compile(r"^(?:the|le|la|les|il|lo|el|los|der|die|das|de|het|o|a|os|as)\s+", re.IGNORECASE)
MIN_SITE_NAME = 3  # characters: shorter names are found in ordinary words
MAX_SITE_WORDS = 5


@dataclass(frozen=True, slots=True)
class PageSays:
    """Texts are squeezed (letters and digits only, lower case); `site_names` are lower case as printed, no article.

    `titles` are all headlines the page states, `descriptions` its summaries, `authors` its credited names,
    `bodies` the article texts its structured data carry, as printed.
    """

    titles: frozenset[str]
    descriptions: tuple[str, ...]
    site_names: tuple[str, ...]
    authors: tuple[str, ...]
    bodies: tuple[str, ...]


def page_says(parsed: ParsedPage) -> PageSays:
    """Collect what the page states of its headline, summary, site and authors. Never raises."""
    data = parsed.structured
    title = _title(parsed)
    parts = [part for part in TITLE_PARTS.split(title) if part]
    headlines = [text_of(node.get(key)) for node in data.articles for key in ("headline", "name")]
    stated = [data.first("og:title"), data.first("twitter:title"), title, *headlines, *parts[:1]]
    summaries = [data.first("description"), data.first("og:description"), data.first("twitter:description")]
    summaries += [text_of(node.get("description")) for node in data.articles]
    publishers = [text_of(value, "name") for node in data.articles for value in listed(node.get("publisher"))]
    sites = [
        data.first("og:site_name"),
        data.first("application-name"),
        *publishers,
        *parts[1:][-1:],
        _host_name(parsed.url),
    ]
    authors = [text_of(value, "name") for node in data.articles for value in listed(node.get("author"))]
    return PageSays(
        titles=frozenset(_squeezed(stated)),
        descriptions=tuple(_squeezed(summaries)),
        site_names=_site_names(sites),
        authors=tuple(_squeezed([*authors, data.first("author", "article:author", "byl")])),
        bodies=data.article_bodies,
    )


def _title(parsed: ParsedPage) -> str:
    found = None if parsed.tree is None else parsed.tree.find(".//title")
    return " ".join(found.text_content().split()) if found is not None else ""


def _squeezed(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(key for key in (squeezed(text[:2000]).lower() for text in texts) if key))


def _site_names(names: Iterable[str]) -> tuple[str, ...]:
    plain = [ARTICLE_WORDS.sub("", " ".join(name.lower().split())) for name in names]
    return tuple(
        dict.fromkeys(name for name in plain if len(name) >= MIN_SITE_NAME and len(name.split()) <= MAX_SITE_WORDS)
    )


def _host_name(url: str) -> str:
    """The label of a host that names its owner: `mainichi` of mainichi.jp, `gazette` of www.gazette.co.uk."""
    try:
        labels = (urlsplit(url).hostname or "").split(".")
    except ValueError:
        return ""
    named = [
        label for label in labels[:-1] if label not in {"www", "m", "amp", "co", "com", "org", "news", "net", "edition"}
    ]
    return named[-1] if named else ""
