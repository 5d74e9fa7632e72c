"""One HTTP exchange over aiohttp, within bounds; whatever goes wrong is a value. The only door to aiohttp's client."""

from __future__ import annotations

import asyncio
import resource
import socket
import ssl
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import aiohttp
from yarl import URL

from broadsheet import urls
from broadsheet.codings import ContentDecoder
from broadsheet.fetching.guard import AddressRefused, guarded_socket
from broadsheet.fetching.optouts import HEAD
from broadsheet.fetching.proxies import leads_inside
from broadsheet.fetching.resolving import MappedResolver
from broadsheet.model import Reason

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from datetime import datetime
    from types import SimpleNamespace

    from broadsheet.fetching.network import Network
    from broadsheet.fetching.proxies import Proxy

ACCEPT: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CODINGS: Final = "gzip, deflate, br"
NO_TEXT: Final = ("video/", "audio/", "image/", "font/", "application/pdf", "application/zip")  # bodies not taken in
CHUNK: Final = 1 << 16  # bytes read at once
LONGEST_HEADER: Final = 1 << 15  # bytes; cookies and policies of news sites pass the usual 8 KiB
MOST_HEADERS: Final = 256
MOST_FILES: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request brought: an HTTP answer, or a `reason` why there is none (or only part of one)."""

    url: str
    at: datetime
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    reason: Reason | None = None
    detail: str = ""
    seconds: float = 0.0
    tries: int = 1
    head: bytes = b""  # the beginning of the body out of its content coding
    retry_at: datetime | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name, given in lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(frozen=True, slots=True)
class Bound:
    """The bytes that a body may have, as sent and as decoded; a longer one is cut there, or refused."""

    most: int
    cuts: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: its URL, headers of its own, how long its body may be, and whom to tell that it is on its way."""

    url: str
    headers: Mapping[str, str]
    bound: Bound
    sent: Callable[[], None]


@asynccontextmanager
async def open_session(network: Network) -> AsyncIterator[aiohttp.ClientSession]:
    """A client that guards addresses, follows nothing by itself, keeps no cookies and decodes no bodies."""
    _allow_sockets()
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
        yield session


