"""The client that all is asked by: it guards addresses, follows no redirect, keeps no cookies, decodes no bodies."""

from __future__ import annotations

import asyncio
import ipaddress
import resource
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import aiohttp

from broadsheet import urls
from broadsheet.fetching.guard import AddressRefused, guarded_socket, is_refused_literal
from broadsheet.fetching.resolving import MappedResolver

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import SimpleNamespace

    from yarl import URL

    from broadsheet.fetching.network import Network
    from broadsheet.fetching.proxies import Proxy

ACCEPT: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CODINGS: Final = "gzip, deflate, br"  # zstd is read if it comes; what reads WARC files (warcio) cannot decode it
LONGEST_HEADER: Final = 1 << 15  # bytes; cookies and policies of news sites pass the usual 8 KiB
MOST_HEADERS: Final = 256
MOST_FILES: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Client:
    """aiohttp's session, the resolver that it asks for names, and the room for exchanges under way."""

    session: aiohttp.ClientSession
    resolver: MappedResolver
    room: asyncio.Semaphore

    async def way(self, url: URL, network: Network) -> Proxy | None:
        """The proxy that a request goes by; None: directly, and then its host's name is resolved and remembered.

        OSError: the name has no address. AddressRefused: what is asked for, of a proxy or directly, lies inside.
        """
        if url.raw_host in network.resolve:
            return None
        places = network.proxies.places
        host = urls.host(str(url)) if places else url.raw_host or ""  # a proxy may read an address in any spelling
        proxy = network.proxies.of(url.scheme, host)
        is_hidden = proxy or (host.strip("[]"), url.port) in places  # from the guard at the socket
        if is_hidden and host.strip("[]") not in network.private and await self._leads_inside(host):
            raise AddressRefused
        if proxy is None and not _is_literal(host):
            await self.resolver.resolve(host, url.port or 0)
        return proxy

    async def _leads_inside(self, host: str) -> bool:
        return is_refused_literal(host) or (not _is_literal(host) and await self.resolver.leads_inside(host))


@asynccontextmanager
async def open_client(network: Network) -> AsyncIterator[Client]:
    """A client that behaves as the network wants it, for as long as the context lasts."""
    allow_files()
    resolver = MappedResolver(network.resolve, network.private, network.proxies.places)
    connector = aiohttp.TCPConnector(
        limit=0,  # the hosts' gates and `network.connections` bound it
        resolver=resolver,
        socket_factory=guarded_socket(network.proxies.places, network.private),
    )
    async with aiohttp.ClientSession(
        connector=connector,
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": network.user_agent, "Accept": ACCEPT, "Accept-Encoding": CODINGS},
        timeout=aiohttp.ClientTimeout(total=network.seconds),
        max_line_size=LONGEST_HEADER,
        max_field_size=LONGEST_HEADER,
        max_headers=MOST_HEADERS,
        trace_configs=[_tell_when_sent()],
    ) as session:
        session._retry_connection = False  # noqa: SLF001 - else aiohttp asks twice behind the politeness's back
        yield Client(session, resolver, asyncio.Semaphore(network.connections))


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def allow_files() -> None:
    """Lets this process open as many files as it may: a thousand hosts hold a thousand connections, kept alive."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < enough:
        resource.setrlimit(resource.RLIMIT_NOFILE, (enough, hard))


def _tell_when_sent() -> aiohttp.TraceConfig:
    async def sent(
        _: aiohttp.ClientSession, context: SimpleNamespace, __: aiohttp.TraceRequestHeadersSentParams
    ) -> None:
        context.trace_request_ctx()

    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(sent)
    return trace
