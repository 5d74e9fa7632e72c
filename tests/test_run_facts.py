"""What the warehouse tells of one run: what was usual before it, why pages failed, which hosts were slow."""

import pytest
from warehousing import DAY, HOUR, NOW, article, deferred, gone, loaded, opened, poll, rejected, run, unchanged

from broadsheet.model import Reason
from broadsheet.warehouse import RunFacts
from broadsheet.warehouse.statements import scripts

AT = NOW + 3 * DAY


@pytest.fixture
def house(tmp_path):
    """Three earlier runs with 1, 3 and 2 new articles, an older and a failed one that do not count, and this run."""
    with opened(tmp_path / "data") as warehouse:
        loaded(
            warehouse, tmp_path, [article(f"old{n}", NOW - 40 * DAY) for n in range(9)], name="old", at=NOW - 40 * DAY
        )
        for number, count in enumerate((1, 3, 2)):
            at = NOW + number * DAY
            rows = [article(f"a{number}-{n}", at, title=f"A {number} {n}") for n in range(count)]
            loaded(warehouse, tmp_path, [*rows, rejected(f"r{number}", "gallery", at)], name=f"run-{number}", at=at)
        rows = [
            article("new", AT, title="A bridge", seconds=0.5),
            article("a1-0", AT, title="A 1 0", text="The bridge is open again, the city said on Tuesday."),
            unchanged("a2-0", AT),
            gone("a2-1", AT),
            deferred("d", at=AT),
            rejected("x", "internal_error", AT, detail="ZeroDivisionError"),
            rejected("g1", "gallery", AT, seconds=6.0, tries=2),
            rejected("g2", "gallery", AT),
        ]
        loaded(warehouse, tmp_path, rows, name="this", at=AT)
        yield warehouse


def test_the_usual_is_the_median_of_earlier_runs_by_source_and_outcome(house):
    usual = {(row["source"], row["outcome"]): (row["attempts"], row["runs"]) for row in house.facts("this").usual}
    assert usual == {("paper", "new"): (2, 3), ("paper", "rejected"): (1, 3)}


def test_runs_of_other_kinds_and_later_ones_are_no_measure(house, tmp_path):
    loaded(house, tmp_path, [article(f"i{n}", AT - HOUR) for n in range(8)], name="other", at=AT - HOUR, kind="ingest")
    loaded(house, tmp_path, [article(f"l{n}", AT + HOUR) for n in range(8)], name="later", at=AT + HOUR)
    assert {row["attempts"] for row in house.facts("this").usual} == {2, 1}


def test_a_first_run_has_nothing_to_be_held_against(tmp_path):
    with opened(tmp_path) as warehouse:
        loaded(warehouse, tmp_path, [article("a")])
        facts = warehouse.facts("run-1")
    assert (facts.usual, facts.usual_seconds) == ((), None)


def test_a_run_that_nobody_knows_has_nothing_to_tell(house):
    facts = house.facts("nobody")
    assert facts == RunFacts(health=facts.health)


def test_reasons_are_counted_and_have_an_example(house):
    told = [(row["outcome"], row["reason"], row["attempts"]) for row in house.facts("this").reasons]
    assert told == [("rejected", "gallery", 2), ("rejected", "internal_error", 1), ("deferred", "over_budget", 1)]
    assert house.facts("this").reasons[0]["example"] == "https://paper.test/g1"


def test_failures_begin_with_what_nobody_foresaw_and_end_with_what_is_gone(house):
    names = [row["url"].rpartition("/")[2] for row in house.facts("this").failures]
    assert names == ["x", "g1", "g2", "d", "a2-1"]
    assert {row["of_all"] for row in house.facts("this").failures} == {5}


def test_news_has_the_headlines_of_new_and_edited_articles(house):
    told = [(row["outcome"], row["title"], row["of_all"]) for row in house.facts("this").news]
    assert told == [("new", "A bridge", 1), ("edited", "A 1 0", 1)]


def test_a_hosts_time_is_that_of_one_request_beside_the_median_before(house):
    (host,) = house.facts("this").slow_hosts
    assert (host["host"], host["longest"], host["usual_seconds"]) == ("paper.test", 3.0, 0.25)
    assert (host["requests"], host["seconds"]) == (8, 0.25)


def test_endpoints_that_could_not_be_read_are_named(tmp_path):
    with opened(tmp_path) as warehouse:
        this = run()
        warehouse.begin_run(this)
        failed = poll(reason=Reason.SERVER_ERROR, detail="HTTP 503")
        warehouse.plan(this, [failed], [], [], NOW)
        facts = warehouse.facts("run-1")
    assert (facts.endpoints, facts.named) == (1, 0)
    assert [(row["url"], row["reason"]) for row in facts.unread_endpoints] == [
        ("https://paper.test/feed.xml", "server_error")
    ]


def test_health_begins_with_sources_that_are_not_well(house):
    assert [row["source"] for row in house.facts("this").health] == ["paper"]


def test_lists_are_as_long_as_a_page_can_hold(tmp_path):
    with opened(tmp_path) as warehouse:
        rows = [rejected(f"r{n}", "gallery") for n in range(300)] + [article(f"a{n}", title=f"T{n}") for n in range(30)]
        loaded(warehouse, tmp_path, rows)
        facts = warehouse.facts("run-1")
    assert (len(facts.failures), facts.failures[0]["of_all"]) == (200, 300)
    assert (len(facts.news), facts.news[0]["of_all"]) == (10, 30)


def test_every_statement_begins_with_its_grain():
    assert all(each.text.startswith("-- One row") for each in scripts("runs"))
