"""Manners of fetching, as the server sees them: robots first, no address inside, no haste, a clean end."""

import asyncio
import gzip
import itertools
import resource
import ssl
import tempfile
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from faultserver import (
    NOW,
    PAPER,
    SECRET,
    FaultServer,
    answer,
    fetch,
    final,
    html,
    network,
    redirect,
    silence,
    then_close,
    then_reset,
    wanted,
)

from broadsheet.fetching import Hosts, Network, fetch_all, judge, needs_contact, robots_answer
from broadsheet.model import HostPause, OptOut, Reason, RobotsAnswer, Role, Source

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
        (answer(204), 200, None),
        (answer(200, b"<!doctype html><p>Not here"), 200, None),
        (redirect("/robots.txt"), 200, None),
        (answer(429), None, Reason.ROBOTS_UNREACHABLE),
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
    hop, robots, page = fetch(server, wanted("http://paper.test/a", source=replace(PAPER, hosts=("other.test",))))
    assert (hop.role, robots.role, robots.url, robots.target) == (
        Role.REDIRECT, Role.ROBOTS, "http://paper.test/robots.txt", "http://other.test/r")  # fmt: skip
    assert page.reason is Reason.ROBOTS_DISALLOWED


@pytest.mark.parametrize("private", [frozenset(), frozenset({"other.test"})])
def test_robots_is_not_redirected_into_what_the_settings_open_to_others(private):
    away = redirect("http://other.test/delete?all", 301)
    server = FaultServer({"paper.test/robots.txt": away, "/a": html()})
    robots, page = fetch(server, wanted("http://paper.test/a"), private=private)
    assert (robots.reason, page.status) == (Reason.ADDRESS_REFUSED, 200)
    assert server.paths("other.test") == []


@pytest.mark.parametrize(
    "target, reason",
    [
        ("https://elsewhere.test/robots.txt", None),
        ("http://93.184.215.14/robots.txt", None),
        ("http://paper.test/robots.txt", Reason.TOO_MANY_REDIRECTS),
        ("http://10.0.0.5/robots.txt", Reason.ADDRESS_REFUSED),
        ("http://10.0.0.6/robots.txt", Reason.ADDRESS_REFUSED),
        ("http://wiki.intern/robots.txt", Reason.ADDRESS_REFUSED),
        ("http://mapped.test/robots.txt", Reason.ADDRESS_REFUSED),
    ],
)
def test_robots_may_be_redirected_to_any_host_that_is_public(target, reason):
    known = Network("B/0", {"mapped.test": ("127.0.0.1", 1)}, frozenset({"10.0.0.5", "wiki.intern"}))
    refusal = judge.refused_robots(target, ["http://paper.test/robots.txt"], PAPER, known)
    assert (refusal.reason if refusal else None) is reason


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


def test_another_name_for_a_mapped_place_gets_no_leave_by_it():
    async def run():
        async with server.serving():
            server.routes["/a"] = redirect(f"http://localhost:{server.port}/b")
            source = replace(PAPER, hosts=("localhost",))
            requests = wanted("http://paper.test/a", source=source)
            return [page async for page in fetch_all(requests, network(server), {})]

    server = FaultServer({"/b": html()})
    assert asyncio.run(run())[-1].reason is Reason.ADDRESS_REFUSED
    assert server.paths() == ["/robots.txt", "/a"]


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


async def linger_and_fail(_, writer):
    await asyncio.sleep(0.02)
    writer.write(answer(500))


def test_a_host_never_sees_two_requests_closer_than_the_delay():
    server = FaultServer({f"/{i}": linger for i in range(6)})
    source = replace(PAPER, delay=0.05, connections=4)
    fetch(server, wanted(*(f"http://paper.test/{i}" for i in range(6)), source=source))
    assert len(gaps(server, "paper.test")) == 6
    assert min(gaps(server, "paper.test")) >= 0.05


async def late_head(_, writer):
    await asyncio.sleep(0.2)
    writer.write(html())


async def late_body(_, writer):
    whole = html()
    writer.write(whole[:-5])
    await asyncio.sleep(0.5)
    writer.write(whole[-5:])


