"""Names to addresses: from the resolve map, else from DNS; what an allowed name leads to, the guard lets through."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from broadsheet.fetching.guard import Allowed

if TYPE_CHECKING:
    from collections.abc import Container, Mapping


class MappedResolver(AbstractResolver):
    """Answers from the resolve map, with address and port; every other name is asked of DNS.

    What the map says, and what the names in `private` and `places` (a proxy's, with its port) lead to, comes as an
    Allowed address: another name that leads to the same place gets no leave by it.
    """

    def __init__(
        self,
        resolve: Mapping[str, tuple[str, int]],
        private: Container[str] = (),
        places: Container[tuple[str, int]] = (),
    ) -> None:
        self._resolve = resolve
        self._private = private
        self._places = places
        self._dns = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a host; raises OSError if it has none."""
        if host in self._resolve:
            return [_mapped(host, *self._resolve[host])]
        found = await self._asked(host, port, family)
        if host in self._private or (host, port) in self._places:
            return [{**each, "host": Allowed(each["host"])} for each in found]
        return found

    async def _asked(self, host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
        try:
            found = await self._dns.resolve(host, port, family)
        except UnicodeError as error:  # a label too long for DNS
            raise OSError(socket.EAI_NONAME, str(error)) from error
        if not found:
            raise OSError(socket.EAI_NONAME, "no address of a known family")
        return found

    async def close(self) -> None:
        """Nothing is held open."""
        await self._dns.close()


def _mapped(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(
        hostname=host, host=Allowed(address), port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST
    )
