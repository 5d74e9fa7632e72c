"""Discovery as a whole: what of an endpoint's entries belongs to the source."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.discovery import Discovery, discover
from broadsheet.model import DiscoveredUrl, Endpoint, EndpointKind, Hints, Source

PAPER = Source("paper", "https://paper.test/")
LIST = Endpoint("https://paper.test/list.txt", EndpointKind.LIST)


def found(lines, source=PAPER, endpoint=LIST):
    body = "\n".join(lines).encode()
    return [page.url for page in discover(body, endpoint=endpoint, source=source, content_type="text/plain").found]


def test_a_page_is_named_once_in_its_normal_form():
    lines = ["https://paper.test/b?utm_source=rss", "HTTPS://PAPER.TEST/b#top", "https://paper.test/a", "/c"]
    assert found(lines) == ["https://paper.test/b", "https://paper.test/a", "https://paper.test/c"]


def test_a_discovered_url_says_who_named_it():
    feed = b'<rss version="2.0"><channel><item><title>Ferry</title><link>https://paper.test/a</link></item></channel></rss>'
    endpoint = Endpoint("https://paper.test/rss", EndpointKind.FEED)
    assert discover(feed, endpoint=endpoint, source=PAPER, content_type="application/rss+xml") == Discovery(
        (DiscoveredUrl("https://paper.test/a", "paper", "https://paper.test/rss", Hints(title="Ferry")),)
    )


@pytest.mark.parametrize(
    "url, hosts, belongs",
    [
        ("https://paper.test/a", (), True),
        ("http://paper.test/a", (), True),
        ("https://www.paper.test/a", (), True),
        ("https://sport.paper.test/a", (), False),
        ("https://sport.paper.test/a", ("sport.paper.test",), True),
        ("https://sport.paper.test/a", (".paper.test",), True),
        ("https://elsewhere.test/a", (), False),
        ("https://paper.test.elsewhere.test/a", (), False),
    ],
)
def test_only_pages_on_the_hosts_of_the_source_belong_to_it(url, hosts, belongs):
    assert found([url], replace(PAPER, hosts=hosts)) == ([url] if belongs else [])


@pytest.mark.parametrize(
    "line",
    ["https://paper.test/", "https://www.paper.test", "https://paper.test/list.txt", "https://paper.test/a.jpg",
     "https://paper.test/a.PDF?x=1", "https://paper.test/clip.mp4", "mailto:a@paper.test", "nonsense", "# https://paper.test/a"],
)  # fmt: skip
def test_what_is_no_page_of_articles_is_not_named(line):
    assert found([line]) == []


@pytest.mark.parametrize(
    "include, exclude, expected",
    [
        ((), (), ["/news/a", "/sport/b"]),
        (("/news/",), (), ["/news/a"]),
        (("/news/", "/sport/"), (), ["/news/a", "/sport/b"]),
        ((), ("/sport/",), ["/news/a"]),
        (("/news/",), ("a$",), []),
        (("^https://paper\\.test/s",), (), ["/sport/b"]),
    ],
)
def test_the_patterns_of_the_source_decide(include, exclude, expected):
    lines = ["https://paper.test/news/a", "https://paper.test/sport/b"]
    source = replace(PAPER, include=include, exclude=exclude)
    assert [url.removeprefix("https://paper.test") for url in found(lines, source)] == expected


@pytest.mark.parametrize("kind", list(EndpointKind))
@pytest.mark.parametrize("body", [b"", b"  \n"])
def test_an_empty_body_is_told_as_such(kind, body):
    endpoint = Endpoint("https://paper.test/x", kind)
    assert discover(body, endpoint=endpoint, source=PAPER, content_type=None) == Discovery(problem="empty")


def test_a_list_in_another_charset_is_read():
    assert found(["https://paper.test/ü"], endpoint=LIST) == ["https://paper.test/%C3%BC"]


def test_a_line_ends_at_the_first_white_space():
    lines = ["https://paper.test/b # c", "https://paper.test/a\t2026-11-24", "  /d  ", "# https://paper.test/e"]
    assert found(lines) == ["https://paper.test/b", "https://paper.test/a", "https://paper.test/d"]


def test_a_page_of_html_is_no_list():
    page = b"<!doctype html><p>Not found"
    assert discover(page, endpoint=LIST, source=PAPER, content_type=None).problem == "not a list of URLs"


@settings(deadline=None, max_examples=60)
@given(
    st.binary(max_size=200), st.sampled_from(list(EndpointKind)), st.sampled_from([None, "text/html", "a/b; charset=x"])
)
def test_no_bytes_make_it_raise(body, kind, content_type):
    discover(body, endpoint=Endpoint("https://paper.test/x", kind), source=PAPER, content_type=content_type)
