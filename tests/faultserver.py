"""A loopback server whose every byte a test decides, and a log of what it was asked."""

import asyncio
import contextlib
import socket
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from broadsheet.fetching import Network, PageRequest, fetch_all
from broadsheet.model import Role, Source

REASONS = {200: "OK", 304: "Not Modified", 404: "Not Found"}


def has_ipv6():
    """Whether this machine has an IPv6 loopback."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


@dataclass
class Asked:
    """One request as it arrived. `at` is monotonic, in seconds."""

    host: str
    path: str
    headers: dict[str, str]
    at: float
    under_way: int  # requests to this host that are being answered, this one included
    status: int | None = None  # of its answer
    sent: int = 0  # bytes of its answer so far
    address: str = ""  # of ours that was asked


@dataclass
class FaultServer:
    """`routes` maps "host/path" or "/path" to bytes, or to a function (asked, writer) that writes whatever it likes.

    A list is used up one entry a request, its last entry stays. Anything else is answered 404.
    """

    routes: dict
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    connections: int = 0  # opened so far
    _busy: dict[str, int] = field(default_factory=dict)

    @contextlib.asynccontextmanager
    async def serving(self, *, six=False):
        """Serves on 127.0.0.1, and with `six` on ::1 at the same port too."""
        self._tasks = set()
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        six = await asyncio.start_server(self._connection, "::1", self.port) if six else None
        try:
            yield self
        finally:
            if six:
                six.close()
            server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await server.wait_closed()

    def done(self, asked):
        """A request was answered, or its asker has gone."""

    def paths(self, host=None):
        return [asked.path for asked in self.asked if host in {None, asked.host}]

    async def _connection(self, reader, writer):
        task = asyncio.current_task()
        self._tasks.add(task)
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self._answer(head.decode("latin-1"), reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _answer(self, head, reader, writer):
        first, *lines = head.strip().split("\r\n")
        path = first.split(" ")[1]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        host = headers["host"]
        self._busy[host] = self._busy.get(host, 0) + 1
        address = writer.get_extra_info("sockname")[0]
        asked = Asked(host, path, headers, time.monotonic(), self._busy[host], address=address)
        self.asked.append(asked)
        try:
            await unless_gone(reader, self._route(asked, Counting(writer, asked)))
        finally:
            self._busy[host] -= 1
            self.done(asked)

    async def _route(self, asked, writer):
        route = self.routes.get(asked.host + asked.path, self.routes.get(asked.path, answer(404)))
        if isinstance(route, list):
            route = route.pop(0) if len(route) > 1 else route[0]
        if isinstance(route, bytes):
            writer.write(route)
            await writer.drain()
        else:
            await route(asked, writer)


async def unless_gone(reader, answering):
    """Answers until that is done, or the asker has gone away."""
    work, gone = asyncio.ensure_future(answering), asyncio.ensure_future(reader.read(1))
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            raise ConnectionResetError
        await work
    finally:
        for each in (work, gone):
            each.cancel()
        await asyncio.gather(work, gone, return_exceptions=True)


@dataclass
class Counting:
    """A writer that counts what it writes."""

    writer: asyncio.StreamWriter
    asked: Asked

    def write(self, data):
        if data.startswith(b"HTTP/1.1 "):
            self.asked.status = int(data[9:12])
        self.asked.sent += len(data)
        self.writer.write(data)

    async def drain(self):
        await self.writer.drain()

    async def wait_closed(self):
        await self.writer.wait_closed()

    def close(self):
        self.writer.close()

    @property
    def transport(self):
        return self.writer.transport


def answer(status=200, body=b"", *, length=None, **headers):
    """The bytes of an answer. `length` overrides Content-Length; header names are given with underscores."""
    named = {"Content-Length": str(len(body) if length is None else length), "Date": "Tue, 24 Nov 2026 06:00:00 GMT"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status} {REASONS.get(status, 'Because')}\r\n{head}\r\n".encode() + body


def html(text="<p>The ferry leaves at nine.", **headers):
    return answer(200, text.encode(), Content_Type="text/html; charset=utf-8", **headers)


def redirect(location, status=302):
    return answer(status, Location=location)


def then_close(data):
    """Writes the bytes, then ends the connection in the ordinary way."""

    async def route(_, writer):
        writer.write(data)
        await writer.drain()
        raise ConnectionResetError

    return route


def then_reset(data=b""):
    """Writes the bytes, then resets the connection."""

    async def route(_, writer):
        writer.write(data)
        await writer.drain()
        writer.transport.abort()
        raise ConnectionResetError

    return route


async def silence(_, writer):
    """Never answers."""
    await writer.drain()
    await asyncio.Event().wait()


def then_silence(data):
    async def route(_, writer):
        writer.write(data)
        await writer.drain()
        await asyncio.Event().wait()

    return route


def endless(head, piece):
    """Writes a head, then the piece for as long as anybody reads."""

    async def route(_, writer):
        writer.write(head)
        while True:
            writer.write(piece)
            await writer.drain()

    return route


# ── Fetching from it ──────────────────────────────────────────────────────────────────────────────────────────────────

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
PAPER = Source("paper", "http://paper.test/", delay=0.0)
SECRET = "http://169.254.169.254/latest/meta-data/"


def wanted(*urls, source=PAPER, role=Role.PAGE, **validators):
    return [PageRequest(url, role, source, **validators) for url in urls]


def network(server, **changes):
    hosts = ("paper.test", "www.paper.test", "other.test", "third.test", *(f"h{i}.test" for i in range(8)))
    settings = {"seconds": 2.0, "backoff": 0.0, "clock": lambda: NOW, "max_bytes": 1 << 20}
    return Network("Broadsheet/0 (+https://broadsheet.test/bot)", dict.fromkeys(hosts, ("127.0.0.1", server.port)),
                   **settings | changes)  # fmt: skip


def fetch(server, requests, robots=None, **changes):
    """Everything that fetching yields, in order."""

    async def run():
        async with server.serving():
            return [page async for page in fetch_all(requests, network(server, **changes), robots or {})]

    return asyncio.run(run())


def final(server, url="http://paper.test/a", **changes):
    """The one final page of one request."""
    (page,) = (page for page in fetch(server, wanted(url), **changes) if page.role is Role.PAGE)
    return page
