"""The parts of the report that are pure: spans, words, sums, small pictures, marked headlines."""
# ruff: noqa: RUF001 - dashes and minus signs as they are printed

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import lxml.etree
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reporting import attempts, published

from flows.reporting import counting, sparklines, wording
from flows.reporting.marking import marked
from flows.reporting.span import span_of

MOMENTS = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
THIN = "\u202f"


def test_a_span_ends_on_the_day_of_the_last_load():
    span = span_of(datetime(2026, 3, 15, 23, 59, tzinfo=UTC), 3)
    assert (span.since, span.until, span.days, span.unit) == (date(2026, 3, 13), date(2026, 3, 15), 3, "day")
    assert span.stretches() == [date(2026, 3, 13), date(2026, 3, 14), date(2026, 3, 15)]


@pytest.mark.parametrize(
    "days, unit, first",
    [
        (92, "day", (2025, 12, 14)),
        (93, "week", (2025, 12, 8)),
        (730, "week", (2024, 3, 11)),
        (731, "month", (2024, 3, 1)),
    ],
)
def test_long_spans_have_weeks_or_months(days, unit, first):
    span = span_of(datetime(2026, 3, 15, tzinfo=UTC), days)
    assert (span.unit, span.stretches()[0]) == (unit, date(*first))


@given(MOMENTS, st.integers(1, 40_000))
def test_every_day_of_a_span_lies_in_just_one_stretch(as_of, days):
    span = span_of(as_of, days)
    found = span.stretches()
    assert found[0] <= span.since
    assert found[-1] <= span.until
    assert all(earlier < later for earlier, later in pairwise(found))
    assert {"day": 1, "week": 7, "month": 31}[span.unit] >= (span.until - found[-1]).days + 1


def test_a_span_of_no_day_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        span_of(datetime(2026, 3, 15, tzinfo=UTC), 0)


@pytest.mark.parametrize(
    "value, told",
    [
        (0, "0"),
        (999, "999"),
        (1000, f"1{THIN}000"),
        (1_234_567, f"1{THIN}234{THIN}567"),
        (167.25, "167.2"),
        (None, "–"),
    ],
)
def test_numbers_have_thin_spaces(value, told):
    assert wording.number(value) == told


@pytest.mark.parametrize(
    "value, told", [(0, "0 B"), (999, "999 B"), (1200, "1.2 kB"), (54_000_000_000, "54 GB"), (999_999, "1.0 MB")]
)
def test_sizes_are_in_decimal_units(value, told):
    assert wording.size(value) == told.replace(" ", THIN)


@pytest.mark.parametrize(
    "value, told", [(0.5, "30 s"), (12, "12 min"), (210, "3.5 h"), (7490, "5.2 d"), (-3, "−3 min"), (0, "0 s")]
)
def test_spans_of_minutes_have_the_unit_that_suits(value, told):
    assert wording.minutes(value) == told.replace(" ", THIN)


@pytest.mark.parametrize(
    "part, whole, told",
    [(0, 9, "0 %"), (9, 9, "100 %"), (1, 1000, "<1 %"), (999, 1000, "99 %"), (1, 3, "33 %"), (0, 0, "–")],
)
def test_a_share_is_all_or_nothing_only_if_it_is(part, whole, told):
    assert wording.share(part, whole) == told.replace(" ", THIN)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.test",
        "https:///x",
        "http://[",
        "",
        None,
        " java\nscript:x",
        "file:///etc/passwd",
    ],
)
def test_only_addresses_of_the_web_are_links(url):
    assert wording.link(url) == ""


def test_a_text_is_one_line_of_what_can_be_seen():
    assert wording.plain("a\x00b\n c\u202ed\t") == "a b c d"


@given(st.lists(st.integers(0, 10**9), max_size=40))
def test_every_value_above_zero_has_its_bar(values):
    drawn = str(sparklines.bars(values))
    assert drawn.count("z") == sum(value > 0 for value in values)
    assert not drawn or lxml.etree.fromstring(drawn) is not None


@given(st.lists(st.none() | st.floats(0, 1), max_size=40))
def test_a_line_is_drawn_where_a_share_moves_and_stays_in_its_picture(values):
    drawn = str(sparklines.line(values))
    known = {value for value in values if value is not None}
    assert bool(drawn) == (len(known) > 1)
    if drawn:
        lxml.etree.fromstring(drawn)


def test_outcomes_are_summed_in_the_order_of_the_ledger():
    rows = [attempts("rejected", 2, reason="listing"), attempts("new", 5), attempts("new", 1, source="other")]
    assert list(counting.outcomes(rows).items()) == [("new", 6), ("rejected", 2)]


def test_reasons_are_counted_by_stretch_with_the_source_that_has_most():
    rows = [
        attempts("rejected", 2, reason="listing", day=date(2026, 3, 14)),
        attempts("rejected", 3, reason="listing", source="other"),
        attempts("rejected", 1, reason="video"),
        attempts("deferred", 9, reason="over_budget"),
    ]
    found = counting.reasons(rows, [date(2026, 3, 14), date(2026, 3, 15)])
    assert [(each.name, each.attempts, each.by_stretch, each.source, each.at_source) for each in found] == [
        ("listing", 5, (2, 3), "other", 3),
        ("video", 1, (0, 1), "paper", 1),
    ]


def test_the_largest_sources_are_apart_and_no_article_is_lost():
    rows = [published("a", 1), published("b", 5), published("c", 3), published("b", 1, date(2026, 3, 14))]
    groups, others = counting.largest(rows, 2)
    assert ([name for name, _ in groups], others) == (["b", "c"], [rows[0]])


def test_a_yield_is_a_share_of_the_pages_of_its_stretch():
    days = [date(2026, 3, 13) + timedelta(days=at) for at in range(3)]
    rows = [
        {"source": "a", "day": days[0], "articles": 4} | dict.fromkeys(counting.FIELDS, 4) | {"tags": 1},
        {"source": "b", "day": days[2], "articles": 6} | dict.fromkeys(counting.FIELDS, 6) | {"tags": 3},
    ]
    found = {each.field: each for each in counting.yields(rows, days)}
    assert (found["tags"].found, found["tags"].articles, found["tags"].by_stretch) == (4, 10, (0.25, None, 0.5))
    assert found["title"].by_stretch == (1, None, 1)


def test_the_archive_grows_from_what_was_there_before():
    days = [date(2026, 3, 14), date(2026, 3, 15)]
    rows = [{"day": None, "records": 9, "bytes": 100}, {"day": days[1], "records": 1, "bytes": 20}]
    assert counting.growth(rows, days) == [100, 120]


def test_words_that_differ_are_marked():
    before, after = marked("Town sells its meters", "Town sells 214 meters")
    assert before == [("Town sells ", False), ("its ", True), ("meters", False)]
    assert after == [("Town sells ", False), ("214 ", True), ("meters", False)]


def test_letters_are_compared_where_there_are_no_spaces():
    assert marked("港の春漁始まる", "港の秋漁始まる") == (
        [("港の", False), ("春", True), ("漁始まる", False)],
        [("港の", False), ("秋", True), ("漁始まる", False)],
    )


@given(st.text(max_size=60), st.text(max_size=60))
def test_marking_loses_no_letter(before, after):
    gone, came = marked(before, after)
    assert ("".join(part for part, _ in gone), "".join(part for part, _ in came)) == (before, after)
