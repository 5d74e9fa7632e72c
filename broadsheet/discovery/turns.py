"""Which endpoints of a source are asked next in a run, by how they stand and what has been answered so far. Pure.

- What is configured is asked at its own pace (broadsheet.pacing).
- The sitemaps of an index wait for their index if that is to be asked too, since its dates tell which have changed.
  Then those are asked that have, and those that are due; half of CHILDREN go to the newest (`children.due`). An index
  that names more than could be asked is `unfinished`: it is read again soon, and the others have their turn. New ones
  are asked a few at a time, until they have named as many URLs as a run can hold.
- A first fill (`since` given) asks all that reaches back to that day, whatever its pace, and follows feeds from page to
  page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from broadsheet.discovery.children import due
from broadsheet.discovery.history import starts
from broadsheet.model import Endpoint, EndpointKind, EndpointPoll
from broadsheet.pacing import is_due, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from broadsheet.discovery.children import Child
    from broadsheet.model import Source
    from broadsheet.pacing import EndpointState, Key

CHILDREN: Final = 50  # sitemaps of one index in a run
FILL_CHILDREN: Final = 2_000  # in a first fill
AT_ONCE: Final = 5  # new sitemaps asked side by side, each of which may name 50,000 URLs
MOST_FOUND: Final = 200_000  # URLs of one source in a run, held in memory: with more, sitemaps wait for the next run
FILL_PAGES: Final = 200  # pages of the source's feeds in a first fill
ROUNDS: Final = 500  # of questions in one run; bounds indexes that name ever more indexes
QUIET: Final = timedelta(days=3)  # a sitemap that has not changed for so long by its index's word may rest

States = dict["Key", "EndpointState"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A poll, the sitemaps that its body names, and the pages of its feed with earlier entries."""

    poll: EndpointPoll
    children: tuple[Child, ...] = ()
    older: tuple[Endpoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Turns:
    """What is decided on: a source, how its endpoints stand, the time, and the day a first fill goes back to."""

    source: Source
    states: Mapping[Key, EndpointState]
    now: datetime
    since: date | None = None

    def next_asked(self, answers: Sequence[Answer]) -> list[Endpoint]:
        """The endpoints to ask now, none that has answered."""
        answered = {answer.poll.endpoint.url for answer in answers}
        indexes = {answer.poll.endpoint.url for answer in answers if answer.children}
        is_full = sum(len(answer.poll.found) for answer in answers) >= MOST_FOUND
        children = (endpoint for answer in answers if not is_full for endpoint in self._children(answer))
        wanted = [
            *self._standing(answered, indexes),
            *islice((endpoint for endpoint in children if endpoint.url not in answered), AT_ONCE),
            *(self._older(answers) if self.since and not is_full else ()),
        ]
        return [endpoint for endpoint in dict.fromkeys(wanted) if endpoint.url not in answered]

    def _state(self, url: str) -> EndpointState | None:
        return self.states.get((self.source.name, url))

    def _is_due(self, url: str) -> bool:
        return bool(self.since) or is_due(self._state(url), now=self.now)

    def _standing(self, answered: set[str], indexes: set[str]) -> Iterator[Endpoint]:
        """What is configured, and known sitemaps whose index is not asked in this run, each at its pace."""
        taken: dict[str, int] = {}
        for endpoint in sorted(standing(self.source, self.states), key=self._waiting_since):
            state = self._state(endpoint.url)
            index = state.named_by if state else None
            if index is None:
                if self._is_due(endpoint.url):
                    yield endpoint
            elif index not in indexes and (index in answered or not self._is_due(index)):
                taken[index] = taken.get(index, 0) + (endpoint.url in answered or is_due(state, now=self.now))
                if is_due(state, now=self.now) and taken[index] <= CHILDREN:
                    yield endpoint

    def _waiting_since(self, endpoint: Endpoint) -> datetime:
        state = self._state(endpoint.url)
        return state.next_due_at if state else datetime(1, 1, 1, tzinfo=UTC)

    def _children(self, answer: Answer) -> Iterator[Endpoint]:
        """The sitemaps of an index that was read."""
        since = self.since or self.source.since
        most = FILL_CHILDREN if self.since else CHILDREN
        first = starts(since) if since else None
        wanted = [child for child in answer.children if self.since or self._is_open(child)]
        for child in due(wanted, self._read(wanted), since=first, most=most):
            yield Endpoint(child.url, EndpointKind.SITEMAP)

    def _is_open(self, child: Child) -> bool:
        state = self._state(child.url)
        if state is None or is_due(state, now=self.now):
            return True
        return bool(child.latest and state.read_at and not state.reason and child.latest >= state.read_at)

    def _read(self, children: Iterable[Child]) -> dict[str, datetime]:
        """When each was read last; not after its last change if it is to be read again.

        In a run that is what is due by its pace, in a first fill what was read for a later day than it goes back to.
        """
        if self.since and self.source.since and self.since < self.source.since:
            return {}
        states = ((child, self._state(child.url)) for child in children)
        read = {child.url: (child, state.read_at) for child, state in states if state and state.read_at}
        if self.since:
            return {url: at for url, (_, at) in read.items()}
        return {url: min(at, child.settled or at) for url, (child, at) in read.items()}

    def _older(self, answers: Sequence[Answer]) -> Iterator[Endpoint]:
        """The next pages of feeds, as long as a page names what is asked for and no page before it has named."""
        seen: set[str] = set()
        pages = [answer for answer in answers if answer.poll.endpoint.kind is EndpointKind.FEED][:FILL_PAGES]
        for answer in pages:
            named = {page.url for page in answer.poll.found}
            if named - seen:
                yield from answer.older
            seen |= named

    def concluded(self, answers: Sequence[Answer]) -> list[EndpointPoll]:
        """The polls, those of indexes with what their dates say."""
        answered = {answer.poll.endpoint.url for answer in answers}
        return [self._told(answer, answered) if answer.children else answer.poll for answer in answers]

    def _told(self, answer: Answer, answered: set[str]) -> EndpointPoll:
        since = self.since or self.source.since
        first = starts(since) if since else None
        everything = due(answer.children, {}, since=first, most=len(answer.children))
        is_unfinished = any(child.url not in answered and self._state(child.url) is None for child in everything)
        quiet = (c.url for c in answer.children if (c.latest or c.covers) and c.newest < answer.poll.polled_at - QUIET)
        poll = replace(answer.poll, quiet=tuple(quiet), is_unfinished=is_unfinished)
        return replace(poll, etag=None, last_modified=None) if is_unfinished else poll
