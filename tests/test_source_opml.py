"""OPML: lists of feeds as other programs write them, and ours."""

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.model import Endpoint, EndpointKind, Source
from broadsheet.opml import Outline, read_opml, unusable, written_opml

FEED = Endpoint("https://paper.test/feed", EndpointKind.FEED)
WORLD = Endpoint("https://paper.test/world.txt", EndpointKind.LIST)
PAPER = Source(
    "paper",
    "https://paper.test/",
    (FEED, Endpoint("https://paper.test/s.xml", EndpointKind.SITEMAP)),
)


def read(body):
    return read_opml(f'<?xml version="1.0"?><opml version="2.0"><head/><body>{body}</body></opml>'.encode())


@pytest.mark.parametrize(
    "outline, expected",
    [
        ('<outline type="rss" text="Paper" xmlUrl="https://paper.test/feed"/>', Outline(FEED, "Paper")),
        ('<outline text="P" xmlUrl="https://paper.test/feed" htmlUrl="https://paper.test"/>',
         Outline(FEED, "P", "https://paper.test/")),
        ('<outline title="P" xmlurl="HTTPS://paper.test/feed"/>', Outline(FEED, "P")),
        ('<outline text="News"><outline text="P" type="rss" xmlUrl="https://paper.test/feed"/></outline>',
         Outline(FEED, "P")),
        ('<outline type="rss" xmlUrl=" https://paper.test/feed "/>', Outline(FEED)),
        ('<outline text="A & B" xmlUrl="https://paper.test/feed"/>', Outline(FEED, "A & B")),
        ('<outline xmlUrl="feed://paper.test/feed"/>',
         Outline(Endpoint("http://paper.test/feed", EndpointKind.FEED), stated="feed://paper.test/feed")),
        ('<outline xmlUrl="feed:https://paper.test/feed"/>', Outline(FEED, stated="feed:https://paper.test/feed")),
        ('<outline xmlUrl="https://paper.test/f?a=1&b=2&amp;c=3&#38;copy=4&d=5"/>',
         Outline(Endpoint("https://paper.test/f?a=1&b=2&c=3&copy=4&d=5", EndpointKind.FEED))),
        ('<OUTLINE XMLURL="https://paper.test/feed"/>', Outline(FEED)),
    ],
)  # fmt: skip
def test_a_feed_of_a_list_is_read(outline, expected):
    assert read(outline) == (expected,)


@pytest.mark.parametrize(
    "outline",
    [
        '<outline text="Folder"/>',
        '<outline type="link" text="A page" url="https://paper.test/"/>',
        '<outline type="rss" xmlUrl="feed:paper"/>',
        '<outline type="rss" xmlUrl=""/>',
    ],
)
def test_what_is_no_feed_is_passed_over(outline):
    assert read(outline) == ()


def test_what_is_wide_is_read_too():
    text = '<?xml version="1.0" encoding="UTF-16"?><OPML><body><outline text="Ä" xmlUrl="https://paper.test/feed"/></body></OPML>'
    assert read_opml(text.encode("utf-16")) == (Outline(FEED, "Ä"),)


def test_addresses_of_feeds_that_are_none_of_the_web_are_told():
    body = (
        b'<opml><body><outline xmlUrl="feed:paper"/><outline text="Folder"/><outline xmlUrl="https://paper.test/f"/>'
        b'<outline type="link" url="ftp://paper.test/"/></body></opml>'
    )
    assert unusable(body) == ("feed:paper",)


def test_two_sources_of_one_site_stay_two():
    world = replace(PAPER, name="paper-world", home="https://paper.test/world", endpoints=(WORLD,))
    outlines = read_opml(written_opml([PAPER, world]))
    assert [(each.source, each.home, each.endpoint) for each in outlines] == [
        *(("paper", PAPER.home, endpoint) for endpoint in PAPER.endpoints),
        ("paper-world", world.home, WORLD),
    ]


def test_a_feed_that_is_named_twice_is_read_once():
    one = '<outline text="P" xmlUrl="https://paper.test/feed"/>'
    assert read(one + one.replace('"P"', '"Q"')) == (Outline(FEED, "P"),)


@pytest.mark.parametrize("body", [b"", b"words", b"<html><p>x</html>", b'{"opml": 1}'])
def test_what_is_no_opml_is_told_as_such(body):
    with pytest.raises(ValueError, match="not an OPML file"):
        read_opml(body)


def test_what_is_written_is_read_again():
    outlines = read_opml(written_opml([PAPER]))
    assert tuple(each.endpoint for each in outlines) == PAPER.endpoints
    assert {each.home for each in outlines} == {PAPER.home}


def test_external_entities_are_not_read(tmp_path):
    (tmp_path / "secret").write_text("hidden")
    body = (
        f'<!DOCTYPE opml [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]><opml><body>'
        '<outline text="&x;" xmlUrl="https://paper.test/&x;"/></body></opml>'
    )
    assert "hidden" not in str(read_opml(body.encode()))


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_a_value_error(body):
    with contextlib.suppress(ValueError):
        unusable(b"<opml><body>" + body)
    with contextlib.suppress(ValueError):
        read_opml(body)
    with contextlib.suppress(ValueError):
        read_opml(b"<opml><body>" + body)
