"""Asking one URL: its turn at the host's gate, then as many tries as may help, each pause as long as it must be."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from broadsheet.fetching import judge
from broadsheet.fetching.client import Answer, Ask, exchange
from broadsheet.model import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.fetching.client import Bound
    from broadsheet.fetching.network import Network
    from broadsheet.fetching.politeness import Closed, HostGate
    from broadsheet.fetching.session import Client
    from broadsheet.model import Source


class Asker:
    """Asks by way of one client; no more than `network.connections` exchanges are under way at once."""

    def __init__(self, client: Client, network: Network) -> None:
        self._client = client
        self._network = network

    async def asked(self, url: str, source: Source, headers: Mapping[str, str], bound: Bound) -> Answer:
        """The answer to a URL, asked for again as long as that may help.

        HOST_PAUSED if its host is left alone, OVER_BUDGET if the run's time is over.
        """
        if not self._network.may_ask(url):
            return self.unasked(url, Reason.ADDRESS_REFUSED, "no contact is configured (BROADSHEET_CONTACT)")
        gate, began = self._network.hosts.gate(url, source), asyncio.get_running_loop().time()
        for tried in range(1, self._network.tries + 1):
            async with gate.turn() as turn:
                if gate.closed:
                    return self._left_alone(url, gate.closed, tried - 1)
                if gate.is_over:
                    return self.unasked(url, Reason.OVER_BUDGET, "the run has asked for as long as it may", tried - 1)
                ask = Ask(url, headers, bound, turn.sent, turn.heard)
                answer = await exchange(self._client, ask, self._network)
            spent = asyncio.get_running_loop().time() - began
            if not self._noted(gate, answer, tried, is_last=self._is_last(tried, spent)):
                break
        later = judge.retry_at(answer, self._network)
        return replace(answer, tries=tried, retry_at=later) if later or tried > 1 else answer

    def unasked(self, url: str, reason: Reason, detail: str, tries: int = 0) -> Answer:
        """The answer to a URL that was not asked for, or not any more."""
        return Answer(url, self._network.clock(), reason=reason, detail=detail, tries=tries)

    def _left_alone(self, url: str, closed: Closed, tries: int) -> Answer:
        answer = self.unasked(url, Reason.HOST_PAUSED, f"{closed.reason}: {closed.detail}", tries)
        return replace(answer, retry_at=closed.until)

    def _is_last(self, tried: int, spent: float) -> bool:
        """Whether a URL has had its tries, or the time for them (`spent`, in seconds)."""
        return tried >= self._network.tries or spent >= self._network.longest_retry

    def _noted(self, gate: HostGate, answer: Answer, tried: int, *, is_last: bool) -> bool:
        """Lets the host's gate know how it went; whether to try again."""
        may_pass = judge.is_passing(answer)
        gate.noted(well=not may_pass, seconds=answer.seconds)
        again = may_pass and self._paused(gate, answer, tried) and not is_last
        if judge.is_well(answer):
            gate.answered()
        elif not again:
            gate.failed(judge.reason(answer) or Reason.HTTP_ERROR, answered=answer.status is not None)
        return again

    def _paused(self, gate: HostGate, answer: Answer, tried: int) -> bool:
        """Pauses the host as it asks, or as we think fit; False if it asks for more than we wait."""
        wait = judge.wait_asked_for(answer)
        if wait is not None and wait > self._network.longest_wait:
            until = self._network.clock() + timedelta(seconds=wait)
            gate.close(judge.reason(answer) or Reason.RATE_LIMITED, f"it asks for a pause of {wait:.0f} s", until)
            return False
        gate.pause(judge.backoff(self._network, tried) if wait is None else wait)
        return True
