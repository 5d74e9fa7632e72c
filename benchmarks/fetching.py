"""Fetching beside a bare aiohttp loop: pages a second, the same pages, in one run, in turn.

    python -m benchmarks.fetching [PAGES]

Ours is the whole path with delays off: the plan of hosts, robots.txt, the guard, bounds while decoding, opt-outs, and
WARC records on disk. The bare loop asks, reads and decompresses, no more. Both have 80 requests under way.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import aiohttp

from benchmarks.figures import Figure, ratio
from broadsheet.archive import SegmentWriter
from broadsheet.fetching import Network, PageRequest, fetch_all
from broadsheet.model import Role, Source

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

HOSTS: Final = 20
CONNECTIONS: Final = 4
PAGES: Final = 2000
ROUNDS: Final = 5
BAR: Final = "at least 0.6"


@dataclass(frozen=True, slots=True)
class Pace:
    """Pages a second by the clock on the wall and by that of the CPU."""

    wall: float
    cpu: float


@contextmanager
def serving() -> Iterator[int]:
    """The server of pages in a process of its own; yields its port."""
    with subprocess.Popen([sys.executable, "-m", "benchmarks.page_server"], stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout
            yield int(server.stdout.readline())
        finally:
            server.terminate()


async def bare(port: int, pages: int) -> None:
    """Ask, read and decompress, no more."""
    waiting = iter(range(pages))
    connector = aiohttp.TCPConnector(limit=HOSTS * CONNECTIONS)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def serve() -> None:
            for number in waiting:
                async with session.get(f"http://127.0.0.1:{port}/{number}") as response:
                    await response.read()

        async with asyncio.TaskGroup() as crew:
            for _ in range(HOSTS * CONNECTIONS):
                crew.create_task(serve())


async def ours(port: int, pages: int) -> None:
    """The whole path, to WARC records on disk."""
    source = Source("paper", "http://h0.test/", delay=0.0, connections=CONNECTIONS)
    requests = [PageRequest(f"http://h{n % HOSTS}.test/{n}", Role.PAGE, source) for n in range(pages)]
    network = Network("broadsheet/0 (+https://bench.test/)", {f"h{n}.test": ("127.0.0.1", port) for n in range(HOSTS)})
    count = 0
    with tempfile.TemporaryDirectory() as folder, SegmentWriter(Path(folder), "bench", software="bench") as writer:
        async for page in fetch_all(requests, network, {}):
            writer.write(page)
            count += page.role is Role.PAGE and page.status == 200
    assert count == pages, f"{count} of {pages} pages came"


def pace(work: Callable[[int, int], Awaitable[None]], port: int, pages: int) -> Pace:
    """How fast a way of fetching is."""
    wall, cpu = time.perf_counter(), time.process_time()
    asyncio.run(work(port, pages))  # type: ignore[arg-type]
    return Pace(pages / (time.perf_counter() - wall), pages / (time.process_time() - cpu))


def figures(pages: int = PAGES) -> Iterator[Figure]:
    """Ours beside the bare loop, on the wall and of the CPU."""
    with serving() as port:
        pace(ours, port, pages // 10)
        pairs = [(pace(ours, port, pages), pace(bare, port, pages)) for _ in range(ROUNDS)]
    mine = statistics.median(each.wall for each, _ in pairs)
    note = f"{pages:,} pages of {HOSTS} hosts; {mine:,.0f} pages a second"
    wall = [(mine.wall, theirs.wall) for mine, theirs in pairs]
    cpu = [(mine.cpu, theirs.cpu) for mine, theirs in pairs]
    yield ratio("fetching", "pages a second beside bare aiohttp", wall, better="higher", bar=BAR, note=note)
    yield ratio("fetching", "pages a CPU second beside bare aiohttp", cpu, better="higher", note=note)


def main(pages: int = PAGES) -> None:
    """Print the figures of this machine."""
    for figure in figures(pages):
        print(figure.line(), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
