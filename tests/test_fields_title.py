# ruff: noqa: RUF001 - other scripts are the point
import pytest
from fielding import article, evidence, fields, page

from extractors.fields.suffix import Behind, without_suffix


@pytest.mark.parametrize(
    "raw,expected",
    [
        ("Harbour to be widened | Tidings", "Harbour to be widened"),
        ("Harbour to be widened - Tidings", "Harbour to be widened"),
        ("Harbour to be widened – Politics | Tidings News", "Harbour to be widened"),
        ("Harbour to be widened - tidings.test", "Harbour to be widened"),
        ("Harbour to be widened - a first step", "Harbour to be widened - a first step"),
        ("Tidings | Tidings", "Tidings | Tidings"),
        ("Tidings | Harbour to be widened", "Harbour to be widened"),
        ("Harbour to be widened | Tidings Politics", "Harbour to be widened"),
        ("Harbour to be widened | Politics News | Tidings", "Harbour to be widened"),
        ("Harbour to be widened | Tídings", "Harbour to be widened"),
        ("Harbour to be widened | Tidings – Voice of the Coast", "Harbour to be widened"),
        ("Harbour - Tidings of the coast - a third part", "Harbour - Tidings of the coast - a third part"),
        ("港を拡張へ　市議会が可決：潮の便り", "港を拡張へ　市議会が可決"),
        ("港の拡張：市議会が可決", "港の拡張：市議会が可決"),
    ],
)
def test_only_the_site_and_section_behind_a_headline_go(raw, expected):
    names = {"tidings", "tidingstest", "tidingsvoiceofthecoast", "潮の便り"}
    known = Behind(own=frozenset(names), sections=frozenset({"politics"}))
    assert without_suffix(raw, known) == expected


def test_what_another_headline_omits_goes():
    assert (
        without_suffix(
            "Harbour to be widened * The Gull * by Ada Lane", Behind(frozenset(), frozenset({"harbourtobewidened"}))
        )
        == "Harbour to be widened"
    )


def test_what_the_heading_ends_with_stays():
    known = Behind(own=frozenset({"tidings"}), heading="harbourwidenedtidings")
    assert without_suffix("Harbour widened - Tidings", known) == "Harbour widened - Tidings"


def test_og_title_comes_first_and_the_losers_stay_as_evidence():
    head = '<meta property="og:title" content="Council widens harbour"><title>Harbour to be widened</title>'
    read = fields(page(head=head))
    assert read.title == "Council widens harbour"
    assert evidence(read, "title") == [
        ("opengraph", "meta[og:title]", "Council widens harbour", True),
        ("dom", "h1", "Harbour to be widened", False),
        ("dom", "title", "Harbour to be widened", False),
    ]


def test_the_json_ld_headline_wins_over_an_og_title_made_for_sharing():
    site = '<meta property="og:site_name" content="Tidings">'
    head = f'{site}<meta property="og:title" content="Unbelievable harbour | Tidings">'
    assert fields(page(head=head, ld=article())).title == "Harbour to be widened"


def test_the_json_ld_headline_wins_over_an_og_title_that_repeats_the_page():
    head = (
        '<meta property="og:title" content="Live: council debates"><title>Live: council debates | tidings.test</title>'
    )
    assert fields(page(head=head, body="<h1>Live: council debates</h1>", ld=article())).title == "Harbour to be widened"


def test_the_json_ld_headline_wins_where_the_heading_says_it_and_the_document_title_says_og_title():
    head = '<meta property="og:title" content="Ten facts about harbours"><title>Ten facts about harbours</title>'
    assert fields(page(head=head, ld=article())).title == "Harbour to be widened"


def test_short_names_of_hosts_and_folders_of_the_address_are_no_part_of_a_headline():
    head = "<title>Harbour to be widened | Coast | BCT</title>"
    read = fields(page(head=head, body="<p>x</p>"), url="https://www.bct.test/coast/2026/1.html")
    assert read.title == "Harbour to be widened"


def test_a_headline_cut_short_yields_to_the_whole():
    head = '<meta property="og:title" content="Harbour to be...">'
    assert fields(page(head=head)).title == "Harbour to be widened"


def test_punctuation_and_kickers_are_kept_and_markup_goes():
    head = '<meta property="og:title" content="Harbour: &amp;bdquo;Wide&amp;shy;ned&amp;ldquo; &lt;i&gt;now&lt;/i&gt;">'
    assert fields(page(head=head)).title == "Harbour: „Widened“ now"


def test_a_page_without_h1_has_the_heading_its_title_begins_with():
    body = "<h2>Tidings of the day</h2><h2>港を拡張へ　市議会が可決</h2>"
    read = fields(page(head="<title>港を拡張へ　市議会が可決：潮の便り</title>", body=body, lang="ja"))
    assert (read.title, read.site_name) == ("港を拡張へ　市議会が可決", "潮の便り")


def test_a_heading_that_is_a_logo_is_no_headline():
    head = "<title>Harbour to be widened after a long night - Gull News</title>"
    assert (
        fields(page(head=head, body="<h1>The Gull</h1>")).title
        == "Harbour to be widened after a long night - Gull News"
    )


def test_a_page_that_says_nothing_has_no_title():
    assert fields("<p>text</p>").title == ""


def test_a_page_with_no_heading_has_the_paragraph_that_its_title_begins_with_as_headline():
    body = "<p>Skip the menu</p><p>Harbour to be widened this autumn</p><p>The council voted on Tuesday.</p>"
    head = "<title>Harbour to be widened this autumn - The Valley Post</title>"
    assert fields(page(head=head, body=body)).title == "Harbour to be widened this autumn"
