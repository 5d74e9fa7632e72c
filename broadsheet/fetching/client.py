"""One HTTP exchange over aiohttp, within bounds; whatever goes wrong is a value. The only door to aiohttp's client."""

from __future__ import annotations

import asyncio
import socket
import ssl
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import aiohttp
from yarl import URL

from broadsheet.codings import ContentDecoder
from broadsheet.fetching.guard import AddressRefused
from broadsheet.fetching.optouts import HEAD
from broadsheet.model import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from broadsheet.fetching.network import Network
    from broadsheet.fetching.proxies import Proxy
    from broadsheet.fetching.session import Client

NO_TEXT: Final = ("video/", "audio/", "image/", "font/", "application/pdf", "application/zip")  # bodies not taken in
CHUNK: Final = 1 << 16  # bytes read at once


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
    """One request: its URL, headers of its own, how long its body may be; whom to tell that it is sent, and heard."""

    url: str
    headers: Mapping[str, str]
    bound: Bound
    sent: Callable[[], None]
    heard: Callable[[], None]


async def exchange(client: Client, ask: Ask, network: Network) -> Answer:
    """Asks once. Never raises for what the network does. A name's resolution takes none of a request's time."""
    clock = asyncio.get_running_loop().time
    began = clock()
    try:
        url = URL(ask.url, encoded=True)
        proxy = await client.way(url, network)
        async with client.room:
            began = clock()
            answer = await _exchanged(client.session, url, proxy, ask, network)
    except (aiohttp.ClientError, OSError) as error:
        answer = Answer(ask.url, network.clock(), reason=_reason(error), detail=_detail(error))
    return replace(answer, seconds=clock() - began)


async def _exchanged(
    session: aiohttp.ClientSession, url: URL, proxy: Proxy | None, ask: Ask, network: Network
) -> Answer:
    secret = {"Proxy-Authorization": proxy.authorization} if proxy and proxy.authorization else {}
    async with session.get(
        url,
        headers={**ask.headers, **(secret if url.scheme == "http" else {})},  # a tunnel's is for the proxy alone
        proxy=proxy.url if proxy else None,
        proxy_headers=secret if proxy else None,
        allow_redirects=False,
        trace_request_ctx=ask.sent,
    ) as response:
        ask.heard()
        at = network.clock()
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.raw_headers)
        head: list[bytes] = []
        body, reason, detail = await _body(response, ask, head)
        return Answer(ask.url, at, response.status, headers, body, reason, detail, head=b"".join(head)[:HEAD])


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
