"""OPML: lists of feeds as other programs write them, and ours."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.model import Endpoint, EndpointKind, Source
from broadsheet.opml import Outline, read_opml, written_opml

FEED = Endpoint("https://paper.test/feed", EndpointKind.FEED)
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
        ('<outline text="A & B" xmlUrl="https://paper.test/feed"/>', Outline(FEED, "A  B")),
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
        read_opml(body)
    with contextlib.suppress(ValueError):
        read_opml(b"<opml><body>" + body)
