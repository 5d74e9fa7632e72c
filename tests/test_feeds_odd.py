"""Feeds as sites serve them: each names the one article, by the standard or by what every reader makes of it."""

import gzip
import json

import pytest

from broadsheet.discovery import discover
from broadsheet.model import Endpoint, EndpointKind, Source

FEED = Endpoint("https://paper.test/feeds/all", EndpointKind.FEED)
PAPER = Source("paper", "https://paper.test/")
A = "https://paper.test/2026/a"
ITEM = f"<item><title>Ferry</title><link>{A}</link></item>"
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
ENTRY = f'<entry><title>Ferry</title><link href="{A}"/></entry>'


def rss(items=ITEM, version="2.0", more="", head='<?xml version="1.0"?>'):
    return f'{head}<rss version="{version}" {more}><channel><title>Paper</title>{items}</channel></rss>'


def item(content):
    return rss(f"<item>{content}</item>")


def feed(entries=ENTRY, more=ATOM):
    return f"<feed {more}><title>Paper</title>{entries}</feed>"


def json_feed(**item_):
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Paper", "items": [item_]})


FERRY = rss(ITEM.replace("Ferry", "Fähre"), head='<?xml version="1.0" encoding="{}"?>')

DOCUMENTS = {
    # Versions of RSS: RSS Advisory Board, "RSS history"; web.resource.org/rss/1.0/spec
    "RSS 0.91 of Netscape": rss(
        version="0.91",
        head='<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://my.netscape.com/publish/formats/rss-0.91.dtd">',
    ),
    "RSS 0.92": rss(version="0.92"),
    "RSS 0.94": rss(version="0.94"),
    "RSS 2.0.11 with a namespace": rss(more='xmlns="http://backend.userland.com/rss2"'),
    "RSS 0.90": f'<rdf:RDF {RDF} xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel/>{ITEM}</rdf:RDF>',
    "RSS 1.0": f'<rdf:RDF {RDF} xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://paper.test/"/>'
    f'<item rdf:about="{A}"><title>Ferry</title><link>{A}</link></item></rdf:RDF>',
    "RSS 1.0 with its own prefix": f'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    f'xmlns:s="http://purl.org/rss/1.0/"><s:item r:about="{A}"><s:link>{A}</s:link></s:item></r:RDF>',
    "items beside the channel": f'<rss version="2.0"><channel><title>P</title></channel>{ITEM}</rss>',
    # Versions and forms of Atom: RFC 4287
    "Atom 0.3": feed(
        f'<entry><link rel="alternate" type="text/html" href="{A}"/></entry>', 'version="0.3" xmlns="http://purl.org/atom/ns#"'
    ),
    "Atom 1.0": feed(),
    "Atom with a prefix": feed(ENTRY, ATOM).replace("<", "<a:").replace("<a:/", "</a:").replace("xmlns=", "xmlns:a="),
    "Atom without namespace": feed(more=""),
    "Atom title in XHTML": feed(
        f'<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><b>F</b></div></title><link href="{A}"/>'
        "</entry>"
    ),
    "link rel as an IANA address": feed(
        f'<entry><link rel="http://www.iana.org/assignments/relation/alternate" href="{A}"/></entry>'
    ),
    "other links first": feed(
        f'<entry><link rel="replies" href="/r"/><link rel="edit" href="/e"/><link rel="enclosure" href="/m.mp3"/>'
        f'<link rel="alternate" href="{A}"/></entry>'
    ),
    "content with a src": feed(f'<entry><link href="{A}"/><content src="https://paper.test/raw"/></entry>'),
    "a link relative to xml:base of the feed": feed(
        '<entry><link href="a"/></entry>', f'{ATOM} xml:base="https://paper.test/2026/"'
    ),
    "a link relative to the feed": feed('<entry><link href="../2026/a"/></entry>'),
    "a source with links of its own": feed(
        f'<entry><link href="{A}"/><source><link href="https://paper.test/other"/></source></entry>'
    ),
    # Links of RSS
    "link in CDATA with line breaks": item(f"<link><![CDATA[\n  {A}\n]]></link>"),
    "link with an escaped query": item(f"<link>{A}?utm_source=rss&amp;utm_medium=feed</link>"),
    "link with a bare ampersand": item(f"<link>{A}?utm_source=rss&utm_medium=feed</link>"),
    "link empty, guid a permalink": item(f"<link/><guid>{A}</guid>"),
    "link before an atom:link": item(
        f'<link>{A}</link><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="/s"/>'
    ),
    "link of the item's source": item(f'<source url="https://other.test/feed">Other</source><link>{A}</link>'),
    "link of a picture": item(f"<link>{A}</link><image><link>https://paper.test/img</link></image>"),
    "guid that is none": item(f'<guid isPermaLink="false">https://paper.test/?p=1</guid><link>{A}</link>'),
    "feedburner": item(
        f"<link>http://feedproxy.test/~r/1</link>"
        f"<f:origLink xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'>{A}</f:origLink>"
    ),
    "media before the link": item(
        f'<m:content xmlns:m="http://search.yahoo.com/mrss/" url="https://paper.test/v.mp4"/><link>{A}</link>'
    ),
    "link to itself under a tracking address": item(f"<link>{A}?fbclid=1#comments</link>"),
    # Encodings and damage
    "UTF-16": rss().encode("utf-16"),
    "windows-1252 that says so": FERRY.format("windows-1252").encode("cp1252"),
    "latin-1 that says UTF-8": FERRY.format("utf-8").encode("latin-1"),
    "a byte order mark twice": "\ufeff\ufeff" + rss(),
    "text before the declaration": "\r\n\t " + rss(),
    "a warning of PHP before it": "<br />\n<b>Warning</b>: x in y on line 1<br />\n" + rss(),
    "an entity of HTML": rss().replace("Ferry", "Ferry &nbsp;&mdash; quay"),
    "an unknown entity": rss().replace("Ferry", "Ferry &unknown; quay"),
    "a control character": rss().replace("Ferry", "Fer\x08ry"),
    "a tag that is not closed": item(f"<link>{A}</link><category>news"),
    "cut off in the next item": rss(ITEM + "<item><title>Brid").split("Brid")[0],
    "two roots": rss() + rss(),
    "a comment around": f"<!-- cache -->{rss(head='')}<!-- hit -->",
    "a stylesheet": rss(head='<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="/s.xsl"?>'),
    "a namespace that is not declared": rss().replace("</link>", "</link><dc:creator>Ada</dc:creator><x:y/>"),
    "gzip": gzip.compress(rss().encode()),
    # JSON Feed: jsonfeed.org/version/1.1
    "JSON Feed": json_feed(id="1", url=A),
    "JSON Feed whose id is the address": json_feed(id=A),
    "JSON Feed of a link blog": json_feed(id="1", external_url=A),
    "JSON Feed relative to itself": json_feed(id="1", url="/2026/a"),
    "JSON Feed with odd values": json_feed(id=1, url=A, title=None, tags="x", authors={}, date_published=7),
    "JSON Feed with an extension": json_feed(id="1", url=A, _paper={"about": "x"}),
    "JSON Feed with a byte order mark": "\ufeff" + json_feed(id="1", url=A),
}  # fmt: skip


