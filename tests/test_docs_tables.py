"""The reference of tables says what the database says of itself, and its questions can be asked."""

import pytest
from conftest import ROOT
from warehousing import DAY, NOW, article, gone, loaded, opened, rejected, url

from broadsheet.warehouse.reference import questions, reference


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    with opened(folder / "data") as warehouse:
        loaded(warehouse, folder, [article("a"), article("b", title="B"), rejected("c", "gallery")])
        loaded(warehouse, folder, [article("a", NOW + DAY, title="New"), gone("b", NOW + DAY)], name="run-2")
        warehouse.check(NOW)
        yield warehouse


def test_the_reference_of_tables_is_current(house):
    written = (ROOT / "docs" / "reference" / "tables.md").read_text(encoding="utf-8")
    assert written == reference(house.session), "run `python docs/tables.py`"


def test_every_mart_has_a_question_and_every_question_a_mart(house):
    columns = house.session.records("inner/reference")
    assert {each["name"] for each in columns if each["schema_name"] == "mart"} == set(questions())


@pytest.mark.parametrize("mart", questions())
def test_every_question_can_be_asked(house, mart):
    connection, text = house.session.connection, questions()[mart]
    (parsed,) = connection.extract_statements(text)
    values = {"url": url("a"), "source": "paper", "now": NOW + 2 * DAY}
    connection.execute(text, {name: values[name] for name in parsed.named_parameters}).fetchall()
    assert text.startswith("-- One row per ")
    assert text.splitlines()[0].endswith("?")
