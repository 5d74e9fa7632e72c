"""Feeds: what they name, and what they say of it, also when they are odd."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.discovery.feeds import read_feed
from broadsheet.discovery.reading import Entry, Reading
from broadsheet.model import Hints

BASE = "https://paper.test/feeds/all"
TEN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def read(text, content_type="application/rss+xml", zone=None):
    body = text if isinstance(text, bytes) else text.encode()
    return read_feed(body, BASE, content_type, zone)


def rss(items, channel="", head='<?xml version="1.0" encoding="utf-8"?>'):
    return (
        f'{head}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>Paper</title>{channel}{items}</channel></rss>"
    )


def atom(entries, attributes=""):
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Paper</title>{entries}</feed>'


def urls(reading):
    return [entry.url for entry in reading.entries]


def hints(reading):
    (entry,) = reading.entries
    return entry.hints


def test_an_rss_item_is_an_entry_with_all_that_it_says():
    item = (
        "<item><title>Ferry &amp; quay</title><link>https://paper.test/a?x=1&amp;y=2</link>"
        "<dc:creator>Ada Moor</dc:creator><pubDate>Tue, 24 Nov 2026 12:00:00 +0200</pubDate></item>"
    )
    assert read(rss(item, "<language>en-GB</language>")) == Reading(
        (Entry("https://paper.test/a?x=1&y=2", Hints("Ferry & quay", TEN, None, ("Ada Moor",), "en")),)
    )


def test_an_atom_entry_is_an_entry_with_all_that_it_says():
    entry = (
        '<entry><title type="html">&lt;b&gt;Ferry&lt;/b&gt; &amp;amp; quay</title><id>tag:paper.test,2026:1</id>'
        '<link rel="enclosure" href="https://paper.test/a.mp3"/><link href="/a"/>'
        "<published>2026-11-24T10:00:00Z</published><updated>2026-11-24T13:30:00+02:30</updated>"
        "<author><name>Ada Moor</name></author><author><name>Ben Quay</name></author></entry>"
    )
    eleven = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
    assert read(atom(entry, 'xml:lang="en"')) == Reading(
        (
            Entry(
                "https://paper.test/a",
                Hints("Ferry & quay", TEN, eleven, ("Ada Moor", "Ben Quay"), "en", "tag:paper.test,2026:1"),
            ),
        )
    )


def test_an_rdf_item_is_an_entry():
    feed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://paper.test/"/>'
        '<item rdf:about="https://paper.test/a"><title>Ferry</title><link>https://paper.test/a</link>'
        "<dc:date>2026-11-24T10:00:00+00:00</dc:date><dc:creator>Ada Moor</dc:creator></item></rdf:RDF>"
    )
    (entry,) = read(feed).entries
    assert (entry.url, entry.hints.title, entry.hints.authors) == ("https://paper.test/a", "Ferry", ("Ada Moor",))
    assert TEN in {entry.hints.published_at, entry.hints.modified_at}


ITEM = "<item><title>x</title><link>https://paper.test/a</link></item>"


@pytest.mark.parametrize(
    "feed",
    [
        rss(ITEM),
        "\ufeff" + rss(ITEM),
        "\n\n  " + rss(ITEM),
        "<!-- made by hand -->" + rss(ITEM, head=""),
        rss(ITEM, head=""),
        rss(ITEM).replace("</channel></rss>", ""),
        rss(ITEM) + "<p>trailing words",
        rss(ITEM + "<item><title>cut off</title><link>https://pa")[:-16],
        rss(ITEM.replace(">x<", ">A & B<")),
        rss(ITEM.replace(">x<", ">caf&eacute;<")),
        rss(ITEM.replace(">x<", "><![CDATA[<b>bold</b>]]><")),
        rss(ITEM.replace(">x<", ">\x0b control<")),
        rss(ITEM.replace("https://paper.test/a", " \n https://paper.test/a \n")),
        rss(ITEM.replace("https://paper.test/a", "<![CDATA[https://paper.test/a]]>")),
        rss(ITEM.replace("https://paper.test/a", "/a")),
        rss("<item><title>x</title><guid>https://paper.test/a</guid></item>"),
        rss('<item><guid isPermaLink="true">https://paper.test/a</guid></item>'),
        rss('<item><guid isPermaLink="false">17</guid><link>https://paper.test/a</link></item>'),
        rss('<item><atom:link href="https://paper.test/a"/><title>x</title></item>'),
        rss(
            "<item><link>https://clicks.test/1</link><feedburner:origLink>https://paper.test/a</feedburner:origLink>"
            "</item>"
        ),
        rss(ITEM).replace('version="2.0"', 'version="0.91"'),
        rss(ITEM).replace('version="2.0"', ""),
        rss(ITEM).replace("<rss", "<RSS").replace("</rss", "</RSS"),
        rss(ITEM).encode("utf-16"),
        rss(ITEM, head='<?xml version="1.0" encoding="windows-1251"?>').encode("cp1251"),
        rss(ITEM, head='<?xml version="1.0" encoding="no-such-charset"?>'),
        rss(ITEM, head='<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        rss(ITEM, head='<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?>'),
        atom('<entry><link rel="self" href="/self"/><link rel="alternate" href="/a"/></entry>'),
        atom(
            '<entry><link rel="alternate" type="application/json" href="/j"/><link type="text/html" href="/a"/></entry>'
        ),
        atom("<entry><id>https://paper.test/a</id></entry>"),
        atom('<entry xml:base="https://paper.test/x/"><link href="../a"/></entry>'),
        atom('<entry><link href="a"/></entry>', 'xml:base="https://paper.test/"'),
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "https://paper.test/a"}]}',
        '\ufeff {"version": "https://jsonfeed.org/version/1", "items": [{"id": "https://paper.test/a"}]}',
        '{"version": "https://jsonfeed.org/version/1", "items": [7, null, {"id": 9}, {"url": "https://paper.test/a"}]}',
        '{"version": "https://jsonfeed.org/version/1", "items": [{"external_url": "https://paper.test/a", "url": 1}]}',
    ],
)
def test_an_odd_feed_still_names_its_article(feed):
    assert [url.strip() for url in urls(read(feed))][:1] == ["https://paper.test/a"]


@pytest.mark.parametrize(
    "body, problem",
    [
        ("<!doctype html><title>Not found</title><p>Sorry", "not a feed"),
        ("just words", "not a feed"),
        (b"\x00\x01\x02\xff", "not a feed"),
        ('{"items": []}', "not a feed: JSON of another kind"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": [', "damaged JSON"),
        ('{"a":' * 100_000, "damaged JSON"),
        ("<rss><channel><item>", ""),
    ],
)
def test_what_is_no_feed_is_told_as_such(body, problem):
    reading = read(body)
    assert reading.entries == ()
    assert problem in reading.problem


def test_an_empty_feed_is_no_problem():
    assert read(rss("")) == Reading()


def test_entities_that_grow_are_not_followed():
    levels = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(8))
    bomb = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 1000}">{levels}]>'
    reading = read(rss("<item><title>&i;</title><link>https://paper.test/a</link></item>", head=bomb))
    assert all(len(entry.hints.title or "") < 1000 for entry in reading.entries)


@pytest.mark.parametrize(
    "printed, zone, expected",
    [
        ("Tue, 24 Nov 2026 10:00:00 GMT", None, TEN),
        ("Tue, 24 Nov 2026 10:00:00 UT", None, TEN),
        ("Tue, 24 Nov 2026 10:00:00 Z", None, TEN),
        ("Tue, 24 Nov 2026 05:00:00 EST", None, TEN),
        ("Tue, 24 Nov 2026 11:00:00 CET", None, TEN),
        ("Tue, 24 Nov 2026 19:00:00 +0900", "Europe/Berlin", TEN),
        ("24 Nov 2026 10:00 GMT", None, TEN),
        ("Tue, 24 Nov 26 10:00:00 GMT", None, TEN),
        ("2026-11-24T10:00:00Z", None, TEN),
        ("2026-11-24T10:00:00.123Z", None, TEN),
        ("2026-11-24T15:30:00+05:30", None, TEN),
        ("2026-11-24 10:00:00", None, TEN),
        ("2026-11-24 11:00:00", "Europe/Berlin", TEN),
        ("2026-11-24T19:00", "Asia/Tokyo", TEN),
        ("Tue, 24 Nov 2026 13:00:00", "Europe/Kyiv", datetime(2026, 11, 24, 11, 0, tzinfo=UTC)),
        ("Tue, 24 Nov 2026 10:00:00", "No/Where", None),
        ("2026-11-24", None, None),
        ("24 November 2026", None, None),
        ("yesterday", None, None),
        ("", None, None),
        ("Tue, 99 Nov 2026 10:00:00 GMT", None, None),
        ("0000-00-00 00:00:00", None, None),
        ("99999-11-24T10:00:00Z", None, None),
    ],
)
def test_a_date_is_an_instant_or_nothing(printed, zone, expected):
    item = f"<item><link>https://paper.test/a</link><pubDate>{printed}</pubDate></item>"
    found = hints(read(rss(item), zone=zone)).published_at
    assert (found.replace(microsecond=0) if found else None) == expected


@pytest.mark.parametrize(
    "printed, names",
    [
        ("<author>desk@paper.test (Ada Moor)</author>", ("Ada Moor",)),
        ("<author>desk@paper.test</author>", ()),
        ("<author>Ada Moor &lt;ada@paper.test&gt;</author>", ("Ada Moor",)),
        ("<dc:creator>Ada Moor</dc:creator><dc:creator>Ben Quay</dc:creator>", ("Ada Moor", "Ben Quay")),
        ("<dc:creator>Ada Moor</dc:creator><author>Ada Moor</author>", ("Ada Moor",)),
        ("<dc:creator><![CDATA[ Ada   Moor ]]></dc:creator>", ("Ada Moor",)),
        ("<dc:creator/>", ()),
    ],
)
def test_authors_are_names(printed, names):
    assert hints(read(rss(f"<item><link>https://paper.test/a</link>{printed}</item>"))).authors == names


def test_a_json_feed_says_all_that_the_others_say():
    item = {
        "id": "1", "url": "https://paper.test/a", "title": "Ferry &amp; quay", "date_published": "2026-11-24T10:00:00Z",
        "date_modified": "2026-11-24T12:00:00+02:00", "authors": [{"name": "Ada Moor"}, {"url": "x"}, 3],
        "language": "fr-CA",
    }  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "language": "en", "items": [item]}
    assert hints(read(json.dumps(feed))) == Hints("Ferry & quay", TEN, TEN, ("Ada Moor",), "fr", "1")


def test_a_json_feed_of_version_1_has_one_author_for_all():
    feed = {
        "version": "https://jsonfeed.org/version/1", "author": {"name": "Ada Moor"},
        "items": [{"id": "1", "url": "https://paper.test/a"}],
    }  # fmt: skip
    assert hints(read(json.dumps(feed))).authors == ("Ada Moor",)


@pytest.mark.parametrize(
    "feed, expected",
    [
        (atom('<link rel="next" href="https://paper.test/feed?page=2"/>'), ("https://paper.test/feed?page=2",)),
        (atom('<link rel="prev-archive" href="/2026/10.atom"/>'), ("https://paper.test/2026/10.atom",)),
        (atom('<link rel="self" href="/x"/><link rel="first" href="/y"/><link rel="previous" href="/z"/>'), ()),
        (atom('<link rel="next-archive" href="/2026/12.atom"/><link rel="current" href="/f"/>'), ()),
        (rss("", '<atom:link rel="next" href="https://paper.test/rss?page=2"/>'), ("https://paper.test/rss?page=2",)),
        ('{"version": "https://jsonfeed.org/version/1.1", "next_url": "https://paper.test/2.json", "items": []}',
         ("https://paper.test/2.json",)),
        ('{"version": "https://jsonfeed.org/version/1.1", "next_url": 2, "items": []}', ()),
    ],
)  # fmt: skip
def test_a_feed_in_pages_says_where_its_earlier_entries_are(feed, expected):
    assert read(feed).older == expected


@pytest.mark.parametrize(
    "printed, expected",
    [
        ('<guid isPermaLink="false">17</guid>', "17"),
        ("<guid> tag:paper.test,2026:1 </guid>", "tag:paper.test,2026:1"),
        ("", None),
    ],
)
def test_an_entry_keeps_its_id(printed, expected):
    assert hints(read(rss(f"<item><link>https://paper.test/a</link>{printed}</item>"))).guid == expected


@pytest.mark.parametrize("stated, expected", [("17", "17"), (17, "17"), (None, None), (True, None), ([], None)])
def test_a_json_feeds_id_may_be_a_number(stated, expected):
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": stated, "url": "https://paper.test/a"}],
    }
    assert hints(read(json.dumps(feed))).guid == expected


@settings(deadline=None, max_examples=60)
@given(
    st.one_of(st.binary(max_size=300), st.text(alphabet="<>/rsitemlnk&;='{}[]:,feed ", max_size=200).map(str.encode))
)
def test_no_bytes_make_it_raise(body):
    read(body)
    read(b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + body + b"}")
    read(rss("").encode()[:-6] + body)
