"""What a run knows of the hosts it asks, shared by all its fetch tasks: one gate a host, one set of rules an origin."""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from broadsheet import urls
from broadsheet.fetching.politeness import HostGate
from broadsheet.model import HostPause, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from broadsheet.fetching.origins import Origin
    from broadsheet.model import Source

MOST_CONNECTIONS: Final = 16  # of a gate that no source has asked for yet


def _nobody(_: str) -> None:
    """Nobody else asks a host."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Gates by host, what was learned of origins, and a lock for each, so that one robots.txt is not asked for twice.

    Lives in one event loop. Hand the same one to every fetching of a run. `lease` is called with each host before it is
    asked for the first time, and says who else is asking it (None: nobody): it is left alone then. At `over_at`, by the
    clock of the event loop, the run has asked for as long as it may.
    """

    lease: Callable[[str], str | None] = _nobody
    over_at: float = math.inf
    gates: dict[str, HostGate] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    _bare: dict[str, str] = field(default_factory=dict)  # hosts by origin, to parse each but once
    _learning: dict[str, asyncio.Lock] = field(default_factory=dict)

    def gate(self, url: str, source: Source) -> HostGate:
        """The gate of a URL's host, at the delay and with the connections that its most careful source wants.

        `www.`, scheme and port make no other host.
        """
        origin = "/".join(url.split("/", 3)[:3])
        if origin not in self._bare:
            self._bare[origin] = self._opened(urls.bare_host(url), source)
        gate = self.gates[self._bare[origin]]
        gate.agree(source.delay, source.connections)
        return gate

    def _opened(self, host: str, source: Source) -> str:
        gate = self.gates.setdefault(host, HostGate(source.delay, source.connections))
        gate.over_at = self.over_at
        if holder := self.lease(host):
            gate.close(Reason.HOST_PAUSED, holder)
        return host

    def leave_alone(self, pauses: Iterable[HostPause]) -> None:
        """Closes the gates of hosts that asked for it earlier."""
        for pause in pauses:
            gate = self.gates.setdefault(pause.host, HostGate(0.0, MOST_CONNECTIONS))
            gate.close(pause.reason, pause.detail, pause.until)

    def pauses(self) -> list[HostPause]:
        """The hosts that asked to be left alone until a time."""
        closed = [(host, gate.closed) for host, gate in self.gates.items() if gate.closed]
        return [HostPause(host, each.until, each.reason, each.detail) for host, each in closed if each.until]

    def learning(self, origin: str) -> asyncio.Lock:
        """The lock under which an origin's notices are asked for."""
        return self._learning.setdefault(origin, asyncio.Lock())
