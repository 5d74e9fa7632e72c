"""`broadsheet source`: sites found, written down, looked after and exchanged; against servers on loopback only."""

import asyncio
import contextlib
import json
import sys
import threading
from datetime import UTC, datetime

import pytest
from conftest import printing
from faultserver import FaultServer, answer, html, redirect

from broadsheet.model import Reason
from broadsheet.sourcefile import SourceEntry, read_sources
from flows import cli
from flows.cli.source_advice import ELSE, way_home, way_out
from flows.hostleases import host_leases

HARBOUR = "http://www.harbourgazette.test/"
FEED = """<rss version="2.0"><channel><title>Paper</title><language>nl</language>{}</channel></rss>"""
ITEM = "<item><link>{}</link><pubDate>Tue, 24 Nov 2026 0{}:00:00 GMT</pubDate></item>"
OPML = """<?xml version="1.0"?><opml version="2.0"><head/><body><outline text="News">
<outline type="rss" text="Paper" xmlUrl="http://paper.test/feed" htmlUrl="http://paper.test/"/>
<outline type="rss" text="Paper sport" xmlUrl="http://paper.test/sport/feed" htmlUrl="http://paper.test/"/>
<outline type="rss" text="Other" xmlUrl="https://feeds.other.test/rss"/>
</outline></body></opml>"""


def feed(*urls):
    body = FEED.format("".join(ITEM.format(url, number + 1) for number, url in enumerate(urls)))
    return answer(200, body.encode(), Content_Type="application/rss+xml")


@contextlib.contextmanager
def serving(routes):
    """A fault server in a thread of its own, since the commands run loops of theirs."""
    server, loop, up, down = FaultServer(routes), asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def serve():
        async with server.serving():
            up.set()
            await down.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        assert up.wait(20)
        yield server
    finally:
        loop.call_soon_threadsafe(down.set)
        thread.join(20)
        loop.close()


