"""Ask the endpoints of the run's sources what is new: answers go to a WARC segment and are read back from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from broadsheet import archive
from broadsheet.codings import content_decoded
from broadsheet.discovery import discover
from broadsheet.discovery.history import is_since
from broadsheet.discovery.turns import ROUNDS, Answer, States, Turns
from broadsheet.fetching import PageRequest, robots_answer, traced
from broadsheet.model import (
    Endpoint,
    EndpointKind,
    EndpointPoll,
    FetchedPage,
    Outcome,
    Reason,
    Rejection,
    Role,
)
from broadsheet.pacing import fresh_for
from broadsheet.policy import classify
from flows.fetch import fetched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from broadsheet.model import RobotsAnswer, Source
    from flows.scene import Scene

FRESH = timedelta(minutes=15)  # a dead run's answers stand in for asking again for this long
BODY_LIMIT = 50 << 20  # bytes; sitemaps.org allows a sitemap 50 MiB


async def discovered(
    stage: Scene, states: States, robots: Mapping[str, RobotsAnswer], kept: Sequence[Path] = ()
) -> list[EndpointPoll]:
    """Poll each endpoint of the scene's sources that is due, children of sitemap indexes too.

    `states` is how those stand that were ever asked.
    `kept` are segments of runs that died while discovering: what they hold and is fresh is not asked for again.
    """
    answers = [answer for path in kept for answer in _answers(stage, path, ())]
    for number in range(ROUNDS):
        requests = list(_requests(stage, states, answers))
        if not requests:
            _say_when(stage, states, answers)
            break
        stage.progress.stage("discover", len(requests), "endpoints")
        segment = await fetched(stage, requests, robots, name=f"discover-{number}")
        answers += _answers(stage, segment, tuple(answers))
    ours = {turns.source.name: turns for turns in _turns(stage, states)}
    told = [poll for turns in ours.values() for poll in turns.concluded(_of(turns.source, answers))]
    for poll in told:
        if poll.is_unfinished:
            stage.progress.say(f"{poll.endpoint.url}: more sitemaps than one run asks; the next goes on")
    return [*told, *(answer.poll for answer in answers if answer.poll.source not in ours)]


def _say_when(stage: Scene, states: States, answers: Sequence[Answer]) -> None:
    """Nobody should wonder why a run asks nothing."""
    if states and not answers:
        first = min(state.next_due_at for state in states.values())
        stage.progress.say(f"no endpoint is due before {first:%d %b %H:%M} UTC")


def _turns(stage: Scene, states: States) -> list[Turns]:
    now = stage.settings.clock()
    return [Turns(source, states, now, stage.since) for source in stage.sources]


def _of(source: Source, answers: Iterable[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.poll.source == source.name]


def _requests(stage: Scene, states: States, answers: Sequence[Answer]) -> Iterator[PageRequest]:
    """What is asked next. A first fill asks without validators: what has not changed since is what it wants."""
    for turns in _turns(stage, states):
        fresh = [a for a in _of(turns.source, answers) if turns.now - a.poll.polled_at < FRESH]
        for endpoint in turns.next_asked(fresh):
            state = None if stage.since else states.get((turns.source.name, endpoint.url))
            validators = (state.etag, state.last_modified) if state else (None, None)
            yield PageRequest(endpoint.url, Role.ENDPOINT, turns.source, *validators)


def _answers(stage: Scene, segment: Path, before: Sequence[Answer]) -> Iterator[Answer]:
    """The polls a segment keeps, of sources that are still configured. `before` are those that led to them."""
    sources = stage.known
    endpoints = {(s.name, e.url): e for s in sources.values() for e in s.endpoints}
    endpoints |= {(a.poll.source, e.url): e for a in before for e in a.older}
    for page in pages_of(segment, stage.data, Role.ENDPOINT):
        if source := sources.get(page.source):
            endpoint = endpoints.get((page.source, page.url), _child(page))
            answer = _answered(page, _asked(page, endpoint, source), source, stage.since)
            endpoints.update({(page.source, each.url): each for each in answer.older})
            yield answer


def pages_of(segment: Path, data: Path, role: Role) -> Iterator[FetchedPage]:
    """The whole records of one role in a segment of ours."""
    records = archive.read(segment, file=str(segment.relative_to(data)))
    return (page for page in records if isinstance(page, FetchedPage) and page.role == role)


def _child(page: FetchedPage) -> Endpoint:
    """An endpoint that neither a source nor a feed names is a child of a sitemap index: nothing else leads to one."""
    return Endpoint(page.url, EndpointKind.SITEMAP)


def _asked(page: FetchedPage, endpoint: Endpoint, source: Source) -> EndpointPoll:
    return EndpointPoll(
        endpoint=endpoint,
        source=source.name,
        polled_at=page.captured_at,
        status=page.status,
        etag=page.header("etag"),
        last_modified=page.header("last-modified"),
        fresh_for=max(fresh_for(page), page.retry_at - page.captured_at if page.retry_at else timedelta(0)),
        position=page.position,
    )


def _answered(page: FetchedPage, asked: EndpointPoll, source: Source, since: date | None) -> Answer:
    """What an endpoint named; an error that nobody foresaw is that endpoint's, and the run fails by it at its end."""
    try:
        return _answer(page, asked, source, since)
    except Exception:  # noqa: BLE001 - one endpoint's trouble is not the others'
        return Answer(replace(asked, reason=Reason.INTERNAL_ERROR, detail=traced()))


def _answer(page: FetchedPage, asked: EndpointPoll, source: Source, since: date | None) -> Answer:
    match classify(page):
        case Rejection() as refused:
            return Answer(replace(asked, reason=refused.reason, detail=refused.detail))
        case Outcome.GONE:
            return Answer(replace(asked, reason=Reason.NOT_FOUND))
        case Outcome():
            return Answer(asked)
        case None:
            return _named(page, asked, source, since or source.since)


def _named(page: FetchedPage, asked: EndpointPoll, source: Source, since: date | None) -> Answer:
    body = content_decoded(page.body, page.header("content-encoding"), limit=BODY_LIMIT)
    if isinstance(body, Reason):
        return Answer(replace(asked, reason=body))
    named = discover(body, endpoint=asked.endpoint, source=source, content_type=page.header("content-type"))
    found = tuple(each for each in named.found if is_since(each, since)) if since else named.found
    return Answer(replace(asked, found=found, more=named.more, detail=named.problem), named.children, named.older)


def robots_of(segments: Iterable[Path], data: Path) -> dict[str, RobotsAnswer]:
    """The robots.txt answers that segments keep, by origin."""
    pages = (page for segment in segments for page in pages_of(segment, data, Role.ROBOTS))
    answers = [robots_answer(page) for page in pages]
    return {answer.origin: answer for answer in answers}
