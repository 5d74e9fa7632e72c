"""What an origin tells robots before they read it: robots.txt, and the TDM file where a source obeys it. Asked once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from broadsheet.codings import content_prefix
from broadsheet.fetching import judge
from broadsheet.fetching.client import Bound
from broadsheet.fetching.optouts import TdmFile
from broadsheet.fetching.pages import page_of, traced
from broadsheet.fetching.robots import LONGEST_BODY, Rules, is_current, robots_answer
from broadsheet.model import OptOut, Reason, Role

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from broadsheet.fetching.asking import Asker
    from broadsheet.fetching.network import Network
    from broadsheet.model import FetchedPage, RobotsAnswer, Source

BOUND: Final = Bound(LONGEST_BODY, cuts=True)
TDM_FILE: Final = "/.well-known/tdmrep.json"  # TDM Reservation Protocol, W3C community group report, 6.1


@dataclass(frozen=True, slots=True)
class Origin:
    """The rules of an origin's robots.txt, and its TDM file; None: not asked for."""

    rules: Rules
    tdm: TdmFile | None = None

    def opt_outs(self, url: str) -> frozenset[OptOut]:
        """The opt-outs that hold for a URL before it is asked for."""
        groups = {OptOut.ROBOTS_GROUPS} if self.rules.refuses_miners(url) else set()
        tdm = {OptOut.TDM} if self.tdm and self.tdm.reserves(url) else set()
        return frozenset(groups | tdm)


class Origins:
    """Learns of origins as URLs of theirs are wanted; `hand_over` takes what was fetched on the way."""

    def __init__(
        self,
        asker: Asker,
        network: Network,
        stored: Mapping[str, RobotsAnswer],
        hand_over: Callable[[FetchedPage], Awaitable[None]],
    ) -> None:
        self._asker = asker
        self._network = network
        self._stored = stored
        self._hand_over = hand_over

    async def of(self, url: str, source: Source) -> Origin:
        """The origin of a URL in the form a browser writes; asked for what it tells at the first time."""
        name = "/".join(url.split("/", 3)[:3])
        known = self._network.hosts.origins.get(name)
        if known and not _lacks_tdm(known, source):
            return known
        async with self._network.hosts.learning(name):
            known = self._network.hosts.origins.get(name) or Origin(await self._rules(name, source))
            if _lacks_tdm(known, source):
                known = await self._with_tdm(name, known, source)
            self._network.hosts.origins[name] = known
        return known

    async def _rules(self, origin: str, source: Source) -> Rules:
        """The rules of an origin: the stored ones while they are current, else asked for."""
        answer, page = self._stored.get(origin), None
        if answer is None or not is_current(answer, self._network.clock()):
            page = await self._robots(f"{origin}/robots.txt", source)
            answer = robots_answer(page)
            await self._hand_over(page)
        rules = Rules(answer, self._network.product, page)
        self._network.hosts.gate(origin, source).slow_to(rules.delay)
        return rules

    async def _robots(self, url: str, source: Source) -> FetchedPage:
        """The robots.txt of an origin; what nobody foresaw is its reason, and holds for every page there."""
        try:
            return await self._followed(url, source)
        except Exception:  # noqa: BLE001 - one origin's trouble is not the others'
            return self._unforeseen(url, source)

    async def _with_tdm(self, origin: str, known: Origin, source: Source) -> Origin:
        """The origin with its TDM file; where something nobody foresaw hides it, no page there is asked for."""
        try:
            return replace(known, tdm=await self._tdm(origin, known.rules, source))
        except Exception:  # noqa: BLE001 - as above
            page = self._unforeseen(f"{origin}/robots.txt", source)
            return Origin(Rules(robots_answer(page), self._network.product, page), TdmFile())

    def _unforeseen(self, url: str, source: Source) -> FetchedPage:
        return page_of(url, Role.ROBOTS, source, self._asker.unasked(url, Reason.INTERNAL_ERROR, traced()))

    async def _followed(self, url: str, source: Source) -> FetchedPage:
        """The robots.txt of an origin, by way of the redirects that are followed."""
        seen = [url]
        while True:
            answer = await self._asker.asked(seen[-1], source, {}, BOUND)
            target = judge.points_to(answer)
            if target and (refusal := judge.refused_robots(target, seen, source, self._network)):
                answer, target = replace(answer, reason=refusal.reason, detail=refusal.detail), None
            page = page_of(url, Role.REDIRECT if target else Role.ROBOTS, source, answer)
            if target is None:
                return page
            await self._hand_over(page)
            seen.append(target)

    async def _tdm(self, origin: str, rules: Rules, source: Source) -> TdmFile:
        """The TDM file of an origin; one that is not there, or that robots.txt keeps from us, reserves nothing."""
        url = origin + TDM_FILE
        if rules.verdict(url).reason:
            return TdmFile()
        page = page_of(url, Role.POLICY, source, await self._asker.asked(url, source, {}, BOUND))
        await self._hand_over(page)
        if page.reason or page.status not in judge.SUCCESS:
            return TdmFile()
        return TdmFile.read(content_prefix(page.body, page.header("content-encoding"), limit=LONGEST_BODY))


def _lacks_tdm(known: Origin, source: Source) -> bool:
    return OptOut.TDM in source.obey and known.tdm is None
