"""What announces a paper's pages: RSS, Atom, sitemaps, a plain list, section pages and robots.txt. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

from press.data import esc
from press.model import Story
from press.paper import NOW, specials
from press.stories import stories

if TYPE_CHECKING:
    from collections.abc import Iterable

    from press.desks import Desk
    from press.model import Special

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
NEWEST = 14  # stories in a feed
NEWS_AGE = timedelta(days=2)  # what Google asks of a news sitemap
LISTED_SINCE = datetime(2026, 3, 6, tzinfo=UTC)  # older stories of the third paper stand in its list of URLs only


@dataclass(frozen=True, slots=True)
class Item:
    """A page as it is announced: address, and what is said of it."""

    url: str
    title: str
    at: datetime
    changed_at: datetime
    authors: tuple[str, ...] = ()
    summary: str = ""


def special_path(desk: Desk, special: Special, edition: int) -> str:
    """The path of a special page; of an article's double, made from the article's own."""
    if not special.duplicate_of:
        return special.path
    story = next(story for story in stories(desk.name, edition) if story.slug == special.duplicate_of)
    if special.kind == "tracking":
        return desk.path(story) + special.path
    assert desk.variant_path
    return desk.variant_path(story)


def story_items(desk: Desk, printed: Iterable[Story]) -> list[Item]:
    """Stories as items."""
    return [Item(desk.paper.url(desk.path(s)), s.title, s.at, s.changed_at, s.authors, s.summary) for s in printed]


def special_items(desk: Desk, edition: int) -> list[Item]:
    """The pages that are no articles, as items."""
    return [
        Item(desk.paper.url(special_path(desk, s, edition)), s.title, s.at, s.at) for s in specials(desk.name, edition)
    ]


def section_html(desk: Desk, section: str, edition: int) -> str:
    """A section page with its stories and special pages, newest first."""
    found: list[Story | Special] = [s for s in stories(desk.name, edition) if _on_page(desk, s, section)]
    found += [s for s in specials(desk.name, edition) if s.section == section]
    found.sort(key=lambda item: item.at, reverse=True)
    return desk.listing(
        desk.paper.sections[section], "\n".join(_teaser(desk, item, edition) for item in found), edition
    )


def home_html(desk: Desk, edition: int) -> str:
    """The front page: the newest stories of all sections."""
    found = stories(desk.name, edition)[:NEWEST]
    return desk.listing(desk.paper.title, "\n".join(_teaser(desk, item, edition) for item in found), edition)


def _on_page(desk: Desk, story: Story, section: str) -> bool:
    return story.section == section and (desk.name != "shiosai-shimbun" or story.at >= LISTED_SINCE)


def _teaser(desk: Desk, item: Story | Special, edition: int) -> str:
    if isinstance(item, Story):
        return desk.teaser(item, desk.path(item), item.summary)
    return desk.teaser(item, special_path(desk, item, edition), item.title)


def older_list(desk: Desk, edition: int) -> str:
    """The addresses of stories that section pages list no more, one a line."""
    return "".join(f"{i.url}\n" for i in story_items(desk, stories(desk.name, edition)) if i.at < LISTED_SINCE)


def rss(desk: Desk, edition: int) -> str:
    """RSS 2.0: the newest stories, every second one under a tracking address, and the special pages."""
    newest = story_items(desk, stories(desk.name, edition)[:NEWEST])
    marked = [_rss_item(item, tracked=n % 2 == 0) for n, item in enumerate(newest)]
    others = [_rss_item(item, tracked=False) for item in special_items(desk, edition)]
    return (
        f'{XML}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\n'
        f"<title>{esc(desk.paper.title)}</title><link>{desk.paper.url('/')}</link>"
        f"<description>{esc(desk.paper.title)}</description><language>{desk.paper.language}</language>\n"
        + "\n".join(marked + others)
        + "\n</channel></rss>\n"
    )


def _rss_item(item: Item, *, tracked: bool) -> str:
    link = f"{item.url}?utm_source=rss&utm_medium=feed" if tracked else item.url
    creators = "".join(f"<dc:creator>{esc(name)}</dc:creator>" for name in item.authors)
    return (
        f'<item><title>{esc(item.title)}</title><link>{esc(link)}</link><guid isPermaLink="true">{esc(item.url)}</guid>'
        f"<pubDate>{format_datetime(item.at)}</pubDate>{creators}<description>{esc(item.summary)}</description></item>"
    )


def atom(desk: Desk, edition: int) -> str:
    """Atom 1.0: the newest stories and the special pages."""
    newest = story_items(desk, stories(desk.name, edition)[:NEWEST])
    entries = "\n".join(_entry(item) for item in newest + special_items(desk, edition))
    return (
        f'{XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{desk.paper.language}">\n'
        f"<title>{esc(desk.paper.title)}</title><id>{desk.paper.url('/')}</id><updated>{NOW[edition].isoformat()}</updated>"
        f'<link rel="self" href="{desk.paper.url("/feed.atom")}"/>\n{entries}\n</feed>\n'
    )


def _entry(item: Item) -> str:
    authors = "".join(f"<author><name>{esc(name)}</name></author>" for name in item.authors)
    return (
        f'<entry><title>{esc(item.title)}</title><link rel="alternate" type="text/html" href="{esc(item.url)}"/>'
        f"<id>{esc(item.url)}</id><published>{item.at.isoformat()}</published>"
        f"<updated>{item.changed_at.isoformat()}</updated>{authors}<summary>{esc(item.summary)}</summary></entry>"
    )


def sitemap(desk: Desk, edition: int) -> str:
    """Every story of the paper, with the day of its last change."""
    items = story_items(desk, stories(desk.name, edition))
    rows = "\n".join(f"<url><loc>{esc(i.url)}</loc><lastmod>{i.changed_at.isoformat()}</lastmod></url>" for i in items)
    return f'{XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}\n</urlset>\n'


def news_sitemap(desk: Desk, edition: int) -> str:
    """The stories of the last two days, with Google's news elements."""
    items = [i for i in story_items(desk, stories(desk.name, edition)) if i.at > NOW[edition] - NEWS_AGE]
    return (
        f'{XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
        + "\n".join(_news(desk, item) for item in items)
        + "\n</urlset>\n"
    )


def _news(desk: Desk, item: Item) -> str:
    publication = f"<news:name>{esc(desk.paper.title)}</news:name><news:language>{desk.paper.language}</news:language>"
    return (
        f"<url><loc>{esc(item.url)}</loc><news:news><news:publication>{publication}</news:publication>"
        f"<news:publication_date>{item.at.isoformat()}</news:publication_date>"
        f"<news:title>{esc(item.title)}</news:title></news:news></url>"
    )


def sitemap_index(desk: Desk, edition: int, *paths: str) -> str:
    """A sitemap of sitemaps."""
    at = NOW[edition].isoformat()
    rows = "\n".join(f"<sitemap><loc>{desk.paper.url(p)}</loc><lastmod>{at}</lastmod></sitemap>" for p in paths)
    return f'{XML}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}\n</sitemapindex>\n'


def robots(desk: Desk) -> str:
    """robots.txt: everybody keeps out of /private/ and /search, one greedy robot out of all."""
    return (
        "User-agent: *\nDisallow: /private/\nDisallow: /search\nAllow: /\n\n"
        f"User-agent: GreedyBot\nDisallow: /\n\nSitemap: {desk.paper.url('/sitemap.xml')}\n"
    )