def found(document, content_type=None):
    body = document if isinstance(document, bytes) else document.encode()
    named = discover(body, endpoint=FEED, source=PAPER, content_type=content_type)
    return [each.url for each in named.found]


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("content_type", [None, "text/html; charset=utf-8", "application/octet-stream"])
def test_an_odd_feed_names_its_article_whatever_it_is_served_as(name, content_type):
    assert found(DOCUMENTS[name], content_type) == [A]


NONE = {
    "an HTML page": f'<!doctype html><html><body><a href="{A}">Ferry</a></body></html>',
    "a page in XHTML": f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><a href="{A}"/></html>',
    "a JSON of another kind": json.dumps({"items": [{"url": A}]}),
    "a list in JSON": json.dumps([{"url": A}]),
    "a podcast without pages": item('<enclosure url="https://paper.test/a.mp3" type="audio/mpeg"/>'),
    "an item without a link": item("<title>Ferry</title>"),
    "links of other kinds": item("<link>mailto:desk@paper.test</link>"),
    "a feed of another site": item("<link>https://elsewhere.test/a</link>"),
    "the front page": item("<link>https://paper.test/</link>"),
    "nothing": "",
    "white space": " \n ",
    "words": "Service unavailable",
}


@pytest.mark.parametrize("name", NONE)
def test_what_names_no_article_of_the_site_names_none(name):
    assert found(NONE[name]) == []
