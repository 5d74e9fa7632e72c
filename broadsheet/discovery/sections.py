"""Section pages: the links to articles, told from navigation by a score. Pure.

Every link of the page is scored on three things; a URL's score is the sum of the best that its links show of each:

- **its path** (`path_score`): a date, a long number, a slug of several words speak for an article; a word of
  navigation (tag, author, login ...) as one whole segment against it, and so does a path of one plain word;
- **its text** (`text_score`): headlines are sentences, navigation is a word or two;
- **its place** (`place_score`): under a heading or in an <article> for it; in nav, footer, menus against it.

A link counts from THRESHOLD on. Weights and threshold were set on the 205 pages of the development corpus: 203 of their
own URLs pass beside a headline at a neutral place, and of the links that score 3 about half are articles. A page asked
for in vain costs one request; an article that is not asked for is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from lxml import etree, html

from broadsheet import urls
from broadsheet.decoding import decoded_text
from broadsheet.discovery.reading import Entry, Reading
from broadsheet.model import Hints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

THRESHOLD: Final = 3
LONGEST_PAGE: Final = 5_000_000  # characters
MOST_LINKS: Final = 5_000
LONGEST_NAMES: Final = 500  # characters of an element's class and id that are looked at

DATE: Final = re.compile(  # year and month, with a day or without
    r"[/_-](?:19|20)\d\d[/_-]?(?:0?[1-9]|1[0-2])(?:[/_-]?(?:0[1-9]|[12]\d|3[01]))?(?:\D|$)"
)
LONG_NUMBER: Final = re.compile(r"\d{5,}")
MIXED_ID: Final = re.compile(r"(?:^|[-_.,])(?=[a-z0-9]*[a-z])(?=(?:[a-z]*\d){2})[a-z0-9]{8,}$")  # letters and digits
SOME_NUMBER: Final = re.compile(r"\d{2,}")
EXTENSION: Final = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|cms|ece|article|story|phtml)$", re.IGNORECASE)
WORD_BREAK: Final = re.compile(r"[-_+ .,]+")
PAGE_NUMBER: Final = re.compile(r"(?:page|seite|pagina|p)[-_]?\d+", re.IGNORECASE)
ID_QUERY: Final = re.compile(r"(?:^|&)(?:\w*(?:id|aid|no|num|idx|article|artid|story|news|p))=\w*\d{3,}", re.IGNORECASE)
NO_SPACES: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")

NAVIGATION: Final = frozenset(
    {
        "about", "about-us", "account", "advertise", "advertising", "agb", "apps",
        "auteur", "auteurs", "author", "authors", "autor", "autoren", "autores", "by", "careers", "categories",
        "category", "categoria", "checkout", "comments", "contact", "contact-us", "contacts", "cookie-policy",
        "cookies", "datenschutz", "e-paper", "epaper", "faq", "feed", "feeds", "galleries", "gallery",
        "help", "hilfe", "horoscope", "impressum", "imprint", "index", "jobs", "kontakt", "legal", "live-tv", "login",
        "logout", "member", "members", "myaccount", "newsletter", "newsletters", "page", "pages",
        "podcast", "podcasts", "privacy", "privacy-policy", "profile", "profiles", "rechtliches", "register",
        "registration", "rss", "search", "section", "sections", "shop", "signin", "sign-in", "signup",
        "sitemap", "staff", "subscribe", "subscription", "subscriptions", "suche", "tag", "tags", "tema",
        "temas", "terms", "terms-of-use", "terms-of-service", "thema", "themen", "topic", "topics", "user",
        "users", "video", "videos",
    }
)  # fmt: skip
FURNITURE_TAGS: Final = frozenset({"nav", "footer", "form", "menu", "noscript"})
FURNITURE_ROLES: Final = frozenset({"navigation", "contentinfo", "menu", "menubar", "search", "banner"})
FURNITURE_NAMES: Final = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|navigation|menu|footer|foot|breadcrumbs?|cookies?|consent|share|social|toolbar"
    r"|pagination|pager|login|tags?)(?:$|[-_ ])",
    re.IGNORECASE,
)
HEADLINE_NAMES: Final = re.compile(r"head(?:line|ing)|title|teaser|story|article", re.IGNORECASE)
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})
LEVELS_UP: Final = 4  # how far above a link a heading or teaser is looked for


@dataclass(slots=True)
class _Seen:
    """The best that the links to one URL have shown so far."""

    text: str = ""
    text_points: int = -9
    place_points: int = -9


def read_section(body: bytes, base: str, content_type: str | None) -> Reading:
    """The articles that a section page links to, each with its headline as a hint, in the order of the page."""
    root = _parsed(decoded_text(body, content_type)[:LONGEST_PAGE])
    if root is None:
        return Reading(problem="not HTML")
    stated = root.find(".//base[@href]")
    resolved = (urls.absolute(stated.get("href") or "", base) if stated is not None else None) or base
    entries = tuple(
        Entry(url, Hints(title=seen.text or None))
        for url, seen in _links(root, resolved).items()
        if seen.text_points + seen.place_points + path_score(url) >= THRESHOLD
    )
    return Reading(entries, base=resolved, problem="" if entries else "no link looks like an article")


def path_score(url: str) -> int:
    """How much a normalised URL looks like an article's."""
    path, _, query = url.split("/", 3)[-1].partition("?")
    segments = [unquote(segment).lower() for segment in path.split("/") if segment]
    last = EXTENSION.sub("", segments[-1]) if segments else ""
    words = [word for word in WORD_BREAK.split(last) if word]
    points = 2 * bool(DATE.search(f"/{path}")) + _number_points(last, segments, query)
    points += 2 if len(words) > 3 else len(words) == 3  # noqa: PLR2004 - a slug of four words, of three
    points += bool(segments and EXTENSION.search(segments[-1])) + (len(segments) > 1)
    points -= 4 * bool(NAVIGATION.intersection(segments[:-1]) or last in NAVIGATION or PAGE_NUMBER.fullmatch(last))
    points -= 2 * (len(segments) < 2 and len(words) < 2 and not SOME_NUMBER.search(f"{last}?{query}"))  # noqa: PLR2004
    return points