def _allow_sockets() -> None:
    """Lets this process open as many files as it may: a thousand hosts hold a thousand connections, kept alive."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < enough:
        resource.setrlimit(resource.RLIMIT_NOFILE, (enough, hard))


async def exchange(session: aiohttp.ClientSession, ask: Ask, network: Network) -> Answer:
    """Asks once. Never raises for what the network does."""
    began = asyncio.get_running_loop().time()
    try:
        answer = await _exchanged(session, ask, network)
    except (aiohttp.ClientError, OSError) as error:
        answer = Answer(ask.url, network.clock(), reason=_reason(error), detail=_detail(error))
    return replace(answer, seconds=asyncio.get_running_loop().time() - began)


async def _exchanged(session: aiohttp.ClientSession, ask: Ask, network: Network) -> Answer:
    url = URL(ask.url, encoded=True)
    proxy = await _proxy(url, network)
    secret = {"Proxy-Authorization": proxy.authorization} if proxy and proxy.authorization else {}
    async with session.get(
        url,
        headers={**ask.headers, **(secret if url.scheme == "http" else {})},  # a tunnel's is for the proxy alone
        proxy=proxy.url if proxy else None,
        proxy_headers=secret if proxy else None,
        allow_redirects=False,
        trace_request_ctx=ask.sent,
    ) as response:
        at = network.clock()
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.raw_headers)
        head: list[bytes] = []
        body, reason, detail = await _body(response, ask, head)
        return Answer(ask.url, at, response.status, headers, body, reason, detail, head=b"".join(head)[:HEAD])


async def _proxy(url: URL, network: Network) -> Proxy | None:
    """The proxy that a request goes by; None: directly. AddressRefused: it would be asked for what is inside."""
    if not network.proxies.by_scheme:
        return None
    host = urls.host(str(url))
    proxy = None if host in network.resolve else network.proxies.of(url.scheme, host)
    if proxy and host not in network.private and await leads_inside(host, MappedResolver({})):
        raise AddressRefused
    return proxy


async def _body(response: aiohttp.ClientResponse, ask: Ask, head: list[bytes]) -> tuple[bytes, Reason | None, str]:
    """The body as received, what is wrong with it, and how so; `head` takes the first pieces of what it decodes to."""
    limit = ask.bound.most
    if response.content_type.startswith(NO_TEXT):
        response.close()
        return b"", Reason.NOT_HTML, f"Content-Type {response.content_type}"
    if (response.content_length or 0) > limit and not ask.bound.cuts:
        response.close()
        return b"", Reason.TOO_LARGE, f"Content-Length {response.content_length}"
    body = bytearray()
    decoder = ContentDecoder(response.headers.get("Content-Encoding"), limit=limit)
    try:
        async for chunk in response.content.iter_chunked(CHUNK):
            body += chunk
            if len(body) > limit or _decodes_to_too_much(decoder, chunk, head):
                response.close()
                return _over(bytes(body), limit, ask)
    except (aiohttp.ClientError, OSError) as error:
        return bytes(body), _broken_off(error), _detail(error)
    return bytes(body), *_undecodable(decoder)


def _decodes_to_too_much(decoder: ContentDecoder, chunk: bytes, head: list[bytes]) -> bool:
    for piece in decoder.feed(chunk):
        if sum(map(len, head)) < HEAD:
            head.append(piece)
    return decoder.problem is Reason.TOO_LARGE


def _over(body: bytes, limit: int, ask: Ask) -> tuple[bytes, Reason | None, str]:
    if ask.bound.cuts:
        return body[:limit], None, f"cut at {limit} bytes"
    if len(body) > limit:
        return b"", Reason.TOO_LARGE, f"more than {limit} bytes"
    return body, Reason.TOO_LARGE, f"{len(body)} bytes decode to more than {limit}"


def _undecodable(decoder: ContentDecoder) -> tuple[Reason | None, str]:
    problem = decoder.finish()
    return problem, {
        Reason.BAD_ENCODING: "the body is not in its Content-Encoding",
        Reason.TRUNCATED: "the encoded body has no end",
    }.get(problem, "") if problem else ""


def _broken_off(error: Exception) -> Reason:
    return Reason.TIMEOUT if isinstance(error, TimeoutError) else Reason.TRUNCATED


def _reason(error: Exception) -> Reason:
    """The reason for a request that brought no answer. The order matters: aiohttp's errors inherit from each other."""
    cause = _cause(error)
    if isinstance(cause, AddressRefused):
        return Reason.ADDRESS_REFUSED
    kinds: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Reason], ...] = (
        (TimeoutError, Reason.TIMEOUT),
        ((aiohttp.ClientConnectorDNSError, socket.gaierror), Reason.NAME_NOT_RESOLVED),
        ((aiohttp.ClientSSLError, ssl.SSLError), Reason.TLS_FAILED),
        (aiohttp.ClientResponseError, Reason.HTTP_ERROR),
    )
    return next((reason for kind, reason in kinds if isinstance(error, kind)), Reason.CONNECTION_FAILED)


def _cause(error: Exception) -> BaseException:
    return (isinstance(error, aiohttp.ClientConnectorError) and error.__cause__) or error


def _detail(error: Exception) -> str:
    """One line about an error: aiohttp's own text often says nothing."""
    cause = _cause(error)
    return " ".join(f"{type(cause).__name__}: {cause}".split()).removesuffix(":")


def _tell_when_sent() -> aiohttp.TraceConfig:
    async def sent(
        _: aiohttp.ClientSession, context: SimpleNamespace, __: aiohttp.TraceRequestHeadersSentParams
    ) -> None:
        context.trace_request_ctx()

    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(sent)
    return trace
