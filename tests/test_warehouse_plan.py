"""Runs, polls, claims, and what a dead run leaves behind."""

from dataclasses import replace

import pytest
from warehousing import (
    DAY,
    FEED,
    HOUR,
    NOW,
    SOURCE,
    article,
    ask,
    batch,
    errors,
    loaded,
    opened,
    poll,
    rejected,
    run,
    url,
)  # fmt: skip

from broadsheet.model import (
    Claim,
    DiscoveredUrl,
    Endpoint,
    EndpointKind,
    Hints,
    HostPause,
    Outcome,
    Reason,
    RecordPosition,
    RobotsAnswer,
    Why,
)
from broadsheet.warehouse import open_warehouse


@pytest.fixture
def house(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        yield warehouse


def planned(house, *polls, name="run-1", at=NOW, sources=(SOURCE,), leftovers=()):
    this = run(name, at=at)
    house.begin_run(this)
    return house.plan(this, polls, sources, leftovers, at)


def whys(claims):
    return [(each.url.rsplit("/", 1)[1], each.why) for each in claims]


def test_named_urls_are_claimed_as_new(house):
    assert planned(house, poll("a", "b")) == [
        Claim(url("a"), "paper", Why.NEW), Claim(url("b"), "paper", Why.NEW),
    ]  # fmt: skip


def test_planning_a_run_again_answers_the_same_claims(house):
    first = planned(house, poll("a", "b"))
    assert planned(house, poll("a", "b", "c")) == first
    assert ask(house, "select count(*) from raw.poll") == [(1,)]


def test_a_poll_counts_what_was_new_and_what_was_known(house):
    planned(house, poll("a", "b"), poll("b", "c", endpoint=replace(FEED, url="https://paper.test/map.xml")))
    house.end_run("run-1", "completed", NOW)
    planned(house, poll("a", "c", "d"), name="run-2")
    assert ask(house, "select found, new, known from raw.poll order by load_id, endpoint") == [
        (2, 2, 0), (2, 1, 1), (3, 1, 2),
    ]  # fmt: skip
    assert ask(house, "select distinct endpoint from raw.url where url like '%/b'") == [(FEED.url,)]


def test_what_the_endpoint_says_of_an_article_is_kept(house):
    hints = Hints("A bridge", NOW, None, ("Ann Lee",), "en", "tag:paper.test,2026:1")
    found = (DiscoveredUrl(url("a"), "paper", FEED.url, hints),)
    position = RecordPosition("archive/x.warc.gz", 7, 9)
    planned(house, replace(poll(), found=found, position=position))
    columns = "hint_title, hint_published_at, hint_authors, hint_language, hint_guid"
    assert ask(house, f"select {columns} from raw.url") == [
        ("A bridge", NOW, ["Ann Lee"], "en", "tag:paper.test,2026:1")
    ]
    assert ask(house, "select warc_file, warc_offset, warc_length, etag from raw.poll") == [
        ("archive/x.warc.gz", 7, 9, '"feed"')
    ]


def test_a_budget_holds_back_and_the_next_run_goes_on(house, tmp_path):
    budget = replace(SOURCE, budget=2)
    first = planned(house, poll("a", "b", "c"), sources=(budget,))
    assert whys(first) == [("a", Why.NEW), ("b", Why.NEW)]
    house.load(batch(tmp_path, [article("a"), article("b")]), run(), NOW)
    house.end_run("run-1", "completed", NOW)
    assert whys(planned(house, sources=(budget,), name="run-2")) == [("c", Why.NEW)]


def test_what_is_due_is_claimed_with_its_validators_after_what_is_new(house, tmp_path):
    loaded(house, tmp_path, [article("a"), rejected("b", "gallery"), rejected("c", "timeout")])
    assert planned(house, poll("n", at=NOW + HOUR), name="run-2", at=NOW + HOUR) == [
        Claim(url("n"), "paper", Why.NEW),
        Claim(url("a"), "paper", Why.DUE, '"a"', None),
        Claim(url("c"), "paper", Why.DUE),
    ]


def test_paused_and_other_sources_get_nothing(house):
    assert planned(house, poll("a"), sources=(replace(SOURCE, paused=True),)) == []
    assert planned(house, name="run-2", sources=(replace(SOURCE, name="other"),)) == []


def test_what_a_living_run_has_claimed_is_left_to_it(house):
    assert len(planned(house, poll("a"))) == 1
    assert planned(house, poll("a"), name="run-2") == []


def test_a_dead_runs_claims_are_deferred_and_due_at_once(house, tmp_path):
    planned(house, poll("a", "b", "c"))
    house.load(batch(tmp_path, [article("a")]), run(), NOW)
    assert [each.run_id for each in house.open_runs()] == ["run-1"]
    assert [each.url for each in house.open_claims(["run-1"])] == [url("b"), url("c")]
    assert house.adopt(["run-1"], NOW + HOUR) == 2
    assert house.adopt(["run-1"], NOW + HOUR) == 0
    assert house.open_runs() == []
    assert ask(house, "select outcome, reason, count(*) from ops.attempt group by all order by all") == [
        ("deferred", Reason.RUN_DIED, 2), ("new", None, 1),
    ]  # fmt: skip
    assert errors(house) == {}
    next_run = planned(house, poll("d", at=NOW + HOUR), name="run-2", at=NOW + HOUR)
    assert whys(next_run) == [("b", Why.LEFTOVER), ("c", Why.LEFTOVER), ("d", Why.NEW), ("a", Why.DUE)]


def test_kept_leftovers_are_claimed_over_any_budget_and_load_under_the_new_run(house, tmp_path):
    planned(house, poll("a", "b"))
    house.adopt(["run-1"], NOW)
    leftovers = [(url("a"), "paper"), (url("b"), "paper"), (url("z"), "paper")]
    claims = planned(house, name="run-2", leftovers=leftovers, sources=(replace(SOURCE, budget=1),))
    assert whys(claims) == [("a", Why.LEFTOVER), ("b", Why.LEFTOVER), ("z", Why.LEFTOVER)]
    outcomes = house.load(batch(tmp_path, [article("a"), article("b"), article("z")]), run("run-2"), NOW)
    house.end_run("run-2", "completed", NOW)
    assert outcomes == {Outcome.NEW: 1, Outcome.DUPLICATE: 0} or sum(outcomes.values()) == 3
    assert errors(house) == {}


def test_a_page_that_nobody_claimed_enters_the_ledger_as_left_over(house, tmp_path):
    planned(house, poll("a"))
    house.load(batch(tmp_path, [article("a"), article("b", title="B")]), run(), NOW)
    house.end_run("run-1", "completed", NOW)
    assert ask(house, "select url, why from ops.claim order by url") == [(url("a"), "new"), (url("b"), "leftover")]
    assert errors(house) == {}


def test_validators_are_those_of_the_last_answer_that_could_be_read(house):
    planned(house, poll("a"))
    planned(house, replace(poll(at=NOW + HOUR), status=500, etag=None, reason=Reason.SERVER_ERROR), name="run-2")
    assert house.validators(["paper"]) == {FEED.url: ('"feed"', None)}
    assert house.validators(["other"]) == {}
    planned(house, replace(poll(at=NOW + DAY), status=304, etag='"two"', last_modified="today"), name="run-3")
    assert house.validators(["paper"]) == {FEED.url: ('"two"', "today")}


def test_robots_answers_are_kept_for_a_day(house):
    answer = RobotsAnswer("https://paper.test", NOW, 200, b"User-agent: *\nDisallow: /x\n\xff\x00")
    away = RobotsAnswer("https://other.test", NOW - HOUR, None)
    assert house.store_robots([answer, away], "run-1") == 2
    assert house.store_robots([answer], "run-1") == 0
    assert house.store_robots([], "run-1") == 0
    assert house.robots(NOW + 23 * HOUR - HOUR / 2) == {"https://paper.test": answer, "https://other.test": away}
    assert house.robots(NOW + 23 * HOUR) == {"https://paper.test": answer}
    assert house.robots(NOW + DAY) == {}


def test_status_shows_sources_and_the_ledger_of_runs(house, tmp_path):
    planned(house, poll("a", "b", "c"))
    house.load(batch(tmp_path, [article("a"), rejected("b", "gallery")]), run(), NOW)
    status = house.status(NOW)
    (source,) = status.sources
    assert (source.source, source.articles, source.urls, source.due) == ("paper", 1, 3, 1)
    assert source.rejected == {Reason.GALLERY: 1}
    assert source.last_captured_at == NOW
    (this,) = status.runs
    assert (this.run_id, this.state, this.claimed, this.attempted) == ("run-1", "running", 3, 2)
    assert this.outcomes == {Outcome.NEW: 1, Outcome.REJECTED: 1}
    assert not this.balances
    assert house.ledger("run-1") == {"paper": {Outcome.NEW: 1, Outcome.REJECTED: 1}}
    assert house.ledger("run-0") == {}


def test_a_run_ends_once(house):
    house.begin_run(run())
    house.begin_run(run())
    house.end_run("run-1", "failed", NOW)
    house.end_run("run-1", "completed", NOW + HOUR)
    assert ask(house, "select state, ended_at from ops.run") == [("failed", NOW)]


def test_the_state_lasts_when_the_warehouse_is_opened_again(tmp_path):
    with open_warehouse(tmp_path, now=NOW) as house:
        planned(house, poll("a"))
    with open_warehouse(tmp_path, now=NOW) as house:
        assert [each.url for each in house.open_claims(["run-1"])] == [url("a")]


def test_a_hosts_wish_to_be_left_alone_is_kept_until_its_time(house):
    wish = HostPause("paper.test", NOW + HOUR, Reason.RATE_LIMITED, "it asks for a pause of 3600 s")
    longer = replace(wish, until=NOW + 2 * HOUR)
    house.store_pauses([wish], "run-1", NOW)
    house.store_pauses([wish, longer], "run-2", NOW)
    assert house.pauses(NOW) == house.pauses(NOW + HOUR) == [longer]
    assert house.pauses(NOW + 2 * HOUR) == []
    assert ask(house, "select count(*) from raw.pause") == [(2,)]
    assert errors(house) == {}


def test_every_endpoint_that_names_a_url_is_kept_as_a_reference_once(house, tmp_path):
    other = Endpoint("https://wire.test/feed.xml", EndpointKind.FEED)
    elsewhere = replace(poll("a", at=NOW + HOUR, endpoint=other), source="wire")
    for name, polls in (("run-1", [poll("a", "b")]), ("run-2", [poll("a", at=NOW + HOUR), elsewhere])):
        this = run(name)
        house.begin_run(this)
        house.plan(this, polls, [SOURCE], [], NOW)
        house.end_run(name, "completed", NOW)
    loaded(house, tmp_path, [article("a"), article("a-print", canonical="a", page="print")], name="run-3")
    query = "select url, is_main, source, endpoint, first_named_at from mart.article_references order by all"
    assert ask(house, query) == [
        (url("a"), True, "paper", FEED.url, NOW),
        (url("a"), True, "wire", other.url, NOW + HOUR),
        (url("a-print"), False, None, None, None),
    ]
