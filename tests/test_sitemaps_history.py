"""Discovery over the network: indexes, their sitemaps and paged feeds, as a run and as a first fill ask them."""

import asyncio
import gzip
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from faultserver import FaultServer, answer, redirect

from broadsheet.config import Settings
from broadsheet.model import Endpoint, EndpointKind, Run, Source
from broadsheet.pacing import after_all
from flows.discover import discovered
from flows.progress import Logged
from flows.scene import Scene

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FEED = Endpoint("http://paper.test/feed", EndpointKind.FEED)
INDEX = Endpoint("http://paper.test/index.xml", EndpointKind.SITEMAP)
PAPER = Source("paper", "http://paper.test/", (FEED, INDEX), delay=0.0, connections=4)


def xml(text, **headers):
    return answer(200, text.encode(), Content_Type="application/xml", **headers)


def atom(*entries, older=""):
    items = "".join(f'<entry><link href="{u}"/><published>{at}T08:00:00Z</published></entry>' for u, at in entries)
    link = f'<link rel="next" href="{older}"/>' if older else ""
    return xml(f'<feed xmlns="http://www.w3.org/2005/Atom">{link}{items}</feed>')


def index(*children):
    rows = "".join(f"<sitemap><loc>http://paper.test/{name}</loc>{more}</sitemap>" for name, more in children)
    return xml(f"<sitemapindex>{rows}</sitemapindex>", ETag='"1"')


def urlset(*names):
    return xml("<urlset>" + "".join(f"<url><loc>http://paper.test/{name}</loc></url>" for name in names) + "</urlset>")


class Site:
    """A fault server asked by discovery run after run; how endpoints stand is carried from one to the next."""

    def __init__(self, folder, routes, source=PAPER):
        self.folder, self.routes, self.source, self.states, self.asked = folder, routes, source, {}, []

    def run(self, now=NOW, since=None):
        """The URLs that a run finds, by path; `asked` holds what it asked for."""

        async def one():
            server = FaultServer(self.routes)
            async with server.serving():
                polls = await discovered(self._stage(server, now, since), dict(self.states), {})
            self.asked = [path for path in server.paths() if path != "/robots.txt"]
            return polls

        polls = asyncio.run(one())
        self.states |= after_all(self.states.values(), [(poll, 0) for poll in polls], {"paper": self.source})
        return [found.url.removeprefix("http://paper.test") for poll in polls for found in poll.found]

    def _stage(self, server, now, since):
        resolve = {"paper.test": ("127.0.0.1", server.port)}
        run = Run(f"run-{now:%d%H%M}-{since}", "ingest", now, ("paper",))
        settings = Settings(now=now, resolve=resolve, data=self.folder, least_free_mb=0)
        return Scene(
            settings, run, self.folder, (self.source,), {"paper": self.source}, (), None, Logged(), since=since
        )  # fmt: skip


@pytest.fixture
def site(tmp_path):
    return lambda routes, source=PAPER: Site(tmp_path, routes, source)


ARCHIVE = {
    "/feed": atom(("/2026/11/24/d", "2026-11-24"), ("/2026/11/20/c", "2026-11-20"), older="/feed?page=2"),
    "/feed?page=2": atom(("/2026/10/10/b", "2026-10-10"), older="/feed?page=3"),
    "/feed?page=3": atom(("/2026/01/01/a", "2026-01-01"), older="/feed?page=4"),
    "/feed?page=4": atom(("/2025/01/01/z", "2025-01-01"), older="/feed?page=5"),
    "/index.xml": index(("2026-11.xml", ""), ("2026-10.xml", ""), ("2026-01.xml", ""), ("2025-01.xml", "")),
    "/2026-11.xml": urlset("2026/11/24/d", "2026/11/02/s"),
    "/2026-01.xml": urlset("2026/01/15/r"),
    "/2025-01.xml": urlset("2025/01/15/q"),
}
ARCHIVE["/2026-10.xml"] = answer(
    200, gzip.compress(b"http://paper.test/2026/10/05/t\nhttp://paper.test/2026/09/30/u\n")
)


