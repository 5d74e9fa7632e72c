"""Like is compared with like: which captures are read again beside a page that is read by other rules."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from test_warehouse_history import load_with_earlier
from warehousing import DAY, HOUR, NOW, article, ask, errors, loaded, opened

from broadsheet import archive
from broadsheet.errors import ArchiveError
from broadsheet.model import FetchedPage, PageReading, RecordPosition, Role, SiteRules
from extractors.rules import version
from flows import again

URL = "https://paper.test/a"
RULES = SiteRules()


def page(hour, body):
    html = (("Content-Type", "text/html"),)
    return FetchedPage(URL, URL, Role.PAGE, "paper", NOW + hour * HOUR, 200, html, body.encode())


def asked(monkeypatch, readings, own, lost=()):
    """The bodies of the captures that are read again beside `own`: readings are (hour, body, version)."""
    kept = {place: page(hour, body) for place, (hour, body, _) in enumerate(readings)}

    def read_one(data, position):
        if position.offset in lost:
            raise ArchiveError("its file is damaged")
        return kept[position.offset]

    monkeypatch.setattr(archive, "read_one", read_one)
    known = tuple(
        PageReading(archive.payload_digest(kept[place]), ruled, kept[place].captured_at, RecordPosition("a", place, 9))
        for place, (_, _, ruled) in enumerate(readings)
    )
    said = []
    stage = SimpleNamespace(readings={URL: known}, data=Path("data"), progress=SimpleNamespace(say=said.append))
    works = [(each, RULES, NOW) for each in own]
    return [each.body.decode() for each, _, _ in again.neighbour_works(stage, works)], said


OLD = [(0, "A", "old"), (4, "C", "old"), (8, "E", "old")]


@pytest.mark.parametrize(
    "readings, own, expected",
    [
        (OLD, [page(9, "F")], ["E"]),
        (OLD, [page(2, "B")], ["A", "C"]),
        (OLD, [page(-1, "Z")], ["A"]),
        (OLD, [page(2, "B"), page(3, "B2")], ["A", "C"]),
        (OLD, [page(2, "A")], ["C"]),
        ([(0, "A", version(RULES)), (4, "C", "old")], [page(2, "B")], ["C"]),
        ([], [page(2, "B")], []),
    ],
)
def test_the_captures_before_and_after_are_read_again_if_other_rules_read_them(monkeypatch, readings, own, expected):
    assert asked(monkeypatch, readings, own) == (expected, [])


def test_a_capture_that_cannot_be_read_again_is_told(monkeypatch):
    assert asked(monkeypatch, OLD, [page(2, "B")], lost={0}) == (["C"], ["not read again: its file is damaged"])


@pytest.fixture
def house(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        yield warehouse


def test_an_edit_that_arrives_late_between_captures_read_by_older_rules_ends_where_the_next_begins(house, tmp_path):
    loaded(house, tmp_path, [article("a", NOW, title="Bridge A")], name="run-0", at=NOW + HOUR)
    loaded(house, tmp_path, [article("a", NOW + 4 * DAY, title="Bridge C")], name="run-1", at=NOW + 4 * DAY + HOUR)
    late = article("a", NOW + 2 * DAY, title="Bridge B", version="2")
    beside = [
        article("a", NOW, title="Bridge A", version="2"),
        article("a", NOW + 4 * DAY, title="Bridge C", version="2"),
    ]
    load_with_earlier(house, tmp_path, [late], beside, name="run-2", at=NOW + 5 * DAY)
    asked = "select title, change_kind, valid_from from mart.article_history order by number"
    assert ask(house, asked) == [
        ("Bridge A", "first", NOW),
        ("Bridge B", "substantive", NOW + 2 * DAY),
        ("Bridge C", "substantive", NOW + 4 * DAY),
    ]
    assert errors(house) == {}


def test_where_the_page_before_is_lost_another_text_begins_a_version_that_says_so(house, tmp_path):
    loaded(house, tmp_path, [article("a", NOW, title="Bridge A")], name="run-0", at=NOW + HOUR)
    other = article("a", NOW + DAY, title="Bridge B", version="2")
    loaded(house, tmp_path, [other], name="run-1", at=NOW + DAY + HOUR)
    same = article("a", NOW + 2 * DAY, title="Bridge B", version="2", page="navigation")
    loaded(house, tmp_path, [same], name="run-2", at=NOW + 2 * DAY + HOUR)
    asked = "select title, change_kind from mart.article_history order by number"
    assert ask(house, asked) == [("Bridge A", "first"), ("Bridge B", "unsure")]
    assert ask(house, f"select title from mart.as_of(timestamptz '{NOW + 3 * DAY}')") == [("Bridge B",)]
    assert errors(house) == {}


def test_where_the_page_before_is_lost_the_same_text_begins_no_version(house, tmp_path):
    loaded(house, tmp_path, [article("a", NOW)], name="run-0", at=NOW + HOUR)
    again = article("a", NOW + DAY, version="2", page="navigation")
    loaded(house, tmp_path, [again], name="run-1", at=NOW + DAY + HOUR)
    assert ask(house, "select number, change_kind from mart.article_history") == [(1, "first")]
