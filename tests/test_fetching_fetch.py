"""Fetching from a server that misbehaves: one outcome a request, and what came handed over as it came."""

import gzip
import itertools
import tracemalloc
from dataclasses import replace

import brotli
import pytest
from faultserver import (
    NOW,
    PAPER,
    SECRET,
    FaultServer,
    answer,
    endless,
    fetch,
    final,
    html,
    redirect,
    silence,
    then_close,
    then_reset,
    then_silence,
    wanted,
)

from broadsheet.model import Reason, Role


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


def test_a_sitemap_may_be_longer_than_a_page():
    url, body = "http://paper.test/a", gzip.compress(bytes(2 << 20))
    server = FaultServer({"/a": answer(200, body, Content_Encoding="gzip")})
    found = {role: fetch(server, wanted(url, role=role))[-1].reason for role in (Role.PAGE, Role.ENDPOINT)}
    assert found == {Role.PAGE: Reason.TOO_LARGE, Role.ENDPOINT: None}


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
