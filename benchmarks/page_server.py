"""A server of news pages, as bare as asyncio allows, in a process of its own: the client is what a bench measures.

    python -m benchmarks.page_server          prints its port, then serves until it is ended

Pages are those of the corpus if it is at hand, gzipped as it keeps them, else words in its sizes; `/list/COUNT/FIRST`
names some by their numbers.
"""

from __future__ import annotations

import asyncio
import gzip
import random
from pathlib import Path
from typing import Final

CORPUS: Final = Path(__file__).parents[2] / "shared" / "corpora" / "articles-dev" / "html"
SIZES: Final = (49, 72, 97, 124, 158, 198, 245, 308, 408, 556)  # KiB as read: 5, 15, ... 95 % of the corpus
WORDS: Final = ("the", "ferry", "leaves", "quay", "at", "nine", "pilots", "harbour", "boats", "wait", "seals", "tide")
ROBOTS: Final = b"User-agent: *\nDisallow: /search\nDisallow: /*?print=\nAllow: /\n\nUser-agent: GPTBot\nDisallow: /\n"


def bodies() -> list[bytes]:
    """The gzipped pages."""
    kept = [path.read_bytes() for path in sorted(CORPUS.glob("*.html.gz"))]
    return kept or [gzip.compress(_page(kib << 10)) for kib in SIZES]


def _page(size: int) -> bytes:
    chosen = random.Random(size)
    words = (f'<p class="c{chosen.randrange(10**6)}">{" ".join(chosen.choices(WORDS, k=9))}' for _ in range(size // 60))
    return f"<!doctype html><title>{size}</title>{''.join(words)}".encode()


def answers() -> list[bytes]:
    """Whole answers, heads too."""
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n"
    return [head.format(len(body)).encode() + body for body in bodies()]


class _Connection(asyncio.Protocol):
    def __init__(self, pages: list[bytes]) -> None:
        self._pages = pages
        self._came = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *heads, self._came = (self._came + data).split(b"\r\n\r\n")
        for head in heads:
            self._transport.write(self._answer(head.split(b" ", 2)[1]))  # type: ignore[attr-defined]

    def _answer(self, path: bytes) -> bytes:
        if path == b"/robots.txt":
            return _plain(ROBOTS)
        if path.startswith(b"/list/"):
            return _plain(_listed(path))
        return self._pages[int(path.rpartition(b"/")[2]) % len(self._pages)]


def _plain(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def _listed(path: bytes) -> bytes:
    """`/list/100/5000`: the addresses of a hundred pages, from the 5000th on."""
    count, first = (int(each) for each in path.split(b"/")[2:4])
    return b"\n".join(b"/%d" % number for number in range(first, first + count))


async def _serve() -> None:
    pages = answers()
    server = await asyncio.get_running_loop().create_server(lambda: _Connection(pages), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
