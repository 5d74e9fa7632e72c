"""How often an endpoint is asked: at a pace learned from how often it brings news. Pure; docs/reference/scheduling.md.

News is taken for a Poisson process whose rate drifts (Cho & Garcia-Molina, 'Estimating frequency of change', ACM TOIT
3(3), 2003, show that pages change so). An endpoint names its articles, so news is counted, not only noticed, and the
rate is news over time watched, both fading; one article in the shortest interval is assumed beforehand.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from broadsheet.httpdates import http_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from broadsheet.model import Endpoint, EndpointPoll, FetchedPage, Reason, Source

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)

RECHECK: Final = (HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY)
"""Ages at which an article is asked for again, unless set otherwise."""

RETRY: Final = (HOUR, 6 * HOUR, DAY)
"""Waits after the first, second and third passing failure of a page in a row, unless set otherwise."""

RUN_BUDGET: Final = 20_000
"""The most pages that a run asks for, unless set otherwise."""

POLLS_A_PIECE: Final = 2
"""So many polls for each article that is to be expected: it then waits a quarter of the gap between two on average."""

REST: Final = 30 * DAY
"""After so long a sitemap is asked again although its index says that it has not changed: some indexes are wrong."""

MAX_AGE: Final = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)

Key = tuple[str, str]
"""A source's name and the URL of one of its endpoints."""


@dataclass(frozen=True, slots=True)
class EndpointState:
    """How an endpoint stands after its last poll.

    `named_by` is the sitemap index that named it; None: it is configured. `reason` says why the last poll could not be
    read, None: it could; `failures` counts such polls in a row. `news` and `watched` (seconds) are what was counted
    until `read_at`, the last poll that could be read (None: none yet), faded. `news_at` is the last poll that brought
    any.
    """

    source: str
    endpoint: Endpoint
    polled_at: datetime
    next_due_at: datetime
    named_by: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    reason: Reason | None = None
    failures: int = 0
    news: float = 0.0
    watched: float = 0.0
    read_at: datetime | None = None
    news_at: datetime | None = None

    @property
    def key(self) -> Key:
        """What names it."""
        return self.source, self.endpoint.url


def is_due(state: EndpointState | None, *, now: datetime) -> bool:
    """Whether an endpoint is to be asked; one that never was is."""
    return state is None or state.next_due_at <= now


def made_due(states: Mapping[Key, EndpointState], now: datetime) -> dict[Key, EndpointState]:
    """The same endpoints, all due but those that could not be read last time: they wait as long as they should."""
    return {
        key: state if state.reason else replace(state, next_due_at=min(state.next_due_at, now))
        for key, state in states.items()
    }


def standing(source: Source, states: Mapping[Key, EndpointState]) -> list[Endpoint]:
    """The endpoints of a source: those configured, and the sitemaps that a poll of them named, an index's too."""
    found = {endpoint.url: endpoint for endpoint in source.endpoints}
    children = [each for each in states.values() if each.source == source.name and each.named_by]
    while more := [each for each in children if each.named_by in found and each.endpoint.url not in found]:
        found |= {each.endpoint.url: each.endpoint for each in more}
    return list(found.values())


def after(
    before: EndpointState | None, poll: EndpointPoll, source: Source, *, news: int, named_by: str | None = None
) -> EndpointState:
    """How an endpoint stands after a poll that named `news` URLs for the first time.

    The next is due `source.poll_shortest` to `source.poll_longest` later. A poll older than the last changes nothing.
    """
    if before and poll.polled_at <= before.polled_at:
        return before
    due = before.next_due_at if before else poll.polled_at
    kept = before or EndpointState(poll.source, poll.endpoint, poll.polled_at, due)
    asked = replace(kept, polled_at=poll.polled_at, named_by=named_by, reason=poll.reason)
    state = _failed(asked) if poll.reason else _read(asked, poll, news, half_life(source))
    return replace(state, next_due_at=poll.polled_at + _wait(state, poll, source))


def half_life(source: Source) -> timedelta:
    """How old an observation is that counts half: a day at least, which averages a paper's day and night.

    Twice the longest wait, so that silence leads to it.
    """
    return max(DAY, 2 * source.poll_longest)


def _failed(state: EndpointState) -> EndpointState:
    return replace(state, failures=state.failures + 1)