@pytest.fixture
def said(tmp_path, monkeypatch, capsysbinary):
    """Run `broadsheet source` in a folder of its own; answers (exit code, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROADSHEET_SOURCES", "sources.toml")
    monkeypatch.setenv("BROADSHEET_NOW", "2026-11-24T12:00:00+00:00")

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["broadsheet", "source", *map(str, words)])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        out = capsysbinary.readouterr()
        return caught.value.code or 0, out.out.decode(), out.err.decode()

    return run


@pytest.fixture
def site(monkeypatch):
    """Serve routes as paper.test and a few other names."""
    with contextlib.ExitStack() as stack:

        def serve(routes):
            server = stack.enter_context(serving(routes))
            names = ("paper.test", "www.paper.test", "news.paper.test", "other.test", "moved.test")
            monkeypatch.setenv("BROADSHEET_RESOLVE", ",".join(f"{name}=127.0.0.1:{server.port}" for name in names))
            return server

        yield serve


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    with printing(tmp_path_factory.mktemp("press")) as served:
        yield served


@pytest.fixture
def at_press(press, monkeypatch, said):
    monkeypatch.setenv("BROADSHEET_RESOLVE", press.resolve)
    monkeypatch.setenv("BROADSHEET_NOW", datetime(2026, 3, 14, 12, tzinfo=UTC).isoformat())
    return said


def test_a_site_of_the_press_is_found_and_written(at_press, tmp_path):
    code, out, _ = at_press("add", HARBOUR, "--delay", "0")
    assert code == 0
    assert "2026-03-14 10:40" in out
    assert "next: `broadsheet run --source harbourgazette`" in out
    (source,) = read_sources(tmp_path / "sources.toml")
    assert (source.name, source.home, source.language) == ("harbourgazette", HARBOUR, "en")
    assert [(each.kind, each.url) for each in source.endpoints] == [
        ("feed", f"{HARBOUR}rss.xml"),
        ("sitemap", f"{HARBOUR}sitemap.xml"),
    ]


def test_what_an_index_names_is_not_written_beside_it(at_press, tmp_path):
    told = json.loads(at_press("add", "http://alpenkurier.test/", "--delay", "0", "--json")[1])
    assert {each["url"]: each["chosen"] for each in told["endpoints"]} == {
        "http://alpenkurier.test/feed.atom": True,
        "http://alpenkurier.test/sitemap.xml": True,
    }
    assert told["written"] is True
    assert len(read_sources(tmp_path / "sources.toml")[0].endpoints) == 2


def test_sections_are_written_where_asked_for(at_press, tmp_path):
    at_press("add", "http://shiosai-shimbun.test/", "--delay", "0", "--sections")
    kinds = [each.kind for each in read_sources(tmp_path / "sources.toml")[0].endpoints]
    assert {"sitemap", "section"} <= set(kinds)


def test_a_dry_run_shows_the_entry_and_writes_nothing(at_press, tmp_path):
    code, out, _ = at_press("add", HARBOUR, "--delay", "0", "--dry-run")
    assert code == 0
    assert '[[source]]\nname = "harbourgazette"' in out
    assert not (tmp_path / "sources.toml").exists()


def test_the_file_that_was_there_keeps_its_words(at_press, tmp_path):
    (tmp_path / "sources.toml").write_text("# mine, do not touch\n\n\n")
    at_press("add", HARBOUR, "--delay", "0", "--name", "gazette")
    text = (tmp_path / "sources.toml").read_text()
    assert text.startswith('# mine, do not touch\n\n\n\n[[source]]\nname = "gazette"\n')


def test_robots_txt_comes_first_and_is_obeyed(said, site):
    robots = answer(200, b"User-agent: *\nDisallow: /news-sitemap.xml\n\nSitemap: http://paper.test/s.xml")
    server = site({
        "/robots.txt": robots,
        "/": html('<link rel="alternate" type="application/rss+xml" href="/feed">'),
        "/feed": feed("http://paper.test/2026/a", "http://paper.test/2026/b"),
    })  # fmt: skip
    code, _, _ = said("add", "http://paper.test/", "--delay", "0")
    assert code == 0
    assert server.paths()[:2] == ["/robots.txt", "/"]
    assert "/s.xml" in server.paths()
    assert "/news-sitemap.xml" not in server.paths()
    assert server.paths().count("/robots.txt") == 1


def test_usual_places_are_asked_where_a_site_names_nothing(said, site, tmp_path):
    site({"/": html("<p>Welcome"), "/feed/": feed("http://news.paper.test/2026/a")})
    assert said("add", "http://paper.test", "--delay", "0")[0] == 0
    (source,) = read_sources(tmp_path / "sources.toml")
    assert [each.url for each in source.endpoints] == ["http://paper.test/feed/"]
    assert (source.hosts, source.language, source.delay) == (("paper.test", "news.paper.test"), "nl", 0.0)


def test_the_home_that_is_written_is_the_one_it_leads_to(said, site, tmp_path):
    site({
        "paper.test/": redirect("http://www.paper.test/en/"),
        "/en/": html('<link rel="alternate" type="application/rss+xml" href="/feed">'),
        "/feed": feed("http://www.paper.test/2026/a"),
    })  # fmt: skip
    said("add", "http://paper.test/", "--delay", "0")
    assert read_sources(tmp_path / "sources.toml")[0].home == "http://www.paper.test/en/"


def test_two_addresses_of_one_feed_are_one(said, site):
    link = '<link rel="alternate" type="application/rss+xml" href="{}">'
    site({
        "/": html(link.format("/feed") + link.format("/feed.php") + link.format("/sport/feed")),
        "/feed": feed("http://paper.test/2026/a", "http://paper.test/2026/b"),
        "/feed.php": redirect("/feed"),
        "/sport/feed": feed("http://paper.test/2026/b"),
    })  # fmt: skip
    told = json.loads(said("add", "http://paper.test/", "--delay", "0", "--json")[1])
    assert [each["url"] for each in told["endpoints"] if each["chosen"]] == ["http://paper.test/feed"]


@pytest.mark.parametrize(
    "routes, told",
    [
        ({"/": html("<p>Nothing here")}, "no feed, sitemap or section page that names articles"),
        ({}, "http://paper.test/: HTTP 404; see whether the address opens in a browser"),
        ({"/": answer(200, b"%PDF", Content_Type="application/pdf")}, "; give the site's home page; a feed is written"),
        ({"/": redirect("http://moved.test/")}, "if the site has moved, `broadsheet source add http://moved.test/`"),
        ({"/": answer(403)}, "; the site refuses us; see that BROADSHEET_CONTACT leads to you"),
        ({"/robots.txt": answer(200, b"User-agent: *\nDisallow: /")}, "; its robots.txt forbids the page"),
    ],
)
def test_what_cannot_be_added_says_why_and_writes_nothing(said, site, tmp_path, routes, told):
    site(routes)
    code, _out, error = said("add", "http://paper.test/", "--delay", "0")
    assert code == 1
    assert told in error
    assert not (tmp_path / "sources.toml").exists()


def test_a_private_address_is_refused_with_the_setting_that_allows_it(said, monkeypatch):
    monkeypatch.setenv("BROADSHEET_CONTACT", "mailto:a@b.test")
    code, _, error = said("add", "http://127.0.0.1:9/")
    assert (code, "address_refused" in error) == (1, True)
    assert "name it in BROADSHEET_PRIVATE_HOSTS if that is meant" in error


def test_every_way_that_an_answer_can_be_refused_has_its_way_out():
    names = list(Reason)
    asked = {*names[: names.index(Reason.NOT_HTML) + 1], Reason.EMPTY, Reason.LOGIN_WALL, Reason.PAY_WALL}
    assert [reason for reason in asked if way_out(reason, "") == ELSE or way_home(reason) == ELSE] == []
    assert [way_home(reason) for reason in asked if "HOME" in way_home(reason) or "`url`" in way_home(reason)] == []


def test_a_site_that_is_there_is_not_added_again(said, site, tmp_path):
    server = site({})
    (tmp_path / "sources.toml").write_text(
        '[[source]]\nname = "mine"\nhome = "http://www.paper.test/"\n'
        'endpoints = [{ url = "http://www.paper.test/f", kind = "feed" }]\n'
    )
    code, _, error = said("add", "http://paper.test/")
    assert (code, server.asked) == (1, [])
    assert "there already as 'mine'" in error
    assert "another name" in said("add", "http://paper.test/", "--name", "mine")[2]
    assert "up to 64 of a-z" in said("add", "http://other.test/", "--name", "My Site")[2]
    assert "not a web address" in said("add", "ftp://paper.test/")[2]


def test_nobody_is_asked_by_nobody(said, tmp_path):
    code, _, error = said("add", "https://192.0.2.1/")
    assert code != 0
    assert "BROADSHEET_CONTACT" in error


def test_a_check_says_what_is_wrong_and_the_way_out(said, site, tmp_path):
    site({"/well": feed("http://paper.test/2026/a"), "/list": feed("http://other.test/2026/a"), "/html": html()})
    names = ["well", "list", "html", "none"]
    entries = "".join(f'{{ url = "http://paper.test/{name}", kind = "feed" }},' for name in names)
    (tmp_path / "sources.toml").write_text(
        f'[[source]]\nname = "paper"\nhome = "http://paper.test/"\ndelay = 0\nendpoints = [{entries}]\n'
    )
    code, out, _ = said("check")
    assert code == 1
    rows = {url: line for line in out.splitlines() for url in names if f"/{url} " in line}
    assert "names no page of the source" in rows["list"]
    assert "`hosts`" in rows["list"]
    assert "see that `kind` says what it is" in rows["html"]
    assert "not_found: HTTP 404" in rows["none"]
    assert "broadsheet source add http://paper.test/ --dry-run" in rows["none"]
    told = json.loads(said("check", "paper", "--json")[1])
    assert [(each["articles"], bool(each["wrong"])) for each in told] == [(1, False), (0, True), (0, True), (0, True)]
    assert told[0]["newest"] == "2026-11-24T01:00:00+00:00"


@pytest.mark.parametrize("words", [("check", "paper"), ("add", "http://paper.test/", "--name", "more")])
def test_nothing_is_asked_of_a_host_that_a_run_is_asking(said, site, tmp_path, words):
    server = site({"/": html(), "/feed": feed("http://paper.test/2026/a")})
    entry = (
        'name = "paper"\nhome = "http://paper.test/"\nendpoints = [{ url = "http://paper.test/feed", kind = "feed" }]'
    )
    (tmp_path / "sources.toml").write_text(f"[[source]]\n{entry}\n")
    with host_leases(tmp_path / "data") as leases:
        leases.lease("paper.test")
        code, out, err = said(*words)
    assert code == 1
    assert "is asking" in " ".join((out + err).split())
    assert server.asked == []


def test_a_check_of_what_works_ends_well(at_press):
    at_press("add", HARBOUR, "--delay", "0")
    code, out, _ = at_press("check", "harbourgazette")
    assert code == 0
    assert out.count("2026-03-14 10:40") == 2


def test_sources_are_listed_paused_resumed_and_removed(said, tmp_path):
    assert said("import", "-")[0] == 1
    (tmp_path / "list.opml").write_text(OPML)
    said("import", "list.opml")
    assert [each["name"] for each in json.loads(said("list", "--json")[1])] == ["other", "paper"]
    assert "left out of runs" in said("pause", "paper")[1]
    rows = dict(line.split(maxsplit=1) for line in said("list")[1].splitlines() if "test" in line)
    assert (rows["paper"].split()[-1], rows["other"].split()[-1]) == ("paused", "runs")
    said("resume", "paper")
    assert not read_sources(tmp_path / "sources.toml")[1].paused
    assert said("remove", "paper", "other")[0] == 0
    assert "no source yet: `broadsheet source add URL`" in said("list")[1]


def test_before_the_first_source_the_list_is_empty_and_nothing_is_wrong(said):
    assert said("list", "--json")[:2] == (0, "[]\n")
    assert said("list")[:2] == (0, "no source yet: `broadsheet source add URL` writes one\n")


def test_an_unknown_name_is_told_with_those_there_are(said, tmp_path):
    (tmp_path / "list.opml").write_text(OPML)
    said("import", "list.opml")
    for verb in ("remove", "pause", "resume", "check", "export"):
        code, _, error = said(verb, "gazette")
        assert (code, "there are: other, paper" in error) == (1, True), verb


def test_opml_in_is_a_source_a_site_and_twice_is_once(said, tmp_path):
    (tmp_path / "list.opml").write_text(OPML)
    assert "would write 'paper'" in said("import", "list.opml", "--dry-run")[1]
    assert not (tmp_path / "sources.toml").exists()
    said("import", "list.opml")
    other, paper = read_sources(tmp_path / "sources.toml")
    assert [each.url for each in paper.endpoints] == ["http://paper.test/feed", "http://paper.test/sport/feed"]
    assert (other.home, len(other.endpoints)) == ("https://feeds.other.test/", 1)
    assert said("import", "list.opml")[1] == "nothing new in it\n"


def test_opml_out_is_opml_in(said, tmp_path):
    (tmp_path / "list.opml").write_text(OPML)
    said("import", "list.opml")
    before = read_sources(tmp_path / "sources.toml")
    (tmp_path / "out.opml").write_text(said("export")[1])
    (tmp_path / "sources.toml").unlink()
    said("import", "out.opml")
    assert read_sources(tmp_path / "sources.toml") == before


def test_two_sources_of_one_site_go_out_and_come_in_as_two(said, tmp_path):
    (tmp_path / "sources.toml").write_text(
        '[[source]]\nname = "paper-uk"\nhome = "https://paper.test/"\n'
        'endpoints = [{ url = "https://paper.test/uk.xml", kind = "feed" }]\n'
        '[[source]]\nname = "paper-world"\nhome = "https://paper.test/world"\n'
        'endpoints = [{ url = "https://paper.test/l", kind = "list" }]\n'
    )
    before = read_sources(tmp_path / "sources.toml")
    (tmp_path / "out.opml").write_text(said("export")[1])
    (tmp_path / "sources.toml").unlink()
    said("import", "out.opml")
    assert read_sources(tmp_path / "sources.toml") == before


def test_what_is_not_read_as_it_stands_in_opml_is_told(said, tmp_path):
    (tmp_path / "list.opml").write_text(
        '<opml><body><outline xmlUrl="feed://a.test/f"/><outline xmlUrl="ftp://b.test/"/></body></opml>'
    )
    code, out, error = said("import", "list.opml", "--json")
    assert (code, [each["endpoints"] for each in json.loads(out)]) == (0, [["http://a.test/f"]])
    assert "feed://a.test/f is read as http://a.test/f" in error
    assert "ftp://b.test/ is no http or https URL; left out" in error


def test_a_file_that_is_wrong_is_left_alone(said, tmp_path):
    (tmp_path / "sources.toml").write_text("[[source]]\nnam = 3\n")
    (tmp_path / "list.opml").write_text(OPML)
    code, _, error = said("import", "list.opml")
    assert code == 1
    assert "sources.toml:2: source.1.nam: unknown key; did you mean name?" in error
    assert (tmp_path / "sources.toml").read_text() == "[[source]]\nnam = 3\n"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_person_may_stop_it(said, site, monkeypatch, tmp_path):
    site({})

    def stopped(work):
        work.close()
        raise KeyboardInterrupt

    monkeypatch.setattr(asyncio, "run", stopped)
    code, _, error = said("add", "http://paper.test/")
    assert (code, error) == (130, "broadsheet: interrupted; nothing was written\n")
    assert list(tmp_path.iterdir()) == []


def test_every_key_is_in_the_list_for_programs(said, tmp_path):
    (tmp_path / "list.opml").write_text(OPML)
    said("import", "list.opml")
    assert set(json.loads(said("list", "--json")[1])[0]) == set(SourceEntry.model_fields)


def test_every_command_has_help_with_an_example(said):
    for verb in ("add", "list", "check", "remove", "pause", "resume", "import", "export"):
        code, out, _ = said(verb, "--help")
        assert (code, "Example:" in out) == (0, True), verb
