"""Hosts leased from other processes: at one host at a time there is one asker, whatever sources it asks for."""

import os
import time
from collections import Counter
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from faultserver import NOW, PAPER, FaultServer, fetch, html, redirect, wanted

from broadsheet.errors import Held
from broadsheet.fetching import Hosts
from broadsheet.model import Endpoint, EndpointKind, Reason, Role, Source
from flows import scene
from flows.hostleases import host_leases
from flows.locks import held


def source(name, *urls):
    return Source(name, urls[0], tuple(Endpoint(url, EndpointKind.FEED) for url in urls[1:]))


UK = source("uk", "https://www.paper.test/", "https://feeds.paper.test/uk")
WORLD = source("world", "https://paper.test/world", "https://feeds.paper.test/world")
OTHER = source("other", "https://other.test/", "https://other.test/feed")


def test_a_host_has_one_asker_and_is_free_again_after(tmp_path):
    with host_leases(tmp_path) as ours, host_leases(tmp_path) as theirs:
        assert ours.lease("paper.test") is None
        assert ours.lease("paper.test") is None
        assert theirs.lease("paper.test") == f"process {os.getpid()} is asking paper.test"
        assert theirs.lease("other.test") is None
    with host_leases(tmp_path) as again:
        assert again.lease("paper.test") is None


def test_of_hosts_that_are_leased_together_all_are_taken_or_none(tmp_path):
    with host_leases(tmp_path) as ours, host_leases(tmp_path) as theirs, host_leases(tmp_path) as third:
        assert ours.lease("m.test") is None
        assert theirs.lease_all(["z.test", "m.test", "a.test"]) is not None
        assert third.lease_all(["a.test", "z.test"]) is None


def test_a_name_longer_than_a_file_may_have_is_leased_too(tmp_path):
    long = ".".join(["a" * 60] * 4) + ".test"
    with host_leases(tmp_path) as ours, host_leases(tmp_path) as theirs:
        assert (ours.lease(long), theirs.lease(long) is None) == (None, False)


@contextmanager
def opened(data, said, *sources):
    settings = SimpleNamespace(
        data=data, run_minutes=30, clock=lambda: NOW, page_memory_mb=512, workers=1, page_seconds=10, runner="local"
    )
    with scene.opened(settings, "ingest", sources, sources, SimpleNamespace(say=said.append)) as stage:
        yield stage


def test_two_runs_whose_sources_share_a_host_do_not_ask_it_at_once(tmp_path):
    said = []
    with opened(tmp_path, said, UK) as first:
        with opened(tmp_path, said, WORLD, OTHER) as second:
            assert [each.name for each in second.sources] == ["other"]
            assert second.busy == ("world",)
        told = rf"world: process {os.getpid()} is asking feeds.paper.test"
        with pytest.raises(Held, match=told), opened(tmp_path, said, WORLD):
            pass
        assert [each.name for each in first.sources] == ["uk"]
    assert len(said) == 1
    with opened(tmp_path, said, WORLD) as third:
        assert [each.name for each in third.sources] == ["world"]


def test_a_source_that_is_left_out_is_free_for_others(tmp_path):
    with opened(tmp_path, [], UK), opened(tmp_path, [], WORLD, OTHER), held(tmp_path / "leases" / "world.lock") as free:
        assert free


def test_a_run_may_have_several_sources_of_one_host(tmp_path):
    with opened(tmp_path, [], UK, WORLD) as stage:
        assert [each.name for each in stage.sources] == ["uk", "world"]


@pytest.mark.parametrize("route", [html(), redirect("http://other.test/b")])
def test_a_host_that_another_process_is_asking_is_left_alone(tmp_path, route):
    server = FaultServer({"paper.test/a": route, "other.test/b": html(), "third.test/c": html()})
    urls = ("http://paper.test/a", "http://third.test/c")
    with host_leases(tmp_path) as theirs, host_leases(tmp_path) as ours:
        busy = "paper.test" if route == html() else "other.test"
        theirs.lease(busy)
        source = Source("paper", PAPER.home, hosts=("other.test",), delay=0.0)
        pages = fetch(server, wanted(*urls, source=source), hosts=Hosts(ours.lease))
    found = {page.url: page for page in pages if page.role is Role.PAGE}
    assert (found[urls[0]].reason, found[urls[1]].status) == (Reason.HOST_PAUSED, 200)
    assert f"process {os.getpid()} is asking {busy}" in found[urls[0]].detail
    assert server.paths(busy) == []


def test_when_a_runs_time_is_over_what_waits_is_put_off():
    server = FaultServer({f"/{n}": html() for n in range(40)})
    hosts = Hosts(over_at=time.monotonic() + 0.5)
    source = Source("paper", PAPER.home, delay=0.2)
    pages = fetch(server, wanted(*(f"http://paper.test/{n}" for n in range(40)), source=source), hosts=hosts)
    reasons = [page.reason for page in pages if page.role is Role.PAGE]
    asked = len(server.paths()) - 1  # beside robots.txt
    assert Counter(reasons) == Counter({None: asked, Reason.OVER_BUDGET: 40 - asked})
    assert asked < 10


def test_a_run_whose_time_is_over_asks_nothing():
    server = FaultServer({"/a": html()})
    pages = fetch(server, wanted("http://paper.test/a"), hosts=Hosts(over_at=0.0))
    assert [(page.role, page.reason) for page in pages] == [
        (Role.ROBOTS, Reason.OVER_BUDGET),
        (Role.PAGE, Reason.OVER_BUDGET),
    ]
    assert server.asked == []