def test_the_delay_counts_from_the_head_of_the_answer_before_so_that_it_was_read():
    server = FaultServer({f"/{i}": late_head for i in range(4)})
    source = replace(PAPER, delay=0.1, connections=3)
    fetch(server, wanted(*(f"http://paper.test/{i}" for i in range(4)), source=source))
    assert min(gaps(server, "paper.test")[1:]) >= 0.3


def test_a_body_that_is_long_in_coming_is_not_waited_for():
    server = FaultServer({f"/{i}": late_body for i in range(4)})
    source = replace(PAPER, delay=0.02, connections=4)
    fetch(server, wanted(*(f"http://paper.test/{i}" for i in range(4)), source=source))
    assert max(asked.under_way for asked in server.asked) > 1


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
        (Reason.HOST_PAUSED, None, 0),
    ]
    assert {page.retry_at for page in pages[1:]} == {NOW + timedelta(hours=1)}
    assert server.paths() == ["/robots.txt", "/a"]


def test_a_host_that_fails_again_and_again_is_left_alone():
    server = FaultServer({f"/{i}": then_reset() for i in range(30)})
    pages = fetch(server, wanted(*(f"http://paper.test/{i}" for i in range(30)), source=replace(PAPER, connections=1)))
    reasons = [page.reason for page in pages[1:]]
    assert reasons == [Reason.CONNECTION_FAILED] * 10 + [Reason.HOST_PAUSED] * 20
    assert len(server.asked) == 1 + 10 * 3


def test_a_host_that_turns_us_away_again_and_again_is_left_alone():
    server = FaultServer({f"/{i}": answer(403) for i in range(30)})
    pages = fetch(server, wanted(*(f"http://paper.test/{i}" for i in range(30)), source=replace(PAPER, connections=1)))
    assert [page.reason for page in pages[1:]] == [Reason.BLOCKED] * 20 + [Reason.HOST_PAUSED] * 10
    assert len(server.asked) == 1 + 20


def test_tries_are_bounded_in_time_too():
    server = FaultServer({"/a": linger_and_fail})
    assert final(server, longest_retry=0.01).tries == 1


def test_a_host_that_was_closed_stays_closed_for_the_run():
    server = FaultServer({"/a": answer(503, Retry_After="7200"), "/b": html(), "/robots.txt": answer(404)})

    async def run():
        async with server.serving():
            shared = network(server)
            for path in ("a", "b"):
                yield [page async for page in fetch_all(wanted(f"http://www.paper.test/{path}"), shared, {})][-1]

    async def gathered():
        return [page async for page in run()]

    first, second = asyncio.run(gathered())
    assert (first.reason, second.reason, second.tries) == (Reason.SERVER_ERROR, Reason.HOST_PAUSED, 0)
    assert second.retry_at == NOW + timedelta(hours=2)
    assert server.paths() == ["/robots.txt", "/a"]


def test_a_wish_of_an_earlier_run_is_heard_and_handed_on():
    server = FaultServer({"/a": html(), "other.test/a": html()})
    pause = HostPause("paper.test", NOW + timedelta(hours=1), Reason.RATE_LIMITED, "it asks for a pause of 3600 s")
    hosts = Hosts()
    hosts.leave_alone([pause])
    pages = fetch(server, wanted("http://www.paper.test/a", "http://other.test/a"), hosts=hosts)
    found = {page.url: (page.reason, page.retry_at) for page in pages if page.role is Role.PAGE}
    assert found == {
        "http://www.paper.test/a": (Reason.HOST_PAUSED, pause.until),
        "http://other.test/a": (None, None),
    }
    assert {asked.host for asked in server.asked} == {"other.test"}
    assert hosts.pauses() == [pause]


