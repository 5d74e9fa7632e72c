"""Sitemaps: pages and children, in every form that sites serve them."""

import codecs
import gzip
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.discovery import Discovery, discover
from broadsheet.discovery.sitemaps import read_sitemap
from broadsheet.model import Endpoint, EndpointKind, Hints, Source

SITEMAP = Endpoint("https://paper.test/sitemap.xml", EndpointKind.SITEMAP)
PAPER = Source("paper", "https://paper.test/")
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
ONE = "<url><loc>https://paper.test/a</loc></url>"
TWO = "<url><loc>https://paper.test/b</loc></url>"


def read(text, zone=None):
    body = text if isinstance(text, bytes) else text.encode()
    return read_sitemap(body, SITEMAP.url, "application/xml", zone)


def urlset(content, attributes=NAMESPACE):
    return f"{HEAD}<urlset {attributes}>{content}</urlset>"


def index(content):
    return f"{HEAD}<sitemapindex {NAMESPACE}>{content}</sitemapindex>"


@pytest.mark.parametrize(
    "document",
    [
        urlset(ONE),
        urlset(ONE, ""),
        urlset(ONE, 'xmlns="http://www.google.com/schemas/sitemap/0.84"'),
        urlset(ONE, 'xmlns="https://www.sitemaps.org/schemas/sitemap/0.9"'),
        urlset(ONE, 'xmlns="no namespace at all"'),
        '<s:urlset xmlns:s="http://x.test/"><s:url><s:loc>https://paper.test/a</s:loc></s:url></s:urlset>',
        "<s:urlset><s:url><s:loc>https://paper.test/a</s:loc></s:url></s:urlset>",
        urlset(ONE).replace("url>", "URL>").replace("loc>", "Loc>"),
        "\ufeff" + urlset(ONE),
        "\r\n \n" + urlset(ONE),
        urlset("<url><loc>\n  https://paper.test/a\n </loc></url>"),
        urlset("<url><loc><![CDATA[https://paper.test/a]]></loc></url>"),
        urlset("<url><lastmod>2026-11-24</lastmod><loc>https://paper.test/a</loc></url>"),
        urlset("<url><loc>https://paper.test/a</loc><loc>https://paper.test/z</loc></url>"),
        urlset("<!-- one --><?pi?>" + ONE),
        urlset("<url/><url><loc/></url><url><loc> </loc></url>" + ONE),
        urlset(ONE.replace("<loc>", '<loc rel="x">')),
        urlset("<group>" + ONE + "</group>"),
        urlset(
            '<url><image:image xmlns:image="i"><image:loc>https://paper.test/a.jpg</image:loc></image:image>'
            "<loc>https://paper.test/a</loc></url>"
        ),
        urlset('<url><loc>https://paper.test/a</loc><v:video xmlns:v="v"><v:title>Clip</v:title></v:video></url>'),
        urlset('<url><loc>https://paper.test/a</loc><x:link xmlns:x="x" href="https://paper.test/fr/a"/></url>'),
        urlset(ONE) + "<!-- cached -->",
        urlset(ONE) + "trailing words",
        urlset(ONE).replace("</urlset>", ""),
        urlset(ONE + "<url><loc>https://paper.test/cut-o").removesuffix("</urlset>"),
        urlset(ONE + "<url><lo").removesuffix("</urlset>"),
        urlset(ONE + "<url><loc>").removesuffix("</urlset>"),
        urlset(ONE)[: -len("</loc></url></urlset>") + len("</loc>")],
        urlset(ONE).encode("utf-16"),
        codecs.BOM_UTF16_BE + urlset(ONE).replace("UTF-8", "UTF-16").encode("utf-16-be"),
        urlset(ONE).replace("UTF-8", "ISO-8859-1").encode("latin-1"),
        urlset(ONE).replace("UTF-8", "no-such-charset"),
        urlset(ONE).replace(HEAD, ""),
        urlset(ONE).replace(HEAD, '<?xml version="1.1"?>'),
        urlset(ONE).replace(HEAD, HEAD + "<!DOCTYPE urlset>"),
        urlset(ONE).replace(HEAD, HEAD + '<?xml-stylesheet type="text/xsl" href="x.xsl"?>'),
        urlset("<url><loc>https://paper.test/a</loc><priority>9&nbsp;</priority></url>"),
        urlset("<url><loc>https://paper.test/a</loc><title>A & B</title></url>"),
        "https://paper.test/a\n",
        "\ufeffhttps://paper.test/a\r\n\r\n# note\r\n",
        '<rss version="2.0"><channel><item><link>https://paper.test/a</link></item></channel></rss>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://paper.test/a"/></entry></feed>',
    ],
)
def test_an_odd_sitemap_still_names_its_page(document):
    assert [entry.url for entry in read(document).entries] == ["https://paper.test/a"]


