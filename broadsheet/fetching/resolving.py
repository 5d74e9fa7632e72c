"""Names to addresses: from the resolve map, else from DNS; one that is not listed leads to no inner address."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Final

from aiohttp.abc import AbstractResolver, ResolveResult

from broadsheet.fetching.guard import AddressRefused, Allowed, is_public
from broadsheet.fetching.lookups import Lookups

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

REMEMBERED: Final = 60.0  # seconds that an answer of DNS is used again

Key = tuple[str, int, socket.AddressFamily]


class MappedResolver(AbstractResolver):
    """Answers from the resolve map, with address and port; every other name is asked of DNS.

    What the map says, and what the names in `private` and `places` (a proxy's, with its port) lead to, comes as an
    Allowed address. Of any other name only the public addresses come: that one of the inner ones is listed too gives it
    no leave, for anybody may have a name lead there (DNS rebinding).
    """

    def __init__(
        self,
        resolve: Mapping[str, tuple[str, int]],
        private: Container[str] = (),
        places: Container[tuple[str, int]] = (),
        lookups: Lookups | None = None,
    ) -> None:
        self._resolve = resolve
        self._private = private
        self._places = places
        self._lookups = lookups or Lookups()
        self._known: dict[Key, tuple[float, list[ResolveResult]]] = {}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a host; raises OSError if it has none, AddressRefused if it has none but inner ones."""
        if host in self._resolve:
            return [_mapped(host, *self._resolve[host])]
        found = await self.looked_up(host, port, family)
        if host in self._private or (host, port) in self._places:
            return [{**each, "host": Allowed(each["host"])} for each in found]
        public = [each for each in found if is_public(each["host"])]
        if not public:
            raise AddressRefused
        return public

    async def looked_up(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """What DNS says of a name, wherever it leads; raises OSError if it says nothing."""
        now, key = asyncio.get_running_loop().time(), (host, port, family)
        until, found = self._known.get(key, (now, []))
        if until <= now:
            found = await self._lookups.found(host, port, family)
            self._known[key] = now + REMEMBERED, found
        return found

    async def leads_inside(self, host: str) -> bool:
        """Whether a name has an address that is not public, as far as this machine can tell."""
        try:
            found = await self.looked_up(host)
        except OSError:
            return False
        return not all(is_public(each["host"]) for each in found)

    async def close(self) -> None:
        """Nothing is held open."""


def _mapped(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(
        hostname=host, host=Allowed(address), port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST
    )
