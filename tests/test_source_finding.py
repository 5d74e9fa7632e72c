"""Where a site is likely to announce its articles: read off its home page and robots.txt."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.discovery.finding import offered, robots_sitemaps, usual_places
from broadsheet.model import Endpoint, EndpointKind

HOME = "https://www.paper.test/"


def feeds(head, body=""):
    page = f"<html lang='en-GB'><head>{head}</head><body>{body}</body></html>"
    return [each.url for each in offered(page.encode(), HOME, "text/html").feeds]


def sections(body):
    return [each.url for each in offered(f"<html><body>{body}</body></html>".encode(), HOME, "text/html").sections]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="application/rss+xml" href="/f">',
        '<link rel="alternate" type="application/atom+xml" href="https://www.paper.test/f">',
        '<link rel="ALTERNATE home" type="Application/RSS+XML; charset=utf-8" href="f">',
        '<link rel="alternate" type="application/feed+json" href="/f">',
        '<link rel="alternate" type="application/json" href="/f">',
        '<link rel="alternate" type="text/xml" href="/f">',
        '<base href="https://www.paper.test/x/"><link rel="alternate" type="application/rss+xml" href="../f">',
        '<link href="/f?utm_source=home" type="application/rss+xml" rel="alternate" title="All">',
    ],
)
def test_a_feed_that_the_page_names_is_found(link):
    assert feeds(link) == ["https://www.paper.test/f"]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" type="text/css" href="/f">',
        '<link rel="alternate" hreflang="fr" href="/fr/">',
        '<link rel="alternate" type="text/html" media="handheld" href="/m">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed">',
        '<link rel="alternate" type="application/rss+xml" title="Paper » Comments Feed" href="/comments/feed/">',
        '<link rel="alternate" type="application/rss+xml" href="mailto:a@paper.test">',
        '<link rel="alternate" type="application/rss+xml">',
    ],
)
def test_what_is_no_feed_of_articles_is_none(link):
    assert feeds(link) == []


def test_a_link_whose_address_ends_as_a_feeds_does_counts_too():
    well = ["/rss", "/sport/feed/", "/a.rss", "/rss-world.xml", "/?feed=rss2"]
    others = ["/feedback", "/rssfeeds-help", "https://elsewhere.test/rss"]
    links = "".join(f'<a href="{address}">x</a>' for address in well + others)
    assert feeds("", links) == [f"https://www.paper.test{path}" for path in well]


def test_sections_are_short_links_of_menus():
    page = """
        <nav><a href="/">Home</a><a href="/world/">World</a><a href="/news/sport">Sport</a><a href="/login">Sign in</a>
          <a href="/2026/11/24/ferry-leaves-the-quay-for-good">Ferry</a><a href="https://shop.test/">Shop</a>
          <a href="/search?q=x">Find</a><a href="/a-very/deep/one/">Deep</a><a href="/video/">Video</a></nav>
        <div class="main-menu"><a href="/culture/">Culture</a></div>
        <p><a href="/elsewhere/">Elsewhere</a></p>"""
    assert sections(page) == [f"https://www.paper.test{path}" for path in ("/world/", "/news/sport", "/culture/")]


def test_the_language_is_the_pages():
    assert offered(b"<html lang='pt-BR'><p>x", HOME, None).language == "pt"
    assert offered(b"<p>x", HOME, None).language is None


@pytest.mark.parametrize(
    "body, expected",
    [
        (b"Sitemap: https://www.paper.test/s.xml", ["https://www.paper.test/s.xml"]),
        (b"\xef\xbb\xbfsitemap:https://www.paper.test/s.xml\r\n", ["https://www.paper.test/s.xml"]),
        (b"User-agent: *\nDisallow: /\n\n  SITEMAP : /s.xml # all", ["https://www.paper.test/s.xml"]),
        (b"Sitemap: https://cdn.test/a.xml\nSitemap: https://cdn.test/b.xml\nSitemap: https://cdn.test/a.xml",
         ["https://cdn.test/a.xml", "https://cdn.test/b.xml"]),
        (b"# Sitemap: https://www.paper.test/s.xml", []),
        (b"Disallow: /sitemap: x", []),
        (b"Sitemap:\nDisallow: /", []),
        (b"", []),
    ],
)  # fmt: skip
def test_robots_txt_names_sitemaps_for_everybody(body, expected):
    assert [each.url for each in robots_sitemaps(body, "https://www.paper.test/robots.txt")] == expected


def test_usual_places_are_asked_for_what_nobody_named():
    kinds = {each.kind for each in usual_places(HOME, feeds=False, sitemaps=True)}
    assert kinds == {EndpointKind.SITEMAP}
    everything = usual_places(HOME, feeds=True, sitemaps=True)
    assert Endpoint("https://www.paper.test/feed/", EndpointKind.FEED) in everything
    assert Endpoint("https://www.paper.test/sitemap.xml", EndpointKind.SITEMAP) in everything
    assert len({each.url for each in everything}) == len(everything)


@settings(deadline=None, max_examples=60)
@given(
    st.one_of(st.binary(max_size=300), st.text(alphabet="<>/linkahrefnv='\" =alternate&", max_size=200).map(str.encode))
)
def test_no_bytes_make_it_raise(body):
    offered(body, HOME, None)
    robots_sitemaps(body, HOME)
