"""A site's own selectors decide what its text is; its Python file says what no selector can."""

import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractors.sites
from broadsheet.model import Page, PageKind, Producer, SiteRules
from extractors.extract import extract
from extractors.page import parse_page
from extractors.ruled import narrowed

SPLIT = b"""<html><head><title>Split</title></head><body>
<nav><p>Home, news and weather for the whole of the valley, every day.</p></nav>
<aside class="part"><p>The mill has stood by the weir since the valley had a road, and stands there still.</p></aside>
<div class="ad"><p>A new kettle for every kitchen in the valley, this week only, while stocks last.</p></div>
<footer class="part"><p>Its wheel was let go. <b class="note">Turn the card.</b> It had hung still.</p></footer>
</body></html>"""
FIRST = "The mill has stood by the weir since the valley had a road, and stands there still."


def read(html, **rules):
    return extract(Page(html, "https://valley.test/mill"), SiteRules("valley", **rules))


def test_the_body_is_what_the_selectors_name_in_the_pages_order():
    found = read(SPLIT, body=("footer.part", "aside.part"), drop=(".note",))
    assert found.text.split("\n") == [FIRST, "Its wheel was let go. It had hung still."]
    assert found.text_producer == "site rule"
    assert [(line.text, line.reason) for line in found.dropped] == [("Turn the card.", "site rule: .note")]


def test_a_piece_that_two_selectors_name_is_read_once():
    assert read(SPLIT, body=("aside", "p", ".part")).text.count(FIRST) == 1


def test_a_page_without_the_body_is_read_as_if_there_were_no_rule():
    with_rule, without = read(SPLIT, body=("article.story",)), read(SPLIT)
    assert (with_rule.text, with_rule.text_producer) == (without.text, "trafilatura")
    assert read(SPLIT.replace(b'class="part"', b""), body=("[data-empty]", ".part")).text_producer == "trafilatura"


def test_a_body_without_any_text_is_no_body():
    html = (
        b"<html><body><div id=shell></div><article><h1>Rain</h1>" + b"<p>It rained in the hills all week long.</p>" * 9
    )
    assert "It rained in the hills" in read(html, body=("#shell",)).text


def test_what_is_dropped_is_out_of_the_engines_sight_and_told():
    story = b"".join(
        b"<p>Sentence %d of the story of the mill, which is long enough to be read.</p>" % n for n in range(6)
    )
    box = b'<p class="helpline">Sentence of the desk that helps, which is long enough to be read as well.</p>'
    html = b"<html><body><article><h1>Mill</h1>" + story + box + story.replace(b"story of", b"tale of")
    assert "desk that helps" in read(html).text
    found = read(html, drop=(".helpline",))
    assert "desk that helps" not in found.text
    assert "tale of the mill" in found.text
    assert [line.reason for line in found.dropped if "desk" in line.text] == ["site rule: .helpline"]


def test_the_shared_tree_is_left_as_it_was():
    parsed = parse_page(Page(SPLIT, "https://valley.test/"), SiteRules(body=(".part",), drop=("nav",)))
    before = parsed.tree.text_content()
    assert narrowed(parsed).parsed.tree is not parsed.tree
    assert parsed.tree.text_content() == before
    plain = parse_page(Page(SPLIT, "https://valley.test/"), SiteRules())
    assert narrowed(plain).parsed is plain


@pytest.mark.parametrize(
    "html",
    [
        b"",
        b"<div>" * 20_000 + b"deep",
        b'<div class="part">' * 3_000 + b"deep",
        b'<?xml version="1.0"?><html><body><p class="part">said</p></body></html>',
        b"<p class=part>\x00\xff\xfe</p>",
        b"<table class=part><td>" * 2_000,
    ],
)
def test_rules_never_raise_on_hostile_pages(html):
    assert read(html, body=(".part",), drop=("div div .note", "p:has(b)"), fields={"title": (".part",)}).url


@given(st.binary(max_size=400), st.sampled_from(["p", "*", "body", ":not(p)", "html > *"]))
def test_rules_never_raise_on_any_bytes(junk, selector):
    read(b"<p>" + junk, body=(selector,))
    read(b"<p>" + junk, drop=(selector,))


@pytest.fixture
def valley(tmp_path, monkeypatch):
    """Writes the Python file of the site `valley`."""
    monkeypatch.setattr(extractors.sites, "__path__", [*extractors.sites.__path__, str(tmp_path)])
    yield (tmp_path / "valley.py").write_text
    sys.modules.pop("extractors.sites.valley", None)


def test_a_sites_python_file_has_the_last_word_and_says_so(valley):
    valley(
        "from dataclasses import replace\n"
        "def adjust(extraction, parsed):\n"
        "    assert parsed.tree is not None\n"
        "    return replace(extraction, title='Mill', tags=('weir', 'mill'), text='One line.')\n"
    )
    found = read(SPLIT, python="1")
    assert (found.title, found.tags, found.text, found.word_count) == ("Mill", ("weir", "mill"), "One line.", 2)
    assert found.text_producer == "site rule"
    chosen = [(each.field, each.producer, each.locator, each.value) for each in found.evidence if each.chosen]
    assert ("title", Producer.SITE_RULE, "sites/valley.py", "Mill") in chosen
    assert [each[3] for each in chosen if each[0] == "tags"] == ["weir", "mill"]
    assert [each.value for each in found.evidence if each.field == "title" and not each.chosen] == ["Split"]


def test_a_python_file_that_changes_nothing_leaves_the_evidence_alone(valley):
    valley("def adjust(extraction, parsed):\n    return extraction\n")
    found, plain = read(SPLIT, python="1"), read(SPLIT)
    assert (found.evidence, found.text, found.text_producer) == (plain.evidence, plain.text, plain.text_producer)
    assert found.version != plain.version


def test_the_kind_of_a_ruled_page_is_told_from_its_body():
    long = b"<aside class=part>" + b"<p>The mill by the weir was let go on Friday, and the wheel is still.</p>" * 9
    found = extract(
        Page(b"<html><body>" + long, "https://valley.test/mill", None, datetime(2026, 3, 1, tzinfo=UTC)),
        SiteRules("valley", body=(".part",)),
    )
    assert found.page_kind is PageKind.ARTICLE
