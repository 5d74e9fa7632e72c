"""Which files become one, and how often a byte is copied for it."""

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.archive import Stored, groups

TARGET = 100
SIZES = st.integers(1, 250)


def fresh(name: str, size: int, begins: str = "") -> Stored:
    return Stored(f"archive/2026/03/01/{name}", size, begins or name)


def old(name: str, size: int, **more) -> Stored:
    return Stored(f"archive/2026/03/merged-{name}", size, name, **more)


def names(found) -> list[list[str]]:
    return [[each.file.rpartition("/")[2] for each in group] for group in found]


def test_segments_are_put_together_in_order_of_time_up_to_the_size():
    files = [fresh("c", 50), fresh("a", 60), fresh("b", 40), fresh("d", 300), fresh("e", 1)]
    assert names(groups(files, TARGET)) == [["a", "b"], ["c"], ["d"], ["e"]]


def test_months_are_not_mixed():
    april = Stored("archive/2026/04/01/x", 1, "x")
    assert names(groups([april, fresh("a", 1)], TARGET)) == [["a"], ["x"]]


def test_a_merged_file_joins_only_what_weighs_as_much():
    assert names(groups([old("x", 20), fresh("a", 10)], TARGET)) == [["a"]]
    assert names(groups([old("x", 20), fresh("a", 20)], TARGET)) == [["a", "merged-x"]]
    assert names(groups([old("x", 20), old("y", 30), fresh("a", 20)], TARGET)) == [["a", "merged-x", "merged-y"]]


def test_a_merged_file_that_is_large_enough_or_has_no_company_stays():
    assert groups([old("x", TARGET), fresh("a", 100)], TARGET) == [[fresh("a", 100)]]
    assert groups([old("x", 20), old("y", 20)], TARGET) == []


def test_a_file_with_something_due_is_made_anew_whatever_its_size():
    assert names(groups([old("x", 500, due=True), old("y", 1)], TARGET)) == [["merged-x"], ["merged-y"]]


@given(st.lists(st.tuples(SIZES, st.booleans(), st.booleans()), max_size=12))
def test_what_must_be_seen_is_in_one_group_and_no_group_outgrows_the_size(told):
    files = [(fresh if new else old)(f"{n:02}", size) for n, (size, new, _) in enumerate(told)]
    files = [Stored(e.file, e.size, e.begins, due) for e, (*_, due) in zip(files, told, strict=True)]
    found = groups(files, TARGET)
    placed = [each for group in found for each in group]
    assert len(placed) == len(set(placed))
    assert {each for each in files if each.is_fresh or each.due} <= set(placed)
    assert all(len(group) == 1 or sum(each.size for each in group) <= TARGET for group in found)


@given(st.lists(st.integers(1, 4), min_size=64, max_size=64))
def test_a_year_of_nights_copies_a_byte_a_few_times_only(nights):
    stored: list[Stored] = []
    copied = 0
    for night, size in enumerate(nights):
        for number, group in enumerate(groups([*stored, fresh(f"{night:03}", size)], 10_000)):
            copied += sum(each.size for each in group)
            stored = [each for each in stored if each not in group]
            stored.append(old(f"{night:03}-{number}", sum(each.size for each in group)))
    assert copied <= sum(nights) * 9  # log2(64 nights x sizes up to 4 of each other) + 1
    assert len(stored) <= 9
