"""Ask the network and keep what comes: one task, one WARC segment, one asyncio loop, hosts that are its alone."""

from __future__ import annotations

from collections import defaultdict
from contextlib import aclosing
from heapq import heapify, heapreplace
from typing import TYPE_CHECKING

from broadsheet import __version__
from broadsheet.archive import SegmentWriter
from broadsheet.errors import DiskFull, NoContact
from broadsheet.fetching import (
    Hosts,
    Network,
    PageRequest,
    fetch_all,
    needs_contact,
    proxies_of_environment,
    robots_answer,
)
from broadsheet.model import FetchedPage, Reason, Role
from broadsheet.urls import bare_host

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from broadsheet.config import Settings
    from broadsheet.model import Claim, RobotsAnswer, Source
    from flows.scene import Scene

MEBIBYTE = 1 << 20


def network_of(settings: Settings, hosts: Hosts | None = None) -> Network:
    """The network as the settings and the environment's proxies want it; `hosts` is what a run knows of hosts."""
    return Network(
        user_agent=settings.user_agent,
        resolve=settings.resolve,
        private=settings.private_hosts,
        proxies=proxies_of_environment(),
        seconds=settings.fetch_seconds,
        clock=settings.clock,
        hosts=hosts or Hosts(),
    )


def require_contact(settings: Settings, sources: Iterable[Source]) -> None:
    """NoContact: an endpoint of the sources lies beyond this machine, and the settings name nobody to complain to."""
    network = network_of(settings)
    if not all(network.may_ask(endpoint.url) for source in sources for endpoint in source.endpoints):
        raise NoContact


async def fetched(
    stage: Scene, requests: Sequence[PageRequest], robots: Mapping[str, RobotsAnswer], *, name: str
) -> Path:
    """Ask for each request once and write every answer to the segment `<run_id>-<name>`; returns its path.

    Where the disk has too little room left, what was not answered yet is put off with that reason, as it is when the
    run's time is over.
    NoContact: a public host is to be asked and no contact is configured.
    """
    reached = network_of(stage.settings, stage.hosts)
    if needs_contact(requests, reached):
        raise NoContact
    stage.archive.mkdir(parents=True, exist_ok=True)
    waiting, late = {(each.url, each.role): each for each in requests}, 0
    with _segment(stage, name) as writer:
        try:
            async with aclosing(fetch_all(requests, reached, robots)) as pages:
                async for page in pages:
                    writer.write(page)
                    late += waiting.pop((page.url, page.role), None) is not None and page.reason is Reason.OVER_BUDGET
                    _noted(stage, page)
        except DiskFull as full:
            stage.progress.say(f"{full}; {len(waiting)} request(s) wait for the next run")
            for each in waiting.values():
                writer.write(_put_off(each, stage.settings.clock(), str(full)))
        if late:
            stage.progress.say(f"the run has asked for as long as it may; {late} request(s) wait for the next run")
        return writer.close()


def _noted(stage: Scene, page: FetchedPage) -> None:
    """Tell the scene what it need not read again: an answer more, and what robots.txt said."""
    stage.progress.advance(page.role in {Role.PAGE, Role.ENDPOINT})
    if page.role is Role.ROBOTS:
        answer = robots_answer(page)
        stage.robots[answer.origin] = answer


def _segment(stage: Scene, name: str) -> SegmentWriter:
    reserve = stage.settings.least_free_mb * MEBIBYTE
    named = f"{stage.run.run_id}-{name}"
    return SegmentWriter(stage.archive, named, software=f"broadsheet/{__version__}", reserve=reserve)


def _put_off(request: PageRequest, now: datetime, why: str) -> FetchedPage:
    """What stands for an answer that there was no room for."""
    return FetchedPage(
        request.url, request.url, request.role, request.source.name, now, None, reason=Reason.DISK_FULL, detail=why
    )


def shares(claims: Iterable[Claim], tasks: int) -> list[list[Claim]]:
    """Claims shared out over at most `tasks` tasks, all of one host to one task, the fullest hosts first."""
    hosts: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        hosts[bare_host(claim.url)].append(claim)
    bins: list[tuple[int, int, list[Claim]]] = [(0, number, []) for number in range(min(tasks, len(hosts)))]
    heapify(bins)
    for asked in sorted(hosts.values(), key=len, reverse=True):
        load, number, share = bins[0]
        heapreplace(bins, (load + len(asked), number, [*share, *asked]))
    return [share for _, _, share in sorted(bins, key=lambda each: each[1])]


def page_requests(stage: Scene, claims: Iterable[Claim]) -> list[PageRequest]:
    """Claims as requests, each with the source whose manners apply."""
    sources = {source.name: source for source in stage.sources}
    return [PageRequest(c.url, Role.PAGE, sources[c.source], c.etag, c.last_modified) for c in claims]