def _number_points(last: str, segments: list[str], query: str) -> int:
    if (
        LONG_NUMBER.search(last)
        or MIXED_ID.search(last)
        or ID_QUERY.search(query)
        or any(LONG_NUMBER.fullmatch(part) for part in segments)
    ):
        return 2
    return int(bool(SOME_NUMBER.search(last)))


def text_score(text: str) -> int:
    """How much a link's text looks like a headline."""
    length = len(text) * (2 if NO_SPACES.search(text) else 1)  # a character of such a script says as much as two
    if length >= 25:  # noqa: PLR2004 - 203 of the 205 headlines of the development corpus are as long
        return 2
    if length >= 15:  # noqa: PLR2004 - likewise
        return 1
    return 0 if not text else -1


def place_score(link: etree._Element) -> int:
    """How much the place of a link in its page looks like an article's teaser."""
    ancestors = list(link.iterancestors())
    if any(_is_furniture(element) for element in ancestors if element.tag not in {"html", "body"}):
        return -4
    near = [link, *ancestors[:LEVELS_UP]]
    if any(element.tag in HEADINGS for element in [*near, *link.iterdescendants()]):
        return 2
    return int(any(element.tag == "article" or HEADLINE_NAMES.search(_names(element)) for element in near))


def _is_furniture(element: etree._Element) -> bool:
    return (
        element.tag in FURNITURE_TAGS
        or element.get("role") in FURNITURE_ROLES
        or bool(FURNITURE_NAMES.search(_names(element)))
    )


def _names(element: etree._Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:LONGEST_NAMES]


def _parsed(text: str) -> etree._Element | None:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
    try:
        return html.document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):  # nothing in it
        return None


def _links(root: etree._Element, base: str) -> dict[str, _Seen]:
    links: dict[str, _Seen] = {}
    for url, link in _resolved(root.iter("a"), base):
        seen = links.setdefault(url, _Seen())
        text = _headline(link)
        points = text_score(text)
        if points > seen.text_points:
            seen.text, seen.text_points = text, points
        seen.place_points = max(seen.place_points, place_score(link))
        if len(links) >= MOST_LINKS:
            break
    return links


def _headline(link: etree._Element) -> str:
    """The text of a link; of a whole teaser within one link only the heading."""
    heading = next(link.iter("h1", "h2", "h3", "h4"), link)
    return " ".join("".join(str(part) for part in heading.itertext()).split())


def _resolved(anchors: Iterable[etree._Element], base: str) -> Iterator[tuple[str, etree._Element]]:
    for link in anchors:
        href = (link.get("href") or "").strip()
        url = urls.normalise(href, base) if href and not href.startswith("#") else None
        if url:
            yield url, link
