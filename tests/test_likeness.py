"""Families of likeness, and the ids that clusters keep."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.likeness import Change, Kin, Member, families, settled

START = datetime(2026, 3, 1, tzinfo=UTC)
IDS = st.integers(1, 12)
PAIRS = st.lists(st.tuples(IDS, IDS), max_size=14)


def member(article, former=None, load=1):
    return Member(article, former, load, START + timedelta(hours=article))


def test_a_family_is_what_pairs_join_directly_or_by_others():
    assert families([1, 2, 3, 4, 5], [(1, 2), (5, 2)]) == [[1, 2, 5], [3], [4]]


def test_the_oldest_article_founds_a_cluster():
    found = settled([member(9, load=1), member(3, load=2)], [(3, 9)])
    assert (dict(found.cluster_of), found.changes) == ({3: 9, 9: 9}, ())


def test_an_article_that_joins_changes_no_id():
    found = settled([member(9, 9), member(7, 9), member(2, load=5)], [(7, 9), (2, 7)])
    assert (dict(found.cluster_of), found.changes) == ({9: 9, 7: 9, 2: 9}, ())


def test_of_two_clusters_that_merge_the_older_keeps_its_id_and_the_merge_is_recorded():
    both = [member(9, 9, 1), member(8, 9, 3), member(4, 4, 2), member(3, 4, 2), member(1, load=5)]
    found = settled(both, [(8, 9), (3, 4), (1, 8), (1, 3)])
    assert set(found.cluster_of.values()) == {9}
    assert found.changes == (Change("merged", 4, 9),)


def test_what_parts_leaves_the_id_with_its_founder():
    found = settled([member(1, 1), member(2, 1), member(3, 1)], [(2, 3)])
    assert dict(found.cluster_of) == {1: 1, 2: 2, 3: 2}
    assert found.changes == (Change("parted", 1, 2),)


def test_without_its_founder_an_id_stays_with_most_of_its_articles():
    found = settled([member(2, 1), member(3, 1), member(4, 1)], [(3, 4)])
    assert dict(found.cluster_of) == {2: 2, 3: 1, 4: 1}
    assert found.changes == (Change("parted", 1, 2),)


def test_what_holds_several_unlike_texts_is_a_round_up_and_joins_none():
    kin = [Kin(1, 9, 1.0, 0.5, 200), Kin(2, 9, 1.0, 0.5, 200), Kin(1, 3, 0.9, 0.9, 110)]
    assert families([1, 2, 3, 9], [], kin) == [[1, 3], [2], [9]]
    assert families([1, 3, 9], [], [each for each in kin if each.copy == 1]) == [[1, 3, 9]]


def test_a_copy_is_attached_to_the_one_text_that_holds_most_of_it():
    kin = [Kin(1, 8, 0.7, 0.3, 300), Kin(1, 9, 0.9, 0.3, 300)]
    assert families([1, 8, 9], [], kin) == [[1, 9], [8]]


@given(PAIRS, st.permutations(range(1, 13)))
def test_families_are_the_same_in_any_order(pairs, order):
    assert families(order, reversed(pairs)) == families(range(1, 13), pairs)


@given(st.lists(PAIRS, min_size=1, max_size=4), st.lists(IDS, unique=True, min_size=2))
def test_ids_change_by_recorded_merges_and_partings_alone(rounds, arriving):
    known = {}
    for load, pairs in enumerate(rounds, start=1):
        arrived = arriving[: len(arriving) * load // len(rounds)]
        members = [member(each, known.get(each), 1 if each in known else load) for each in arrived]
        found = settled(members, [pair for pair in pairs if set(pair) <= set(arrived)])
        assert sorted(found.cluster_of) == sorted(arrived)
        groups = families(arrived, [pair for pair in pairs if set(pair) <= set(arrived)])
        assert len({found.cluster_of[group[0]] for group in groups}) == len(groups)
        assert all(len({found.cluster_of[each] for each in group}) == 1 for group in groups)
        told = {(change.former_id, change.cluster_id) for change in found.changes}
        assert {(known[e], found.cluster_of[e]) for e in known if known[e] != found.cluster_of[e]} <= told
        known = dict(found.cluster_of)