@pytest.mark.parametrize(
    "document",
    ["<!doctype html><html><p>Not found</html>", "<html><a href='/a'>a</a>",
     "<", "<<<", "<?xml", "<a><b/></a>", "words", b"\xff\xfe"],
)  # fmt: skip
def test_what_is_no_sitemap_is_told_as_such(document):
    reading = read(document)
    assert reading.entries == ()
    assert reading.problem


@pytest.mark.parametrize("document", [urlset(""), index(""), "<urlset/>"])
def test_an_empty_sitemap_is_no_problem(document):
    reading = read(document)
    assert (reading.entries, reading.children, reading.problem) == ((), (), "")


def test_ampersands_in_addresses_are_read():
    assert read(urlset("<url><loc>https://paper.test/a?x=1&amp;y=2</loc></url>")).entries[0].url.endswith("?x=1&y=2")


def test_a_news_sitemap_says_title_language_and_time():
    news = (
        '<url><loc>https://paper.test/a</loc><news:news xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        "<news:publication><news:name>Paper</news:name><news:language>de-AT</news:language></news:publication>"
        "<news:publication_date>2026-11-24T11:00:00+01:00</news:publication_date>"
        "<news:title>Fähre &amp; Kai</news:title></news:news><lastmod>2026-11-24T12:00:00Z</lastmod></url>"
    )
    (entry,) = read(urlset(news)).entries
    assert entry.hints == Hints(
        "Fähre & Kai", datetime(2026, 11, 24, 10, tzinfo=UTC), datetime(2026, 11, 24, 12, tzinfo=UTC), (), "de"
    )


@pytest.mark.parametrize(
    "printed, expected",
    [
        ("2026-11-24", datetime(2026, 11, 24, tzinfo=UTC)),
        ("2026-11-24T10:00Z", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        ("2026-11-24T10:00:00.5+02:00", datetime(2026, 11, 24, 8, 0, 0, 500_000, tzinfo=UTC)),
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("soon", None),
    ],
)
def test_the_last_change_is_read_to_order_by(printed, expected):
    (entry,) = read(urlset(f"<url><loc>https://paper.test/a</loc><lastmod>{printed}</lastmod></url>")).entries
    assert entry.hints.modified_at == expected


def test_an_index_names_its_children_the_latest_first():
    children = (
        "<sitemap><loc>https://paper.test/1.xml</loc></sitemap>"
        "<sitemap><loc>https://paper.test/2.xml</loc><lastmod>2026-10-01</lastmod></sitemap>"
        "<sitemap><loc>https://paper.test/3.xml</loc><lastmod>2026-11-01</lastmod></sitemap>"
        "<sitemap><loc>https://elsewhere.test/4.xml</loc></sitemap>"
        "<sitemap><loc>https://paper.test/sitemap.xml</loc></sitemap>"
        "<sitemap><loc>https://paper.test/1.xml#twice</loc></sitemap>"
    )
    found = discover(index(children).encode(), endpoint=SITEMAP, source=PAPER, content_type="text/xml")
    assert found.more == tuple(Endpoint(f"https://paper.test/{n}.xml", EndpointKind.SITEMAP) for n in (3, 2, 1))
    assert replace(found, children=()) == Discovery()


def test_a_zipped_sitemap_is_opened_by_its_content_whatever_its_name():
    found = discover(gzip.compress(urlset(ONE).encode()), endpoint=SITEMAP, source=PAPER, content_type="text/xml")
    assert [page.url for page in found.found] == ["https://paper.test/a"]


@pytest.mark.parametrize(
    "body", [gzip.compress(urlset(ONE).encode())[:-9], b"\x1f\x8bnonsense", gzip.compress(bytes(60 << 20))]
)
def test_a_broken_or_exploding_zip_is_told_as_such(body):
    found = discover(body, endpoint=SITEMAP, source=PAPER, content_type=None)
    assert found.problem.startswith("gzip: ")


def test_external_entities_are_not_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    document = (
        f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        "<urlset><url><loc>https://paper.test/&x;</loc></url></urlset>"
    )
    assert all("hidden" not in entry.url for entry in read(document).entries)


def test_more_than_the_protocol_allows_is_not_read():
    many = urlset("".join(f"<url><loc>https://paper.test/{i}</loc></url>" for i in range(50_010)))
    assert len(read(many).entries) == 50_000


@settings(deadline=None, max_examples=80)
@given(
    st.one_of(st.binary(max_size=300), st.text(alphabet="<>/urlsetocimap&;:=\"'! \n?", max_size=200).map(str.encode))
)
def test_no_bytes_make_it_raise(body):
    read(body)
    read(urlset(ONE).encode()[:-9] + body)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 400))
def test_a_sitemap_cut_anywhere_names_no_page_that_was_not_in_it(length):
    document = urlset(ONE + TWO + "<url><loc>https://paper.test/c?x=1&amp;y=2</loc></url>").encode()
    whole = {entry.url for entry in read(document).entries}
    assert {entry.url for entry in read(document[:length]).entries} <= whole
