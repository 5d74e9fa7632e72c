"""Fetching at length: memory does not grow with what has been fetched, and a bomb costs little of it."""

import asyncio
import contextlib
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from faultserver import PAPER, wanted

from broadsheet.archive import SegmentWriter
from broadsheet.fetching import Network, fetch_all
from broadsheet.model import Reason, Role

HOSTS = 20
PAGES = 20_000
MIB = 1 << 20

SERVER = """
import asyncio, gzip, random
import brotli
from aiohttp import web
from backports import zstd

words = random.Random(0).choices("ferry quay pilot harbour winter boat nine seal tide".split(), k=60_000)
page = gzip.compress(("<p>" + " ".join(words)).encode())
zeros = bytes(1 << 30)
bombs = {
    "gzip": gzip.compress(zeros, 1),
    "gzip, gzip": gzip.compress(gzip.compress(zeros, 1)),
    "br": brotli.compress(zeros, quality=1),
    "zstd": zstd.compress(zeros),
    "zstd, br": brotli.compress(zstd.compress(zeros)),
}
del zeros

async def answer(request):
    if request.path == "/robots.txt":
        return web.Response(status=404)
    if request.path == "/bomb":
        coding = request.query["coding"].replace("+", ", ")
        return web.Response(body=bombs[coding], headers={"Content-Encoding": coding, "Content-Type": "text/html"})
    return web.Response(body=page, headers={"Content-Encoding": "gzip", "Content-Type": "text/html"})

async def main():
    runner = web.ServerRunner(web.Server(answer, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@contextlib.contextmanager
def serving():
    """A server in a process of its own, so that its memory is not ours; yields its port."""
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE) as server:
        try:
            yield int(server.stdout.readline())
        finally:
            server.terminate()


def resident():
    """The memory of this process in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@contextlib.contextmanager
def watched():
    """The most memory taken beyond what there was, in a list of one, looked at every millisecond."""
    before, most, over = resident(), [0], threading.Event()

    def watch():
        while not over.wait(0.001):
            most[0] = max(most[0], resident() - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def fetched(port, urls):
    """The most memory that fetching, to a WARC segment, took beyond what there was, and the reasons of its pages."""
    ways = {f"h{number}.test": ("127.0.0.1", port) for number in range(HOSTS)}
    network = Network("B/0", ways)

    async def run():
        requests = wanted(*urls, source=replace(PAPER, connections=4))
        reasons = []
        async for page in fetch_all(requests, network, {}):
            writer.write(page)
            reasons += [page.reason] if page.role is Role.PAGE else []
        return reasons

    with (
        watched() as most,
        tempfile.TemporaryDirectory() as folder,
        SegmentWriter(Path(folder), "memory", software="broadsheet/0") as writer,
    ):
        reasons = asyncio.run(run())
    return most[0], reasons


@pytest.mark.heavy
@pytest.mark.timeout(600)
def test_memory_stays_flat_over_many_pages():
    with serving() as port:
        most, reasons = fetched(port, [f"http://h{number % HOSTS}.test/{number}" for number in range(PAGES)])
    assert reasons == [None] * PAGES
    assert most < 150 * MIB


@pytest.mark.heavy
def test_a_gibibyte_in_a_few_bytes_costs_less_than_64_mib():
    with serving() as port:
        for coding in ("gzip", "gzip%2Bgzip", "br", "zstd", "zstd%2Bbr"):
            most, reasons = fetched(port, [f"http://h0.test/bomb?coding={coding}"])
            assert reasons == [Reason.TOO_LARGE], coding
            assert most < 64 * MIB, coding
