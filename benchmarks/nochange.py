"""A run that finds nothing new, beside the bare polling of its endpoints: 100,000 known articles, 50 sources.

    python -m benchmarks.nochange [KNOWN]

Every source has a feed of 30 known pages and a sitemap of 500, served on loopback, a second between two requests to a
host as in the wild. The bare loop asks for them as politely, with the same validators, and reads what they name with
the same libraries (feedparser, lxml). The run is the whole of `broadsheet run` but Prefect's part, of which
benchmarks.orchestration tells. Once the server answers 304 to whom it knows, once it sends all again to everybody.
"""

from __future__ import annotations

import asyncio
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import aiohttp
import feedparser
from lxml import etree

from benchmarks.endpoint_server import ETAG, SOURCES
from benchmarks.figures import Figure, ratio
from benchmarks.planning import NOW, filled
from broadsheet.config import Settings
from broadsheet.model import Endpoint, EndpointKind, Source
from broadsheet.pacing import made_due
from broadsheet.warehouse import open_warehouse
from flows import load
from flows.cluster import clustered
from flows.discover import discovered, robots_of
from flows.progress import Logged
from flows.recover import leftovers
from flows.scene import finished, opened
from flows.struck import struck

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KNOWN: Final = 100_000
ROUNDS: Final = 5
STEP: Final = timedelta(minutes=15)
DELAY: Final = 1.0  # seconds between two requests to a host: what a source has that names none
BAR: Final = "under 2"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock on the wall, and of the CPU, this process and its children."""

    wall: float
    cpu: float


def papers() -> tuple[Source, ...]:
    """The papers whose pages are known."""
    return tuple(_paper(f"paper{number}") for number in range(SOURCES))


def _paper(name: str) -> Source:
    home = f"http://{name}.test/"
    feed, sitemap = Endpoint(f"{home}feed", EndpointKind.FEED), Endpoint(f"{home}sitemap.xml", EndpointKind.SITEMAP)
    return Source(name, home, (feed, sitemap), delay=DELAY)


@contextmanager
def serving(mode: str, known: int) -> Iterator[int]:
    """The papers' server in a process of its own; yields its port."""
    command = [sys.executable, "-m", "benchmarks.endpoint_server", mode, str(known)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout
            yield int(server.stdout.readline())
        finally:
            server.terminate()


async def bare(port: int) -> int:
    """Ask every endpoint once, politely, and read what it names; how many links there were."""
    async with aiohttp.ClientSession(headers={"If-None-Match": ETAG}) as session:

        async def poll(paper: Source) -> int:
            links = 0
            for turn, endpoint in enumerate(paper.endpoints):
                await asyncio.sleep(DELAY if turn else 0)
                path = endpoint.url.removeprefix(paper.home)
                host = {"Host": f"{paper.name}.test"}
                async with session.get(f"http://127.0.0.1:{port}/{path}", headers=host) as response:
                    links += _links(endpoint, await response.read())
            return links

        return sum(await asyncio.gather(*map(poll, papers())))


def _links(endpoint: Endpoint, body: bytes) -> int:
    if not body:
        return 0
    if endpoint.kind is EndpointKind.FEED:
        return len(feedparser.parse(body).entries)
    return sum(1 for _ in etree.fromstring(body).iter("{*}loc"))


async def ours(settings: Settings) -> int:
    """Everything that a run does for a source that has nothing new; how many pages it claimed."""
    with opened(settings, "ingest", papers(), papers(), Logged()) as stage:
        left = leftovers(stage)
        memory = load.remembered(stage)
        robots = memory.robots | robots_of(left.discovery, stage.data)
        polls = await discovered(stage, made_due(memory.states, settings.clock()), robots, left.discovery)
        claims = load.planned(stage, polls, robots | stage.robots, left, [])
        load.kept_robots(stage, stage.robots)
        clustered(stage)
        struck(stage)
        load.published(stage)
        finished(stage)
        return len(claims)


def measured(settings: Settings, port: int) -> Iterator[tuple[Cost, Cost]]:
    """Both in turn, each run a quarter of an hour after the one before; the first of each only warms up."""
    for turn in range(ROUNDS + 1):
        now = NOW + timedelta(hours=1) + STEP * turn
        mine = _cost(partial(_run, settings.model_copy(update={"now": now})))
        theirs = _cost(partial(_polled, port))
        if turn:
            yield mine, theirs


def _run(settings: Settings) -> None:
    asyncio.run(ours(settings))


def _polled(port: int) -> None:
    asyncio.run(bare(port))


def _cost(work: Callable[[], object]) -> Cost:
    began, spent = time.perf_counter(), _cpu()
    work()
    return Cost(time.perf_counter() - began, _cpu() - spent)


def _cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def figures(known: int = KNOWN) -> Iterator[Figure]:
    """The ratios of seconds, and both sides' CPU."""
    for mode, words in (("304", "all answer 304"), ("200", "all is sent again")):
        with tempfile.TemporaryDirectory() as folder, serving(mode, known) as port:
            settings = _prepared(Path(folder), known, port)
            pairs = list(measured(settings, port))
        note = f"{known:,} known, {SOURCES} sources, {words}"
        seconds = [(mine.wall, theirs.wall) for mine, theirs in pairs]
        yield ratio("no-change", f"seconds beside bare polling, {words}", seconds, better="lower", bar=BAR, note=note)
        for name, costs in (("ours", [mine for mine, _ in pairs]), ("bare", [theirs for _, theirs in pairs])):
            cpu, wall = (statistics.median(getattr(each, kind) for each in costs) for kind in ("cpu", "wall"))
            yield Figure("no-change", f"CPU, {words}, {name}", cpu, "s", note=f"{wall:.2f} s by the clock")


def _prepared(folder: Path, known: int, port: int) -> Settings:
    """Settings over a data folder whose warehouse knows the pages, none of them due."""
    with open_warehouse(folder, now=NOW) as warehouse:
        filled(warehouse, known, SOURCES)
        warehouse.session.connection.execute("update raw.url set next_due_at = null")
    resolve = {f"paper{number}.test": ("127.0.0.1", port) for number in range(SOURCES)}
    return Settings(data=folder, resolve=resolve, workers=2)


def main() -> None:
    """Print the figures."""
    for figure in figures(int(sys.argv[1]) if sys.argv[1:] else KNOWN):
        print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
