"""Names that DNS is slow to answer: they hold up themselves, and nobody else."""

import asyncio
import socket
import threading
from contextlib import aclosing

import pytest
from faultserver import PAPER, FaultServer, html, wanted

from broadsheet.fetching import Network, fetch_all
from broadsheet.fetching.lookups import Lookups
from broadsheet.model import Reason, Role


@pytest.fixture
def slow(monkeypatch):
    """A DNS that answers for localhost, and for no other name before the test is over."""
    over, real = threading.Event(), socket.getaddrinfo

    def getaddrinfo(host, *args, **named):
        if str(host).startswith("dead"):
            over.wait()
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return real(host, *args, **named)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield
    over.set()


@pytest.mark.usefixtures("slow")
def test_names_that_are_slow_hold_up_neither_other_hosts_nor_the_end():
    server = FaultServer({"/a": html()})

    async def run():
        async with server.serving():
            network = Network("B/0 (+https://b.test/)", private=frozenset({"localhost"}), tries=1, connections=4)
            dead = [each for n in range(20) for each in wanted(f"http://dead{n}.test/", source=PAPER)]
            async with aclosing(fetch_all([*dead, *wanted(f"http://localhost:{server.port}/a")], network, {})) as pages:
                return await anext(page async for page in pages if page.role is Role.PAGE)

    assert asyncio.run(run()).status == 200


@pytest.mark.usefixtures("slow")
def test_a_name_has_its_own_time():
    with pytest.raises(socket.gaierror, match=r"no answer in 0\.01 s"):
        asyncio.run(Lookups(0.01).found("dead.test", 80, socket.AF_UNSPEC))


@pytest.mark.usefixtures("slow")
def test_a_name_without_an_answer_is_told_as_such(monkeypatch):
    monkeypatch.setattr("broadsheet.fetching.resolving.Lookups", lambda: Lookups(0.01))

    async def run():
        network = Network("B/0 (+https://b.test/)", seconds=0.001, tries=1)
        return [page async for page in fetch_all(wanted("http://dead.test/"), network, {})][-1]

    assert asyncio.run(run()).reason is Reason.NAME_NOT_RESOLVED
