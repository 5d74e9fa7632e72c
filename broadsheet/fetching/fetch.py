"""Fetching many pages: hosts side by side, each at its own pace, robots.txt first, every answer handed over.

    fetch_all ─ one crew per host ─ robots verdict → turn at the host's gate → exchange → redirect | retry | hand over

Each request ends in exactly one page of its role. Besides those come the robots.txt answers and the redirect hops.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from broadsheet import urls
from broadsheet.fetching import judge
from broadsheet.fetching.client import Answer, Ask, exchange, open_session
from broadsheet.fetching.politeness import HostGate
from broadsheet.fetching.robots import LONGEST_BODY, Rules, Verdict, is_current, robots_answer
from broadsheet.model import FetchedPage, Reason, RobotsAnswer, Role

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence

    import aiohttp

    from broadsheet.fetching.network import Network, PageRequest
    from broadsheet.model import Source

ROBOTS_REDIRECTS: Final = 5  # RFC 9309, 2.3.1.2
WAITING_PAGES: Final = 32  # pages fetched and not yet taken: bounds memory when the taker is slow


async def fetch_all(
    requests: Sequence[PageRequest], network: Network, robots: Mapping[str, RobotsAnswer]
) -> AsyncGenerator[FetchedPage]:
    """Fetches every request; yields pages as they come. Close it (`aclosing`) to stop early.

    `robots` maps origins to stored answers, used while they are current; what is asked anew is yielded (Role.ROBOTS).
    """
    pages: asyncio.Queue[FetchedPage | BaseException | None] = asyncio.Queue(WAITING_PAGES)
    async with open_session(network) as session:
        fetcher = _Fetcher(session, network, robots, pages)
        work = asyncio.create_task(fetcher.fetch(requests))
        try:
            while (page := await pages.get()) is not None:
                if isinstance(page, BaseException):
                    raise page
                yield page
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


class _Fetcher:
    """The work on one list of requests; everything it holds lives as long as that work."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        network: Network,
        robots: Mapping[str, RobotsAnswer],
        pages: asyncio.Queue[FetchedPage | BaseException | None],
    ) -> None:
        self._session = session
        self._network = network
        self._stored = robots
        self._pages = pages
        self._gates: dict[str, HostGate] = {}
        self._rules: dict[str, asyncio.Task[Rules]] = {}
        self._exchanges = asyncio.Semaphore(network.connections)
        self._crew = asyncio.TaskGroup()

    async def fetch(self, requests: Sequence[PageRequest]) -> None:
        """Fetches all, then puts None; an error that nobody foresaw is put instead, and stops the work."""
        try:
            async with self._crew:
                for host, waiting in _by_host(requests).items():
                    self._gates[host] = self._shared_gate(host, waiting)
                    for _ in range(min(self._gates[host].connections, len(waiting))):
                        self._crew.create_task(self._serve(waiting))
        except BaseExceptionGroup as bugs:
            await self._pages.put(bugs)
        else:
            await self._pages.put(None)

    async def _serve(self, waiting: deque[PageRequest]) -> None:
        while waiting:
            await self._fetch_one(waiting.popleft())

    async def _fetch_one(self, request: PageRequest) -> None:
        seen = [request.url]
        while True:
            verdict = await self._verdict(seen[-1], request.source)
            answer = await self._permitted(verdict, request, seen)
            target = judge.points_to(answer)
            if target and (refusal := judge.refused_redirect(target, seen, request.source, self._network)):
                answer, target = replace(answer, reason=refusal.reason, detail=refusal.detail), None
            role = Role.REDIRECT if target else request.role
            page = _page(request.url, role, request.source, answer)
            await self._pages.put(replace(page, robots_line=verdict.line))
            if target is None:
                return
            seen.append(target)

    async def _permitted(self, verdict: Verdict, request: PageRequest, seen: list[str]) -> Answer:
        """The answer of the last of the URLs, or robots.txt's refusal of it."""
        if verdict.reason:
            return self._unasked(seen[-1], verdict.reason, verdict.detail)
        return await self._asked(seen[-1], request.source, _validators(request, is_first=len(seen) == 1))

    async def _asked(self, url: str, source: Source, headers: Mapping[str, str], cut: int | None = None) -> Answer:
        """The answer to a URL, asked for again as long as that may help."""
        gate = self._gate(url, source)
        for tried in range(1, self._network.tries + 1):
            async with gate.turn() as turn:
                if gate.closed:
                    return self._unasked(url, gate.closed.reason, gate.closed.detail, tried - 1)
                async with self._exchanges:
                    answer = await exchange(self._session, Ask(url, headers, turn.sent, cut), self._network)
            if not self._noted(gate, answer, tried):
                break
        return replace(answer, tries=tried)

    def _noted(self, gate: HostGate, answer: Answer, tried: int) -> bool:
        """Lets the host's gate know how it went; whether to try again."""
        may_pass, is_last = judge.is_passing(answer), tried >= self._network.tries
        gate.noted(well=not may_pass, seconds=answer.seconds)
        if answer.status is not None:
            gate.answered()
        elif answer.reason and (is_last or not may_pass):
            gate.failed(answer.reason)
        return may_pass and self._paused(gate, answer, tried) and not is_last

    def _paused(self, gate: HostGate, answer: Answer, tried: int) -> bool:
        """Pauses the host as it asks, or as we think fit; False if it asks for more than we wait."""
        wait = judge.wait_asked_for(answer)
        if wait is not None and wait > self._network.longest_wait:
            gate.close(judge.reason(answer) or Reason.RATE_LIMITED, f"the host asked for a pause of {wait:.0f} s")
            return False
        gate.pause(judge.backoff(self._network, tried) if wait is None else wait)
        return True

    def _unasked(self, url: str, reason: Reason, detail: str, tries: int = 0) -> Answer:
        return Answer(url, self._network.clock(), reason=reason, detail=detail, tries=tries)

    def _shared_gate(self, host: str, requests: Iterable[PageRequest]) -> HostGate:
        """The gate of a host that several sources may ask: the most careful of them decides."""
        sources = [request.source for request in requests]
        delay, connections = max(s.delay for s in sources), min(s.connections for s in sources)
        return HostGate(delay, connections, host, self._network.asked)

    def _gate(self, url: str, source: Source) -> HostGate:
        """The gate of a URL's host; made here for a host that only a redirect named."""
        host = urls.bare_host(url)
        if host not in self._gates:
            self._gates[host] = HostGate(source.delay, source.connections, host, self._network.asked)
        return self._gates[host]

    async def _verdict(self, url: str, source: Source) -> Verdict:
        origin = _origin(url)
        if origin not in self._rules:
            self._rules[origin] = self._crew.create_task(self._rules_of(origin, source))
        return (await self._rules[origin]).verdict(url)

    async def _rules_of(self, origin: str, source: Source) -> Rules:
        """The rules of an origin: the stored ones while they are current, else asked for, once."""
        answer = self._stored.get(origin)
        page = None
        if answer is None or not is_current(answer, self._network.clock()):
            page = await self._robots_page(origin, source)
            answer = robots_answer(page)
            await self._pages.put(page)
        rules = Rules(answer, self._network.product, page)
        self._gate(origin, source).slow_to(rules.delay)
        return rules

    async def _robots_page(self, origin: str, source: Source) -> FetchedPage:
        """The robots.txt of an origin, by way of up to five redirects to any host (RFC 9309, 2.3.1.2)."""
        seen = [f"{origin}/robots.txt"]
        while True:
            answer = await self._asked(seen[-1], source, {}, LONGEST_BODY)
            target = judge.points_to(answer)
            if target and (target in seen or len(seen) > ROBOTS_REDIRECTS):
                answer, target = replace(answer, reason=Reason.TOO_MANY_REDIRECTS, detail=f"redirect to {target}"), None
            page = _page(seen[0], Role.REDIRECT if target else Role.ROBOTS, source, answer)
            if target is None:
                return page
            await self._pages.put(page)
            seen.append(target)


