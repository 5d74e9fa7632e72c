"""The marts, on a handful of articles."""

from datetime import date

import pytest
from warehousing import DAY, NOW, article, ask, gone, loaded, opened, poll, rejected, run

from broadsheet.model import Reason


@pytest.fixture
def house(tmp_path):
    bare = article("b", title="B", text="A text of its own, and no more than that.")
    bare["extraction"] |= {"authors": [], "author_kinds": [], "tags": [], "section": None, "published_at": None}
    bare["extraction"] |= {"published_on": "2026-11-19", "published_precision": "day"}
    two = article("c", title="C", text="Two wrote this one, a person and an agency.")
    two["extraction"] |= {"authors": ["Bo Li", "dpa"], "author_kinds": ["person", "organisation"]}
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, [article("a"), bare, two, rejected("d", "gallery", detail="12 pictures")])
        loaded(warehouse, tmp_path, [article("a", NOW + DAY, title="New"), gone("b", NOW + DAY)], name="run-2")
        yield warehouse


def test_authors_are_one_row_each_in_the_order_of_the_byline(house):
    assert ask(house, "select author, kind, place, published_on from mart.authors order by all") == [
        ("Ann Lee", "person", 1, date(2026, 11, 20)),
        ("Bo Li", "person", 1, date(2026, 11, 20)),
        ("dpa", "organisation", 2, date(2026, 11, 20)),
    ]


def test_tags_are_one_row_each(house):
    assert ask(house, "select tag, count(*) from mart.tags group by all order by all") == [
        ("bridges", 2),
        ("traffic", 2),
    ]


def test_days_count_articles_edits_and_ends(house):
    assert ask(house, "select day, articles, edited, gone from mart.daily_counts order by all") == [
        (date(2026, 11, 19), 1, 0, 1),
        (date(2026, 11, 20), 2, 1, 0),
    ]


def test_the_yield_of_each_field_is_a_share(house):
    assert ask(house, "select articles, title, round(authors, 2), published_on, round(published_at, 2), images "
                      "from mart.extraction_yield") == [(3, 1.0, 0.67, 1.0, 0.67, 1.0)]  # fmt: skip


def test_the_history_holds_each_version_with_its_text(house):
    rows = ask(house, "select url, number, change_kind, title, text is null from mart.article_history order by all")
    assert [(each[0][-1], *each[1:]) for each in rows] == [
        ("a", 1, "first", "Bridge closed", False),
        ("a", 2, "substantive", "New", False),
        ("b", 1, "first", "B", False),
        ("b", 2, "gone", None, True),
        ("c", 1, "first", "C", False),
    ]


def test_what_was_published_at_an_instant_can_be_asked(house):
    asked = (
        "select title from mart.article_history where url like '%/a' "
        "and valid_from <= timestamptz '{0}' and coalesce(valid_to > timestamptz '{0}', true)"
    )
    assert ask(house, asked.format(NOW)) == [("Bridge closed",)]
    assert ask(house, asked.format(NOW + DAY)) == [("New",)]


def test_attempts_tell_why_and_what_became_of_them(house):
    assert ask(house, "select run_id, why, outcome, reason, detail from mart.attempts where url like '%/d'") == [
        ("run-1", "new", "rejected", "gallery", "12 pictures")
    ]
    assert ask(house, "select outcome, why, count(*) from mart.attempts group by all order by all") == [
        ("edited", "due", 1), ("gone", "due", 1), ("new", "new", 3), ("rejected", "new", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows, reason, state",
    [
        ([article("x")], None, "ok"),
        ([article("x"), rejected("y", "listing"), rejected("z", "listing")], None, "low"),
        ([article("x"), rejected("y", "blocked"), rejected("z", "rate_limited")], None, "blocked"),
        ([rejected("y", "listing")], None, "silent"),
        ([article("x")], Reason.SERVER_ERROR, "silent"),
    ],
)
def test_the_health_of_a_source_is_told_by_its_last_run(tmp_path, rows, reason, state):
    with opened(tmp_path / "data") as house:
        this = run("run-1")
        house.begin_run(this)
        house.plan(this, [poll("x", reason=reason)], [], [], NOW)
        loaded(house, tmp_path, rows, name="run-2")
        assert ask(house, "select source, state, poll_reason from mart.source_health") == [("paper", state, reason)]
