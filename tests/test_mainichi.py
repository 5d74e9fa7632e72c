"""The case this project was asked for: furniture among an article's paragraphs, whatever the paper and its language."""

from html import escape

import pytest
from conftest import CORPORA
from mainichi_papers import ENGLISH, PAPERS, PaperArticle

from extractors import extract_html

CORPUS = CORPORA / "mainichi-article.txt"
HEADLINES = '<ul><li><a href="/a">A festival opens in June</a></li><li><a href="/b">A panda is born</a></li></ul>'
NETWORKS = '<ul><li><a href="/f">Facebook</a></li><li><a href="/i">Instagram</a></li></ul>'
OTHERS = [
    ("The Mainichi", "", "", ""),
    (
        "Coastal Times",
        "Use this link to leave out the menu and read the main text.",
        "Also in Coastal Times",
        "Coastal Times on social media",
    ),
    (
        "Valley Post",
        "Continue to the main column without the navigation",
        "Elsewhere in the Valley Post",
        "Find the Valley Post on your favourite network",
    ),
]


def tagged(text, tag="p"):
    return f"<{tag}>{escape(text, quote=False)}</{tag}>"


def as_siblings(paper, body):
    return tagged(paper.skip) + tagged(paper.title) + body + tagged(paper.also) + tagged(paper.social)


def as_siblings_below_a_headline(paper, body):
    return tagged(paper.skip) + tagged(paper.title, "h1") + body + tagged(paper.also) + tagged(paper.social)


def as_headings_and_lists(paper, body):
    above = tagged(paper.skip, "h2") + tagged(paper.title, "h1")
    return above + body + tagged(paper.also, "h2") + HEADLINES + tagged(paper.social, "h2") + NETWORKS


def as_headings_alone(paper, body):
    above = f"<ul>{tagged(paper.skip, 'li')}</ul>{tagged(paper.title, 'h1')}"
    return above + body + tagged(paper.also, "h3") + tagged(paper.social, "h3")


FORMS = [as_siblings, as_siblings_below_a_headline, as_headings_and_lists, as_headings_alone]


def page_of(paper, form, body=None):
    main = form(paper, body or "".join(map(tagged, paper.body)))
    head = f'<meta charset="utf-8"><title>{escape(paper.title)} - {paper.name}</title>'
    return f'<!doctype html><html><head>{head}</head><body><div id="main">{main}</div></body></html>'.encode()


def read(paper, form, body=None):
    extraction = extract_html(page_of(paper, form, body), "http://example.test/articles/20160521/p2a")
    return extraction.title, extraction.text.split("\n")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_an_article_comes_out_alone_and_complete(paper, form):
    assert read(paper, form) == (paper.title, list(paper.body))


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus does not lie beside this clone")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name, skip, also, social", OTHERS)
def test_the_article_that_began_it_comes_out_alone_and_complete(name, skip, also, social, form):
    notice, title, *body, related, networks = CORPUS.read_text(encoding="utf-8").strip().split("\n\n")
    paper = PaperArticle(name, skip or notice, also or related, social or networks, title, tuple(map(str.strip, body)))
    assert read(paper, form) == (title, list(paper.body))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "last",
    [
        "The Coastal Times had first reported the plan in March, and its newsletter carried a drawing of the arches.",
        "On social media, islanders posted pictures of the old bridge and asked what would become of its planks.",
        "The council will follow the advice of its engineers, and of nobody on Facebook, the mayor added.",
    ],
)
def test_a_last_paragraph_on_papers_and_networks_stays(last, form):
    body = "".join(map(tagged, [*ENGLISH.body, last]))
    assert read(ENGLISH, form, body) == (ENGLISH.title, [*ENGLISH.body, last])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("heading", ["Anger on social media", "A newsletter for the mainland", "What other papers say"])
def test_a_subheading_on_papers_and_networks_stays(heading, form):
    body = "".join(map(tagged, ENGLISH.body[:3])) + tagged(heading, "h2") + "".join(map(tagged, ENGLISH.body[3:]))
    assert read(ENGLISH, form, body) == (ENGLISH.title, [*ENGLISH.body[:3], heading, *ENGLISH.body[3:]])
