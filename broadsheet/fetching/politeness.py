"""How often a host may be asked: its delay, its connections, and the pauses it asks for.

All in one loop, with no locks between processes: a run leases its hosts, and has one gate for each.
"""

from __future__ import annotations

import asyncio
import math
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from broadsheet.httpdates import http_date

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from broadsheet.model import Reason

PATIENCE: Final = 5.0  # seconds after sending at which the delay begins though no answer has
LONGEST_DELAY: Final = 60.0  # seconds: a Crawl-delay beyond it is taken as this
SLOW: Final = 5.0  # seconds: a host that takes longer to answer is asked less often
MOST_STRAIN: Final = 8.0  # times the agreed delay, for a host in trouble
EASING: Final = 0.75  # what a good answer takes off the strain: from 8 to 1 in eight answers
MOST_FAILURES: Final = 10  # requests in a row without an answer, or twice as many with a bad one, that close a host


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a host is asked nothing more in this run, and until when it asked to be left alone (None: it did not)."""

    reason: Reason
    detail: str
    until: datetime | None = None


class Turn:
    """One request's turn at a host. Call `sent` when it is on its way, `heard` when the head of its answer is there.

    The next one's delay counts from `heard`: by then the server has read the request, so that two of them are read as
    far apart as they should be, however long they lay on the way. A server that is mute is not waited for beyond
    PATIENCE, and without a delay the turn is over when the request is sent.
    """

    def __init__(self, gate: HostGate) -> None:
        self._gate = gate
        self._over = False
        self._patience: asyncio.TimerHandle | None = None

    def sent(self) -> None:
        """The request is on its way."""
        if not self._gate.delay:
            self.heard()
        elif not self._over:
            self._patience = asyncio.get_running_loop().call_later(PATIENCE, self.heard)

    def heard(self) -> None:
        """Lets the next request of this host start its delay; further calls do nothing."""
        if self._patience:
            self._patience.cancel()
        if not self._over:
            self._over = True
            self._gate.turn_over()


class HostGate:
    """Lets requests to one host through, no more at once and no faster than agreed.

    One gate stands for a host in all of a run: whoever asks it, by redirect too, waits at the same gate.
    """

    def __init__(self, delay: float, connections: int) -> None:
        self.closed: Closed | None = None
        self.over_at = math.inf  # by the loop's clock: nothing is asked after it, and nobody waits any more
        self.connections = connections
        self.delay = delay
        self._turn = asyncio.Lock()
        self._left = asyncio.Event()
        self._under_way = 0
        self._last: float | None = None
        self._paused_until = 0.0
        self._failures = 0.0
        self._bad = 0
        self._strain = 1.0

    @property
    def is_over(self) -> bool:
        """Whether nothing is asked any more, here or anywhere in this run."""
        return asyncio.get_running_loop().time() >= self.over_at

    def agree(self, delay: float, connections: int) -> None:
        """Another source asks this host too: the most careful of them decides."""
        self.delay = max(self.delay, delay)
        self.connections = min(self.connections, connections)

    def slow_to(self, delay: float) -> None:
        """Makes the delay at least this many seconds, up to LONGEST_DELAY."""
        self.delay = max(self.delay, min(delay, LONGEST_DELAY))

    def pause(self, seconds: float) -> None:
        """Lets nothing through for so many seconds from now."""
        self._paused_until = max(self._paused_until, asyncio.get_running_loop().time() + seconds)

    def close(self, reason: Reason, detail: str, until: datetime | None = None) -> None:
        """Lets nothing through any more. The first reason stays."""
        self.closed = self.closed or Closed(reason, detail, until)

    def noted(self, *, well: bool, seconds: float) -> None:
        """How a request went: trouble and slowness double the delay up to eight times, good answers ease it again."""
        if well and seconds < SLOW:
            self._strain = max(1.0, self._strain * EASING)
        else:
            self._strain = min(MOST_STRAIN, self._strain * 2)

    def answered(self) -> None:
        """The host is well: earlier failures are forgotten."""
        self._failures, self._bad = 0.0, 0

    def failed(self, reason: Reason, *, answered: bool = False) -> None:
        """A request was given up, or turned away; too many in a row close the host. An answer makes it half as bad."""
        self._failures += 0.5 if answered else 1.0
        self._bad += 1
        if self._failures >= MOST_FAILURES:
            self.close(reason, f"{self._bad} requests in a row brought nothing")

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Turn]:
        """Waits for this host's turn, and holds one of its connections as long as the block runs."""
        await self._turn.acquire()
        turn = Turn(self)
        try:
            await self._until_free()
            await self._until_ready()
            self._under_way += 1
            try:
                yield turn
            finally:
                self._under_way -= 1
                self._left.set()
        finally:
            turn.heard()

    def turn_over(self) -> None:
        """The request that had its turn has reached the host (called by Turn)."""
        self._last = asyncio.get_running_loop().time()
        self._turn.release()

    async def _until_free(self) -> None:
        while self._under_way >= self.connections:
            self._left.clear()
            await self._left.wait()

    def _ready_at(self) -> float:
        if not self.delay or self._last is None:
            return self._paused_until
        delay = max(self.delay, min(self.delay * self._strain, LONGEST_DELAY))
        return max(self._paused_until, self._last + delay)

    async def _until_ready(self) -> None:
        loop = asyncio.get_running_loop()
        while (wait := min(self._ready_at(), self.over_at) - loop.time()) > 0 and not self.closed:  # noqa: ASYNC110 - a pause may grow meanwhile
            await asyncio.sleep(wait)


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds a Retry-After asks for, as a number or as a date (RFC 9110, 10.2.3); None if it asks for none."""
    if value is None:
        return None
    if value.isascii() and value.strip().isdecimal():
        return float(value)
    moment = http_date(value)
    return max(0.0, (moment - now).total_seconds()) if moment else None