def _origin(url: str) -> str:
    """The origin of a URL that is in the form a browser writes: `urls.origin` without parsing it again."""
    return "/".join(url.split("/", 3)[:3])


def _by_host(requests: Sequence[PageRequest]) -> dict[str, deque[PageRequest]]:
    """The requests of each host, in their order. `www.` and the scheme make no other host."""
    by_host: dict[str, deque[PageRequest]] = {}
    for request in requests:
        by_host.setdefault(urls.bare_host(request.url), deque()).append(request)
    return by_host


def _validators(request: PageRequest, *, is_first: bool) -> dict[str, str]:
    """The headers of a conditional request (RFC 9110, 13.1).

    Past a redirect only the ETag is safe to send: another page may well be older than the date of this one.
    """
    etag = {"If-None-Match": request.etag} if request.etag else {}
    date = {"If-Modified-Since": request.last_modified} if request.last_modified and is_first else {}
    return {**etag, **date}


def _page(url: str, role: Role, source: Source, answer: Answer) -> FetchedPage:
    reason = None if role is Role.REDIRECT else judge.reason(answer)
    return FetchedPage(
        url=url,
        target=answer.url,
        role=role,
        source=source.name,
        captured_at=answer.at,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        reason=reason,
        detail=answer.detail or (f"HTTP {answer.status}" if reason else ""),
        tries=answer.tries,
        seconds=answer.seconds,
    )
