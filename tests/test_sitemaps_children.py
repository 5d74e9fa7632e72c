"""The sitemaps that an index names: what their dates say, and which of them are asked now."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.discovery.children import Child, child, due, in_order

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def names(children):
    return [each.url for each in children]


def covers(url, *others):
    (found,) = (each.covers for each in in_order([Child(url), *map(Child, others)]) if each.url == url)
    return found


@pytest.mark.parametrize(
    "url, first, last",
    [
        ("https://a.test/sitemap-2026-11.xml", date(2026, 11, 1), date(2026, 11, 30)),
        ("https://a.test/sitemap-2026-11-24.xml", date(2026, 11, 24), date(2026, 11, 24)),
        ("https://a.test/sitemap_202402.xml.gz", date(2024, 2, 1), date(2024, 2, 29)),
        ("https://a.test/sitemaps/20261124.xml", date(2026, 11, 24), date(2026, 11, 24)),
        ("https://a.test/sitemap/2026/11/24", date(2026, 11, 24), date(2026, 11, 24)),
        ("https://a.test/sitemap.xml?yyyy=2026&mm=11&dd=24", date(2026, 11, 24), date(2026, 11, 24)),
        ("https://a.test/sitemap.xml?yyyy=2026&mm=2", date(2026, 2, 1), date(2026, 2, 28)),
        ("https://a.test/sitemap.xml?year=2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("https://a.test/2026/sitemap.xml", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_name_may_tell_the_days_that_a_sitemap_is_of(url, first, last):
    assert covers(url) == (first, last)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.test/sitemap-1.xml",
        "https://a.test/sitemap-12345678.xml",
        "https://a.test/sitemap.xml?yyyy=2026&mm=13",
        "https://a.test/sitemap-20261324.xml",
        "https://2026.a.test/sitemap.xml",
        "https://a.test/post-sitemap.xml",
    ],
)
def test_any_other_number_tells_nothing(url):
    assert covers(url) is None


def test_a_year_among_numbers_is_a_number():
    row = [f"https://a.test/post-sitemap{n}.xml" for n in range(1998, 2003)]
    assert covers(*row) == (date(1998, 1, 1), date(1998, 12, 31))
    assert covers(*row, "https://a.test/post-sitemap3.xml") is None


@pytest.mark.parametrize(
    "lastmod, expected",
    [
        ("2026-11-24T12:00:00Z", NOON + HOUR),
        ("2026-11-24T14:00:00+02:00", NOON + HOUR),
        ("2026-11-24", datetime(2026, 11, 25, 12, tzinfo=UTC)),  # the day is over everywhere
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_a_day_counts_to_its_end_and_an_instant_allows_for_clocks(lastmod, expected):
    assert child("https://a.test/1.xml", lastmod).latest == expected


def test_the_newest_come_first_and_those_without_a_date_keep_their_place_behind():
    given_ = [
        child("https://a.test/b.xml", None),
        child("https://a.test/a.xml", None),
        child("https://a.test/sitemap-2026-10.xml", None),
        child("https://a.test/c.xml", "2026-11-24T12:00:00Z"),
    ]
    assert names(in_order(given_)) == [
        "https://a.test/c.xml", "https://a.test/sitemap-2026-10.xml", "https://a.test/b.xml", "https://a.test/a.xml",
    ]  # fmt: skip


def test_what_has_not_changed_since_it_was_asked_is_not_asked():
    old = child("https://a.test/old.xml", "2026-11-01T12:00:00Z")
    new = child("https://a.test/new.xml", "2026-11-24T12:00:00Z")
    undated = child("https://a.test/undated.xml", None)
    asked = dict.fromkeys(names([old, new, undated]), NOON - DAY)
    assert due([new, old, undated], asked, most=50) == (new, undated)
    assert due([new, old, undated], {}, most=50) == (new, old, undated)


def test_a_day_that_is_not_over_may_bring_more():
    today = child("https://a.test/today.xml", "2026-11-24")
    assert due([today], {today.url: NOON}, most=50) == (today,)
    assert due([today], {today.url: NOON + 2 * DAY}, most=50) == ()


def test_since_leaves_out_what_ends_before():
    children = in_order([
        child("https://a.test/sitemap-2026-09.xml", "2026-11-24T12:00:00Z"),
        child("https://a.test/sitemap-2026-10.xml", None),
        child("https://a.test/sitemap-2026-11.xml", None),
        child("https://a.test/x.xml", "2026-10-01T12:00:00Z"),
        child("https://a.test/y.xml", None),
    ])  # fmt: skip
    since = datetime(2026, 10, 31, tzinfo=UTC)
    assert set(names(due(children, {}, since=since, most=50))) == {
        "https://a.test/sitemap-2026-10.xml", "https://a.test/sitemap-2026-11.xml", "https://a.test/y.xml",
    }  # fmt: skip


def test_an_index_of_changing_sitemaps_still_gives_each_its_turn():
    """All 500 say that they changed just now; 50 are asked a run. The newest are asked every time."""
    children = [Child(f"https://a.test/{n}.xml", NOON + DAY * 400 - HOUR * n) for n in range(500)]
    asked = {}
    for run in range(20):
        chosen = due(children, asked, most=50)
        assert len(chosen) == 50
        assert names(chosen)[:25] == names(children)[:25]
        asked.update(dict.fromkeys(names(chosen), NOON + DAY * run))
    assert asked.keys() == set(names(children))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 60), max_size=80), st.integers(1, 60))
def test_never_more_than_asked_for_and_none_twice(ages, most):
    children = [Child(f"https://a.test/{n}.xml", NOON - DAY * age if age else None) for n, age in enumerate(ages)]
    chosen = due(children, {each.url: NOON - 30 * DAY for each in children[::2]}, most=most)
    assert len(chosen) == len(set(names(chosen))) <= most
