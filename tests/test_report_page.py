"""The report's page: what it says, what it keeps from happening, and how it looks with little to show."""

from datetime import date

import pytest
from reporting import (
    AS_OF,
    attempts,
    cluster,
    facts,
    headline,
    health,
    newest,
    parsed,
    published,
    section,
    table,
    text_of,
)

from flows.reporting.counting import FIELDS
from flows.reporting.wording import plain

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style><svg onload=alert(1)>",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "&lt;b&gt; &amp; \u202etxet\u202c \x00\x1b[31m",
    "]]> <!-- -->",
]
EMPTY = {
    "articles": "No article was published in these 3 days.",
    "latency": "No article first seen in these 3 days says when it was published.",
    "sources": "No source was asked yet.",
    "fields": "No article page was read in these 3 days.",
    "attempts": "Nothing was attempted in these 3 days.",
    "edits": "No article was seen to change in these 3 days.",
    "copies": "No two articles of these 3 days print one text.",
    "archive": "Nothing is kept yet.",
    "hosts": "No host was asked in these 3 days.",
    "newest": "No articles yet.",
}


@pytest.mark.parametrize("title", HOSTILE)
def test_what_a_paper_prints_is_text_and_nothing_else(title):
    shown = facts(
        newest=[newest(title, authors=[title], url="javascript:alert(1)"), newest(title)],
        headlines=[headline(title, f"{title} later", url="data:text/html,x"), headline("before", title)],
        clusters=[cluster(title, credited_to=title, url="javascript:alert(1)")],
        published=[published(title, 3), published("b", 1)],
        health=[health(title, "blocked", reason=title)],
        totals={"articles": 2, "sources": 1},
    )
    tree = parsed(text_of(shown, drawn=True))
    assert tree.xpath("//script | //img | //iframe | //object | //*[@onload or @onerror or @onmouseover]") == []
    assert {link.split(":")[0] for link in tree.xpath("//a/@href") if not link.startswith("#")} == {"https"}
    assert " ".join(plain(title).split()) in section(tree, "newest")


def test_every_link_to_a_paper_tells_it_nothing_of_us():
    tree = parsed(text_of(facts(newest=[newest("A")], headlines=[headline("A", "B")], clusters=[cluster("C")])))
    links = [each for each in tree.xpath("//a") if not each.get("href").startswith("#")]
    assert [each.get("rel") for each in links] == ["noopener noreferrer nofollow"] * 3


def test_the_page_names_nothing_that_a_browser_would_load():
    shown = facts(published=[published("a", 3), published("b", 1)], newest=[newest("A")], totals={"articles": 1})
    text = text_of(shown, drawn=True)
    tree = parsed(text)
    assert tree.xpath("//@src | //link[not(starts-with(@href, 'data:'))] | //@style[contains(., 'url')]") == []
    assert "@import" not in text
    assert "url(" not in text
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


@pytest.mark.parametrize("name", EMPTY)
def test_with_no_article_each_section_says_so(name):
    assert EMPTY[name] in section(parsed(text_of(facts())), name)


def test_with_no_article_the_head_says_what_to_do():
    assert "No articles yet. broadsheet run" in " ".join(parsed(text_of(facts())).text_content().split())


def test_when_nothing_was_published_lately_it_says_when_the_newest_was():
    shown = facts(totals={"articles": 9, "last_day": date(2025, 1, 2)})
    assert "The newest is of 2 Jan 2025: broadsheet report --days N" in section(parsed(text_of(shown)), "articles")


def test_a_single_source_needs_no_bars_beside_those_of_all():
    tree = parsed(text_of(facts(published=[published("paper", 4)]), drawn=True))
    assert len(tree.xpath("//section[@id='articles']//*[@role='img']")) == 1
    assert table(tree, "Articles published") == [["15 Mar 2026", "4", "4"]]


def test_a_single_day_is_drawn():
    shown = facts(
        days=1,
        published=[published("a", 4), published("b", 2)],
        latency=[
            {
                "day": date(2026, 3, 15),
                "source": None,
                "articles": 6,
                "timed": 6,
                "median_minutes": 0,
                "p90_minutes": 0,
            },
            {"day": None, "source": None, "articles": 6, "timed": 6, "median_minutes": 0, "p90_minutes": 0},
        ],
        archive=[{"day": date(2026, 3, 15), "records": 1, "bytes": 20}],
    )
    assert "6 articles published in 1 day" in section(parsed(text_of(shown, drawn=True)), "articles")


def test_the_small_sources_are_summed_and_no_article_is_lost():
    rows = [published(f"paper-{at:02}", at + 1) for at in range(12)]
    tree = parsed(text_of(facts(published=rows)))
    assert "4 other sources: 10 articles." in section(tree, "articles")
    assert table(tree, "Articles published") == [["15 Mar 2026", *map(str, range(12, 4, -1)), "10", "78"]]


