"""Opt-outs of mining: how they are stated, and that they are recorded always and obeyed where a source says so."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from faultserver import PAPER, FaultServer, answer, fetch, final, html, wanted
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.fetching.optouts import TdmFile, stated
from broadsheet.fetching.robots import Rules
from broadsheet.model import OptOut, Reason, RobotsAnswer, Role

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
TDM, NOAI, GROUPS = OptOut.TDM, OptOut.NOAI, OptOut.ROBOTS_GROUPS
TEXT = "<p>The ferry leaves at nine."


@pytest.mark.parametrize(
    "headers, page, found",
    [
        # TDM Reservation Protocol: header, element; 1 reserves, 0 does not, anything else says nothing
        ({"tdm-reservation": "1"}, "", {TDM}),
        ({"TDM-Reservation": " 1 "}, "", {TDM}),
        ({"tdm-reservation": "0"}, "", set()),
        ({"tdm-reservation": "yes"}, "", set()),
        ({"tdm-policy": "https://paper.test/policy.json"}, "", set()),
        ({}, '<meta name="tdm-reservation" content="1">', {TDM}),
        ({}, "<META content='1' NAME='TDM-Reservation' />", {TDM}),
        ({}, "<meta name=tdm-reservation content=1>", {TDM}),
        ({}, '<meta name="tdm-reservation" content="0">', set()),
        # the element speaks before the header
        ({"tdm-reservation": "1"}, '<meta name="tdm-reservation" content="0">', set()),
        ({"tdm-reservation": "0"}, '<meta name="tdm-reservation" content="1">', {TDM}),
        # noai, noimageai
        ({"X-Robots-Tag": "noai"}, "", {NOAI}),
        ({"X-Robots-Tag": "noindex, NoAI , noimageai"}, "", {NOAI}),
        ({"X-Robots-Tag": "noimageai"}, "", {NOAI}),
        ({"X-Robots-Tag": "noindex, nofollow"}, "", set()),
        ({"X-Robots-Tag": "unavailable_after: 25 Jun 2027 15:00:00 GMT, noai"}, "", {NOAI}),
        ({"X-Robots-Tag": "max-snippet: 20, noai"}, "", {NOAI}),
        ({"X-Robots-Tag": "otherbot: noai"}, "", set()),
        ({}, '<meta name="robots" content="index, noai">', {NOAI}),
        ({}, '<meta name="robots" content="noaim">', set()),
        ({}, '<meta name="description" content="noai">', set()),
        ({}, "<p>What does noai mean?</p>", set()),
        ({"tdm-reservation": "1"}, '<meta name="robots" content="noai">', {TDM, NOAI}),
    ],
)
def test_an_answer_states_its_opt_outs(headers, page, found):
    assert stated(headers.items(), page.encode()) == found


@given(st.binary(max_size=300))
def test_no_page_makes_it_raise(head):
    stated((), b"noai" + head)
    stated((), b'<meta name="robots" content=' + head + b"noai>")


FILE = [
    {"location": "/", "tdm-reservation": 0},
    {"location": "/news/", "tdm-reservation": 1, "tdm-policy": "https://paper.test/policy.json"},
    {"location": "/news/free*.html$", "tdm-reservation": 0},
    {"location": "/*.pdf", "tdm-reservation": "1"},
]


@pytest.mark.parametrize(
    "path, reserved",
    [
        ("/", False), ("/about", False), ("/news/", True), ("/news/a", True), ("/News/a", False),
        ("/news/free-1.html", False), ("/news/free-1.html?page=2", True), ("/files/report.pdf", True),
    ],
)  # fmt: skip
def test_a_tdm_file_reserves_by_location(path, reserved):
    assert TdmFile.read(json.dumps(FILE).encode()).reserves(f"https://paper.test{path}") is reserved


@pytest.mark.parametrize("body", [b"", b"[", b"{}", b"[1]", b'[{"location": 3}]', b"[[[[", b"\xff", b"[" * 100_000])
def test_a_file_that_is_none_reserves_nothing(body):
    assert not TdmFile.read(body).reserves("https://paper.test/a")


@pytest.mark.parametrize(
    "text, path, refused",
    [
        ("User-agent: GPTBot\nDisallow: /", "/a", True),
        ("User-agent: gptbot\nUser-agent: CCBot\nDisallow: /", "/a", True),
        ("User-agent: Google-Extended\nDisallow: /news", "/news/1", True),
        ("User-agent: Google-Extended\nDisallow: /news", "/about", False),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: GPTBot\nAllow: /", "/a", False),
        ("User-agent: Googlebot\nDisallow: /", "/a", False),
        ("", "/a", False),
    ],
)
def test_groups_for_crawlers_of_ai_are_an_opt_out(text, path, refused):
    rules = Rules(RobotsAnswer("https://paper.test", NOW, 200, text.encode()), "broadsheet")
    assert rules.refuses_miners(f"https://paper.test{path}") is refused


ROBOTS = answer(200, b"User-agent: GPTBot\nDisallow: /a\n")


def test_opt_outs_are_recorded_where_nobody_obeys_them():
    server = FaultServer({"/robots.txt": ROBOTS, "/a": html(f'<meta name="robots" content="noai">{TEXT}')})
    page = final(server)
    assert (page.status, page.reason, page.opt_outs) == (200, None, (NOAI, GROUPS))
    assert server.paths() == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    "headers, obey, tries",
    [({"TDM_Reservation": "1"}, (TDM,), 1), ({"X_Robots_Tag": "noai"}, (NOAI,), 1), ({}, (GROUPS,), 0)],
)
def test_an_opt_out_that_is_obeyed_keeps_the_page_from_being_taken(headers, obey, tries):
    server = FaultServer({"/robots.txt": ROBOTS, "/a": html(**headers)})
    pages = fetch(server, wanted("http://paper.test/a", source=replace(PAPER, obey=obey)))
    (page,) = (page for page in pages if page.role is Role.PAGE)
    assert (page.reason, page.body, page.tries) == (Reason.OPTED_OUT, b"", tries)
    assert obey[0] in page.opt_outs
    assert server.paths().count("/a") == tries


def test_the_tdm_file_is_asked_for_once_an_origin_where_it_is_obeyed():
    tdm = answer(200, json.dumps([{"location": "/a", "tdm-reservation": 1}]).encode())
    server = FaultServer({"/.well-known/tdmrep.json": tdm, "/a": html(), "/b": html(), "/c": html()})
    urls = [f"http://paper.test/{name}" for name in "abc"]
    pages = fetch(server, wanted(*urls, source=replace(PAPER, obey=(TDM,))))
    found = {page.url[-1]: page.reason for page in pages if page.role is Role.PAGE}
    assert found == {"a": Reason.OPTED_OUT, "b": None, "c": None}
    assert server.paths()[:2] == ["/robots.txt", "/.well-known/tdmrep.json"]
    assert len(server.asked) == 4


def test_a_tdm_file_that_robots_keeps_from_us_is_not_asked_for():
    server = FaultServer({"/robots.txt": answer(200, b"User-agent: *\nDisallow: /.well-known/"), "/a": html()})
    fetch(server, wanted("http://paper.test/a", source=replace(PAPER, obey=(TDM,))))
    assert server.paths() == ["/robots.txt", "/a"]
