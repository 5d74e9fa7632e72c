"""Clusters in the warehouse: what is found, what stays, and that it is done exactly once."""

import itertools
import random

import pytest
from likeness_set import articles
from warehousing import DAY, NOW, TEXT, article, ask, errors, loaded, opened, url

from broadsheet.warehouse.clusters import gather

LONG = "\n".join(
    f"Sentence number {n} of the report says what happened to bridge {n * 7} over river {n}." for n in range(12)
)
OTHER = "\n".join(
    f"Quite another story, part {n}, tells of {n * 3} goats that went up hill {n} in the rain." for n in range(12)
)
LEAD = "Our own reporter was there and saw it all with her own eyes, she said.\n"


@pytest.fixture
def house(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        yield warehouse


def rows(numbers):
    made = articles()
    return [article(f"a{n}", title=f"title {n}", text=made[n][3], source=f"paper-{n % 7}") for n in numbers]


def clusters(warehouse):
    """Each article's cluster."""
    return dict(ask(warehouse, "select url, cluster_id from core.article"))


def partition(warehouse):
    found = clusters(warehouse)
    return {frozenset(u for u in found if found[u] == cluster) for cluster in found.values()}


def test_copies_are_found_and_look_alikes_are_not(house, tmp_path):
    made = articles()
    loaded(house, tmp_path, rows(range(len(made))))
    gather(house.session, now=NOW)
    found = [clusters(house)[url(f"a{n}")] for n in range(len(made))]
    pairs = [
        (made[one][0] == made[other][0], found[one] == found[other])
        for one, other in itertools.combinations(range(len(made)), 2)
    ]
    right = pairs.count((True, True))
    assert right / (right + pairs.count((False, True))) >= 0.98
    assert right / (right + pairs.count((True, False))) >= 0.90
    assert errors(house) == {}


def test_a_tenth_more_articles_changes_no_id_but_by_recorded_merges(house, tmp_path):
    numbers = list(range(len(articles())))
    random.Random(7).shuffle(numbers)
    tenth = len(numbers) // 11
    loaded(house, tmp_path, rows(numbers[tenth:]))
    gather(house.session, now=NOW)
    before = clusters(house)
    loaded(house, tmp_path, rows(numbers[:tenth]), name="run-2")
    gather(house.session, now=NOW)
    after = clusters(house)
    merged = set(ask(house, "select former_id, cluster_id from core.cluster_change where kind = 'merged'"))
    assert {(before[u], after[u]) for u in before if before[u] != after[u]} <= merged
    assert set(ask(house, "select alias_id, cluster_id from core.cluster_alias")) == merged
    assert errors(house) == {}


def test_the_order_of_loading_changes_no_cluster_and_no_digest(tmp_path):
    told = []
    for order in (1, 2, 3):
        numbers = list(range(0, len(articles()), 4))
        random.Random(order).shuffle(numbers)
        with opened(tmp_path / f"data-{order}") as warehouse:
            for part in range(order):
                loaded(warehouse, tmp_path, rows(numbers[part::order]), name=f"run-{order}-{part}")
                gather(warehouse.session, now=NOW)
            told.append((partition(warehouse), warehouse.content_digest()))
    assert told[0] == told[1] == told[2]
    assert any(len(family) > 1 for family in told[0][0])


def test_every_article_has_a_cluster_and_a_second_time_changes_nothing(house, tmp_path):
    loaded(house, tmp_path, [article("a", text=LONG), article("b", title="B", text=OTHER)])
    assert gather(house.session, now=NOW) == 2
    before = ask(house, "select * from ops.load")
    assert gather(house.session, now=NOW) == 0
    assert ask(house, "select * from ops.load") == before
    assert ask(house, "select count(*) from core.article where cluster_id = article_id") == [(2,)]


def test_a_wire_copy_names_its_earliest_article_and_its_origin(house, tmp_path):
    early, late = "2026-11-19T06:00:00+00:00", "2026-11-20T09:00:00+00:00"
    copy = article("b", NOW, title="Ours", text=LEAD + LONG, source="gazette")
    copy["extraction"] |= {"published_at": late, "authors": ["dpa"], "author_kinds": ["organisation"]}
    first = article("a", NOW + DAY, title="First", text=LONG + "\nSource: dpa")
    first["extraction"] |= {"published_at": early}
    loaded(house, tmp_path, [copy, first, article("c", title="C", text=OTHER)])
    gather(house.session, now=NOW)
    columns = "title, articles, sources, source_names, earliest_source, earliest_url, credited_to, credits, urls"
    assert ask(house, f"select {columns} from mart.clusters") == [
        ("First", 2, 2, ["gazette", "paper"], "paper", url("a"), "dpa", 2, [url("a"), url("b")])
    ]
    assert ask(house, "select count(distinct cluster_id) from mart.articles") == [(2,)]


def test_an_article_edited_into_another_text_leaves_its_cluster_and_founds_none_twice(house, tmp_path):
    loaded(house, tmp_path, [article("a", text=LONG), article("b", title="B", text=LEAD + LONG)])
    gather(house.session, now=NOW)
    assert len(partition(house)) == 1
    loaded(house, tmp_path, [article("b", NOW + DAY, title="B", text=OTHER)], name="run-2")
    gather(house.session, now=NOW)
    assert len(partition(house)) == 2
    assert ask(house, "select kind from core.cluster_change") == [("parted",)]
    loaded(house, tmp_path, [article("b", NOW + 2 * DAY, title="B", text=LEAD + LONG)], name="run-3")
    gather(house.session, now=NOW)
    assert len(partition(house)) == 1
    assert errors(house) == {}


def test_short_texts_of_one_line_in_common_are_no_copies(house, tmp_path):
    loaded(
        house, tmp_path, [article("a"), article("b", title="B", text=TEXT.split("\n")[0] + "\nMore on it tomorrow.")]
    )
    gather(house.session, now=NOW)
    assert len(partition(house)) == 2


def test_furniture_in_all_texts_pairs_nothing(house, tmp_path):
    line = "\nThis paper is printed by the printers of the town, and all rights in it are reserved to them."
    texts = [" ".join(f"word{n}x{m}" for m in range(80)) + line for n in range(30)]
    made = [article(f"a{n}", title=f"{n}", text=text) for n, text in enumerate(texts)]
    loaded(house, tmp_path, made)
    gather(house.session, now=NOW)
    assert len(partition(house)) == len(made)


def test_a_round_up_joins_none_of_its_stories_to_another(house, tmp_path):
    stories = [" ".join(f"w{random.Random(n * 1000 + m).randrange(9000)}" for m in range(150)) for n in range(4)]
    rounds = {"digest": stories[:3], "another": [stories[3], *stories[1:3]], "two": stories[:2]}
    texts = {f"s{n}": text for n, text in enumerate(stories)} | {name: "\n".join(told) for name, told in rounds.items()}
    loaded(house, tmp_path, [article(name, title=name, text=text) for name, text in texts.items()])
    gather(house.session, now=NOW)
    found = clusters(house)
    assert len({found[url(f"s{n}")] for n in range(4)}) == 4


@pytest.mark.parametrize(
    "statement", ["clusters/marks_kept", "clusters/members_kept", "clusters/changes_kept", "commit"]
)
def test_what_a_crash_interrupts_is_done_by_the_next_try(tmp_path, statement):
    class Crash(Exception):
        pass

    def stop(step):
        if armed and step == statement:
            raise Crash

    armed = []
    with opened(tmp_path / "data", on_step=stop) as warehouse:
        loaded(warehouse, tmp_path, [article("a", text=LONG), article("b", title="B", text=LEAD + LONG)])
        armed.append(True)
        with pytest.raises(Crash):
            gather(warehouse.session, now=NOW)
        armed.clear()
        assert ask(warehouse, "select count(*) from core.mark") == [(0,)]
        gather(warehouse.session, now=NOW)
        assert len(partition(warehouse)) == 1
        assert errors(warehouse) == {}


def test_many_articles_are_taken_in_parts(house, tmp_path):
    loaded(house, tmp_path, rows(range(21)))
    assert gather(house.session, now=NOW, at_once=4) >= 21
    assert len(partition(house)) == len({made[0] for made in articles()[:21]})


@pytest.mark.parametrize("at_once", [3, 5])
def test_a_first_gathering_in_parts_invents_no_merges(house, tmp_path, at_once):
    texts = [" ".join(f"w{random.Random(n * 1000 + m).randrange(9000)}" for m in range(90)) for n in range(10)]
    loaded(house, tmp_path, [article(f"c{n}", title=f"{n}", text=texts[n // 2]) for n in range(20)])
    gather(house.session, now=NOW, at_once=at_once)
    assert len(partition(house)) == len(texts)
    assert (
        ask(house, "select former_id from core.cluster_change union all select alias_id from core.cluster_alias") == []
    )
