"""Which endpoints are asked next in a run: at their pace, indexes before their sitemaps, a first fill back to a day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from broadsheet.discovery.children import Child
from broadsheet.discovery.history import is_since
from broadsheet.discovery.turns import AT_ONCE, CHILDREN, MOST_FOUND, QUIET, Answer, Turns
from broadsheet.model import DiscoveredUrl, Endpoint, EndpointKind, EndpointPoll, Hints, Reason, Source
from broadsheet.pacing import REST, EndpointState, after_all

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEED = Endpoint("https://paper.test/feed", EndpointKind.FEED)
INDEX = Endpoint("https://paper.test/index.xml", EndpointKind.SITEMAP)
PAPER = Source("paper", "https://paper.test/", (FEED, INDEX))


def sitemap(n):
    return Endpoint(f"https://paper.test/{n}.xml", EndpointKind.SITEMAP)


def state(endpoint, *, read=NOW - DAY, due=NOW - HOUR, named_by=None, **more):
    return EndpointState("paper", endpoint, read or NOW - DAY, due, named_by, read_at=read, **more)


def states(*known):
    return {each.key: each for each in known}


def polled(endpoint, found=(), children=(), older=(), at=NOW, **more):
    pages = tuple(DiscoveredUrl(url, "paper", endpoint.url) for url in found)
    more_ = tuple(Endpoint(child.url, EndpointKind.SITEMAP) for child in children)
    return Answer(EndpointPoll(endpoint, "paper", at, 200, found=pages, more=more_, **more), children, older)


def asked(known=None, answers=(), since=None, source=PAPER):
    return Turns(source, known or {}, NOW, since).next_asked(answers)


def asked_in_all(known=None, answers=(), since=None, at=NOW):
    """What a run asks after these answers, round by round, where nothing that it asks names anything."""
    turns, answers = Turns(PAPER, known or {}, at, since), list(answers)
    while round_ := turns.next_asked(answers):
        assert len(round_) <= AT_ONCE
        answers += [polled(each, at=at) for each in round_]
        yield from round_


def test_what_was_never_asked_is_asked_and_what_has_answered_is_not():
    assert asked() == [FEED, INDEX]
    assert asked(answers=[polled(FEED)]) == [INDEX]


def test_what_is_not_due_is_not_asked():
    known = states(state(FEED, due=NOW + HOUR), state(INDEX))
    assert asked(known) == [INDEX]


def test_known_sitemaps_wait_for_their_index_and_go_by_its_dates():
    known = states(state(FEED), state(INDEX), *(state(sitemap(n), named_by=INDEX.url) for n in (1, 2, 3)))
    assert asked(known) == [FEED, INDEX]
    children = (Child(sitemap(4).url, NOW), Child(sitemap(1).url, NOW), Child(sitemap(2).url, NOW - 30 * DAY))
    rested = known | states(state(sitemap(2), named_by=INDEX.url, due=NOW + REST))
    assert asked(rested, [polled(FEED), polled(INDEX, children=children)]) == [sitemap(4), sitemap(1)]


def test_without_word_from_their_index_they_go_by_their_own_pace():
    known = states(
        state(FEED, due=NOW + HOUR),
        state(INDEX, due=NOW + HOUR),
        state(sitemap(1), named_by=INDEX.url),
        state(sitemap(2), named_by=INDEX.url, due=NOW + HOUR),
    )
    assert asked(known) == [sitemap(1)]
    unchanged = [Answer(EndpointPoll(INDEX, "paper", NOW, 304))]
    assert asked(known | states(state(INDEX)), unchanged) == [sitemap(1)]


def test_a_sitemap_that_changed_is_asked_before_its_pace_has_it_due():
    known = states(state(INDEX), state(sitemap(1), named_by=INDEX.url, due=NOW + REST))
    changed, same = Child(sitemap(1).url, NOW - HOUR), Child(sitemap(1).url, NOW - 2 * DAY)
    assert asked(known, [polled(FEED), polled(INDEX, children=(changed,))]) == [sitemap(1)]
    assert asked(known, [polled(FEED), polled(INDEX, children=(same,))]) == []


def test_a_sitemap_that_failed_waits_its_time():
    failed = state(sitemap(1), read=None, named_by=INDEX.url, due=NOW + HOUR, reason=Reason.SERVER_ERROR)
    answers = [polled(FEED), polled(INDEX, children=(Child(sitemap(1).url, NOW),))]
    assert asked(states(failed), answers) == []
    assert asked(states(replace(failed, next_due_at=NOW)), answers) == [sitemap(1)]


@pytest.mark.parametrize("latest", [None, NOW])
def test_a_large_index_is_worked_through_over_runs(latest):
    """180 sitemaps, 50 a run: each is asked once before any is left out, dated or not."""
    children = tuple(Child(sitemap(n).url, latest) for n in range(180))
    known, seen = {}, set()
    for run in range(8):
        now = NOW + HOUR * run
        turns = Turns(PAPER, known, now)
        answers = [polled(FEED, at=now), polled(INDEX, children=children, at=now, etag='"1"')]
        chosen = list(asked_in_all(known, answers, at=now))
        assert len(chosen) <= CHILDREN
        answers += [polled(each, at=now) for each in chosen]
        seen.update(chosen)
        (index,) = [poll for poll in turns.concluded(answers) if poll.endpoint == INDEX]
        assert index.is_unfinished == (len(seen) < 180)
        assert index.etag == (None if index.is_unfinished else '"1"')
        known |= after_all(known.values(), [(poll, 0) for poll in turns.concluded(answers)], {"paper": PAPER})
        assert known["paper", INDEX.url].next_due_at <= now + (PAPER.poll_shortest if index.is_unfinished else DAY)
    assert len(seen) == 180


def test_a_quiet_sitemap_rests_until_its_index_says_otherwise():
    child = Child(sitemap(1).url, NOW - QUIET - HOUR)
    known = states(state(INDEX), state(sitemap(1), named_by=INDEX.url))
    turns = Turns(PAPER, known, NOW)
    polls = [(poll, 0) for poll in turns.concluded([polled(INDEX, children=(child,))])]
    moved = after_all(known.values(), polls, {"paper": PAPER})
    assert moved["paper", child.url].next_due_at == NOW - DAY + REST


def test_news_of_a_sitemap_is_news_of_its_index():
    known = states(state(INDEX, news=1.0), state(sitemap(1), named_by=INDEX.url))
    polls = [(EndpointPoll(sitemap(1), "paper", NOW, 200), 3)]
    assert after_all(known.values(), polls, {"paper": PAPER})["paper", INDEX.url].news == 4.0


def test_a_first_fill_asks_everything_whatever_its_pace():
    known = states(state(FEED, due=NOW + DAY), state(INDEX, due=NOW + DAY))
    assert asked(known, since=date(2026, 1, 1)) == [FEED, INDEX]


def test_a_first_fill_takes_the_sitemaps_that_reach_back_to_its_day():
    months = tuple(
        Child(sitemap(f"2026-{month:02}").url, covers=(date(2026, month, 1), date(2026, month, 28)))
        for month in range(11, 0, -1)
    )
    found = list(asked_in_all(answers=[polled(FEED), polled(INDEX, children=months)], since=date(2026, 8, 20)))
    assert found == [sitemap(f"2026-{month:02}") for month in (11, 10, 9, 8)]


def test_a_first_fill_takes_as_many_sitemaps_as_there_are():
    many = tuple(Child(sitemap(n).url) for n in range(500))
    answers = [polled(FEED), polled(INDEX, children=many)]
    assert len(list(asked_in_all(answers=answers, since=date(2026, 1, 1)))) == 500
    assert len(list(asked_in_all(answers=answers))) == CHILDREN


def test_a_first_fill_goes_on_where_the_last_one_stopped():
    months = tuple(
        Child(sitemap(f"2026-{month:02}").url, covers=(date(2026, month, 1), date(2026, month, 28)))
        for month in range(11, 0, -1)
    )
    answers = [polled(FEED), polled(INDEX, children=months)]
    known = states(*(state(sitemap(f"2026-{month:02}"), named_by=INDEX.url) for month in (11, 10, 9)))
    found = list(asked_in_all(known, answers, since=date(2026, 7, 1)))
    assert found == [sitemap(f"2026-{month:02}") for month in (11, 8, 7)]  # November is not over


def test_a_run_asks_for_no_more_sitemaps_than_it_can_hold():
    full = [f"https://paper.test/{n}" for n in range(MOST_FOUND)]
    children = (Child(sitemap(1).url), Child(sitemap(2).url))
    answers = [polled(FEED), polled(INDEX, children=children), polled(sitemap(1), full)]
    assert asked(answers=answers) == asked(answers=answers, since=date(2026, 1, 1)) == []
    assert Turns(PAPER, {}, NOW).concluded(answers)[1].is_unfinished


def test_a_first_fill_follows_a_feed_from_page_to_page():
    pages = [Endpoint(f"{FEED.url}?page={n}", EndpointKind.FEED) for n in (2, 3)]
    source = replace(PAPER, endpoints=(FEED,))
    first = polled(FEED, ["https://paper.test/a"], older=(pages[0],))
    second = polled(pages[0], ["https://paper.test/b"], older=(pages[1],))
    since = date(2026, 1, 1)
    assert asked(answers=[first], source=source) == []
    assert asked(answers=[first], since=since, source=source) == [pages[0]]
    assert asked(answers=[first, second], since=since, source=source) == [pages[1]]
    empty = replace(second, poll=replace(second.poll, found=()))
    same = replace(second, poll=replace(second.poll, found=first.poll.found))
    assert asked(answers=[first, empty], since=since, source=source) == []
    assert asked(answers=[first, same], since=since, source=source) == []


@pytest.mark.parametrize(
    "path, hints, expected",
    [
        ("/a", Hints(), True),
        ("/a", Hints(published_at=NOW), True),
        ("/a", Hints(published_at=NOW - 30 * DAY), False),
        ("/a", Hints(published_at=NOW - 30 * DAY, modified_at=NOW), False),
        ("/a", Hints(modified_at=NOW - 30 * DAY), False),
        ("/a", Hints(modified_at=NOW), True),
        ("/2026/11/01/a", Hints(), True),
        ("/2026/10/31/a", Hints(), False),
        ("/2026/11/a", Hints(), True),
        ("/2026/10/a", Hints(modified_at=NOW), False),
        ("/2026-12/a", Hints(), True),
        ("/a-20261031", Hints(), False),
        ("/2026/10/31/a", Hints(published_at=NOW), True),
        ("/a?date=2026-10-01", Hints(), True),
        ("/1234/05/a", Hints(), True),
    ],
)
def test_a_pages_day_is_stated_or_in_its_url_or_that_of_its_last_change(path, hints, expected):
    page = DiscoveredUrl(f"https://paper.test{path}", "paper", FEED.url, hints)
    assert is_since(page, date(2026, 11, 1)) is expected


def test_a_sources_own_day_holds_for_every_run():
    months = (Child(sitemap("2026-11").url, covers=(date(2026, 11, 1), date(2026, 11, 30))),
              Child(sitemap("2026-01").url, covers=(date(2026, 1, 1), date(2026, 1, 31))))  # fmt: skip
    source = replace(PAPER, since=date(2026, 6, 1))
    assert asked(answers=[polled(FEED), polled(INDEX, children=months)], source=source) == [sitemap("2026-11")]
