"""Proxies, intranets and IPv6: the ways out, and that the guard stands at each."""

import asyncio
import base64
import socket

import pytest
from faultserver import NOW, PAPER, FaultServer, html, network, redirect, wanted

from broadsheet.errors import ConfigError
from broadsheet.fetching import Network, fetch_all, proxies_of_environment
from broadsheet.fetching.lookups import Lookups
from broadsheet.fetching.proxies import Proxies, Proxy
from broadsheet.model import Reason, Role, Source

AGENT = "Broadsheet/0 (+https://broadsheet.test/bot)"
NAMES = {"inward.test": "10.0.0.7", "outward.test": "93.184.215.14", "wiki.intern": "127.0.0.1"}


@pytest.fixture(autouse=True)
def dns(monkeypatch):
    """A DNS of our own: no name leaves this machine."""

    async def resolve(_, host, port=0, family=socket.AF_UNSPEC):
        if host not in NAMES:
            raise OSError(socket.EAI_NONAME, "unknown")
        found = {"hostname": host, "host": NAMES[host], "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}
        return [found]

    monkeypatch.setattr(Lookups, "found", resolve)


def fetched(server, url, **changes):
    """The one final page of a URL, and robots.txt before it, asked by way of what `changes` say."""
    source = Source("paper", url, delay=0.0)

    async def run():
        async with server.serving():
            ways = {name: make(server) for name, make in changes.items()}
            reached = Network(AGENT, clock=lambda: NOW, tries=1, seconds=5.0, **ways)
            return [page async for page in fetch_all(wanted(url, source=source), reached, {})]

    return asyncio.run(run())[-1]


def by_proxy(authorization="", direct=""):
    def make(server):
        return Proxies((("http", Proxy(f"http://127.0.0.1:{server.port}", authorization)),), direct)

    return make


# ── Proxies ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("host", ["outward.test", "known-to-the-proxy.test", "8.8.8.8"])
def test_a_page_is_asked_of_the_proxy_with_its_credentials(host):
    server = FaultServer({f"http://{host}/a": html()})
    page = fetched(server, f"http://{host}/a", proxies=by_proxy("Basic c2VjcmV0"))
    assert (page.status, page.reason) == (200, None)
    assert [asked.headers["proxy-authorization"] for asked in server.asked] == ["Basic c2VjcmV0"] * 2


@pytest.mark.parametrize(
    "host", ["inward.test", "127.0.0.1", "2130706433", "[::1]", "169.254.169.254", "0x7f.1", "[::ffff:10.0.0.1]"]
)
def test_a_proxy_is_not_asked_for_what_is_inside(host):
    server = FaultServer({})
    assert fetched(server, f"http://{host}/a", proxies=by_proxy()).reason is Reason.ADDRESS_REFUSED
    assert server.asked == []


def test_a_redirect_inside_is_not_followed_by_way_of_a_proxy():
    server = FaultServer({"http://outward.test/a": redirect("http://inward.test/")})
    source = Source("paper", "http://outward.test/", hosts=("inward.test",), delay=0.0)

    async def run():
        async with server.serving():
            reached = Network(AGENT, proxies=by_proxy()(server), tries=1)
            return [page async for page in fetch_all(wanted("http://outward.test/a", source=source), reached, {})]

    assert asyncio.run(run())[-1].reason is Reason.ADDRESS_REFUSED


def test_a_host_that_needs_no_proxy_is_asked_directly():
    server = FaultServer({"/a": html()})
    page = fetched(server, "http://wiki.intern/a", proxies=by_proxy(direct="wiki.intern"))
    assert page.reason is Reason.ADDRESS_REFUSED


def test_an_https_page_is_asked_through_a_tunnel():
    heads = []

    async def refuses(reader, writer):
        heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(b"HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    async def run():
        async with await asyncio.start_server(refuses, "127.0.0.1", 0) as server:
            proxy = Proxy(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", "Basic c2VjcmV0")
            reached = Network(AGENT, proxies=Proxies((("https", proxy),)), tries=1)
            return [page async for page in fetch_all(wanted("https://outward.test/a"), reached, {})]

    assert asyncio.run(run())[-1].reason is Reason.ROBOTS_UNREACHABLE
    assert heads[0].startswith("CONNECT outward.test:443 ")
    assert "Basic c2VjcmV0" in heads[0]


def test_proxies_come_from_the_environment(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ALL_PROXY", "REQUEST_METHOD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", "proxy.intern:3128")
    monkeypatch.setenv("HTTPS_PROXY", "http://ann:p%40ss@proxy.intern:3129")
    monkeypatch.setenv("NO_PROXY", ".intern,10.0.0.1")
    found = proxies_of_environment()
    assert found.of("http", "paper.test") == Proxy("http://proxy.intern:3128")
    secret = base64.b64encode(b"ann:p@ss").decode()
    assert found.of("https", "paper.test") == Proxy("http://proxy.intern:3129", f"Basic {secret}")
    assert found.of("http", "wiki.intern") is None
    assert found.of("http", "10.0.0.1") is None
    assert found.places == {("proxy.intern", 3128), ("proxy.intern", 3129)}


def test_without_proxies_all_is_asked_directly(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert proxies_of_environment().of("https", "paper.test") is None


def test_a_proxy_of_an_unknown_kind_is_one_clear_error(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "socks5://proxy.intern:1080")
    with pytest.raises(ConfigError, match="HTTPS_PROXY: socks5: allowed are"):
        proxies_of_environment()


# ── Intranets, and names that lead inward ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("url", ["http://inward.test/a", "http://wiki.intern/a", "https://wiki.intern/a"])
def test_a_name_that_leads_inward_is_refused(url):
    assert fetched(FaultServer({}), url).reason is Reason.ADDRESS_REFUSED


@pytest.mark.parametrize("name", ["wiki.intern", "127.0.0.1"])
def test_a_name_on_the_allow_list_may_lead_inward(name):
    server = FaultServer({"/a": html()})

    async def run():
        async with server.serving():
            url = f"http://{name}:{server.port}/a"
            reached = Network(AGENT, private=frozenset({name}), tries=1)
            return [page async for page in fetch_all(wanted(url, source=Source("w", url)), reached, {})]

    assert asyncio.run(run())[-1].status == 200


def test_the_allow_list_opens_the_door_to_nobody_else():
    server = FaultServer({"/a": redirect("http://127.0.0.1/b")})

    async def run():
        async with server.serving():
            home = f"http://wiki.intern:{server.port}"
            source = Source("wiki", home, hosts=("127.0.0.1", "inward.test"), delay=0.0)
            reached = Network(AGENT, private=frozenset({"wiki.intern"}), tries=1)
            requests = wanted(f"{home}/a", "http://inward.test/", source=source)
            return [page async for page in fetch_all(requests, reached, {})]

    reasons = {page.reason for page in asyncio.run(run()) if page.role is Role.PAGE}
    assert reasons == {Reason.ADDRESS_REFUSED}


@pytest.mark.parametrize("literal", ["127.0.0.1", "[::1]"])
def test_an_address_on_the_allow_list_gives_no_name_leave_to_lead_there(literal):
    server = FaultServer({"/a": html()})

    async def run():
        async with server.serving():
            url = f"http://wiki.intern:{server.port}/a"
            reached = Network(AGENT, private=frozenset({literal.strip("[]")}), tries=1)
            return [page async for page in fetch_all(wanted(url, source=Source("w", url)), reached, {})]

    assert asyncio.run(run())[-1].reason is Reason.ADDRESS_REFUSED
    assert server.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "wiki.intern"])
@pytest.mark.parametrize("named", ["127.0.0.1", "wiki.intern"])
def test_the_proxys_place_is_open_to_what_is_asked_of_the_proxy_alone(host, named):
    server = FaultServer({"/a": html()})

    async def run():
        async with server.serving():
            url = f"http://{host}:{server.port}/a"
            proxies = Proxies((("https", Proxy(f"http://{named}:{server.port}")),))
            reached = Network(AGENT, proxies=proxies, tries=1)
            return [page async for page in fetch_all(wanted(url, source=Source("w", url)), reached, {})]

    assert asyncio.run(run())[-1].reason is Reason.ADDRESS_REFUSED
    assert server.asked == []


# ── Contact ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nobody_beyond_this_machine_is_asked_without_a_contact_by_redirect_either():
    server = FaultServer({"/a": redirect("http://outward.test/b")})
    source = Source("paper", PAPER.home, hosts=("outward.test",), delay=0.0)

    async def run():
        async with server.serving():
            ways = {"paper.test": ("127.0.0.1", server.port)}
            return [
                page async for page in fetch_all(wanted("http://paper.test/a", source=source), Network("B/0", ways), {})
            ]

    page = asyncio.run(run())[-1]
    assert page.reason is Reason.ROBOTS_UNREACHABLE or page.reason is Reason.ADDRESS_REFUSED
    assert "contact" in page.detail


# ── IPv6 and keep-alive ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_host_is_reached_over_ipv6():
    async def one_page(reader, writer):
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(html())

    async def run():
        async with await asyncio.start_server(one_page, "::1", 0) as server:
            ways = {"paper.test": server.sockets[0].getsockname()[:2]}
            found = [page async for page in fetch_all(wanted("http://paper.test/a"), Network(AGENT, ways), {})]
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
            return found

    assert asyncio.run(run())[-1].status == 200


def test_a_connection_is_used_again():
    server = FaultServer({f"/{n}": html() for n in range(10)})

    async def run():
        async with server.serving():
            requests = wanted(*(f"http://paper.test/{n}" for n in range(10)))
            return [page.status async for page in fetch_all(requests, network(server), {})], server.connections

    statuses, connections = asyncio.run(run())
    assert statuses[1:] == [200] * 10
    assert connections <= 2
