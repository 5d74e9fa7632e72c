"""Names to addresses: from the resolve map, else from DNS; what an allowed name leads to is exempt from the guard."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping


class MappedResolver(AbstractResolver):
    """Answers from the resolve map, with address and port; every other name is asked of DNS.

    `exempt` are the addresses and ports that the guard lets through: those of the map and of `places` (a proxy's), and,
    once they are asked for, those of the names in `private` and `places`.
    """

    def __init__(
        self,
        resolve: Mapping[str, tuple[str, int]],
        private: Container[str] = (),
        places: Iterable[tuple[str, int]] = (),
    ) -> None:
        self._places = frozenset(places)
        self.exempt = {*resolve.values(), *self._places}
        self._resolve = resolve
        self._private = private
        self._dns = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a host; raises OSError if it has none."""
        if host in self._resolve:
            return [_mapped(host, *self._resolve[host])]
        found = await self._asked(host, port, family)
        if host in self._private or (host, port) in self._places:
            self.exempt.update((each["host"], each["port"]) for each in found)
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
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)
