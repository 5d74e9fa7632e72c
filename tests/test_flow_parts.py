import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.archive import SegmentWriter
from broadsheet.discovery import Discovery
from broadsheet.model import Claim, Endpoint, EndpointKind, FetchedPage, Reason, Role, Source, Why
from broadsheet.pacing import EndpointState
from broadsheet.urls import host
from flows.discover import discovered
from flows.fetch import shares
from flows.locks import held, leased

HOSTS = st.sampled_from([f"h{n}.test" for n in range(12)])


@given(st.lists(st.tuples(HOSTS, st.integers(0, 9)), max_size=60), st.integers(1, 8))
def test_every_claim_is_in_one_share_and_every_host_in_one_task(pairs, tasks):
    claims = [Claim(f"https://{name}/{n}", "s", Why.NEW) for name, n in pairs]
    shared = shares(claims, tasks)
    assert sorted(c.url for share in shared for c in share) == sorted(c.url for c in claims)
    assert len(shared) == min(tasks, len({name for name, _ in pairs}))
    where = [{host(c.url) for c in share} for share in shared]
    assert sum(len(names) for names in where) == len({name for name, _ in pairs})


def test_a_lock_is_held_by_one_and_free_again_after(tmp_path):
    path = tmp_path / "locks" / "one"
    with held(path) as first, held(path) as second:
        assert (first, second) == (True, False)
    with held(path) as again:
        assert again


def test_only_sources_nobody_works_on_are_leased(tmp_path):
    with leased(tmp_path, ["a", "b"]) as mine, leased(tmp_path, ["b", "c"]) as theirs:
        assert (mine, theirs) == (("a", "b"), ("c",))


def test_a_run_that_asks_no_endpoint_says_when_the_next_is_due():
    feed = Endpoint("https://paper.test/feed", EndpointKind.FEED)
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    state = EndpointState("paper", feed, noon, noon + timedelta(minutes=10))
    said = []
    stage = SimpleNamespace(
        settings=SimpleNamespace(clock=lambda: noon),
        sources=(Source("paper", "https://paper.test/", (feed,)),),
        since=None,
        progress=SimpleNamespace(say=said.append),
    )
    assert asyncio.run(discovered(stage, {state.key: state}, {})) == []
    assert said == ["no endpoint is due before 20 Nov 12:10 UTC"]


def test_what_nobody_foresaw_of_one_endpoint_is_that_endpoints_alone(tmp_path, monkeypatch):
    def broken(body, *, endpoint, **_):
        if endpoint.url.endswith("/bad"):
            raise ZeroDivisionError("bad")
        return Discovery()

    monkeypatch.setattr("flows.discover.discover", broken)
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    feeds = tuple(Endpoint(f"https://paper.test/{name}", EndpointKind.FEED) for name in ("bad", "good"))
    source = Source("paper", "https://paper.test/", feeds)
    writer = SegmentWriter(tmp_path, "kept", software="broadsheet/0")
    with writer:
        for feed in feeds:
            writer.write(FetchedPage(feed.url, feed.url, Role.ENDPOINT, "paper", noon, 200, body=b"<rss/>"))
        segment = writer.close()
    stage = SimpleNamespace(
        settings=SimpleNamespace(clock=lambda: noon),
        sources=(source,), known={"paper": source}, since=None, data=tmp_path, progress=SimpleNamespace(say=print),
    )  # fmt: skip
    polls = {poll.endpoint.url[-4:]: poll for poll in asyncio.run(discovered(stage, {}, {}, [segment]))}
    assert (polls["/bad"].reason, polls["good"].reason) == (Reason.INTERNAL_ERROR, None)
    assert "ZeroDivisionError: bad" in polls["/bad"].detail