def test_more_hosts_are_asked_at_once_than_a_shell_allows_files():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
    try:
        server = FaultServer({"/a": html()})
        hosts = [f"n{number}.test" for number in range(300)]
        allowed = {f"http://{host}": RobotsAnswer(f"http://{host}", NOW, 404) for host in hosts}

        async def run():
            async with server.serving():
                ways = dict.fromkeys(hosts, ("127.0.0.1", server.port))
                reached = replace(network(server), resolve=ways, connections=300)
                requests = wanted(*(f"http://{host}/a" for host in hosts))
                return [page.status async for page in fetch_all(requests, reached, allowed)]

        assert asyncio.run(run()) == [200] * 300
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


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

    assert asyncio.run(run()) <= {"FaultServer._connection", "FaultServer._route", "StreamReader.read"}


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


def broken_for(word, found=None):
    def broken(answer):
        if word in answer.url:
            raise ZeroDivisionError(word)
        return found

    return broken


def test_what_nobody_foresaw_of_one_page_ends_that_page_alone(monkeypatch):
    monkeypatch.setattr("broadsheet.fetching.judge.points_to", broken_for("/b"))
    server = FaultServer({f"/{name}": html() for name in "abc"})
    pages = fetch(server, wanted(*(f"http://{host}.test/{n}" for host in ("paper", "other") for n in "abc")))
    found = {page.url: page for page in pages if page.role is Role.PAGE}
    assert {url for url, page in found.items() if page.reason is None} == {
        f"http://{host}.test/{name}" for host in ("paper", "other") for name in "ac"
    }
    broken = found["http://paper.test/b"]
    assert (broken.reason, broken.status) == (Reason.INTERNAL_ERROR, None)
    assert broken.detail.rstrip().endswith("ZeroDivisionError: /b")


@pytest.mark.parametrize("word, obey", [("paper.test/robots.txt", ()), ("paper.test/.well-known", (OptOut.TDM,))])
def test_what_nobody_foresaw_of_what_an_origin_tells_ends_the_pages_of_that_origin_alone(monkeypatch, word, obey):
    real = judge.reason

    def broken(answer):
        broken_for(word)(answer) if answer.status else None
        return real(answer)

    monkeypatch.setattr("broadsheet.fetching.judge.reason", broken)
    server = FaultServer({"/a": html(), "/b": html()})
    urls = [f"http://{host}.test/{n}" for host in ("paper", "other") for n in "ab"]
    pages = fetch(server, wanted(*urls, source=replace(PAPER, obey=obey)))
    reasons = {page.url: page.reason for page in pages if page.role is Role.PAGE}
    assert reasons == dict.fromkeys(urls[:2], Reason.INTERNAL_ERROR) | dict.fromkeys(urls[2:])
    assert server.paths("paper.test").count("/robots.txt") == 1
    assert not {"/a", "/b"} & set(server.paths("paper.test"))


def test_a_date_that_no_clock_can_show_holds_nobody_up():
    huge = "Tue, 24 Nov 99999999999999 05:00:00 GMT"
    bad, worse = answer(503, Retry_After=huge), answer(503, Retry_After="0", Date=huge)
    server = FaultServer({"/a": [bad, html()], "/b": worse, "/c": html()})
    pages = fetch(server, wanted(*(f"http://paper.test/{name}" for name in "abc")))
    found = {page.url[-1]: page.reason for page in pages if page.role is Role.PAGE}
    assert found == {"a": None, "b": Reason.SERVER_ERROR, "c": None}


def test_a_bug_of_the_work_itself_is_raised_and_not_swallowed():
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
        ("Broadsheet/0", "http://intern.test/a", True),
        ("Broadsheet/0", "http://127.0.0.1:8080/a", False),
        ("Broadsheet/0", "http://[::1]/a", False),
        ("Broadsheet/0", "http://localhost/a", False),
        ("Broadsheet/0", "http://8.8.8.8/a", True),
        ("Broadsheet/0 (+https://example.org/bot)", "http://example.com/a", False),
        ("Broadsheet/0 (desk@example.org)", "http://example.com/a", False),
        ("Broadsheet/0 (+https://)", "http://example.com/a", True),
    ],
)
def test_a_user_agent_without_contact_may_ask_this_machine_only(agent, url, expected):
    ways = {"paper.test": ("127.0.0.1", 1), "intern.test": ("10.0.0.1", 80)}
    assert needs_contact(wanted(url), Network(agent, ways)) is expected
