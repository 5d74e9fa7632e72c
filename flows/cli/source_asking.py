"""Asking a site what it announces: endpoints polled once, by the fetching room's rules, nothing kept."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from broadsheet.codings import content_decoded
from broadsheet.discovery import discover
from broadsheet.errors import Interrupted, NoContact
from broadsheet.fetching import PageRequest, fetch_all, needs_contact, robots_answer
from broadsheet.model import DiscoveredUrl, Endpoint, EndpointKind, FetchedPage, Outcome, Reason, Rejection, Role
from broadsheet.policy import classify
from flows.discover import BODY_LIMIT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Iterable, Sequence
    from datetime import datetime
    from typing import Any, TypeVar

    from broadsheet.fetching import Network
    from broadsheet.model import RobotsAnswer, Source
    from flows.progress import Progress

    Value = TypeVar("Value")

SAMPLE: Final = 3  # children of a sitemap index that are asked, the newest
DEPTH: Final = 3  # levels of indexes


@dataclass(slots=True)
class Asking:
    """What one command knows of the network while it asks: robots.txt is read once a host, delays hold throughout."""

    network: Network
    progress: Progress
    robots: dict[str, RobotsAnswer] = field(default_factory=dict)
    robots_bodies: dict[str, bytes] = field(default_factory=dict)

    async def pages(self, urls: Sequence[str], source: Source) -> AsyncIterator[FetchedPage]:
        """The answer to each URL, as they come. NoContact: a public site is to be asked and nobody is named."""
        requests = [PageRequest(url, Role.ENDPOINT, source) for url in urls]
        if needs_contact(requests, self.network):
            raise NoContact
        async with aclosing(fetch_all(requests, self.network, self.robots)) as answers:
            async for page in answers:
                if page.role is Role.ROBOTS:
                    answer = robots_answer(page)
                    self.robots[answer.origin] = answer
                    self.robots_bodies[answer.origin] = answer.body
                elif page.role is Role.ENDPOINT:
                    self.progress.advance()
                    yield page


@dataclass(frozen=True, slots=True)
class Probe:
    """What one poll of an endpoint showed.

    `found` are pages of the source, of an index those of its newest `children`, of which SAMPLE a level are asked.
    `reason` and `detail` tell what was wrong; an endpoint without `reason` that names no page was read, and is empty.
    """

    endpoint: Endpoint
    target: str
    status: int | None
    found: tuple[DiscoveredUrl, ...] = ()
    children: tuple[str, ...] = ()
    reason: Reason | None = None
    detail: str = ""

    @property
    def is_well(self) -> bool:
        """Whether it was read and names pages of the source."""
        return self.reason is None and bool(self.found)

    def newest(self, now: datetime) -> datetime | None:
        """The latest time that it gives one of its pages; times in the future are misreadings or plans."""
        times = (time for each in self.found for time in (each.hints.published_at, each.hints.modified_at))
        return max((time for time in times if time and time <= now), default=None)


def run_asking(work: Coroutine[Any, Any, Value]) -> Value:
    """Run what asks to its end. Interrupted: a person stopped it."""
    try:
        return asyncio.run(work)
    except KeyboardInterrupt as error:
        raise Interrupted("interrupted; nothing was written") from error


async def probed(asking: Asking, endpoints: Iterable[Endpoint], source: Source) -> dict[str, Probe]:
    """A poll of each endpoint by its URL; of a sitemap index its newest children are asked too."""
    wanted = {endpoint.url: endpoint for endpoint in endpoints}
    probes: dict[str, Probe] = {}
    asking.progress.stage("ask", len(wanted), "endpoints")
    waiting = {url: url for url in wanted}  # what is asked -> the endpoint that it is asked for
    for level in range(DEPTH):
        next_: dict[str, str] = {}
        async for page in asking.pages(list(waiting), source):
            top = waiting[page.url]
            endpoint = wanted[top] if level == 0 else Endpoint(page.url, EndpointKind.SITEMAP)
            probe, children = _probe(page, endpoint, source)
            probes[top] = probe if level == 0 else _joined(probes[top], probe)
            next_ |= dict.fromkeys(children, top)
        waiting = next_
        if not waiting:
            break
        asking.progress.stage("ask", len(waiting), "sitemaps of indexes")
    return {url: probes[url] for url in wanted if url in probes}


def _probe(page: FetchedPage, endpoint: Endpoint, source: Source) -> tuple[Probe, list[str]]:
    """What a page shows as that endpoint, and the children to ask next."""
    bare = Probe(endpoint, page.target, page.status)
    verdict = classify(page)
    if isinstance(verdict, Rejection):
        return replace(bare, reason=verdict.reason, detail=verdict.detail), []
    if isinstance(verdict, Outcome):
        return replace(bare, reason=Reason.NOT_FOUND, detail=f"HTTP {page.status}"), []
    body = content_decoded(page.body, page.header("content-encoding"), limit=BODY_LIMIT)
    if isinstance(body, Reason):
        return replace(bare, reason=body), []
    named = discover(body, endpoint=endpoint, source=source, content_type=page.header("content-type"))
    children = tuple(child.url for child in named.children)
    return replace(bare, found=named.found, children=children, detail=named.problem), list(children[:SAMPLE])


def _joined(above: Probe, child: Probe) -> Probe:
    """An index with what one of its children names; a child that fails is told by the index."""
    detail = above.detail or (f"{child.endpoint.url}: {child.reason or child.detail}" if not child.is_well else "")
    found = {each.url: each for each in (*above.found, *child.found)}
    children = (*above.children, *child.children)
    return replace(above, found=tuple(found.values()), children=children, detail=detail)