def test_a_run_asks_the_feed_and_the_index_with_its_sitemaps_and_no_older_pages(site):
    paper = site(ARCHIVE)
    assert set(paper.run()) == {
        "/2026/11/24/d", "/2026/11/20/c", "/2026/11/02/s", "/2026/10/05/t", "/2026/09/30/u", "/2026/01/15/r",
        "/2025/01/15/q",
    }  # fmt: skip
    assert paper.asked[:2] == ["/feed", "/index.xml"]
    assert [path for path in paper.asked if path.startswith("/feed")] == ["/feed"]


def test_a_first_fill_goes_back_to_its_day_and_no_further(site):
    paper = site(ARCHIVE)
    found = set(paper.run(since=date(2026, 10, 1)))
    assert found == {"/2026/11/24/d", "/2026/11/20/c", "/2026/11/02/s", "/2026/10/10/b", "/2026/10/05/t"}
    assert "/feed?page=4" not in paper.asked
    assert not {"/2026-01.xml", "/2025-01.xml"} & set(paper.asked)


def test_a_first_fill_asks_although_nothing_is_due(site):
    paper = site(ARCHIVE)
    paper.run()
    paper.run()
    assert paper.asked == []
    paper.run(since=date(2025, 1, 1))
    assert {"/feed", "/feed?page=4", "/index.xml", "/2026-11.xml"} <= set(paper.asked)
    assert "/2025-01.xml" not in paper.asked  # read before, and its month is over


def test_a_sources_day_bounds_every_run(site):
    paper = site(ARCHIVE, replace(PAPER, since=date(2026, 11, 2)))
    assert set(paper.run()) == {"/2026/11/24/d", "/2026/11/20/c", "/2026/11/02/s"}
    assert paper.asked == ["/feed", "/index.xml", "/2026-11.xml"]


def test_an_index_of_more_sitemaps_than_a_run_asks_is_gone_through_by_the_next(site):
    names = [f"s{number}.xml" for number in range(120)]
    routes = {f"/{name}": urlset(f"article-{name[1:-4]}") for name in names}
    paper = site(routes | {"/index.xml": index(*((name, "") for name in names))}, replace(PAPER, endpoints=(INDEX,)))
    found = []
    for hour in (8, 9, 10):
        found.append(set(paper.run(NOW.replace(hour=hour))))
        assert paper.asked[0] == "/index.xml"
        assert len(paper.asked) <= 51
    assert set.union(*found) == {f"/article-{number}" for number in range(120)}


def test_of_an_index_with_dates_only_what_changed_is_asked_again(site):
    old, new = "<lastmod>2026-10-01T08:00:00Z</lastmod>", "<lastmod>2026-11-24T11:00:00Z</lastmod>"
    routes = {"/index.xml": index(("old.xml", old), ("new.xml", new)), "/old.xml": urlset("a"), "/new.xml": urlset("b")}
    paper = site(routes, replace(PAPER, endpoints=(INDEX,)))
    paper.run()
    assert paper.asked == ["/index.xml", "/new.xml", "/old.xml"]
    later = "<lastmod>2026-11-26T11:00:00Z</lastmod>"
    paper.routes["/index.xml"] = index(("old.xml", old), ("new.xml", later))
    paper.run(NOW.replace(day=26))
    assert paper.asked == ["/index.xml", "/new.xml"]


def test_a_feed_whose_pages_never_end_is_left_when_they_say_nothing_new(site):
    page = atom(("/2026/11/24/d", "2026-11-24"), older="/feed?page=2")
    again = atom(("/2026/11/24/d", "2026-11-24"), older="/feed?page=3")
    paper = site({"/feed": page, "/feed?page=2": again}, replace(PAPER, endpoints=(FEED,)))
    paper.run(since=date(2026, 1, 1))
    assert paper.asked == ["/feed", "/feed?page=2"]


def test_a_page_of_a_feed_elsewhere_is_not_followed(site):
    routes = {"/feed": atom(("/2026/11/24/d", "2026-11-24"), older="http://169.254.169.254/feed"), "/x": redirect("/")}
    paper = site(routes, replace(PAPER, endpoints=(FEED,)))
    paper.run(since=date(2026, 1, 1))
    assert paper.asked == ["/feed"]
