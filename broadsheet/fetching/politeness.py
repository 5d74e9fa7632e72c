"""How often a host may be asked: its delay, its connections, and the pauses it asks for.

All in one loop, with no locks between processes: a host belongs to one fetch task.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, MutableMapping
    from datetime import datetime

    from broadsheet.model import Reason

MARGIN: Final = 0.01  # seconds added to a delay: two requests must arrive, not only leave, that far apart
LONGEST_DELAY: Final = 60.0  # seconds: a Crawl-delay beyond it is taken as this
SLOW: Final = 5.0  # seconds: a host that takes longer to answer is asked less often
MOST_STRAIN: Final = 8.0  # times the agreed delay, for a host in trouble
EASING: Final = 0.75  # what a good answer takes off the strain: from 8 to 1 in eight answers
MOST_FAILURES: Final = 10  # unanswered requests in a row after which a host is left alone for this run


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a host is asked nothing more in this run."""

    reason: Reason
    detail: str


class Turn:
    """One request's turn at a host. Call `sent` when it is on its way: the next one's delay counts from there."""

    def __init__(self, gate: HostGate) -> None:
        self._gate = gate
        self._over = False

    def sent(self) -> None:
        """Lets the next request of this host start its delay; further calls do nothing."""
        if not self._over:
            self._over = True
            self._gate.turn_over()


class HostGate:
    """Lets requests to one host through, no more at once and no faster than agreed.

    `asked` keeps when each host was last asked (seconds of the loop's clock); gates that share it follow each other
    at the host's delay.
    """

    def __init__(
        self, delay: float, connections: int, host: str = "", asked: MutableMapping[str, float] | None = None
    ) -> None:
        self.closed: Closed | None = None
        self.connections = connections
        self._delay = delay
        self._places = asyncio.Semaphore(connections)
        self._turn = asyncio.Lock()
        self._paused_until = 0.0
        self._host = host
        self._asked = {} if asked is None else asked
        self._failures = 0
        self._strain = 1.0

    def slow_to(self, delay: float) -> None:
        """Makes the delay at least this many seconds, up to LONGEST_DELAY."""
        self._delay = max(self._delay, min(delay, LONGEST_DELAY))

    def pause(self, seconds: float) -> None:
        """Lets nothing through for so many seconds from now."""
        self._paused_until = max(self._paused_until, asyncio.get_running_loop().time() + seconds)

    def close(self, reason: Reason, detail: str) -> None:
        """Lets nothing through any more. The first reason stays."""
        self.closed = self.closed or Closed(reason, detail)

    def noted(self, *, well: bool, seconds: float) -> None:
        """How a request went: trouble and slowness double the delay up to eight times, good answers ease it again."""
        if well and seconds < SLOW:
            self._strain = max(1.0, self._strain * EASING)
        else:
            self._strain = min(MOST_STRAIN, self._strain * 2)

    def answered(self) -> None:
        """The host lives: earlier failures are forgotten."""
        self._failures = 0

    def failed(self, reason: Reason) -> None:
        """A request was given up without an answer; too many in a row close the host."""
        self._failures += 1
        if self._failures >= MOST_FAILURES:
            self.close(reason, f"not asked: {self._failures} requests in a row had no answer")

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Turn]:
        """Waits for this host's turn, and holds one of its connections as long as the block runs."""
        async with self._places:
            await self._turn.acquire()
            turn = Turn(self)
            try:
                await self._until_ready()
                yield turn
            finally:
                turn.sent()

    def turn_over(self) -> None:
        """The request that had its turn is on its way (called by Turn)."""
        self._asked[self._host] = asyncio.get_running_loop().time()
        self._turn.release()

    def _ready_at(self) -> float:
        if not self._delay or self._host not in self._asked:
            return self._paused_until
        delay = max(self._delay, min(self._delay * self._strain, LONGEST_DELAY))
        return max(self._paused_until, self._asked[self._host] + delay + MARGIN)

    async def _until_ready(self) -> None:
        loop = asyncio.get_running_loop()
        while (wait := self._ready_at() - loop.time()) > 0:  # noqa: ASYNC110 - time passes, and a pause may grow meanwhile
            await asyncio.sleep(wait)


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds a Retry-After asks for, as a number or as a date (RFC 9110, 10.2.3); None if it asks for none."""
    if value is None:
        return None
    if value.isascii() and value.strip().isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # the asctime form names no zone and means UTC
    return max(0.0, (aware - now).total_seconds())
