"""Loading: outcomes, exactly once, history, duplicates."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warehousing import (
    DAY,
    HOUR,
    NOW,
    TEXT,
    article,
    ask,
    batch,
    deferred,
    errors,
    gone,
    loaded,
    opened,
    rejected,
    run,
    unchanged,
    url,
)  # fmt: skip

from broadsheet.model import Outcome


@pytest.fixture
def house(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        yield warehouse


def test_a_batch_brings_new_articles_and_rejections(house, tmp_path):
    outcomes = loaded(house, tmp_path, [article("a"), article("b", title="Other"), rejected("c", "gallery"), gone("d")])
    assert outcomes == {Outcome.NEW: 2, Outcome.REJECTED: 1, Outcome.GONE: 1}
    assert ask(house, "select source, title, authors, tags, text, versions from mart.articles order by title") == [
        ("paper", "Bridge closed", ["Ann Lee"], ["bridges", "traffic"], TEXT, 1),
        ("paper", "Other", ["Ann Lee"], ["bridges", "traffic"], TEXT, 1),
    ]
    assert errors(house) == {}


def test_loading_twice_is_loading_once(house, tmp_path):
    this, rows = run(kind="warc"), [article("a"), rejected("c", "gallery")]
    house.begin_run(this)
    assert house.load(batch(tmp_path, rows, "k"), this, NOW) == {Outcome.NEW: 1, Outcome.REJECTED: 1}
    before = ask(house, "select * from core.article"), house.content_digest()
    assert house.loaded(["k", "other"]) == {"k"}
    assert house.load(batch(tmp_path, rows, "k"), this, NOW) == {}
    assert (ask(house, "select * from core.article"), house.content_digest()) == before
    assert ask(house, "select count(*) from ops.attempt") == [(2,)]


def test_the_same_capture_by_another_run_changes_no_row(house, tmp_path):
    loaded(house, tmp_path, [article("a")])
    outcomes = loaded(house, tmp_path, [article("a")], name="run-2")
    assert outcomes == {Outcome.UNCHANGED: 1}
    assert house.changed_rows("run-2") == 0
    assert ask(house, "select count(*) from core.capture") == [(1,)]
    assert errors(house) == {}


def test_an_edit_is_told_from_a_page_that_stayed(house, tmp_path):
    loaded(house, tmp_path, [article("a"), article("b", title="B")])
    later = [article("a", NOW + DAY, text=TEXT + "\nIt will open again in spring, the mayor said on Friday."),
             article("b", NOW + DAY, title="B", page="new navigation")]  # fmt: skip
    assert loaded(house, tmp_path, later, name="run-2") == {Outcome.EDITED: 1, Outcome.UNCHANGED: 1}
    assert ask(house, "select title, number, change_kind, valid_to is null from mart.article_history order by all") == [
        ("B", 1, "first", True),
        ("Bridge closed", 1, "first", False),
        ("Bridge closed", 2, "substantive", True),
    ]
    assert errors(house) == {}


@pytest.mark.parametrize(
    "title, text, kind",
    [
        ("Bridge closed", TEXT.replace("pillar", "pilar"), "minor"),
        ("Bridge closed", TEXT.upper(), "minor"),
        ("Bridge shut", TEXT, "substantive"),
        ("Bridge closed", TEXT + "\nCorrection: it was the fourth pillar, not the third.", "substantive"),
    ],
)
def test_a_change_is_minor_or_substantive(house, tmp_path, title, text, kind):
    loaded(house, tmp_path, [article("a")])
    loaded(house, tmp_path, [article("a", NOW + DAY, title=title, text=text)], name="run-2")
    assert ask(house, "select change_kind from core.article_version order by number") == [("first",), (kind,)]


def test_an_older_capture_that_arrives_late_takes_its_place(house, tmp_path):
    loaded(house, tmp_path, [article("a", NOW, title="Third")])
    assert loaded(house, tmp_path, [article("a", NOW - DAY, title="First")], name="run-2") == {Outcome.EDITED: 1}
    loaded(house, tmp_path, [article("a", NOW - HOUR, title="Second")], name="run-3")
    assert ask(house, "select title, number, valid_from, valid_to from core.article_version order by number") == [
        ("First", 1, NOW - DAY, NOW - HOUR), ("Second", 2, NOW - HOUR, NOW), ("Third", 3, NOW, None),
    ]  # fmt: skip
    assert ask(house, "select title, versions, first_seen_at, last_captured_at from mart.articles") == [
        ("Third", 3, NOW - DAY, NOW)
    ]
    assert ask(house, "select first_seen_at, last_answer_at from raw.url") == [(NOW - DAY, NOW)]
    assert errors(house) == {}


def test_what_is_gone_ends_the_history_and_may_come_back(house, tmp_path):
    loaded(house, tmp_path, [article("a")])
    assert loaded(house, tmp_path, [gone("a", NOW + DAY)], name="run-2") == {Outcome.GONE: 1}
    assert ask(house, "select gone_at, versions from core.article") == [(NOW + DAY, 1)]
    loaded(house, tmp_path, [article("a", NOW + 2 * DAY)], name="run-3")
    assert ask(house, "select number, change_kind from core.article_version order by number") == [
        (1, "first"), (2, "gone"), (3, "returned"),
    ]  # fmt: skip
    assert ask(house, "select gone_at from core.article") == [(None,)]
    assert errors(house) == {}


def test_two_urls_of_one_canonical_article_are_one_article(house, tmp_path):
    outcomes = loaded(house, tmp_path, [article("a", canonical="a"), article("amp/a", NOW + HOUR, canonical="a")])
    assert outcomes == {Outcome.NEW: 1, Outcome.DUPLICATE: 1}
    again = [article("print/a", NOW + DAY, canonical="a"), article("amp/a", NOW + DAY, canonical="a")]
    assert loaded(house, tmp_path, again, name="run-2") == {Outcome.DUPLICATE: 1, Outcome.UNCHANGED: 1}
    assert ask(house, "select count(*), min(versions) from core.article") == [(1, 1)]
    assert ask(house, "select count(*) from core.article_url") == [(3,)]
    assert errors(house) == {}


def test_a_redirect_and_its_goal_are_one_article(house, tmp_path):
    moved = article("old", target="https://paper.test/new")
    assert loaded(house, tmp_path, [moved, article("new", NOW + HOUR)]) == {Outcome.NEW: 1, Outcome.DUPLICATE: 1}
    assert loaded(house, tmp_path, [article("new", NOW + DAY)], name="run-2") == {Outcome.UNCHANGED: 1}
    assert ask(house, "select url from core.article_url order by url") == [
        ("https://paper.test/new",), ("https://paper.test/old",),
    ]  # fmt: skip
    assert errors(house) == {}


def test_new_rules_alone_are_no_edit(house, tmp_path):
    page = article("a")
    loaded(house, tmp_path, [page])
    more = TEXT + "\nRead otherwise by new rules, and more of it."
    again = [article("a", NOW + DAY, text=more, version="2", payload_digest=page["payload_digest"])]
    assert loaded(house, tmp_path, again, name="run-2") == {Outcome.UNCHANGED: 1}
    assert ask(house, "select number from core.article_version") == [(1,)]


def test_two_captures_of_one_url_in_one_warc_are_two_attempts(house, tmp_path):
    rows = [article("a"), article("a", NOW + HOUR, title="Changed headline", warc_offset=900)]
    assert loaded(house, tmp_path, rows) == {Outcome.NEW: 1, Outcome.EDITED: 1}
    assert ask(house, "select count(*) from ops.claim") == [(2,)]
    assert errors(house) == {}


def test_not_modified_leaves_the_article_as_it_is(house, tmp_path):
    loaded(house, tmp_path, [article("a")])
    assert loaded(house, tmp_path, [unchanged("a", NOW + HOUR)], name="run-2") == {Outcome.UNCHANGED: 1}
    assert house.changed_rows("run-2") == 0
    assert ask(house, "select class, etag, last_answer_at, next_due_at from raw.url") == [
        ("article", '"a"', NOW + HOUR, NOW + 6 * HOUR)
    ]


def test_articles_are_due_by_a_ladder_of_ages(house, tmp_path):
    due = []
    for number, age in enumerate((0 * DAY, HOUR, 7 * HOUR, DAY, 4 * DAY, 8 * DAY)):
        loaded(house, tmp_path, [article("a", NOW + age)], name=f"run-{number}")
        due += ask(house, "select next_due_at from raw.url")
    assert due == [(NOW + HOUR,), (NOW + 6 * HOUR,), (NOW + DAY,), (NOW + 3 * DAY,), (NOW + 7 * DAY,), (None,)]


def test_passing_failures_are_tried_three_times_and_lasting_ones_never(house, tmp_path):
    loaded(house, tmp_path, [rejected("a", "gallery")], name="run-0")
    assert ask(house, "select next_due_at, failures from raw.url") == [(None, 0)]
    due = []
    for number in range(4):
        loaded(house, tmp_path, [rejected("b", "timeout", NOW + number * DAY)], name=f"run-b{number}")
        due += ask(house, "select next_due_at from raw.url where url like '%/b'")
    assert due == [(NOW + HOUR,), (NOW + DAY + 6 * HOUR,), (NOW + 3 * DAY,), (None,)]


def test_a_deferred_url_keeps_its_state_and_is_due_at_once(house, tmp_path):
    loaded(house, tmp_path, [rejected("a", "timeout")])
    loaded(house, tmp_path, [deferred("a", at=NOW + HOUR)], name="run-2", at=NOW + HOUR)
    assert ask(house, "select class, reason, waiting, next_due_at, last_answer_at from raw.url") == [
        ("rejected", "timeout", "over_budget", NOW + HOUR, NOW)
    ]


def test_validators_outlive_a_passing_failure_and_no_other(house, tmp_path):
    kept = []
    loaded(house, tmp_path, [article("a")], name="run-0")
    for number, answer in enumerate((rejected("a", "timeout", NOW + HOUR, etag='"error"'), gone("a", NOW + DAY))):
        loaded(house, tmp_path, [answer], name=f"run-later-{number}")
        kept += ask(house, "select etag from raw.url")
    assert kept == [('"a"',), (None,)]


def test_evidence_lies_apart_and_is_kept_once(house, tmp_path):
    loaded(house, tmp_path, [article("a")])
    loaded(house, tmp_path, [article("a")], name="run-2")
    assert ask(house, "select number, field, producer, chosen from evidence.evidence order by number") == [
        (1, "title", "json-ld", True), (2, "title", "dom", False),
    ]  # fmt: skip


BATCHES = (
    [article("a"), article("amp/a", NOW + HOUR, canonical="a"), rejected("x", "timeout")],
    [article("a", NOW + DAY, title="New headline"), article("b", title="B"), rejected("x", "gallery", NOW + DAY)],
    [
        gone("b", NOW + 2 * DAY),
        article("amp/a", NOW + DAY, canonical="a", text=TEXT + " Amp differs a good deal here."),
    ],
    [article("b", NOW - DAY, title="Early B"), gone("never", NOW)],
)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::3])
def test_the_digest_does_not_depend_on_the_order_of_batches(tmp_path_factory, order):
    digests = set()
    for number, sequence in enumerate(((0, 1, 2, 3), order)):
        folder = tmp_path_factory.mktemp("house")
        with opened(folder / "data") as house:
            for step in sequence:
                loaded(house, folder, BATCHES[step], name=f"{number}-{step}", at=NOW + 3 * DAY)
            assert errors(house) == {}
            digests.add(house.content_digest())
    assert len(digests) == 1


def test_the_digest_changes_with_the_content(house, tmp_path):
    seen = {house.content_digest()}
    for number, rows in enumerate(BATCHES):
        loaded(house, tmp_path, rows, name=f"run-{number}")
        seen.add(house.content_digest())
    assert len(seen) == 5


CANONICAL = {"a": "a", "amp/a": "a", "b": None, "c": "b", "d": None}
TARGET = {"d": "a"}
stories = st.builds(
    lambda name, hours, edition, version: article(
        name, NOW + hours * HOUR, title=f"{name} {edition}", canonical=CANONICAL[name], version=version,
        target=url(TARGET.get(name, name)),
    ),
    st.sampled_from(sorted(CANONICAL)), st.integers(0, 9), st.integers(0, 2), st.sampled_from("12"),
)  # fmt: skip
others = st.builds(
    lambda make, name, hours: make(name, NOW + hours * HOUR),
    st.sampled_from((gone, lambda name, at: rejected(name, "timeout", at))), st.sampled_from(sorted(CANONICAL)),
    st.integers(10, 19),
)  # fmt: skip


def one_an_hour(rows):
    """A URL answers once at a time, and each answer lies at a place of its own."""
    distinct = {(each["url"], each["captured_at"]): each for each in rows}.values()
    return [each | {"warc_offset": number} for number, each in enumerate(distinct)]


def digest_of(folder, batches):
    with opened(folder / "data", NOW + DAY) as house:
        for number, rows in enumerate(batches):
            loaded(house, folder, rows, name=f"run-{number}", at=NOW + DAY)
        assert errors(house) == {}
        return house.content_digest()


@pytest.mark.heavy
@pytest.mark.timeout(900)
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(stories | others, min_size=1, max_size=12).map(one_an_hour), data=st.data())
def test_any_cutting_of_the_same_records_into_batches_gives_the_same_digest(tmp_path_factory, rows, data):
    shuffled = data.draw(st.permutations(rows))
    size = data.draw(st.integers(1, len(rows)))
    whole = digest_of(tmp_path_factory.mktemp("whole"), [rows])
    cut = [shuffled[start : start + size] for start in range(0, len(rows), size)]
    assert digest_of(tmp_path_factory.mktemp("cut"), cut) == whole


def test_articles_that_turn_out_to_be_one_go_on_under_the_older_id(house, tmp_path):
    loaded(house, tmp_path, [article("old")])
    loaded(house, tmp_path, [article("young", title="Other", text=TEXT.upper())], name="run-2")
    ids = dict(ask(house, "select url, article_id from core.article"))
    later = article("young", NOW + DAY, title="Other", text=TEXT.upper(), canonical="old", page="2")
    assert loaded(house, tmp_path, [later], name="run-3") == {Outcome.UNCHANGED: 1}
    assert ask(house, "select article_id, url from core.article") == [(ids[url("old")], url("old"))]
    assert ask(house, "select alias_id, article_id from core.article_alias") == [(ids[url("young")], ids[url("old")])]
    assert ask(house, "select distinct article_id from core.article_url") == [(ids[url("old")],)]
    young = ids[url("young")]
    assert ask(house, f"select number, title from core.article_version_past where article_id = {young}") == [
        (1, "Other")
    ]
    assert errors(house) == {}


def test_an_alias_of_an_article_that_is_merged_in_its_turn_leads_to_the_last(house, tmp_path):
    loaded(house, tmp_path, [article("a")])
    loaded(house, tmp_path, [article("b", title="B")], name="run-2")
    loaded(house, tmp_path, [article("c", title="C")], name="run-3")
    first = dict(ask(house, "select url, article_id from core.article"))[url("a")]
    loaded(house, tmp_path, [article("c", NOW + DAY, title="C", canonical="b", page="2")], name="run-4")
    loaded(house, tmp_path, [article("b", NOW + DAY, title="B", canonical="a", page="2")], name="run-5")
    assert ask(house, "select distinct article_id from core.article_alias") == [(first,)]
    assert ask(house, "select count(*) from core.article_alias") == [(2,)]
    assert ask(house, "select article_id from core.article") == [(first,)]
    assert errors(house) == {}


def test_a_template_that_names_one_address_on_every_page_merges_nothing(house, tmp_path):
    names = [f"n{each}" for each in range(8)]
    loaded(house, tmp_path, [article(each, title=each) for each in names])
    broken = [article(each, NOW + DAY, title=each, canonical=names[0], page="broken") for each in names]
    loaded(house, tmp_path, broken, name="run-2")
    assert ask(house, "select count(*) from core.article") == [(8,)]


def test_in_whatever_order_it_is_known_that_two_are_one_the_tables_say_the_same(tmp_path):
    rows = [
        article("a"), article("b", title="B", text=TEXT.upper()),
        article("b", NOW + DAY, title="B", text=TEXT.upper(), canonical="a", page="2"),
    ]  # fmt: skip
    digests = set()
    for number, order in enumerate(itertools.permutations(rows)):
        with opened(tmp_path / f"data-{number}") as warehouse:
            for part, each in enumerate(order):
                loaded(warehouse, tmp_path, [each], name=f"run-{number}-{part}")
            digests.add(warehouse.content_digest())
            assert errors(warehouse) == {}
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, rows)
        digests.add(warehouse.content_digest())
    assert len(digests) == 1
