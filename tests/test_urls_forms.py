"""AMP and mobile forms that a page itself names: read off the page, kept with its article, not asked for again."""

import pytest
from warehousing import NOW, SOURCE, article, ask, errors, loaded, opened, poll, run, url

from broadsheet.model import Page, SiteRules, stable_id
from extractors import extract

HERE = "https://www.paper.test/2026/11/ferry.html"


def forms(head, page=HERE):
    html = f"<html><head><title>Ferry</title>{head}</head><body><p>The ferry leaves at nine.</body></html>"
    return extract(Page(html.encode(), page), SiteRules()).forms


@pytest.mark.parametrize(
    "link, expected",
    [
        ('<link rel="amphtml" href="/amp/2026/11/ferry.html">', "https://www.paper.test/amp/2026/11/ferry.html"),
        ('<link rel="amphtml" href="https://amp.paper.test/ferry?utm_source=x">', "https://amp.paper.test/ferry"),
        ('<link rel="amphtml" href="/2026/11/ferry.amp.html">', "https://www.paper.test/2026/11/ferry.amp.html"),
        (
            '<link rel="alternate" media="only screen and (max-width: 640px)" href="https://m.paper.test/a/ferry.html">',
            "https://m.paper.test/a/ferry.html",
        ),
        ('<link rel="alternate" media="handheld" href="//m.paper.test/ferry">', "https://m.paper.test/ferry"),
    ],
)
def test_a_page_names_its_amp_and_mobile_forms(link, expected):
    assert forms(link) == (expected,)


@pytest.mark.parametrize(
    "link",
    [
        f'<link rel="amphtml" href="{HERE}">',
        '<link rel="amphtml" href="">',
        '<link rel="amphtml" href="/amp/">',
        '<link rel="amphtml" href="/amp/2026/11/bridge.html">',
        '<link rel="amphtml" href="https://elsewhere.test/amp/2026/11/ferry.html">',
        '<link rel="alternate" hreflang="fr" href="/fr/2026/11/ferry.html">',
        '<link rel="alternate" type="application/rss+xml" href="/2026/11/ferry.rss">',
        '<link rel="alternate" media="print" href="/2026/11/ferry.html?x">',
    ],
)
def test_another_page_is_no_form_of_this_one(link):
    assert forms(link) == ()


def test_an_article_told_by_its_query_has_forms_with_the_same_query():
    page = "https://www.paper.test/read?id=7&lang=en"
    assert forms('<link rel="amphtml" href="/amp/read?id=7&lang=en">', page)
    assert not forms('<link rel="amphtml" href="/amp/read?id=8&lang=en">', page)


@pytest.fixture
def house(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        yield warehouse


def with_forms(name, *named, **more):
    row = article(name, **more)
    row["extraction"]["forms"] = [url(each) for each in named]
    return row


def claimed(house, name, *polls, at=NOW):
    this = run(name, at=at)
    house.begin_run(this)
    claims = house.plan(this, polls, [SOURCE], [], at)
    house.end_run(name, "completed", at)
    return {claim.url for claim in claims}


def test_a_form_that_a_read_page_names_is_not_asked_for(house, tmp_path):
    loaded(house, tmp_path, [with_forms("ferry", "amp/ferry")])
    assert errors(house) == {}
    assert claimed(house, "run-2", poll("amp/ferry", "bridge")) == {url("bridge")}


def test_a_form_that_was_waiting_waits_no_longer(house, tmp_path):
    this = run("run-0")
    house.begin_run(this)
    house.plan(this, [poll("amp/ferry", "bridge")], [], [], NOW)
    house.end_run("run-0", "completed", NOW)
    loaded(house, tmp_path, [with_forms("ferry", "amp/ferry")])
    assert claimed(house, "run-2") == {url("bridge")}


def test_a_form_leads_to_its_article_and_makes_none(house, tmp_path):
    loaded(house, tmp_path, [with_forms("ferry", "amp/ferry", "m/ferry")])
    assert ask(house, "select count(*) from core.article") == [(1,)]
    known = ask(house, "select url_id, is_form from core.article_url order by is_form, url_id")
    expected = [(stable_id(url(name)), name != "ferry") for name in ("ferry", "amp/ferry", "m/ferry")]
    assert sorted(known) == sorted(expected)


def test_a_page_that_was_read_stays_a_page(house, tmp_path):
    loaded(house, tmp_path, [article("amp/ferry", title="Another story", text="Quite another text. " * 20)])
    loaded(house, tmp_path, [with_forms("ferry", "amp/ferry")], name="run-2")
    assert ask(house, "select count(*) from core.article") == [(2,)]
    assert ask(house, "select count(*) from core.article_url where is_form") == [(0,)]