def _read(state: EndpointState, poll: EndpointPoll, news: int, half: timedelta) -> EndpointState:
    """What the first poll names is no news: nobody knows since when it stands there."""
    elapsed = poll.polled_at - (state.read_at or poll.polled_at)
    left = 0.5 ** (elapsed / half)
    lately = half.total_seconds() / math.log(2) * (1 - left)  # `elapsed`, its past faded too
    fresh = news if state.read_at else 0
    return replace(
        state,
        etag=poll.etag,
        last_modified=poll.last_modified,
        failures=0,
        news=state.news * left + fresh,
        watched=state.watched * left + lately,
        read_at=poll.polled_at,
        news_at=poll.polled_at if news else state.news_at,
    )


def _wait(state: EndpointState, poll: EndpointPoll, source: Source) -> timedelta:
    if poll.is_unfinished:
        return source.poll_shortest
    shortest, longest = source.poll_shortest.total_seconds(), source.poll_longest.total_seconds()
    learned = (shortest + state.watched) / (1 + state.news) / POLLS_A_PIECE
    backing_off = shortest * 2.0 ** min(state.failures, 32)
    wanted = max(shortest, backing_off if state.failures else learned, poll.fresh_for.total_seconds())
    return timedelta(seconds=min(wanted, longest))


def after_all(
    states: Iterable[EndpointState], polls: Iterable[tuple[EndpointPoll, int]], sources: Mapping[str, Source]
) -> dict[Key, EndpointState]:
    """The states that polls, each with its count of news, lead to, in the order of time.

    They are those of the endpoints that were polled, of indexes above them, and of sitemaps that may rest.
    """
    known = {state.key: state for state in states}
    inherited = {key: state.named_by for key, state in known.items()}
    ordered = sorted(polls, key=lambda each: each[0].polled_at)
    parents = inherited | {(poll.source, child.url): poll.endpoint.url for poll, _ in ordered for child in poll.more}
    moved: dict[Key, EndpointState] = {}
    for poll, news in ordered:
        key = (poll.source, poll.endpoint.url)
        before = moved.get(key, known.get(key))
        if poll.source in sources:
            moved[key] = after(before, poll, sources[poll.source], news=news, named_by=parents.get(key))
            if news and before and before.read_at:
                _credit((poll.source, parents.get(key) or ""), news, moved, known)
    return moved | dict(_rested([poll for poll, _ in ordered], known | moved))


def _credit(index: Key, news: int, moved: dict[Key, EndpointState], known: Mapping[Key, EndpointState]) -> None:
    """News of a sitemap is news of the index that named it, which is thus asked as often as its sitemaps have any."""
    state = moved.get(index, known.get(index))
    if state and state.read_at:
        moved[index] = replace(state, news=state.news + news)


def _rested(polls: Iterable[EndpointPoll], states: Mapping[Key, EndpointState]) -> Iterator[tuple[Key, EndpointState]]:
    """The sitemaps that have been read and are quiet by their index's word: they wait until it says otherwise."""
    for poll in polls:
        for url in poll.quiet:
            state = states.get((poll.source, url))
            if state and state.read_at and not state.reason:
                yield state.key, replace(state, next_due_at=state.polled_at + REST)


def dropped(states: Iterable[EndpointState], polls: Iterable[EndpointPoll]) -> set[Key]:
    """The sitemaps that their index, now read anew, names no more."""
    named = {
        (poll.source, poll.endpoint.url): {child.url for child in poll.more}
        for poll in polls
        if poll.status == 200 and not poll.reason  # noqa: PLR2004 - RFC 9110, 15.3.1; a 304 names nothing
    }
    return {
        state.key
        for state in states
        if state.named_by and state.endpoint.url not in named.get((state.source, state.named_by), {state.endpoint.url})
    }


def fresh_for(page: FetchedPage) -> timedelta:
    """How long an answer says it stays fresh (RFC 9111, 4.2): max-age less Age, or Expires less Date; else 0."""
    found = MAX_AGE.search(page.header("cache-control") or "")
    if found:
        age = page.header("age") or "0"
        return timedelta(seconds=max(0, int(found[1]) - (int(age) if age.isdecimal() and len(age) < 10 else 0)))  # noqa: PLR2004
    return _until(page.header("expires"), page.header("date"))


def _until(expires: str | None, date: str | None) -> timedelta:
    until, since = http_date(expires), http_date(date)
    return max(timedelta(0), until - since) if until and since else timedelta(0)
