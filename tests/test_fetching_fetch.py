"""Fetching against a server that misbehaves: one outcome a request, and no more asked than may be."""

import asyncio
import gzip
import itertools
import ssl
import tempfile
import tracemalloc
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import brotli
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from faultserver import FaultServer, answer, endless, html, redirect, silence, then_close, then_reset, then_silence

from broadsheet.fetching import Network, PageRequest, fetch_all, needs_contact, robots_answer
from broadsheet.model import Reason, RobotsAnswer, Role, Source

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


def test_a_page_comes_as_it_was_sent_with_its_robots_before_it():
    server = FaultServer({"/robots.txt": answer(404), "/a": html(ETag='"1"')})
    robots, page = fetch(server, wanted("http://paper.test/a"))
    assert (robots.role, robots.url, robots.status) == (Role.ROBOTS, "http://paper.test/robots.txt", 404)
    assert (page.url, page.target, page.role, page.source) == (
        "http://paper.test/a", "http://paper.test/a", Role.PAGE, "paper")  # fmt: skip
    assert (page.status, page.body, page.reason, page.tries) == (200, b"<p>The ferry leaves at nine.", None, 1)
    assert page.header("etag") == '"1"'
    assert page.captured_at == NOW
    assert server.paths() == ["/robots.txt", "/a"]


def test_a_request_says_who_asks_and_what_it_can_read():
    server = FaultServer({"/a": html()})
    final(server)
    headers = server.asked[-1].headers
    assert headers["user-agent"] == "Broadsheet/0 (+https://broadsheet.test/bot)"
    assert headers["accept-encoding"] == "gzip, deflate, br"
    assert headers["host"] == "paper.test"
    assert "cookie" not in headers


def test_the_path_and_query_go_out_byte_for_byte():
    url = "http://paper.test/%C3%BC,a;b/(c)'d'?a=%26+x%20y&b=@:/?"
    server = FaultServer({"/%C3%BC,a;b/(c)'d'?a=%26+x%20y&b=@:/?": html()})
    assert final(server, url).status == 200


def test_every_request_ends_in_exactly_one_page():
    server = FaultServer({f"/{i}": html() if i % 3 else then_reset() for i in range(30)})
    urls = [f"http://h{i % 4}.test/{i}" for i in range(30)]
    pages = [page for page in fetch(server, wanted(*urls)) if page.role is Role.PAGE]
    assert sorted(page.url for page in pages) == sorted(urls)


def test_no_requests_bring_no_pages():
    assert fetch(FaultServer({}), []) == []


