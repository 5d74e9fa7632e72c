"""The desk: typed values, places of errors, streams, limits, and always the newest read copy."""

import json
import os
import subprocess
import sys
import tracemalloc
from datetime import UTC, date, datetime

import duckdb
import pytest
from conftest import ROOT
from warehousing import DAY, NOW, article, loaded, opened

import broadsheet
from broadsheet.desk import Answer, Column, Desk, typed_values
from broadsheet.errors import ConfigError, StatementError, WarehouseError
from broadsheet.warehouse import publish
from flows.cli.formats import written
from flows.cli.layout import table_lines

ENDLESS = "select count(*) from range(100000000) as a, range(1000000) as b where a.range + b.range = 7"


@pytest.fixture
def data(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, [article("a", title="One")])
        publish(tmp_path / "data", warehouse, anyway=True)
    return tmp_path / "data"


@pytest.fixture
def desk(data):
    with Desk(data) as desk:
        yield desk


def titles(desk):
    return [title for (title,) in desk.ask("select title from mart.articles order by title").rows]


@pytest.mark.parametrize(
    "words, value",
    [
        ("n=42", 42),
        ("n=-3", -3),
        ("x=2.5", 2.5),
        ("since=2026-03-01", date(2026, 3, 1)),
        ("at=2026-03-01T12:00:00+02:00", datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ("t=true", True),
        ("z=null", None),
        ("word=bridge", "bridge"),
        ("equation=a=b", "a=b"),
        ("n:varchar=42", "42"),
        ("l:varchar[]=[a, b]", ["a", "b"]),
        ("empty=", ""),
    ],
)
def test_a_value_has_the_type_of_its_form_or_the_one_that_is_named(words, value):
    assert typed_values([words]) == {words.split("=")[0].split(":")[0]: value}


@pytest.mark.parametrize("words", ["novalue", "1=1", "a b=1", "n:bigint=x", "n:no_type=1", "d:date=2026-13-01"])
def test_words_that_are_no_value_are_refused(words):
    with pytest.raises(ConfigError, match=words.split("=")[0].split(":")[0]):
        typed_values([words])


@pytest.mark.parametrize(
    "text, place",
    [
        ("select 'ä', nix from mart.articles", 12),
        ("select 1\nfrm x", 13),
        ("select\n  foo(1)", 9),
        ("select *\nfrom nowhere", 14),
    ],
)
def test_an_error_knows_its_place(desk, text, place):
    with pytest.raises(StatementError) as caught:
        list(desk.ask(text).rows)
    assert caught.value.place == place
    line = text[:place].count("\n") + 1
    assert f"line {line}, column {place - text.rfind(chr(10), 0, place)}" in str(caught.value)
    told, caret = caught.value.pointed().splitlines()[-2:]
    assert told[len(caret) - 1 :].startswith(text[place:].split("\n")[0])


def test_a_newer_read_copy_is_seen_by_the_next_statement(desk, data, tmp_path):
    assert titles(desk) == ["One"]
    with opened(data) as warehouse:
        loaded(warehouse, tmp_path, [article("b", NOW + DAY, title="Two")], name="run-2")
        publish(data, warehouse)
    assert titles(desk) == ["One", "Two"]


def test_a_limit_stops_a_statement_and_the_desk_goes_on(desk):
    with pytest.raises(StatementError, match=r"stopped after 0\.1 s"):
        desk.ask(ENDLESS, seconds=0.1)
    assert titles(desk) == ["One"]


def test_rows_are_streamed(desk):
    tracemalloc.start()
    answer = desk.ask("select i, repeat('x', 1000) as x from range(300000) as t (i)")
    assert sum(1 for _ in written(answer, "csv", None)) == 300_001
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


def test_only_the_file_that_is_named_is_written(data, tmp_path):
    path = tmp_path / "it's.parquet"
    with Desk(data, writable=(path,)) as desk:
        desk.write_parquet("select $n as n -- a comment", path, {"n": 3})
        for text in ("select 1) to 'evil.csv' (format csv); --", "drop table core.article", "select 1; select 2", ""):
            with pytest.raises(StatementError):
                desk.write_parquet(text, path, {})
        with pytest.raises(StatementError, match="disabled"):
            desk.ask(f"copy (select 1) to '{tmp_path}/other.parquet'")
        with pytest.raises(StatementError, match="read-only"):
            desk.ask("delete from core.article")
    assert duckdb.sql(f"select n from read_parquet('{str(path).replace(chr(39), chr(39) * 2)}')").fetchall() == [(3,)]
    assert {each.name for each in tmp_path.iterdir()} >= {"data", "it's.parquet"}
    assert not list(tmp_path.glob("*other*"))


def test_formats_say_the_same():
    def answer():
        columns = (Column("name", "VARCHAR"), Column("n", "BIGINT"))
        return Answer(columns, iter([("a|b\nc", 1), (None, 22)]))

    assert "".join(written(answer(), "csv", None)) == 'name,n\n"a|b\nc",1\n,22\n'
    assert json.loads("".join(written(answer(), "json", None))) == [{"name": "a|b\nc", "n": 1}, {"name": None, "n": 22}]
    assert "".join(written(answer(), "jsonl", None)) == '{"name": "a|b\\nc", "n": 1}\n{"name": null, "n": 22}\n'
    expected = "| name | n |\n| --- | ---: |\n| a\\|b<br>c | 1 |\n|  | 22 |\n"
    assert "".join(written(answer(), "markdown", None)) == expected
    assert list(table_lines(answer(), None)) == [" name    n", "───────────", " a|b↵c   1", "        22"]
    empty = Answer((Column("n", "BIGINT"),), iter([]))
    assert "".join(written(empty, "json", None)) == "[]\n"


def test_a_table_fits_its_room_or_is_told_value_by_value():
    columns = tuple(Column(name, "VARCHAR") for name in "abc")

    def answer():
        return Answer(columns, iter([("x" * 50, "汐見高" * 10, "short")]))

    lines = list(table_lines(answer(), 40))
    assert len(lines[2]) < 40
    assert "…" in lines[2]
    assert "x" * 50 in "\n".join(table_lines(answer(), 20))
    assert next(iter(table_lines(answer(), 20))).startswith("─ 1 ")


def test_numbers_are_never_cut():
    numbers = Answer((Column("n", "BIGINT"), Column("t", "VARCHAR")), iter([(i, "x" * 60) for i in range(5000)]))
    lines = list(table_lines(numbers, 40))
    assert lines[-1].split() == ["4999", "x" * 33 + "…"]
    wide = Answer((Column("n", "BIGINT"),) * 3, iter([(10**18,) * 3]))
    assert sum(str(10**18) in line for line in table_lines(wide, 40)) == 3


def test_a_page_cannot_steer_the_terminal():
    (_, _, line) = table_lines(Answer((Column("a", "VARCHAR"),), iter([("\x1b[31mred\u202e\x07",)])), None)
    assert line == " \ufffd[31mred\ufffd\ufffd"


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # of pandas, which DuckDB uses so
def test_python_opens_the_read_copy_for_pandas_and_polars(data):
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    with broadsheet.open(data) as connection:
        assert isinstance(connection.sql("from mart.articles").df(), pandas.DataFrame)
        assert isinstance(connection.sql("select title from mart.articles").pl(), polars.DataFrame)
        assert connection.sql("select current_setting('timezone')").fetchall() == [("UTC",)]
        connection.execute("create temp table mine as select 1 as n")
        with pytest.raises(duckdb.Error, match="read-only"):
            connection.execute("delete from core.article")
        with pytest.raises(duckdb.Error, match="disabled"):
            connection.execute("from read_text('/etc/hostname')")


def test_python_opens_the_folder_of_the_settings_without_prefect_and_says_what_is_missing(data, tmp_path):
    code = "import sys, broadsheet; c = broadsheet.open(); print(c.sql('select title from mart.articles').fetchall()); "
    code += "sys.exit('prefect' in sys.modules)"
    environment = os.environ | {"BROADSHEET_DATA": str(data)}
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert ended.stdout == b"[('One',)]\n"
    with pytest.raises(WarehouseError, match="no articles yet"):
        broadsheet.open(tmp_path / "nothing")
