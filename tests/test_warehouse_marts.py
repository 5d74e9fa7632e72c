"""The marts, on a handful of articles."""

from datetime import date

import pytest
from warehousing import DAY, HOUR, NOW, article, ask, gone, loaded, opened, poll, rejected, run

from broadsheet.model import Endpoint, EndpointKind, Reason


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
    asked = "select day, articles, title, round(authors, 2), published_on, round(published_at, 2), images"
    assert ask(house, f"{asked} from mart.extraction_yield order by day") == [
        (date(2026, 11, 20), 3, 1.0, 0.67, 1.0, 0.67, 1.0),
        (date(2026, 11, 21), 1, 1.0, 1.0, 1.0, 1.0, 1.0),
    ]


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
        ([article("x"), rejected("y", "redirect_outside"), rejected("z", "redirect_outside")], None, "redirected"),
        ([article("x")], Reason.SERVER_ERROR, "silent"),
        ([], Reason.BLOCKED, "blocked"),
        ([article("x")], Reason.RATE_LIMITED, "blocked"),
        ([article("x")], Reason.REDIRECT_OUTSIDE, "redirected"),
    ],
)
def test_the_health_of_a_source_is_told_by_its_last_run(tmp_path, rows, reason, state):
    with opened(tmp_path / "data") as house:
        this = run("run-1")
        house.begin_run(this)
        house.plan(this, [poll("x", reason=reason)], [], [], NOW)
        loaded(house, tmp_path, rows, name="run-2")
        assert ask(house, "select source, state, poll_reason from mart.source_health") == [("paper", state, reason)]


def days(first, last, a_day):
    """Articles of the days from `first` to `last` before NOW, each day as many."""
    return [
        article(
            f"d{day}-{number}", NOW - day * DAY, title=f"{day} {number}", text=f"Told on day {day}, number {number}."
        )
        for day in range(first, last, -1)
        for number in range(a_day)
    ]


@pytest.mark.parametrize(
    "rows, state",
    [
        (days(40, 0, 2), "ok"),
        (days(40, 7, 2), "silent"),
        (days(40, 7, 2) + days(2, 1, 4), "low"),
        (days(40, 39, 80), "ok"),  # an archive that came on the first day is no measure
    ],
)
def test_a_source_is_measured_by_its_own_past(tmp_path, rows, state):
    with opened(tmp_path / "data") as house:
        this = run("run-1")
        house.begin_run(this)
        house.plan(this, [poll("x")], [], [], NOW)
        loaded(house, tmp_path, rows, name="run-2")
        assert ask(house, "select state from mart.source_health") == [(state,)]


def asked_late(house, late, *polls):
    """A run that finds nothing new, `late` after NOW."""
    this = run("late", at=NOW + late)
    house.begin_run(this)
    house.plan(this, polls or [poll(at=NOW + late)], [], [], NOW + late)
    house.end_run("late", "completed", NOW + late)


def every(hours, count):
    """As many articles, one in so many hours, the last of them now."""
    return [
        article(f"e{each}", NOW - each * hours * HOUR, title=f"{each}", text=f"Told as number {each} of them.")
        for each in range(count)
    ]


WEEKLY = [
    article(f"w{week}-{each}", NOW - week * 7 * DAY, title=f"{week} {each}", text=f"Week {week}, number {each}.")
    for week in range(6)
    for each in range(9)
]


@pytest.mark.parametrize(
    "rows, rest, state",
    [
        (every(28, 30), 21 * DAY, "silent"),  # six a week
        (every(28, 30), 60 * DAY, "silent"),
        (every(28, 30), 4 * DAY, "ok"),
        (every(2, 60), 2 * DAY, "silent"),
        (every(2, 60), 20 * HOUR, "ok"),
        (WEEKLY, 7 * DAY, "ok"),  # once a week, all at once
        (every(28, 2), 21 * DAY, "ok"),  # too few to know its ways
    ],
)
def test_a_source_is_silent_when_it_rests_longer_than_is_its_way(tmp_path, rows, rest, state):
    with opened(tmp_path / "data") as house:
        loaded(house, tmp_path, rows)
        asked_late(house, rest)
        assert ask(house, "select state from mart.source_health") == [(state,)]


def test_one_endpoint_that_fails_beside_one_that_brings_news_silences_nobody(tmp_path):
    moved = Endpoint("https://paper.test/old.xml", EndpointKind.FEED)
    failing = poll(at=NOW + HOUR, endpoint=moved, reason=Reason.NOT_FOUND)
    with opened(tmp_path / "data") as house:
        loaded(house, tmp_path, [article("a")])
        asked_late(house, HOUR, poll("a", at=NOW), failing)
        assert ask(house, "select state, poll_reason from mart.source_health") == [("ok", None)]


def test_an_article_that_another_source_had_first_is_news_of_both(tmp_path):
    with opened(tmp_path / "data") as house:
        loaded(house, tmp_path, [article("a")])
        loaded(house, tmp_path, [article("mirror", NOW + HOUR, canonical="a", source="mirror")], name="run-2")
        assert ask(house, "select source, state, articles from mart.source_health order by source") == [
            ("mirror", "ok", 1), ("paper", "ok", 1),
        ]  # fmt: skip


def test_one_rejected_page_makes_no_source_low(tmp_path):
    with opened(tmp_path / "data") as house:
        loaded(house, tmp_path, every(1, 30))
        loaded(house, tmp_path, [rejected("v", "not_article", NOW + HOUR)], name="run-2", at=NOW + HOUR)
        assert ask(house, "select state, attempted, rejected from mart.source_health") == [("ok", 1, 1)]


def test_latency_is_measured_from_publication(house):
    asked = "select articles, timed, median_minutes_to_capture, median_minutes_to_load from mart.latency"
    assert ask(house, asked) == [(3, 2, 120.0, 120.0)]  # published at six, captured and loaded at eight


def test_check_results_tell_how_many_more_there_are(house):
    house.check(NOW)
    ask(house, "update core.article set published_on = date '1890-01-01' where url like '%/c'")
    house.check(NOW + DAY)
    asked = (
        "select offending, more_than_before from mart.check_results where name = 'before_the_web' order by checked_at"
    )
    assert ask(house, asked) == [(0, None), (1, 1)]
