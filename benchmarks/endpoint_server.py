"""Feeds and sitemaps of papers that have nothing new, in a process of its own: the client is what a bench measures.

    python -m benchmarks.endpoint_server 304|200 KNOWN        prints its port, then serves until it is ended

304: whoever sends the validator is told that nothing changed. 200: everybody is sent all of it, each time.
"""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from typing import Final

SOURCES: Final = 50
IN_FEED: Final = 30
IN_SITEMAP: Final = 500
ETAG: Final = '"as-it-was"'
HEAD: Final = "HTTP/1.1 {}\r\nContent-Type: application/xml\r\nETag: {}\r\nContent-Length: {}\r\n\r\n"


def feed(paper: str, newest: int) -> bytes:
    """RSS that names the newest pages of a paper."""
    items = "".join(
        f"<item><title>{paper} on something</title><link>{url}</link><guid>{url}</guid>"
        f"<description>{'What happened at the quay, in short. ' * 6}</description></item>"
        for url in _urls(paper, newest, IN_FEED)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{paper}</title>{items}</channel></rss>'.encode()


def sitemap(paper: str, newest: int) -> bytes:
    """A sitemap of the newest pages of a paper."""
    urls = "".join(f"<url><loc>{url}</loc></url>" for url in _urls(paper, newest, IN_SITEMAP))
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def _urls(paper: str, newest: int, count: int) -> list[str]:
    return [f"http://{paper}.test/news/{number}" for number in range(max(0, newest - count), newest)]


class _Connection(asyncio.Protocol):
    def __init__(self, mode: str, newest: int) -> None:
        self._mode, self._newest, self._came = mode, newest, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *heads, self._came = (self._came + data).split(b"\r\n\r\n")
        for head in heads:
            self._transport.write(self._answer(head.decode()))  # type: ignore[attr-defined]

    def _answer(self, head: str) -> bytes:
        first, *rest = head.split("\r\n")
        path = first.split(" ")[1]
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
        if path == "/robots.txt":
            return _whole(b"User-agent: *\nDisallow: /search\n")
        if self._mode == "304" and headers.get("if-none-match") == ETAG:
            return HEAD.format("304 Not Modified", ETAG, 0).encode()
        paper = headers["host"].partition(".")[0]
        return _whole((feed if path == "/feed" else sitemap)(paper, self._newest))


def _whole(body: bytes) -> bytes:
    return HEAD.format("200 OK", ETAG, len(body)).encode() + body


async def _serve(mode: str, known: int) -> None:
    connect = partial(_Connection, mode, known // SOURCES)
    server = await asyncio.get_running_loop().create_server(connect, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2])))
