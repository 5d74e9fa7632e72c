"""What holds for any page: no bytes make it raise, the same page reads the same, the text is the page's own."""

import hashlib
import json
import os
import random
import re
import subprocess
import sys
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import press
from broadsheet.model import Extraction, Page, SiteRules
from extractors import extract
from press.desks import DESKS
from press.pages import pages

ROOT = Path(__file__).parent.parent
URL = "https://www.tidings.test/2026/harbour/quay.html"
TAGS = (
    "html", "head", "body", "p", "div", "span", "a", "h1", "table", "tr", "td", "li", "br", "script", "style", "meta",
    "link", "title", "time", "form", "svg", "b", "q-x",
)  # fmt: skip
WORDS = (
    "The harbour board met on Tuesday. ", "By Ada Lane", "14 March 2026, 09:30", "2026-03-14T09:30:00+01:00", " | ",
    "&nbsp;", "&#0;", "港湾局は会合を開いた。", "\u202e", "\x00", "{", "}", '"', "\\", "]]>", "<!--", "-->", "<", ">",
    "=", "' ", '{"@type":"NewsArticle","headline":', '{"@graph":[', '"author":', "http://[", "//", "display:none",
    '<script type="application/ld+json">', "</script>", "\\ud83d", '"},',
)  # fmt: skip
NAMES = (
    "class", "id", "href", "rel", "property", "name", "content", "type", "itemprop", "itemscope", "datetime", "lang",
    "style", "hidden",
)  # fmt: skip
VALUES = (
    "author", "byline", "canonical", "og:title", "article:tag", "application/ld+json", "en-US", "x", "", "9" * 50,
    "//[::",
)  # fmt: skip
fragments = st.one_of(
    st.sampled_from(WORDS),
    st.builds("<{}{}>".format, st.sampled_from(["", "/"]), st.sampled_from(TAGS)),
    st.builds('<{} {}="{}">'.format, st.sampled_from(TAGS), st.sampled_from(NAMES), st.sampled_from(VALUES)),
    st.text(max_size=12),
)
types = (
    st.none()
    | st.sampled_from(["text/html", "text/html; charset=utf-16", "x; charset=shift_jis"])
    | st.text(max_size=30)
)


@cache
def articles():
    """(URL, content type, bytes) of every article of the sample press."""
    served = pages(1)
    urls = [entry.url for entry in press.ledger(1) if entry.outcome == "article"]
    answers = [(url, served[tuple(re.fullmatch(r"http://([^/]+)(/.*)", url).groups())]) for url in urls]
    return tuple((url, answer.header("Content-Type"), answer.body) for url, answer in answers)


def chosen(count):
    """Articles of all three papers in turn."""
    return random.Random(7).sample(articles(), count)


def read(html, content_type=None, url=URL):
    return extract(Page(html, url, content_type), SiteRules())


def is_storable(extraction):
    """Whether it is what it should be, and can be written as UTF-8 (which half a surrogate pair cannot)."""
    return isinstance(extraction, Extraction) and bool(
        json.dumps(asdict(extraction), ensure_ascii=False, default=str).encode()
    )


@given(st.binary(max_size=400), types)
def test_no_bytes_make_it_raise(html, content_type):
    assert is_storable(read(html, content_type))


@settings(max_examples=200)
@given(st.lists(fragments, max_size=60).map("".join), types)
def test_no_markup_makes_it_raise(html, content_type):
    assert isinstance(read(html.encode("utf-8", "surrogatepass"), content_type), Extraction)


@st.composite
def mutated(draw):
    """An article cut, with bytes changed, or spliced with another."""
    url, content_type, html = draw(st.sampled_from(articles()))
    made = bytearray(html[draw(st.integers(0, 300)) : draw(st.integers(len(html) // 3, len(html)))])
    for place, byte in draw(st.lists(st.tuples(st.integers(0, len(made) - 1), st.integers(0, 255)), max_size=30)):
        made[place] = byte
    if draw(st.booleans()):
        other = draw(st.sampled_from(articles()))[2]
        at, start = draw(st.integers(0, len(made))), draw(st.integers(0, len(other)))
        made[at:at] = other[start : start + draw(st.integers(0, 5000))]
    return url, content_type, bytes(made)


@settings(max_examples=60)
@given(mutated())
def test_no_damage_to_an_article_makes_it_raise(page):
    url, content_type, html = page
    assert is_storable(read(html, content_type, url))


starts = st.sampled_from(
    ["", "http://", "http://[", "https://a.test/", "//", "https://a.test/2026/99/", "urn:", "data:,"]
)
ends = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.builds(str.__add__, starts, ends))
def test_no_address_makes_it_raise(url):
    linked = b'<title>Tide - A</title><link rel=canonical href="/x"><link rel=next href="?p=2"><a href="/2026/">All</a>'
    assert is_storable(read(linked + b"<h1>Tide</h1>", None, url))


def told(url, content_type, html):
    return hashlib.sha256(repr(read(html, content_type, url)).encode()).hexdigest()


def test_a_page_reads_the_same_again_in_any_order():
    first = [told(*page) for page in chosen(20)]
    assert list(reversed([told(*page) for page in reversed(chosen(20))])) == first


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_a_page_reads_the_same_in_another_process(seed):
    code = "import test_extract_laws as laws; print(*(laws.told(*page) for page in laws.chosen(20)), sep='\\n')"
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.split() == [told(*page) for page in chosen(20)]


def squeezed(text):
    return re.sub(r"\s+", "", text)


def test_every_paragraph_of_a_text_is_found_on_its_page():
    strangers = []
    encodings = {desk.paper.host: desk.paper.encoding for desk in DESKS}
    for url, content_type, html in articles():
        page = squeezed("".join(press.lines(html.decode(encodings[url.split("/")[2]]))))
        text = read(html, content_type, url).text
        cells = [cell for line in text.splitlines() for cell in line.removeprefix("- ").split(" | ")]
        strangers += [(url, cell) for cell in cells if squeezed(cell) not in page]
    assert strangers == []


CHARSETS = {
    "harbour-gazette": ("utf-8", "windows-1252", "utf-16", "iso-8859-15", "gb18030"),
    "alpenkurier": ("utf-8", "windows-1252", "iso-8859-1", "utf-16", "iso-8859-15"),
    "shiosai-shimbun": ("utf-8", "shift_jis", "euc-jp", "iso-2022-jp", "utf-16", "gb18030"),
}


def re_encoded():
    for desk in DESKS:
        host = f"http://{desk.paper.host}/"
        own = [page for page in articles() if page[0].startswith(host)][::5]
        for charset in CHARSETS[desk.name]:
            yield from ((desk.paper.encoding, charset, *page) for page in own)


def in_charset(html, before, after):
    """A page in another charset, and saying so itself; None where that charset lacks one of its characters."""
    text = re.sub(r"(?i)(<meta[^>]*charset=[\"']?)[\w-]+", rf"\g<1>{after}", html.decode(before))
    try:
        return text.encode(after)
    except UnicodeEncodeError:
        return None


def test_a_page_in_another_charset_says_the_same():
    differing, compared = [], 0
    for before, charset, url, content_type, html in re_encoded():
        made = in_charset(html, before, charset)
        if made is None:
            continue
        compared += 1
        expected = read(html, content_type, url)
        found = read(made, f"text/html; charset={charset}", url)
        differing += [] if replace(found, evidence=()) == replace(expected, evidence=()) else [(charset, url)]
    assert differing == []
    assert compared >= 60
