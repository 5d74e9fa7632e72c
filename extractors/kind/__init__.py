"""What kind of page it is, by a written rule, with the evidence that decided.

The rule, in its order; the first that holds decides, and a page that none holds for is an article:

1. no markup, another format, XML of its own: `not_html`;
2. `LiveBlogPosting`, or entries with times of day that fall or are called live: `live_blog`;
3. a headline that says "not found" over next to no text: `soft_404`;
4. a headline that says "sign in", or a call to do so in the text's place: `login_wall`;
5. a call to subscribe in order to read on below less than 120 words: `pay_wall`;
6. questions for consent and nothing else: `consent_wall`;
7. a headline or an address of a page that every site has (contact, terms, offers), a thread of posts, tables of
   figures, goods to buy, a quiz: `other`;
8. pictures, a film, or headlines with links, and no more than a few lines to read: `gallery`, `video`, `listing`;
9. no text but scripts, or a request to switch them on: `needs_javascript`;
10. a door: checks for robots, closed regions, questions of age, works in progress: `other`;
11. a schema.org or OpenGraph type of something else, or no sentence: `other`.

What counts throughout is the running text left when links, captions and the talk of walls are taken out. To refuse an
article costs more than to take a page that is none, so whatever says of itself to machines that it is an article, or
prints a date over its text, needs stronger signs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.model import PageKind
from extractors.kind.barriers import door
from extractors.kind.live import live_blog
from extractors.kind.services import service
from extractors.kind.shows import gallery, listing, video
from extractors.kind.signs import Signs
from extractors.kind.talk import Talk
from extractors.kind.walls import Kind, consent_wall, login_wall, needs_javascript, pay_wall, soft_404

if TYPE_CHECKING:
    from extractors.body import Body
    from extractors.page import ParsedPage

__all__ = ["Kind", "page_kind"]

HTML_TYPES = re.compile(r"html|xml|text/plain|octet-stream|unknown", re.IGNORECASE)
XML = re.compile(
    r"\s*<\?xml[^>]*>(?:\s|<!--.*?-->|<!DOCTYPE[^>\[]*>|<\?[^>]*>)*<([\w:.-]+)|\s*<(rss|feed|urlset|sitemapindex|svg)\b",
    re.DOTALL,
)
PLENTY = 300  # words: a page that says it is an article and has so many is one
LEAST = 15  # words: the shortest news flash has 20
OTHER_TYPES = frozenset({
    "Product", "JobPosting", "Event", "ContactPage", "AboutPage", "FAQPage", "QAPage", "CheckoutPage", "Person",
    "PodcastEpisode", "RadioEpisode", "AudioObject", "ProfilePage", "Place", "LocalBusiness", "Restaurant", "Game",
    "DiscussionForumPosting", "SoftwareApplication", "Course", "TVSeries", "Movie", "MusicRecording", "Quiz",
})  # fmt: skip
OTHER_OG = ("product", "profile", "music", "book", "business", "game", "restaurant")


def page_kind(parsed: ParsedPage, body: Body) -> Kind:
    """The kind of a page whose body has been read. Never raises; the work is bounded."""
    signs = Signs(parsed, body)
    return (
        _not_html(parsed)
        or live_blog(signs)
        or _plain_article(signs)
        or _no_article(signs, Talk(signs))
        or Kind(PageKind.ARTICLE, f"{signs.words} words{f', {signs.marks}' if signs.marks else ''}")
    )


def _not_html(parsed: ParsedPage) -> Kind | None:
    if parsed.page.content_type and not HTML_TYPES.search(parsed.page.content_type):
        return Kind(PageKind.NOT_HTML, f"content type {parsed.page.content_type[:60]}")
    if parsed.tree is None:
        return Kind(PageKind.NOT_HTML, "no markup")
    root = XML.match(parsed.html[:3000])
    name = (root[1] or root[2]).lower() if root else "html"
    return None if name.rsplit(":", 1)[-1] == "html" else Kind(PageKind.NOT_HTML, f"a document of <{name[:40]}>")


def _plain_article(signs: Signs) -> Kind | None:
    if signs.marks and signs.words >= PLENTY:
        return Kind(PageKind.ARTICLE, f"{signs.marks} and {signs.words} words or more")
    return None


def _no_article(signs: Signs, talk: Talk) -> Kind | None:
    return (
        soft_404(signs, talk)
        or login_wall(signs, talk)
        or pay_wall(signs, talk)
        or consent_wall(signs, talk)
        or service(signs)
        or gallery(signs)
        or video(signs)
        or listing(signs)
        or needs_javascript(signs, talk)
        or door(signs, talk)
        or _other(signs)
    )


def _other(signs: Signs) -> Kind | None:
    types = signs.types & OTHER_TYPES or {name for name in signs.types if name.endswith("Event")}
    if not signs.marks and types:
        return Kind(PageKind.OTHER, f"a page of {min(types)}")
    if signs.parsed.structured.og_type.startswith(OTHER_OG):
        return Kind(PageKind.OTHER, f"og:type {signs.parsed.structured.og_type[:40]}")
    if signs.words < LEAST:
        return Kind(PageKind.OTHER, f"{signs.words} words of text")
    return None
