"""Fetching many pages: hosts side by side, each at its own pace, robots.txt first, every answer handed over.

    fetch_all ─ one crew per host ─ robots verdict → turn at the host's gate → exchange → redirect | retry | hand over

Each request ends in exactly one page of its role, INTERNAL_ERROR if nobody foresaw what happened. Besides those come
robots.txt answers, TDM files and redirect hops.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from broadsheet import urls
from broadsheet.fetching import judge
from broadsheet.fetching.asking import Asker
from broadsheet.fetching.client import Bound
from broadsheet.fetching.optouts import stated
from broadsheet.fetching.origins import Origins
from broadsheet.fetching.pages import page_of, traced
from broadsheet.fetching.session import open_client
from broadsheet.model import FetchedPage, OptOut, Reason, RobotsAnswer, Role

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping, Sequence

    from broadsheet.fetching.client import Answer
    from broadsheet.fetching.network import Network, PageRequest
    from broadsheet.fetching.robots import Verdict

WAITING_PAGES: Final = 32  # pages fetched and not yet taken: bounds memory when the taker is slow

Pages = asyncio.Queue[FetchedPage | BaseException | None]


async def fetch_all(
    requests: Sequence[PageRequest], network: Network, robots: Mapping[str, RobotsAnswer]
) -> AsyncGenerator[FetchedPage]:
    """Fetches every request; yields pages as they come. Close it (`aclosing`) to stop early.

    `robots` maps origins to stored answers, used while they are current; what is asked anew is yielded (Role.ROBOTS).
    """
    pages: Pages = asyncio.Queue(WAITING_PAGES)
    async with open_client(network) as client:
        asker = Asker(client, network)
        fetcher = _Fetcher(asker, network, Origins(asker, network, robots, pages.put), pages)
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

    def __init__(self, asker: Asker, network: Network, origins: Origins, pages: Pages) -> None:
        self._asker = asker
        self._network = network
        self._origins = origins
        self._pages = pages

    async def fetch(self, requests: Sequence[PageRequest]) -> None:
        """Fetches all, then puts None; an error that nobody foresaw is put instead, and stops the work."""
        try:
            async with asyncio.TaskGroup() as crew:
                for waiting in _by_host(requests):
                    gates = [self._network.hosts.gate(each.url, each.source) for each in waiting]
                    for _ in range(min(gates[0].connections, len(waiting))):
                        crew.create_task(self._serve(waiting))
        except BaseExceptionGroup as bugs:
            await self._pages.put(bugs)
        else:
            await self._pages.put(None)

    async def _serve(self, waiting: deque[PageRequest]) -> None:
        while waiting:
            request = waiting.popleft()
            try:
                await self._fetch_one(request)
            except Exception:  # noqa: BLE001 - what nobody foresaw in one page's work is the outcome of that page
                answer = self._asker.unasked(request.url, Reason.INTERNAL_ERROR, traced())
                await self._pages.put(page_of(request.url, request.role, request.source, answer))

    async def _fetch_one(self, request: PageRequest) -> None:
        seen = [request.url]
        while True:
            origin = await self._origins.of(seen[-1], request.source)
            verdict, opted = origin.rules.verdict(seen[-1]), origin.opt_outs(seen[-1])
            answer = await self._permitted(verdict, opted, request, seen)
            target = judge.points_to(answer)
            if target and (refusal := judge.refused_redirect(target, seen, request.source, self._network)):
                answer, target = replace(answer, reason=refusal.reason, detail=refusal.detail), None
            if target is None:
                await self._pages.put(_final(request, answer, verdict, opted))
                return
            hop = page_of(request.url, Role.REDIRECT, request.source, answer)
            await self._pages.put(replace(hop, robots_line=verdict.line))
            seen.append(target)

    async def _permitted(
        self, verdict: Verdict, opted: frozenset[OptOut], request: PageRequest, seen: list[str]
    ) -> Answer:
        """The answer of the last of the URLs, or why it was not asked for: robots.txt, or an opt-out that is obeyed."""
        if verdict.reason:
            return replace(self._asker.unasked(seen[-1], verdict.reason, verdict.detail), retry_at=verdict.retry_at)
        if obeyed := opted & set(request.source.obey):
            return self._asker.unasked(seen[-1], Reason.OPTED_OUT, ", ".join(sorted(obeyed)))
        validators = _validators(request, is_first=len(seen) == 1)
        return await self._asker.asked(seen[-1], request.source, validators, Bound(self._network.most(request.role)))


def _final(request: PageRequest, answer: Answer, verdict: Verdict, opted: frozenset[OptOut]) -> FetchedPage:
    """The page that ends a request: with what its answer says of mining; without its body where that is obeyed."""
    opt_outs = stated(answer.headers, answer.head, opted)
    page = page_of(request.url, request.role, request.source, answer)
    page = replace(page, robots_line=verdict.line, opt_outs=tuple(sorted(opt_outs)))
    obeyed = opt_outs & set(request.source.obey)
    if not obeyed or page.reason:
        return page
    return replace(page, body=b"", reason=Reason.OPTED_OUT, detail=", ".join(sorted(obeyed)))


def _by_host(requests: Sequence[PageRequest]) -> list[deque[PageRequest]]:
    """The requests of each host, in their order. `www.` and the scheme make no other host."""
    by_host: dict[str, deque[PageRequest]] = {}
    for request in requests:
        by_host.setdefault(urls.bare_host(request.url), deque()).append(request)
    return list(by_host.values())


def _validators(request: PageRequest, *, is_first: bool) -> dict[str, str]:
    """The headers of a conditional request (RFC 9110, 13.1).

    Past a redirect only the ETag is safe to send: another page may well be older than the date of this one.
    """
    etag = {"If-None-Match": request.etag} if request.etag else {}
    date = {"If-Modified-Since": request.last_modified} if request.last_modified and is_first else {}
    return {**etag, **date}
