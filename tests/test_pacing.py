"""The pace of endpoints: learned from their news, bounded, never too soon."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.model import Endpoint, EndpointKind, EndpointPoll, FetchedPage, Reason, Role, Source
from broadsheet.pacing import EndpointState, after, after_all, dropped, fresh_for, is_due, standing

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FEED = Endpoint("https://paper.test/feed", EndpointKind.FEED)
INDEX = Endpoint("https://paper.test/index.xml", EndpointKind.SITEMAP)
PAPER = Source(
    "paper", "https://paper.test/", (FEED, INDEX), poll_shortest=10 * MINUTE, poll_longest=DAY
)  # fmt: skip


def sitemap(name):
    return Endpoint(f"https://paper.test/{name}.xml", EndpointKind.SITEMAP)


def poll(at=NOON, endpoint=FEED, **more):
    return EndpointPoll(endpoint, "paper", at, more.pop("status", 200), **more)


def polled(*news, every=HOUR, source=PAPER):
    """The state after a first poll and one each `every` later that brought so much news."""
    state = after(None, poll(), source, news=0)
    for number, new in enumerate(news, start=1):
        state = after(state, poll(NOON + number * every), source, news=new)
    return state


def wait(state):
    return state.next_due_at - state.polled_at


# ── The rule ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_endpoint_that_never_was_asked_is_due():
    assert is_due(None, now=NOON)


def test_an_endpoint_is_due_from_its_time_on():
    state = polled()
    assert [is_due(state, now=state.next_due_at + step) for step in (-MINUTE, 0 * MINUTE, HOUR)] == [False, True, True]


def test_after_its_first_poll_an_endpoint_is_asked_soon_however_much_it_named():
    assert wait(after(None, poll(), PAPER, news=500)) == 10 * MINUTE


def test_a_steady_paper_is_asked_twice_an_article():
    assert wait(polled(*[1] * 200, every=2 * HOUR)) / HOUR == pytest.approx(1, rel=0.1)
    assert wait(polled(*[4] * 200, every=2 * HOUR)) / HOUR == pytest.approx(0.25, rel=0.1)


@pytest.mark.parametrize("longest", [HOUR, DAY, 7 * DAY])
def test_a_paper_that_falls_silent_is_asked_more_and_more_seldom_until_the_longest(longest):
    source = replace(PAPER, poll_longest=longest)
    state, waits = polled(3, 3, 3, source=source), []
    while state.polled_at < NOON + 90 * DAY:
        state = after(state, poll(state.next_due_at), source, news=0)
        waits.append(wait(state))
    assert waits == sorted(waits)
    assert waits[-1] == longest
    assert all(later <= 1.5 * earlier + MINUTE for earlier, later in pairwise(waits))


@pytest.mark.parametrize("every", [10 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY])
def test_a_paper_that_was_silent_once_is_asked_again_when_as_much_time_has_passed(every):
    assert wait(polled(0, every=every)) <= every


def test_a_paper_that_wakes_is_asked_sooner():
    asleep = polled(*[0] * 20)
    assert wait(after(asleep, poll(asleep.next_due_at), PAPER, news=5)) < wait(asleep) / 2


def test_what_cannot_be_read_is_asked_after_growing_gaps_until_it_answers():
    state, waits = polled(), []
    for _ in range(10):
        state = after(state, poll(state.next_due_at, status=500, reason=Reason.SERVER_ERROR), PAPER, news=0)
        waits.append(wait(state) / MINUTE)
    assert waits == [20, 40, 80, 160, 320, 640, 1280, 1440, 1440, 1440]
    assert (state.failures, state.reason) == (10, Reason.SERVER_ERROR)
    back = after(state, poll(state.next_due_at), PAPER, news=0)
    assert (back.failures, back.reason) == (0, None)


def test_a_failure_leaves_validators_and_what_was_learned():
    before = after(polled(2, 1), poll(NOON + 5 * HOUR, etag='"a"', last_modified="today"), PAPER, news=1)
    failed = after(before, poll(NOON + DAY, status=None, reason=Reason.TIMEOUT), PAPER, news=0)
    kept = {"polled_at", "next_due_at", "failures", "reason"}
    same = {name: getattr(before, name) for name in EndpointState.__slots__ if name not in kept}
    assert {name: getattr(failed, name) for name in same} == same


def test_a_server_may_ask_for_more_time_up_to_the_longest():
    assert wait(after(None, poll(fresh_for=3 * HOUR), PAPER, news=0)) == 3 * HOUR
    assert wait(after(None, poll(fresh_for=30 * DAY), PAPER, news=0)) == DAY
    assert wait(after(None, poll(fresh_for=MINUTE), PAPER, news=0)) == 10 * MINUTE


POLLS = st.lists(
    st.tuples(
        st.timedeltas(MINUTE, 3 * DAY), st.integers(0, 50), st.booleans(), st.timedeltas(0 * MINUTE, 90 * DAY)
    ),
    max_size=20,
)  # fmt: skip
BOUNDS = st.tuples(st.timedeltas(MINUTE, DAY), st.timedeltas(0 * MINUTE, 9 * DAY)).map(
    lambda pair: replace(PAPER, poll_shortest=pair[0], poll_longest=pair[0] + pair[1])
)


def told(history, source):
    """The states that a history of (time since, news, whether it could be read, freshness) leads to."""
    state, at = None, NOON
    for since, news, is_read, fresh in history:
        at += since
        this = poll(at, fresh_for=fresh, reason=None if is_read else Reason.TIMEOUT)
        state = after(state, this, source, news=news if is_read else 0)
        yield state


@settings(deadline=None)
@given(POLLS, BOUNDS)
def test_a_wait_lies_within_the_bounds_of_the_source(history, source):
    for state in told(history, source):
        assert source.poll_shortest <= wait(state) <= source.poll_longest


@settings(deadline=None)
@given(POLLS, BOUNDS, st.timedeltas(MINUTE, 9 * DAY), st.integers(0, 100), st.integers(1, 100))
def test_the_more_news_the_sooner(history, source, since, news, more):
    *_, before = (None, *told(history, source))
    this = poll((before.polled_at if before else NOON) + since)
    few, many = (after(before, this, source, news=count) for count in (news, news + more))
    assert many.next_due_at <= few.next_due_at


@settings(deadline=None)
@given(POLLS, BOUNDS, st.timedeltas(0 * MINUTE, 9 * DAY))
def test_a_poll_of_the_past_changes_nothing(history, source, before):
    for state in told(history, source):
        assert after(state, poll(state.polled_at - before), source, news=9) == state


# ── Sitemaps of an index ─────────────────────────────────────────────────────────────────────────────────────────────


def known(*polls):
    return after_all([], [(each, 0) for each in polls], {"paper": PAPER})


def test_a_sitemap_is_named_by_its_index_whatever_the_order():
    polls = poll(NOON, INDEX, more=(sitemap("a"),)), poll(NOON, sitemap("a")), poll(NOON, FEED)
    for order in (polls, polls[::-1]):
        assert {key[1]: state.named_by for key, state in known(*order).items()} == {
            INDEX.url: None, sitemap("a").url: INDEX.url, FEED.url: None,
        }  # fmt: skip


def test_the_sitemaps_of_an_index_stand_while_it_is_configured():
    states = known(
        poll(NOON, INDEX, more=(sitemap("inner"),)),
        poll(NOON, sitemap("inner"), more=(sitemap("leaf"),)),
        poll(NOON, sitemap("leaf")),
    )
    assert standing(PAPER, states) == [FEED, INDEX, sitemap("inner"), sitemap("leaf")]
    assert standing(replace(PAPER, endpoints=(FEED,)), states) == [FEED]
    assert standing(replace(PAPER, name="other"), states) == [FEED, INDEX]


def test_a_sitemap_that_its_index_names_no_more_is_dropped_and_a_304_drops_none():
    states = known(poll(NOON, INDEX, more=(sitemap("a"), sitemap("b"))), poll(NOON, sitemap("a")),
                   poll(NOON, sitemap("b"))).values()  # fmt: skip
    assert dropped(states, [poll(NOON + DAY, INDEX, more=(sitemap("b"),))]) == {("paper", sitemap("a").url)}
    for answer in (poll(NOON + DAY, INDEX, status=304), poll(NOON + DAY, INDEX, reason=Reason.TIMEOUT), poll(NOON)):
        assert dropped(states, [answer]) == set()


def test_polls_of_a_source_that_is_unknown_move_nothing():
    assert after_all([], [(poll(), 0)], {}) == {}


# ── Freshness ────────────────────────────────────────────────────────────────────────────────────────────────────────

DATE = "Fri, 20 Nov 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    "headers, seconds",
    [
        ({}, 0),
        ({"Cache-Control": "max-age=300"}, 300),
        ({"Cache-Control": "public, s-maxage=9, MAX-AGE=600"}, 600),
        ({"Cache-Control": 'max-age="600"'}, 600),
        ({"Cache-Control": "max-age=600", "Age": "500"}, 100),
        ({"Cache-Control": "max-age=600", "Age": "900"}, 0),
        ({"Cache-Control": "max-age=600", "Age": "soon"}, 600),
        ({"Cache-Control": "max-age=600", "Expires": DATE, "Date": DATE}, 600),
        ({"Cache-Control": "no-cache"}, 0),
        ({"Cache-Control": "s-maxage=600"}, 0),
        ({"Cache-Control": "max-age=-5"}, 0),
        ({"Expires": "Fri, 20 Nov 2026 12:05:00 GMT", "Date": DATE}, 300),
        ({"Expires": "Fri, 20 Nov 2026 11:00:00 GMT", "Date": DATE}, 0),
        ({"Expires": "0", "Date": DATE}, 0),
        ({"Expires": "Fri Nov 20 12:05:00 2026", "Date": DATE}, 300),  # asctime, RFC 9110, 5.6.7: in UTC
        ({"Expires": "Fri, 20 Nov 99999999999999 12:05:00 GMT", "Date": DATE}, 0),
        ({"Expires": "Fri, 20 Nov 2026 12:05:00 GMT"}, 0),
    ],
)  # fmt: skip
def test_freshness_is_what_rfc_9111_says(headers, seconds):
    page = FetchedPage(FEED.url, FEED.url, Role.ENDPOINT, "paper", NOON, 200, tuple(headers.items()))
    assert fresh_for(page) == timedelta(seconds=seconds)