def test_a_chart_says_in_words_what_it_shows_and_has_its_numbers_beside_it():
    shown = facts(published=[published("a", 3), published("b", 1)])
    (told, by_source) = parsed(text_of(shown, drawn=True)).xpath(
        "//section[@id='articles']//*[@role='img']/@aria-label"
    )
    assert told == "Bars, one a day. Most, 4 articles: 15 Mar 2026."
    assert by_source == "A row of bars for each source, a bar a day, all to one scale. In all: a 3; b 1."


def test_without_the_drawing_libraries_the_tables_stand_open_and_a_line_says_how_to_get_charts():
    shown = facts(
        published=[published("a", 3)],
        attempts=[attempts("rejected", 2, reason="listing")],
        changes=[{"change_kind": "minor", "changes": 1, "articles": 1, "headlines": 0}],
    )
    tree = parsed(text_of(shown))
    assert tree.xpath("//*[@role='img']") == []
    assert len(tree.xpath("//details")) == len(tree.xpath("//details[@open]")) == 3
    assert "pip install 'broadsheet[charts]'" in tree.text_content()
    assert parsed(text_of(shown, drawn=True)).xpath("//details[@open]") == []


def test_what_is_in_need_of_a_look_stands_at_the_top():
    shown = facts(
        health=[health("good"), health("bad", "blocked", reason="rate_limited")],
        checks=[{"name": "short_texts", "severity": "warning", "offending": 3, "checked_at": AS_OF}],
        totals={"articles": 4, "sources": 2},
    )
    told = " ".join(parsed(text_of(shown)).xpath("//ul[@class='alerts']")[0].text_content().split())
    assert "blocked bad, mostly rate_limited; last new article: 15 Mar 2026, 12:00 UTC" in told
    assert "check short_texts finds 3 rows" in told


def test_sources_in_need_of_a_look_come_first_and_the_rest_are_counted_beyond_the_longest_list():
    rows = [health(f"paper-{at:03}", articles=at) for at in range(260)] + [health("zero", "silent", articles=0)]
    tree = parsed(text_of(facts(health=rows)))
    assert [row[0] for row in table(tree, "Sources, those in need")[:2]] == ["zero", "paper-259"]
    assert "11 sources more, all well" in section(tree, "sources")


def test_the_ledger_balances_on_the_page():
    shown = facts(attempts=[attempts("new", 1200), attempts("rejected", 2, reason="listing")])
    assert "1 202 attempts in 3 days = 1 200 new + 2 rejected." in section(parsed(text_of(shown)), "attempts")


def test_a_yield_is_told_of_each_source_and_of_all():
    day = date(2026, 3, 15)
    rows = [
        {"source": "a", "day": day, "articles": 4} | dict.fromkeys(FIELDS, 4) | {"tags": 1},
        {"source": "b", "day": day, "articles": 6} | dict.fromkeys(FIELDS, 6) | {"tags": 0},
    ]
    shown = {row[0]: (row[1], row[7]) for row in table(parsed(text_of(facts(yields=rows))), "Pages with each field")}
    assert shown == {"all sources": ("10", "10 %"), "a": ("4", "25 %"), "b": ("6", "0 %")}


def test_both_headlines_stand_there_with_the_words_that_differ_marked():
    tree = parsed(text_of(facts(headlines=[headline("Town sells its meters", "Town sells 214 meters")])))
    assert (tree.xpath("string(//del)"), tree.xpath("string(//ins)")) == ("its ", "214 ")
    assert "was Town sells its meters is Town sells 214 meters open" in section(tree, "edits")


def test_the_same_facts_give_the_same_page():
    shown = facts(published=[published("a", 3), published("b", 1)], newest=[newest("A")])
    assert text_of(shown, drawn=True) == text_of(shown, drawn=True)


def test_the_page_has_landmarks_headings_in_order_and_a_caption_to_every_table():
    shown = facts(
        health=[health("a", "silent")], published=[published("a", 1)], clusters=[cluster("C")], totals={"articles": 1}
    )
    tree = parsed(text_of(shown, drawn=True))
    assert tree.get("lang") == "en"
    assert [len(tree.xpath(f"//{name}")) for name in ("header", "nav", "main", "footer", "h1")] == [1] * 5
    assert tree.xpath("//table[not(caption)] | //th[not(@scope)]") == []
    assert tree.xpath("//body/a[1]/@href") == ["#main"]
    targets = [link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")]
    assert all(len(tree.xpath(f"//*[@id='{name}']")) == 1 for name in targets)