@pytest.mark.parametrize(
    "route, reason, tries",
    [
        (then_reset(), Reason.CONNECTION_FAILED, 3),
        (then_close(b""), Reason.CONNECTION_FAILED, 3),
        (then_reset(answer(200, b"half", length=100)), Reason.TRUNCATED, 3),
        (then_close(answer(200, b"half", length=100)), Reason.TRUNCATED, 3),
        (then_close(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal"), Reason.TRUNCATED, 3),
        (then_close(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhalf"), Reason.HTTP_ERROR, 1),
        (answer(200, gzip.compress(b"x" * 999)[:-9], Content_Encoding="gzip"), Reason.TRUNCATED, 3),
        (then_close(b"nonsense\r\n\r\n"), Reason.HTTP_ERROR, 1),
        (then_close(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"), Reason.HTTP_ERROR, 1),
        (answer(200, b"plain", Content_Encoding="gzip"), Reason.BAD_ENCODING, 1),
        (answer(200, b"plain", Content_Encoding="exi"), Reason.BAD_ENCODING, 1),
        (answer(401), Reason.LOGIN_WALL, 1),
        (answer(402), Reason.PAY_WALL, 1),
        (answer(403), Reason.BLOCKED, 1),
        (answer(451), Reason.BLOCKED, 1),
        (answer(503, cf_mitigated="challenge"), Reason.BLOCKED, 1),
        (answer(429), Reason.RATE_LIMITED, 3),
        (answer(400), Reason.HTTP_ERROR, 1),
        (answer(418), Reason.HTTP_ERROR, 1),
        (answer(300), Reason.HTTP_ERROR, 1),
        (answer(302), Reason.HTTP_ERROR, 1),
        (redirect("mailto:desk@paper.test"), Reason.HTTP_ERROR, 1),
        (answer(500), Reason.SERVER_ERROR, 3),
        (answer(501), Reason.SERVER_ERROR, 1),
        (answer(503), Reason.SERVER_ERROR, 3),
        (answer(200, length=2 << 30), Reason.TOO_LARGE, 1),
        (endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536), Reason.TOO_LARGE, 1),
        (endless(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n", b"x" * 65536), Reason.NOT_HTML, 1),
        (answer(404), None, 1),
        (answer(410), None, 1),
        (answer(204), None, 1),
    ],
)
def test_what_goes_wrong_has_a_reason_and_as_many_tries_as_may_help(route, reason, tries):
    page = final(FaultServer({"/a": route}))
    assert (page.reason, page.tries) == (reason, tries)


@pytest.mark.parametrize("route", [silence, then_silence(b"HTTP/1.1 200 OK\r\n"), then_silence(answer(200, length=9))])
def test_a_slow_answer_is_given_up_in_time(route):
    page = final(FaultServer({"/a": route}), seconds=0.2, tries=1)
    assert page.reason is Reason.TIMEOUT
    assert page.seconds < 1


def test_what_came_of_a_broken_body_is_kept():
    page = final(FaultServer({"/a": then_close(answer(200, b"half a page", length=100))}))
    assert (page.status, page.body) == (200, b"half a page")


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429, 408])
def test_a_passing_failure_is_outlasted(status):
    server = FaultServer({"/a": [answer(status), then_reset(), html()]})
    page = final(server)
    assert (page.status, page.reason, page.tries) == (200, None, 3)
    assert server.paths().count("/a") == 3


def test_a_refusal_is_not_asked_twice():
    server = FaultServer({"/a": answer(403)})
    final(server)
    assert server.paths().count("/a") == 1


BOMB = bytes(64 << 20)


@pytest.mark.parametrize(
    "coding, body",
    [
        ("gzip", gzip.compress(BOMB)),
        ("br", brotli.compress(BOMB, quality=4)),
        ("gzip, gzip", gzip.compress(gzip.compress(BOMB))),
    ],
)
def test_a_bomb_is_refused_and_costs_little(coding, body):
    server = FaultServer({"/a": answer(200, body, Content_Encoding=coding)})
    tracemalloc.start()
    try:
        page = final(server)
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()
    assert page.reason is Reason.TOO_LARGE


def test_a_coded_body_is_handed_over_as_received():
    body = brotli.compress(b"<p>The ferry leaves at nine." * 100)
    page = final(FaultServer({"/a": answer(200, body, Content_Encoding="br")}))
    assert (page.body, page.reason) == (body, None)


# ── Conditional requests ─────────────────────────────────────────────────────────────────────────────────────────────


def test_validators_are_sent_and_304_is_passed_on():
    server = FaultServer({"/a": answer(304, ETag='"1"')})
    stamp = "Mon, 23 Nov 2026 06:00:00 GMT"
    *_, page = fetch(server, wanted("http://paper.test/a", etag='"1"', last_modified=stamp))
    assert (page.status, page.reason, page.body) == (304, None, b"")
    headers = server.asked[-1].headers
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"1"', stamp)


def test_past_a_redirect_only_the_etag_is_sent():
    server = FaultServer({"/a": redirect("/b"), "/b": html()})
    fetch(server, wanted("http://paper.test/a", etag='"1"', last_modified="Mon, 23 Nov 2026 06:00:00 GMT"))
    headers = server.asked[-1].headers
    assert headers["if-none-match"] == '"1"'
    assert "if-modified-since" not in headers


# ── Redirects ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_hop_of_a_redirect_is_handed_over():
    server = FaultServer(
        {"/a": redirect("b", 301), "/b": redirect("http://www.paper.test/c?z&a", 308), "/c?z&a": html()}
    )
    pages = fetch(server, wanted("http://paper.test/a"))
    assert [(page.role, page.url, page.target, page.status) for page in pages if page.role is not Role.ROBOTS] == [
        (Role.REDIRECT, "http://paper.test/a", "http://paper.test/a", 301),
        (Role.REDIRECT, "http://paper.test/a", "http://paper.test/b", 308),
        (Role.PAGE, "http://paper.test/a", "http://www.paper.test/c?z&a", 200),
    ]


CHAIN = {f"/{name}": redirect(f"/{after}") for name, after in itertools.pairwise("abcdefgh")}


@pytest.mark.parametrize(
    "routes, reason",
    [
        ({"/a": redirect("/a")}, Reason.TOO_MANY_REDIRECTS),
        ({"/a": redirect("/b"), "/b": redirect("/a")}, Reason.TOO_MANY_REDIRECTS),
        (CHAIN, Reason.TOO_MANY_REDIRECTS),
        ({"/a": redirect("http://other.test/b"), "/b": html()}, Reason.REDIRECT_OUTSIDE),
        ({"/a": redirect("//other.test/b"), "/b": html()}, Reason.REDIRECT_OUTSIDE),
        ({"/a": redirect(SECRET)}, Reason.ADDRESS_REFUSED),
        ({"/a": redirect("http://[::ffff:127.0.0.1]/")}, Reason.ADDRESS_REFUSED),
        ({"/a": redirect("http://2130706433/")}, Reason.ADDRESS_REFUSED),
        ({"/a": redirect("http://0x7f.1/")}, Reason.ADDRESS_REFUSED),
    ],
)  # fmt: skip
def test_a_redirect_that_is_not_followed_says_why(routes, reason):
    server = FaultServer(routes)
    pages = fetch(server, wanted("http://paper.test/a"))
    assert [page.reason for page in pages if page.role is Role.PAGE] == [reason]
    assert len([page for page in pages if page.role is not Role.ROBOTS]) == len(set(server.paths()) - {"/robots.txt"})
    assert {asked.host for asked in server.asked} == {"paper.test"}


def test_five_redirects_are_followed():
    hops = {f"/{name}": redirect(f"/{after}") for name, after in itertools.pairwise("abcdef")}
    assert final(FaultServer(hops | {"/f": html()})).status == 200


@pytest.mark.parametrize(
    "hosts",
    [("other.test",), ("www.other.test",), (".test",)],
)
def test_a_redirect_to_a_host_of_the_source_is_followed(hosts):
    source = replace(PAPER, hosts=hosts)
    server = FaultServer({"/a": redirect("http://other.test/b"), "other.test/b": html()})
    *_, page = fetch(server, wanted("http://paper.test/a", source=source))
    assert (page.status, page.target) == (200, "http://other.test/b")


def test_a_redirect_into_what_robots_disallows_is_not_followed():
    server = FaultServer(
        {"/robots.txt": answer(200, b"User-agent: *\nDisallow: /b"), "/a": redirect("/b"), "/b": html()}
    )
    *_, page = fetch(server, wanted("http://paper.test/a"))
    assert (page.reason, page.target, page.robots_line) == (
        Reason.ROBOTS_DISALLOWED, "http://paper.test/b", "Disallow: /b")  # fmt: skip
    assert "/b" not in server.paths()


# ── robots.txt ───────────────────────────────────────────────────────────────────────────────────────────────────────

RULES = b"User-agent: *\nDisallow: /\n\nUser-agent: broadsheet\nAllow: /a # ours\nDisallow: /b\n"


@pytest.mark.parametrize("role", [Role.PAGE, Role.ENDPOINT])
def test_robots_is_asked_first_and_obeyed(role):
    server = FaultServer({"/robots.txt": answer(200, RULES), "/a": html(), "/b": html()})
    pages = fetch(server, wanted("http://paper.test/b", "http://paper.test/a", role=role))
    found = {page.url[-2:]: (page.status, page.reason, page.robots_line, page.tries) for page in pages[1:]}
    assert found == {
        "/a": (200, None, "Allow: /a", 1),
        "/b": (None, Reason.ROBOTS_DISALLOWED, "Disallow: /b", 0),
    }
    assert server.paths() == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    "route, status, reason",
    [
        (answer(404), 200, None),
        (answer(401), 200, None),
        (answer(403), 200, None),
        (answer(410), 200, None),
        (answer(429), 200, None),
        (answer(204), 200, None),
        (answer(200, b"<!doctype html><p>Not here"), 200, None),
        (redirect("/robots.txt"), 200, None),
        (answer(500), None, Reason.ROBOTS_UNREACHABLE),
        (answer(503), None, Reason.ROBOTS_UNREACHABLE),
        (then_reset(), None, Reason.ROBOTS_UNREACHABLE),
        (silence, None, Reason.ROBOTS_UNREACHABLE),
        (then_close(answer(200, b"User-agent: *", length=99)), None, Reason.ROBOTS_UNREACHABLE),
    ],
)
def test_a_robots_that_cannot_be_read_allows_or_refuses_all_as_the_standard_says(route, status, reason):
    server = FaultServer({"/robots.txt": route, "/a": html()})
    page = final(server, seconds=0.3)
    assert (page.status, page.reason) == (status, reason)


def test_the_first_500_kib_of_robots_count():
    filler = b"# " + b"x" * 97 + b"\n"
    rules = b"User-agent: *\nDisallow: /b\n" + filler * 6000 + b"Disallow: /a\n"
    server = FaultServer({"/robots.txt": answer(200, rules), "/a": html(), "/b": html()})
    pages = fetch(server, wanted("http://paper.test/a", "http://paper.test/b"))
    assert {page.url[-1]: page.reason for page in pages[1:]} == {"a": None, "b": Reason.ROBOTS_DISALLOWED}
    assert len(pages[0].body) == 500 * 1024


def test_robots_may_be_redirected_to_another_host():
    away, rules = redirect("http://other.test/r", 301), answer(200, b"User-agent: *\nDisallow: /a")
    server = FaultServer({"paper.test/robots.txt": away, "other.test/r": rules, "/a": html()})
    hop, robots, page = fetch(server, wanted("http://paper.test/a"))
    assert (hop.role, robots.role, robots.url, robots.target) == (
        Role.REDIRECT, Role.ROBOTS, "http://paper.test/robots.txt", "http://other.test/r")  # fmt: skip
    assert page.reason is Reason.ROBOTS_DISALLOWED


def test_a_stored_robots_answer_is_used_for_a_day_and_then_asked_anew():
    for age, asked in ((timedelta(hours=24), False), (timedelta(hours=25), True)):
        server = FaultServer({"/robots.txt": answer(404), "/a": html()})
        stored = {
            "http://paper.test": RobotsAnswer("http://paper.test", NOW - age, 200, b"User-agent: *\nDisallow: /a")
        }
        page = fetch(server, wanted("http://paper.test/a"), stored)[-1]
        assert ("/robots.txt" in server.paths()) is asked
        assert (page.reason is Reason.ROBOTS_DISALLOWED) is not asked


def test_a_stored_answer_of_a_server_in_trouble_is_not_used():
    server = FaultServer({"/robots.txt": answer(404), "/a": html()})
    stored = {"http://paper.test": RobotsAnswer("http://paper.test", NOW, 503)}
    assert fetch(server, wanted("http://paper.test/a"), stored)[-1].status == 200


def test_what_was_fetched_of_robots_can_be_stored_and_used():
    body = gzip.compress(b"User-agent: *\nDisallow: /a")
    server = FaultServer({"/robots.txt": answer(200, body, Content_Encoding="gzip"), "/a": html()})
    stored = robots_answer(fetch(server, wanted("http://paper.test/a"))[0])
    assert stored == RobotsAnswer("http://paper.test", NOW, 200, b"User-agent: *\nDisallow: /a")
    again = FaultServer({"/a": html()})
    (page,) = fetch(again, wanted("http://paper.test/a"), {stored.origin: stored})
    assert page.reason is Reason.ROBOTS_DISALLOWED
    assert again.asked == []


def test_robots_is_asked_once_an_origin_however_many_pages_wait():
    server = FaultServer({f"/{i}": html() for i in range(20)})
    fetch(server, wanted(*(f"http://h{i % 2}.test/{i}" for i in range(20))))
    assert server.paths().count("/robots.txt") == 2


# ── The address guard ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("url", [SECRET, "http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "http://localhost/"])
def test_a_page_at_a_private_address_is_not_asked_for(url):
    source = Source("inside", url, delay=0.0)
    server = FaultServer({})
    pages = fetch(server, wanted(url, source=source))
    assert [page.reason for page in pages if page.role is Role.PAGE] == [Reason.ADDRESS_REFUSED]
    assert server.asked == []


def test_only_the_mapped_port_of_a_mapped_address_is_exempt():
    server, other = FaultServer({"/a": html()}), FaultServer({"/a": html()})

    async def run():
        async with server.serving(), other.serving():
            url = f"http://127.0.0.1:{other.port}/a"
            requests = wanted(url, source=Source("inside", url, delay=0.0))
            return [page async for page in fetch_all(requests, network(server), {})]

    assert asyncio.run(run())[-1].reason is Reason.ADDRESS_REFUSED
    assert other.asked == []


def test_a_name_that_does_not_exist_is_told_as_such():
    url = f"http://{'a' * 64}.invalid/a"  # a label too long for DNS, so that no server is troubled
    pages = fetch(FaultServer({}), wanted(url, source=Source("nowhere", url, delay=0.0)))
    assert pages[-1].reason is Reason.NAME_NOT_RESOLVED


async def no_tls(_, writer):
    writer.write(b"HTTP/1.1 400 Speak plainly\r\n\r\n")
    writer.close()
    await writer.wait_closed()


def test_a_server_that_speaks_no_tls_is_told_as_such():
    async def run():
        plain = await asyncio.start_server(no_tls, "127.0.0.1", 0)
        async with plain:
            ways = {"paper.test": plain.sockets[0].getsockname()[:2]}
            return [page async for page in fetch_all(wanted("https://paper.test/a"), Network("B/0", ways, tries=1), {})]

    robots, page = asyncio.run(run())
    assert (robots.reason, page.reason) == (Reason.TLS_FAILED, Reason.ROBOTS_UNREACHABLE)


def tls_for(name):
    """A server's TLS context with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), 1, NOW, NOW + timedelta(days=3650))
    names = x509.SubjectAlternativeName([x509.DNSName(name)])
    certificate = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    with tempfile.NamedTemporaryFile() as file:
        file.write(secret + certificate.public_bytes(Encoding.PEM))
        file.flush()
        context.load_cert_chain(file.name)
    return context


def test_a_certificate_that_nobody_vouches_for_is_refused():
    async def run():
        server = await asyncio.start_server(no_tls, "127.0.0.1", 0, ssl=tls_for("paper.test"))
        async with server:
            ways = {"paper.test": server.sockets[0].getsockname()[:2]}
            return [page async for page in fetch_all(wanted("https://paper.test/a"), Network("B/0", ways, tries=1), {})]

    robots, page = asyncio.run(run())
    assert (robots.reason, page.reason) == (Reason.TLS_FAILED, Reason.ROBOTS_UNREACHABLE)
    assert "certificate" in robots.detail.lower()


@pytest.mark.parametrize("url", ["nonsense", "http://", "ftp://paper.test/a"])
def test_what_is_no_usable_url_ends_in_one_page_too(url):
    pages = [page for page in fetch(FaultServer({}), wanted(url)) if page.role is Role.PAGE]
    assert len(pages) == 1
    assert pages[0].reason is not None


# ── Politeness ───────────────────────────────────────────────────────────────────────────────────────────────────────


def gaps(server, host):
    return [later.at - earlier.at for earlier, later in itertools.pairwise(a for a in server.asked if a.host == host)]


async def linger(_, writer):
    await asyncio.sleep(0.02)
    writer.write(html())


def test_a_host_never_sees_two_requests_closer_than_the_delay():
    server = FaultServer({f"/{i}": linger for i in range(6)})
    source = replace(PAPER, delay=0.05, connections=4)
    fetch(server, wanted(*(f"http://paper.test/{i}" for i in range(6)), source=source))
    assert len(gaps(server, "paper.test")) == 6
    assert min(gaps(server, "paper.test")) >= 0.05


def test_the_delay_is_kept_from_one_fetching_to_the_next():
    server = FaultServer({"/a": html(), "/b": html()})
    source = replace(PAPER, delay=0.1)

    async def run():
        async with server.serving():
            shared = network(server)
            for path in ("a", "b"):
                async for _ in fetch_all(wanted(f"http://paper.test/{path}", source=source), shared, {}):
                    pass

    asyncio.run(run())
    assert min(gaps(server, "paper.test")) >= 0.1


def test_crawl_delay_makes_the_delay_longer():
    server = FaultServer({"/robots.txt": answer(200, b"User-agent: *\nCrawl-delay: 0.1"), "/a": html(), "/b": html()})
    fetch(server, wanted("http://paper.test/a", "http://paper.test/b"))
    assert gaps(server, "paper.test")[1] >= 0.1


def test_a_host_never_sees_more_connections_than_agreed():
    server = FaultServer({f"/{i}": linger for i in range(12)})
    fetch(server, wanted(*(f"http://h{i % 2}.test/{i}" for i in range(12)), source=replace(PAPER, connections=2)))
    assert max(asked.under_way for asked in server.asked) == 2


def test_hosts_are_asked_side_by_side():
    server = FaultServer({"/a": linger})
    fetch(server, wanted(*(f"http://h{i}.test/a" for i in range(8)), source=replace(PAPER, delay=0.1)))
    pages = [asked.at for asked in server.asked if asked.path == "/a"]
    assert max(pages) - min(pages) < 0.1


@pytest.mark.parametrize("value", ["0", "Tue, 24 Nov 2026 05:00:00 GMT", "soon", "-1"])
def test_a_retry_after_that_is_over_or_nonsense_does_not_hold_up(value):
    server = FaultServer({"/a": [answer(503, Retry_After=value), html()]})
    assert final(server).status == 200


def test_retry_after_is_waited_for_in_seconds_and_as_a_date():
    for value in ("1", "Tue, 24 Nov 2026 06:00:01 GMT"):
        server = FaultServer({"/a": [answer(429, Retry_After=value), html()]})
        assert final(server).status == 200
        assert gaps(server, "paper.test")[-1] >= 1


def test_a_host_that_asks_for_a_long_pause_is_left_alone():
    server = FaultServer({"/a": answer(429, Retry_After="3600"), "/b": html()})
    pages = fetch(server, wanted("http://paper.test/a", "http://paper.test/b", source=replace(PAPER, connections=1)))
    assert [(page.reason, page.status, page.tries) for page in pages[1:]] == [
        (Reason.RATE_LIMITED, 429, 1),
        (Reason.RATE_LIMITED, None, 0),
    ]
    assert server.paths() == ["/robots.txt", "/a"]


def test_a_host_that_fails_again_and_again_is_left_alone():
    server = FaultServer({f"/{i}": then_reset() for i in range(30)})
    pages = fetch(server, wanted(*(f"http://paper.test/{i}" for i in range(30)), source=replace(PAPER, connections=1)))
    assert [page.reason for page in pages[1:]] == [Reason.CONNECTION_FAILED] * 30
    assert len(server.asked) == 1 + 10 * 3


# ── Stopping ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_fetching_can_be_stopped_in_the_middle_and_leaves_nothing_open():
    server = FaultServer({"/a": html(), "/b": silence, "/c": silence})

    async def run():
        async with server.serving():
            urls = ("http://paper.test/a", "http://paper.test/b", "http://h1.test/c")
            async with aclosing(fetch_all(wanted(*urls), network(server), {})) as pages:
                async for page in pages:
                    if page.role is Role.PAGE:
                        break
            return {task.get_coro().__qualname__ for task in asyncio.all_tasks() - {asyncio.current_task()}}

    assert asyncio.run(run()) <= {"FaultServer._connection"}


def test_a_slow_taker_holds_fetching_back():
    server = FaultServer({f"/{i}": html() for i in range(200)})

    async def run():
        async with server.serving():
            requests = wanted(*(f"http://h{i % 4}.test/{i}" for i in range(200)))
            async with aclosing(fetch_all(requests, network(server), {})) as pages:
                await anext(pages)
                await asyncio.sleep(0.2)
                return len(server.asked)

    assert asyncio.run(run()) < 60


def test_a_bug_is_raised_and_not_swallowed():
    server = FaultServer({"/a": html()})

    def broken_clock():
        raise ZeroDivisionError

    with pytest.raises(BaseExceptionGroup) as raised:
        fetch(server, wanted("http://paper.test/a"), clock=broken_clock)
    assert raised.value.subgroup(ZeroDivisionError)


# ── Contact ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "agent, url, expected",
    [
        ("Broadsheet/0", "http://paper.test/a", False),
        ("Broadsheet/0", "http://example.com/a", True),
        ("Broadsheet/0 (+https://example.org/bot)", "http://example.com/a", False),
        ("Broadsheet/0 (desk@example.org)", "http://example.com/a", False),
        ("Broadsheet/0 (+https://)", "http://example.com/a", True),
    ],
)
def test_a_user_agent_without_contact_may_ask_mapped_hosts_only(agent, url, expected):
    assert needs_contact(wanted(url), Network(agent, {"paper.test": ("127.0.0.1", 1)})) is expected
