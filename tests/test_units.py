"""Whole units: which boxes, sections and notices are refused, and what of the article is taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

import press
from broadsheet.model import Page, SiteRules
from extractors.blocks import text_blocks
from extractors.extract import extract
from extractors.judge import Verdict
from extractors.says import PageSays
from extractors.units import by_units
from press.pages import pages

SAYS = PageSays(frozenset({"theferryreturns"}), (), ("harbour gazette",), ("marawren",), ())
FIRST = "<p>The night ferry to the island returns in May after a pause of eleven years, the port authority said.</p>"
SECOND = "<p>The first boat is to leave on the evening of the third of May, weather permitting, with ninety beds.</p>"
THIRD = "<p>Islanders had collected nine hundred signatures, which is rather more than the island has inhabitants.</p>"
TEXT = FIRST + SECOND + THIRD
LINKS = '<ul><li><a href="/a">A bakery retires its robot</a></li><li><a href="/b">Seals counted</a></li></ul>'


def lines_of(markup, says=SAYS, *, judge=lambda _block: True):
    """The lines left of a page of which the engine took everything."""
    blocks = text_blocks(document_fromstring(f"<html><body><main>{markup}</main></body></html>"))
    verdicts = [Verdict(keep=True) if judge(block) else Verdict(keep=False, reason="unlike") for block in blocks]
    kept = by_units(blocks, [True] * len(blocks), verdicts, says)
    return [block.text for block, verdict in zip(blocks, kept, strict=True) if verdict.keep]


ARTICLE = lines_of(TEXT)
FURNITURE = {
    "a label and a list of links": f"<p>Elsewhere in the Harbour Gazette</p>{LINKS}",
    "a heading and a list of links": f"<h3>Mehr lesen</h3>{LINKS}",
    "the site's name": "<p>The Harbour Gazette on your favourite network</p>",
    "a newsletter": "<h3>Newsletter</h3><p class='small'>The news of the bay in your inbox every morning.</p>",
    "about the author": "<div><h4>Who wrote this</h4><p>Mara Wren has covered the port for eleven years.</p></div>",
    "a question": "<div><p>Was this story useful to you?</p><button>Yes</button></div>",
    "topics": "<div><h4>Topics</h4><ul><li><a href=/1>port</a></li><li><a href=/2>ferry</a></li></ul></div>",
    "an appeal": "<div><p>Reporting is paid for by its readers.</p><a href=/join>Become a supporter</a></div>",
}
AMID = {
    "a link with its label": "<p><b>Read more:</b> <a href=/a>A bakery retires its robot</a></p>",
    "a link in Japanese": "<p>【関連】<a href=/a>伝統の和船レース 女性だけの組が初参加</a></p>",
    "an offer in a box": "<div><h4>For the road</h4><p>Our app knows the tide.</p><a href=/app>Download it</a></div>",
    "a box of headlines": "<div><h4>Auch interessant</h4><a href=/a>Papierfabrik heizt bald die Stadt</a></div>",
    "a form": "<div><h3>The Morning Tide</h3><p>Five stories a day.</p><form><label>Mail</label></form></div>",
    "a table of one cell": "<table><tr><td>News by mail at six. <a href=/mail>Sign up here</a></td></tr></table>",
    "a player": "<div><p>Video: the harbour at first light</p><button>Play</button></div>",
}


@pytest.mark.parametrize("furniture", FURNITURE.values(), ids=FURNITURE)
def test_furniture_below_the_text_is_refused(furniture):
    assert lines_of(TEXT + furniture) == ARTICLE


@pytest.mark.parametrize("furniture", AMID.values(), ids=AMID)
def test_furniture_in_mid_text_is_refused(furniture):
    assert lines_of(FIRST + furniture + SECOND + THIRD) == ARTICLE


@pytest.mark.parametrize(
    "notice",
    [
        "Please skip the main menu to reach the main text area of this page.",
        "You can pass over the menu and begin at the text of this page.",
        "Das Menü überspringen und direkt zum Haupttext gelangen",
        "Passer le menu et aller directement au texte principal",
        "Saltar el menú e ir al contenido",
        "メニューを飛ばして本文を読む",
        "Пропустить меню и перейти к содержанию",
    ],
)
def test_a_notice_about_the_page_is_refused(notice):
    assert lines_of(f"<p>{notice}</p>{TEXT}") == ARTICLE


OWN_LINES = {
    "a subheading about social media": "<h2>Why social media fell silent</h2>",
    "a subheading about newsletters": "<h2>The newsletter that started it</h2>",
    "a subheading that names the site": "<h2>How the Harbour Gazette counted</h2>",
    "a short sentence": "<p>Nobody spoke against it.</p>",
    "a quote": "<blockquote><p>We have waited long enough for this boat.</p></blockquote>",
    "a list": "<ul><li>Adults: four crowns</li><li>Children: one crown</li></ul>",
    "a table": "<table><tr><th>Day</th><th>Boat</th></tr><tr><td>Monday</td><td>Elin</td></tr></table>",
    "a list of links that a colon announces": f"<p>The council published the two reports it had relied on:</p>{LINKS}",
    "a first sentence on menus": "<p>The menu on board will go to the cook's cousin, who asked to keep it short.</p>",
    "a sentence that is a link": "<p><a href=/x>The harbour master has since confirmed the date of the trip.</a></p>",
}


@pytest.mark.parametrize("lines", OWN_LINES.values(), ids=OWN_LINES)
def test_the_articles_own_lines_stay(lines):
    own = lines_of(lines + TEXT)[:-3] or lines_of(FIRST + lines)[1:]
    assert own
    assert lines_of(FIRST + lines + SECOND + THIRD) == [ARTICLE[0], *own, *ARTICLE[1:]]


@pytest.mark.parametrize(
    "last",
    [
        "It was first reported by the Valley Post, whose newsletter had mentioned a new boat in passing.",
        "On social media the news was shared four thousand times within the hour, mostly with pictures of cake.",
        "Follow the coast road to the pier, and leave the car at home, is what the port authority advises.",
    ],
)
def test_a_last_paragraph_may_speak_of_papers_and_networks(last):
    assert lines_of(f"{TEXT}<p>{last}</p>") == [*ARTICLE, last]


def test_a_headline_above_and_an_aside_are_refused():
    aside = "<aside><p>The port handles two million crates of herring a year, most by breakfast.</p></aside>"
    assert lines_of(f"<h1>Eleven years without a boat</h1>{FIRST}{aside}{SECOND}{THIRD}") == ARTICLE


def test_a_caption_that_only_the_judge_took_is_refused():
    caption = "<figure><figcaption>The Elin at the quay, where she has lain since the autumn.</figcaption></figure>"
    blocks = text_blocks(document_fromstring(f"<html><body><main>{caption}{TEXT}</main></body></html>"))
    engine = [False, True, True, True]
    kept = by_units(blocks, engine, [Verdict(keep=True)] * len(blocks), SAYS)
    assert [verdict.keep for verdict in kept] == engine


def test_what_lies_beside_the_articles_part_of_the_body_is_refused():
    blocks = text_blocks(
        document_fromstring(
            "<html><body><table><tr><td>Since 1887</td></tr></table><p>3 May, 11:10</p>"
            f"<div>{TEXT}</div><p><b>Letters</b></p><p>old salt: I rowed it once.</p></body></html>"
        )
    )
    kept = by_units(blocks, [True] * len(blocks), [Verdict(keep=True)] * len(blocks), SAYS)
    assert [block.text for block, verdict in zip(blocks, kept, strict=True) if verdict.keep] == ARTICLE
    assert {verdict.reason for verdict in kept if not verdict.keep} == {"outside the article's part of the page"}


def test_text_in_two_parts_of_the_body_is_kept_whole():
    blocks = text_blocks(document_fromstring(f"<html><body><div>{TEXT}</div><section>{TEXT}</section></body></html>"))
    kept = by_units(blocks, [True] * len(blocks), [Verdict(keep=True)] * len(blocks), SAYS)
    assert all(verdict.keep for verdict in kept)


def test_boxes_of_one_form_that_hold_the_text_are_no_furniture():
    part = "<div class=part><h3>Part {0}</h3><p>It took a year.</p><div><a href=/{0}>The report of it</a></div></div>"
    assert lines_of(FIRST + part + SECOND) == ARTICLE[:2]
    assert len(lines_of(FIRST + part + part + part + SECOND)) == len(ARTICLE[:2]) + 9


@pytest.mark.parametrize("lines", [THIRD, *(OWN_LINES[name] for name in ("a list", "a table", "a short sentence"))])
def test_what_the_judge_refused_for_its_looks_is_taken_back_by_its_place(lines):
    whole = lines_of(FIRST + lines + SECOND)
    refused = set(whole[1:-1])
    assert lines_of(FIRST + lines + SECOND, judge=lambda block: block.text not in refused) == whole


def test_a_page_without_running_text_is_left_as_judged():
    assert lines_of("<p>Home</p><p>Sign in</p>") == ["Home", "Sign in"]


@given(st.lists(st.sampled_from([FIRST, SECOND, LINKS, *FURNITURE.values(), *AMID.values(), *OWN_LINES.values()])))
def test_no_page_raises_and_no_paragraph_is_lost(parts):
    kept = lines_of("".join(parts))
    for paragraph, line in ((FIRST, ARTICLE[0]), (SECOND, ARTICLE[1])):
        assert kept.count(line) == parts.count(paragraph)


@pytest.mark.parametrize("edition", [1, 2])
def test_every_article_of_the_press_has_its_exact_text(edition):
    answers = pages(edition)
    for entry in press.ledger(edition):
        if entry.outcome == "article":
            host, path = entry.url.removeprefix("http://").split("/", 1)
            answer = answers[host, f"/{path}"]
            page = Page(answer.body, entry.url, answer.header("content-type"), press.NOW[edition])
            lines = extract(page, SiteRules()).text.split("\n")
            assert [line.removeprefix("- ") for line in lines] == [block.text for block in entry.blocks], entry.url
