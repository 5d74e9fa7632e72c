"""When pages are asked again, and which of them a run takes."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warehousing import (
    DAY,
    FEED,
    HOUR,
    NOW,
    SOURCE,
    TEXT,
    article,
    ask,
    deferred,
    gone,
    loaded,
    opened,
    poll,
    rejected,
    run,
    unchanged,
    url,
)  # fmt: skip

from broadsheet.model import DiscoveredUrl, Endpoint, EndpointKind, Hints, Reason, Source, Why, stable_id
from broadsheet.warehouse import Schedule
from broadsheet.warehouse.statements import statement

MINUTE = HOUR / 60


@pytest.fixture
def house(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        yield warehouse


def planned(house, *polls, name="run-1", at=NOW, sources=(SOURCE,), end=True):
    this = run(name, at=at)
    house.begin_run(this)
    claims = house.plan(this, polls, sources, [], at)
    if end:
        house.end_run(name, "completed", at)
    return claims


def due(house, name="a"):
    return ask(house, f"select next_due_at from raw.url where url = '{url(name)}'")[0][0]


def said(name, at=NOW, **hints):
    """A poll that names one page and says something of it."""
    return replace(poll(at=at), found=(DiscoveredUrl(url(name), SOURCE.name, FEED.url, Hints(**hints)),))


# ── After an answer ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_article_is_asked_more_often_after_an_edit(house, tmp_path):
    loaded(house, tmp_path, [article("a")])
    loaded(house, tmp_path, [article("a", NOW + DAY, title="Bridge open")], name="run-2")
    assert due(house) == NOW + DAY + 6 * HOUR  # not one hour: an eighth of its age is three
    asked = [DAY + 6 * HOUR, 2 * DAY, 4 * DAY, 8 * DAY]
    for number, (age, next_age) in enumerate(zip(asked, [*asked[1:], None], strict=True)):
        loaded(house, tmp_path, [unchanged("a", NOW + age)], name=f"run-later-{number}")
        assert due(house) == (next_age and NOW + next_age)


@pytest.mark.parametrize("first, second", [("a", "amp"), ("amp", "a")])
def test_another_form_of_an_article_that_is_asked_again_is_not(house, tmp_path, first, second):
    forms = {name: article(name, canonical="a") for name in ("a", "amp")}
    loaded(house, tmp_path, [forms[first]])
    assert due(house, first) == NOW + HOUR
    loaded(house, tmp_path, [forms[second]], name="run-2")
    assert (due(house, "a"), due(house, "amp")) == (NOW + HOUR, None)
    loaded(house, tmp_path, [unchanged("a", NOW + HOUR)], name="run-3")
    assert (due(house, "a"), due(house, "amp")) == (NOW + 6 * HOUR, None)


def test_a_form_of_an_article_whose_own_url_was_never_read_is_asked(house, tmp_path):
    loaded(house, tmp_path, [article("amp", canonical="a")])
    assert due(house, "amp") == NOW + HOUR


def test_a_form_of_an_article_whose_own_url_is_gone_is_asked(house, tmp_path):
    loaded(house, tmp_path, [article("a", canonical="a")])
    loaded(house, tmp_path, [gone("a", NOW + HOUR)], name="run-2")
    loaded(house, tmp_path, [article("amp", NOW + 2 * HOUR, canonical="a")], name="run-3")
    assert due(house, "amp") is not None


def test_a_page_that_changes_with_every_request_is_asked_by_the_logarithm_of_its_age(house, tmp_path):
    at, times = NOW, 0
    while at is not None and at < NOW + 10 * DAY:
        loaded(house, tmp_path, [article("a", at, text=f"{TEXT}\nVisitor number {times}.")], name=f"run-{times}")
        at, times = due(house), times + 1
    assert 15 < times < 35


def test_what_is_gone_is_marked_and_asked_no_more(house, tmp_path):
    loaded(house, tmp_path, [article("a")])
    loaded(house, tmp_path, [gone("a", NOW + HOUR)], name="run-2")
    assert ask(house, "select class, next_due_at from raw.url") == [("gone", None)]
    assert ask(house, "select gone_at from core.article") == [(NOW + HOUR,)]
    assert planned(house, poll("a", at=NOW + DAY), name="run-3", at=NOW + DAY) == []


@pytest.mark.parametrize(
    "published, status, asked_again",
    [(NOW - 2 * HOUR, 404, None), (NOW - MINUTE, 410, None), (None, 404, None), (NOW - MINUTE, 404, NOW + HOUR),
     (NOW + HOUR, 404, NOW + HOUR)],
)  # fmt: skip
def test_a_page_that_is_announced_before_it_is_out_is_asked_for_once_more(
    house, tmp_path, published, status, asked_again
):
    planned(house, said("a", published_at=published))
    loaded(house, tmp_path, [gone("a") | {"status": status}], name="run-2")
    assert due(house) == asked_again
    loaded(house, tmp_path, [gone("a", NOW + HOUR)], name="run-3")
    assert due(house) is None


def test_a_failure_waits_for_as_long_as_the_server_asks_up_to_a_day(house, tmp_path):
    for name, wish in (("a", 3 * HOUR), ("b", MINUTE), ("c", 30 * DAY)):
        wished = (NOW + wish).isoformat()
        loaded(house, tmp_path, [rejected(name, "rate_limited", retry_at=wished)], name=f"run-{name}")
    assert [due(house, name) for name in "abc"] == [NOW + 3 * HOUR, NOW + HOUR, NOW + DAY]


def test_a_server_that_always_asks_for_time_is_given_up_too(house, tmp_path):
    for number in range(4):
        at = NOW + number * 2 * DAY
        answer = rejected("a", "rate_limited", at, retry_at=(at + HOUR).isoformat())
        loaded(house, tmp_path, [answer], name=f"run-{number}")
    assert due(house) is None


def test_what_a_paused_host_held_back_is_tried_ever_more_seldom(house, tmp_path):
    planned(house, poll("a"))
    waits = []
    for number, age in enumerate((MINUTE, 8 * HOUR, 8 * DAY)):
        loaded(house, tmp_path, [deferred("a", "host_paused", NOW + age)], name=f"run-{number}", at=NOW + age)
        waits.append(due(house) - NOW - age)
    assert waits == [MINUTE / 8, HOUR, DAY]


def test_the_ages_and_waits_are_settings(tmp_path):
    schedule = Schedule(ladder=(2 * HOUR,), backoff=())
    with opened(tmp_path / "data", schedule=schedule) as house:
        loaded(house, tmp_path, [article("a"), rejected("b", "timeout")])
        assert (due(house, "a"), due(house, "b")) == (NOW + 2 * HOUR, None)
    with opened(tmp_path / "data", schedule=Schedule(ladder=())) as house:
        loaded(house, tmp_path, [article("c"), unchanged("a", NOW + HOUR)], name="run-2")
        assert (due(house, "a"), due(house, "c")) == (None, None)


# ── What endpoints say ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("answer", [article("a"), gone("a"), rejected("a", "text_too_short")],
                         ids=lambda each: each["disposition"])  # fmt: skip
def test_a_page_that_was_changed_since_it_was_read_is_due_whatever_it_was(house, tmp_path, answer):
    loaded(house, tmp_path, [answer])
    later = NOW + 9 * DAY
    assert planned(house, poll("a", at=later), name="run-2", at=later, sources=()) == []
    (claim,) = planned(house, said("a", later, modified_at=later - HOUR), name="run-3", at=later)
    assert (claim.url, claim.why) == (url("a"), Why.DUE)


@pytest.mark.parametrize("modified", [NOW - HOUR, NOW, NOW + 20 * DAY], ids=["before", "as read", "in the future"])
def test_a_change_that_we_have_seen_or_that_is_yet_to_come_is_none(house, tmp_path, modified):
    loaded(house, tmp_path, [rejected("a", "gallery")])
    assert planned(house, said("a", NOW + DAY, modified_at=modified), name="run-2", at=NOW + DAY) == []
    assert due(house) is None


def test_an_endpoint_that_cries_wolf_is_believed_ever_more_seldom(house, tmp_path):
    loaded(house, tmp_path, [rejected("a", "gallery")])
    asked = []
    for hours in range(1, 60):
        at = NOW + hours * HOUR
        if planned(house, said("a", at, modified_at=at), name=f"run-{hours}", at=at):
            asked.append(hours)
            loaded(house, tmp_path, [rejected("a", "gallery", at)], name=f"answer-{hours}", at=at)
    assert asked[:3] == [1, 2, 3]
    assert len(asked) < 30


def test_a_form_of_a_page_is_no_page_of_its_own_once_the_page_was_read(house, tmp_path):
    def form(name):
        return DiscoveredUrl(url(f"amp/{name}"), SOURCE.name, FEED.url, Hints(), (url(f"x/{name}"), url(name)))

    loaded(house, tmp_path, [article("read"), gone("gone")])
    found = (*poll("named").found, *map(form, ("named", "read", "gone", "unknown")))
    claims = planned(house, replace(poll(), found=found), name="run-2")
    assert {each.url for each in claims} == {url("named"), url("amp/named"), url("amp/gone"), url("amp/unknown")}
    assert ask(house, "select found, new, known from raw.poll") == [(5, 4, 1)]


# ── Endpoints ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_poll_moves_its_endpoint_with_the_rows_it_brought(house):
    planned(house, poll("a", "b"))
    state = house.endpoints(["paper"])["paper", FEED.url]
    assert (state.news, state.etag, state.next_due_at) == (0, '"feed"', NOW + SOURCE.poll_shortest)
    planned(house, poll("a", "c", at=NOW + HOUR), name="run-2", at=NOW + HOUR)
    state = house.endpoints(["paper"])["paper", FEED.url]
    assert (state.news, state.news_at, state.read_at, state.failures) == (1, NOW + HOUR, NOW + HOUR, 0)
    planned(house, replace(poll(at=NOW + DAY), reason=Reason.TIMEOUT, status=None), name="run-3", at=NOW + DAY)
    state = house.endpoints(["paper"])["paper", FEED.url]
    assert (state.reason, state.failures, state.read_at) == (Reason.TIMEOUT, 1, NOW + HOUR)
    assert ask(house, "select count(*) from raw.endpoint") == [(1,)]


def test_what_an_index_names_is_kept_beside_it_for_as_long_as_it_does(house):
    index = Endpoint("https://paper.test/index.xml", EndpointKind.SITEMAP)
    leaves = tuple(Endpoint(f"https://paper.test/{n}.xml", EndpointKind.SITEMAP) for n in range(2))
    both = (poll(endpoint=index, more=leaves), *(poll(endpoint=each) for each in leaves))
    planned(house, *both)
    assert {each.named_by for each in house.endpoints(["paper"]).values()} == {None, index.url}
    planned(house, poll(at=NOW + DAY, endpoint=index, more=leaves[:1]), name="run-2", at=NOW + DAY)
    assert {key[1] for key in house.endpoints(["paper"])} == {index.url, leaves[0].url}


def test_a_plan_that_is_rolled_back_moves_nothing(tmp_path):
    def dies(step):
        if step == "plan/claims":
            raise KeyboardInterrupt

    with opened(tmp_path) as house:
        planned(house, poll("a"))
        before = house.endpoints(["paper"])
    with pytest.raises(KeyboardInterrupt), opened(tmp_path, on_step=dies) as house:
        planned(house, poll("a", "b", at=NOW + HOUR), name="run-2", at=NOW + HOUR)
    with opened(tmp_path) as house:
        assert house.endpoints(["paper"]) == before
        assert ask(house, "select count(*) from raw.url") == [(1,)]


def test_status_says_what_is_due_and_what_comes_next(house, tmp_path):
    planned(house, poll("a", "b"))
    loaded(house, tmp_path, [article("a")], name="run-2")
    (source,) = house.status(NOW + MINUTE).sources
    assert (source.due, source.next_due_at) == (1, NOW + HOUR)
    assert (source.polls_due, source.next_poll_at) == (0, NOW + SOURCE.poll_shortest)
    (source,) = house.status(NOW + HOUR).sources
    assert (source.due, source.next_due_at, source.polls_due, source.next_poll_at) == (2, None, 1, None)


def test_status_lists_a_source_that_never_named_anything(house):
    planned(house, replace(poll(), status=None, reason=Reason.TIMEOUT))
    (source,) = house.status(NOW).sources
    assert (source.source, source.urls, source.due, source.next_poll_at) == (
        "paper", 0, 0, NOW + 2 * SOURCE.poll_shortest
    )  # fmt: skip


# ── Budgets ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """A warehouse whose URLs each example puts anew."""
    with opened(tmp_path_factory.mktemp("crowd")) as warehouse:
        yield warehouse


def put(house, crowd):
    """URLs of sources: (source, kind, how many)."""
    rows = [
        (stable_id(f"{source}-{kind}-{n}"), f"https://{source}.test/{kind}/{n:03}", source, kind, n)
        for source, kinds in crowd.items()
        for kind, count in kinds.items()
        for n in range(count)
    ]
    house.session.connection.execute("delete from raw.url")
    for url_id, address, source, kind, n in rows:
        house.session.connection.execute(
            "insert into raw.url by name select $id as url_id, $url as url, $source as source, 0 as failures,"
            " 0 as load_id, if($kind = 'new', null, 'article') as class, $now as first_seen_at,"
            " $published as hint_published_at, case $kind when 'new' then $now when 'due' then $published"
            " when 'later' then $now + interval 1 second end as next_due_at",
            {"id": url_id, "url": address, "source": source, "kind": kind, "now": NOW, "published": NOW - n * HOUR},
        )


NAMES = ("alp", "bay", "cape")
BUDGETS = st.fixed_dictionaries({name: st.integers(0, 12) for name in NAMES})
KINDS = st.dictionaries(st.sampled_from(["new", "due", "later", "never"]), st.integers(0, 9))
numbers = iter(range(10**9))


def claimed(house, total, budgets):
    name = f"run-{next(numbers)}"
    house.begin_run(run(name))
    sources = [Source(each, f"https://{each}.test/", budget=budget) for each, budget in budgets.items()]
    small = replace(house, schedule=Schedule(budget=total))
    claims = small.plan(run(name), [], sources, [], NOW)
    house.end_run(name, "completed", NOW)
    return claims


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(NAMES), KINDS), st.integers(0, 30), BUDGETS)
def test_budgets_are_kept_and_dealt_out_fairly(crowd, sources, total, budgets):
    put(crowd, sources)
    claims = claimed(crowd, total, budgets)
    wanted = {
        source: min(budgets[source], kinds.get("new", 0) + kinds.get("due", 0)) for source, kinds in sources.items()
    }
    got = Counter(each.source for each in claims)
    assert len({each.url for each in claims}) == len(claims) == min(total, sum(wanted.values()))
    assert not [each.url for each in claims if "/later/" in each.url or "/never/" in each.url]
    for source, most in wanted.items():
        assert got[source] <= most
        if got[source] < most:  # it could have had more: then nobody got more but by the odd page of the last turn
            assert max(got.values(), default=0) <= got[source] + 1


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 20), st.integers(0, 20), st.integers(1, 25))
def test_new_pages_come_first_newest_first_and_starve_nobody(crowd, new, again, budget):
    put(crowd, {"alp": {"new": new, "due": again}})
    claims = claimed(crowd, 1000, {"alp": budget})
    fresh, old = ([each.url for each in claims if each.why is why] for why in (Why.NEW, Why.DUE))
    assert fresh == [f"https://alp.test/new/{n:03}" for n in range(len(fresh))]
    assert set(old) == {f"https://alp.test/due/{n:03}" for n in range(again - len(old), again)}
    if new + again > budget:
        assert len(old) == min(again, max(budget // 5, budget - new))


def test_a_source_with_many_pages_does_not_hold_up_one_with_few(crowd):
    put(crowd, {"alp": {"new": 300}, "bay": {"new": 3}, "cape": {"new": 40}})
    claims = claimed(crowd, 100, {"alp": 1000, "bay": 1000, "cape": 1000})
    assert Counter(each.source for each in claims) == {"alp": 57, "bay": 3, "cape": 40}


def test_who_is_first_in_a_turn_changes_from_run_to_run(crowd):
    put(crowd, {"alp": {"new": 2}, "bay": {"new": 2}, "cape": {"new": 2}})
    first = {each.source for _ in range(40) for each in claimed(crowd, 1, {"alp": 9, "bay": 9, "cape": 9})}
    assert first == {"alp", "bay", "cape"}


# ── Cost ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_not_due_is_passed_over_by_the_scan_itself(crowd):
    """The one condition on all known URLs stands in the scan, where a column's block is skipped by its least value."""
    put(crowd, {"alp": {"due": 9, "later": 9, "never": 9}})
    values = {"run_id": "run", "now": NOW, "load_id": 1, "sources": "[]", "leftovers": "[]", "budget": 9}
    text, names = statement("plan/claims")
    plan = crowd.session.connection.execute(f"explain {text}", {name: values[name] for name in names}).fetchall()[0][1]
    assert "next_due_at<=" in "".join(plan.split())
