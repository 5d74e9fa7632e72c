"""Ask the endpoints of the run's sources what is new: answers go to a WARC segment and are read back from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet import archive
from broadsheet.codings import content_decoded
from broadsheet.discovery import Discovery, discover
from broadsheet.fetching import PageRequest, robots_answer
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
from broadsheet.pacing import EndpointState, Key, fresh_for, is_due, standing
from broadsheet.policy import classify
from flows.fetch import fetched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from broadsheet.model import RobotsAnswer, Source
    from flows.scene import Scene

FRESH = timedelta(minutes=15)  # a dead run's answers stand in for asking again for this long
CHILDREN = 50  # of one sitemap index, the newest first: an archive of years is a first fill's business
DEPTH = 3  # a sitemap index may name indexes; deeper ones are not followed
BODY_LIMIT = 50 << 20  # bytes; sitemaps.org allows a sitemap 50 MiB

States = dict[Key, EndpointState]


@dataclass(frozen=True, slots=True)
class Answer:
    """A poll and the further endpoints its body names (the children of a sitemap index)."""

    poll: EndpointPoll
    more: tuple[Endpoint, ...] = ()


async def discovered(
    stage: Scene, states: States, robots: Mapping[str, RobotsAnswer], kept: Sequence[Path] = ()
) -> list[EndpointPoll]:
    """Poll each endpoint of the scene's sources that is due, children of sitemap indexes too.

    `states` is how those stand that were ever asked.
    `kept` are segments of runs that died while discovering: what they hold and is fresh is not asked for again.
    """
    answers = [answer for path in kept for answer in _answers(stage, path)]
    for depth in range(DEPTH):
        requests = list(_requests(stage, states, answers))
        if not requests:
            break
        stage.progress.stage("discover", len(requests), "endpoints")
        segment = await fetched(stage, requests, robots, name=f"discover-{depth}")
        answers += _answers(stage, segment)
    return [answer.poll for answer in answers]


def _requests(stage: Scene, states: States, answers: Sequence[Answer]) -> Iterator[PageRequest]:
    now = stage.settings.clock()
    asked = {(a.poll.source, a.poll.endpoint.url) for a in answers if now - a.poll.polled_at < FRESH}
    for source in stage.sources:
        more = [endpoint for a in answers if a.poll.source == source.name for endpoint in a.more]
        for endpoint in dict.fromkeys((*standing(source, states), *more)):
            key = (source.name, endpoint.url)
            if key not in asked and is_due(states.get(key), now=now):
                yield _request(endpoint, source, states.get(key))


def _request(endpoint: Endpoint, source: Source, state: EndpointState | None) -> PageRequest:
    validators = (state.etag, state.last_modified) if state else (None, None)
    return PageRequest(endpoint.url, Role.ENDPOINT, source, *validators)


def _answers(stage: Scene, segment: Path) -> Iterator[Answer]:
    """The polls a segment keeps, of sources that are still configured."""
    sources = stage.known
    endpoints = {(s.name, e.url): e for s in sources.values() for e in s.endpoints}
    for page in pages_of(segment, stage.data, Role.ENDPOINT):
        if source := sources.get(page.source):
            answer = _answer(page, endpoints.get((page.source, page.url), _child(page)), source)
            endpoints.update({(page.source, child.url): child for child in answer.more})
            yield answer


def pages_of(segment: Path, data: Path, role: Role) -> Iterator[FetchedPage]:
    """The whole records of one role in a segment of ours."""
    records = archive.read(segment, file=str(segment.relative_to(data)))
    return (page for page in records if isinstance(page, FetchedPage) and page.role == role)


def _child(page: FetchedPage) -> Endpoint:
    """An endpoint that no source names is a child of a sitemap index: nothing else leads to one."""
    return Endpoint(page.url, EndpointKind.SITEMAP)


def _answer(page: FetchedPage, endpoint: Endpoint, source: Source) -> Answer:
    asked = EndpointPoll(
        endpoint=endpoint,
        source=source.name,
        polled_at=page.captured_at,
        status=page.status,
        etag=page.header("etag"),
        last_modified=page.header("last-modified"),
        fresh_for=max(fresh_for(page), page.retry_at - page.captured_at if page.retry_at else timedelta(0)),
        position=page.position,
    )
    match classify(page):
        case Rejection() as refused:
            return Answer(replace(asked, reason=refused.reason, detail=refused.detail))
        case Outcome.GONE:
            return Answer(replace(asked, reason=Reason.NOT_FOUND))
        case Outcome():
            return Answer(asked)
        case None:
            return _named(page, asked, source)


def _named(page: FetchedPage, asked: EndpointPoll, source: Source) -> Answer:
    body = content_decoded(page.body, page.header("content-encoding"), limit=BODY_LIMIT)
    if isinstance(body, Reason):
        return Answer(replace(asked, reason=body))
    named = discover(body, endpoint=asked.endpoint, source=source, content_type=page.header("content-type"))
    more = _fresh(named, asked)
    return Answer(replace(asked, found=named.found, more=more, detail=named.problem), more)


def _fresh(named: Discovery, asked: EndpointPoll) -> tuple[Endpoint, ...]:
    more = (endpoint for endpoint in named.more if endpoint.url != asked.endpoint.url)
    return tuple(islice(more, CHILDREN))


def robots_of(segments: Iterable[Path], data: Path) -> dict[str, RobotsAnswer]:
    """The robots.txt answers that segments keep, by origin."""
    pages = (page for segment in segments for page in pages_of(segment, data, Role.ROBOTS))
    answers = [robots_answer(page) for page in pages]
    return {answer.origin: answer for answer in answers}
