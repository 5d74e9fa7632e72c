"""Everything the press serves, as values: edition -> (host, path) -> Answer. Pure; the server only hands it out."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING

from press import feeds
from press.desks import DESKS
from press.model import Answer
from press.paper import NOW, specials
from press.pictures import png
from press.stories import removed, stories

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from press.desks import Desk
    from press.model import Special

Place = tuple[str, str]  # host, path without query
Page = tuple[str, Answer]  # path, answer

HTTP_DATE = "%a, %d %b %Y %H:%M:%S GMT"
FURNITURE_PICTURES = ("logo.png", "icon.png")


@cache
def pages(edition: int) -> Mapping[Place, Answer]:
    """Every page of an edition. KeyError if there is no such edition."""
    NOW[edition]
    return MappingProxyType({(d.paper.host, path): answer for d in DESKS for path, answer in _pages(d, edition)})


def answer(edition: int, host: str, target: str) -> Answer:
    """What is said to a request for a target (path with or without query): the page, or a 404."""
    path = target.partition("?")[0]
    return pages(edition).get((host, path)) or _not_found(edition, host)


@cache
def _not_found(edition: int, host: str) -> Answer:
    desk = next((desk for desk in DESKS if desk.paper.host == host), None)
    if desk is None:
        return Answer(404, (("Content-Type", "text/plain; charset=utf-8"),), b"No such paper.\n")
    return _html(desk, desk.notice("not_found", edition), 404)


def _pages(desk: Desk, edition: int) -> Iterator[Page]:
    yield from _story_pages(desk, edition)
    yield from _special_pages(desk, edition)
    yield from _lists(desk, edition)
    yield "/robots.txt", _text(feeds.robots(desk), "text/plain; charset=utf-8", NOW[1])
    for name in _pictures(desk, edition):
        yield f"/images/{name}", _answer(200, "image/png", png(name), NOW[1])


def _story_pages(desk: Desk, edition: int) -> Iterator[Page]:
    for story in stories(desk.name, edition):
        changed = NOW[edition] if desk.redesigned(edition) else story.changed_at
        yield desk.path(story), _html(desk, desk.page(story, edition), 200, changed)
        if desk.variant and desk.variant_path:
            yield desk.variant_path(story), _html(desk, desk.variant(story, edition), 200, story.changed_at)
    for story in removed(desk.name, edition):
        yield desk.path(story), _html(desk, desk.notice("gone", edition), 410)


def _special_pages(desk: Desk, edition: int) -> Iterator[Page]:
    for special in specials(desk.name, edition):
        if special.file:
            html = desk.special(special, edition)
            yield special.path, _html(desk, html, special.status, _special_changed(desk, special, edition))
        elif special.kind == "gone":
            yield special.path, _html(desk, desk.notice("gone", edition), 410)


def _special_changed(desk: Desk, special: Special, edition: int) -> datetime:
    return NOW[edition] if desk.redesigned(edition) and special.frame else special.at


def _lists(desk: Desk, edition: int) -> Iterator[Page]:
    now = NOW[edition]
    yield "/", _html(desk, feeds.home_html(desk, edition), 200, now)
    for section in desk.paper.sections:
        yield f"/{section}/", _html(desk, feeds.section_html(desk, section, edition), 200, now)
    for path, (text, content_type) in _announcements(desk, edition).items():
        yield path, _text(text, content_type, now)


def _announcements(desk: Desk, edition: int) -> dict[str, tuple[str, str]]:
    xml = "application/xml; charset=utf-8"
    whole = feeds.sitemap(desk, edition)
    if desk.name == "harbour-gazette":
        return {
            "/rss.xml": (feeds.rss(desk, edition), "application/rss+xml; charset=utf-8"),
            "/sitemap.xml": (whole, xml),
        }
    if desk.name == "alpenkurier":
        children = ("/news-sitemap.xml", "/sitemap-artikel.xml")
        return {
            "/feed.atom": (feeds.atom(desk, edition), "application/atom+xml; charset=utf-8"),
            "/sitemap.xml": (feeds.sitemap_index(desk, edition, *children), xml),
            children[0]: (feeds.news_sitemap(desk, edition), xml),
            children[1]: (whole, xml),
        }
    return {
        "/backnumber.txt": (feeds.older_list(desk, edition), "text/plain; charset=utf-8"),
        "/sitemap.xml": (whole, xml),
    }


def _pictures(desk: Desk, edition: int) -> set[str]:
    return {story.picture.file for story in stories(desk.name, edition) if story.picture} | {*FURNITURE_PICTURES}


def _html(desk: Desk, html: str, status: int, changed: datetime | None = None) -> Answer:
    return _answer(status, desk.paper.content_type, html.encode(desk.paper.encoding), changed)


def _text(text: str, content_type: str, changed: datetime) -> Answer:
    return _answer(200, content_type, text.encode(), changed)


def _answer(status: int, content_type: str, body: bytes, changed: datetime | None) -> Answer:
    headers = [("Content-Type", content_type)]
    if changed:  # only what is there may be asked for again on condition
        headers += [("ETag", f'W/"{sha256(body).hexdigest()[:20]}"'), ("Last-Modified", http_date(changed))]
    return Answer(status, tuple(headers), body, changed)


def http_date(at: datetime) -> str:
    """A time as HTTP writes it (RFC 9110, 5.6.7)."""
    return at.astimezone(NOW[1].tzinfo).strftime(HTTP_DATE)
