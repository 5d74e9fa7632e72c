"""`broadsheet sql` and `broadsheet ask`, once: statements, values, formats, files, mistakes."""

import io
import json
import sys

import duckdb
import pytest
from warehousing import article, loaded, opened

from broadsheet.desk import cookbook
from broadsheet.warehouse import publish
from flows import cli


@pytest.fixture
def said(tmp_path, monkeypatch, capsys):
    """Run the command line in a folder with one article; answers (exit code, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROADSHEET_DATA", str(tmp_path / "data"))
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, [article("a", title="Bridge closed")])
        publish(tmp_path / "data", warehouse, anyway=True)

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["broadsheet", *map(str, words)])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        out = capsys.readouterr()
        return caught.value.code or 0, out.out, out.err

    return run


def test_a_statement_comes_as_a_word_from_a_file_or_from_standard_input(said, tmp_path, monkeypatch):
    (tmp_path / "q.sql").write_text("-- A comment\nselect title from mart.articles;\n")
    expected = (0, "title\nBridge closed\n", "")
    assert said("sql", "--format", "csv", "select title from mart.articles") == expected
    assert said("sql", "--format", "csv", "--file", "q.sql") == expected
    for words in (["-"], []):
        monkeypatch.setattr(sys, "stdin", io.StringIO("select title from mart.articles"))
        assert said("sql", "--format", "csv", *words) == expected


def test_values_are_bound_and_not_written_into_the_text(said):
    words = ("sql", "--format", "csv", "select $word as word, $n + 1 as n", "--param", "n=1")
    assert said(*words, "--param", "word='; drop table x; --")[1] == "word,n\n'; drop table x; --,2\n"
    code, _, error = said(*words)
    assert (code, error) == (1, "broadsheet: sql: no value is given for $word: --param word=VALUE\n")
    assert said("sql", "select 1", "--param", "n=1")[0] == 1


def test_a_file_takes_its_format_from_its_ending_and_stays_whole_if_the_statement_fails(said, tmp_path):
    assert said("sql", "select 1 as n", "--output", "a.json") == (0, "", "")
    assert json.loads((tmp_path / "a.json").read_text()) == [{"n": 1}]
    assert said("sql", "select 'x'::int as n", "--output", "a.json")[0] == 1
    assert json.loads((tmp_path / "a.json").read_text()) == [{"n": 1}]
    assert said("sql", "select 42 as n", "--output", "a.parquet") == (0, "", "")
    assert duckdb.sql(f"from read_parquet('{tmp_path}/a.parquet')").fetchall() == [(42,)]
    assert not list(tmp_path.glob(".*"))


def test_what_cannot_be_read_or_written_is_one_line(said, tmp_path):
    for words in (("--file", "missing.sql"), ("select 1", "--output", "missing/a.csv")):
        code, out, error = said("sql", *words)
        assert (code, out, error.count("\n")) == (1, "", 1)
        assert "missing" in error
    assert said("sql", "select 1", "--file", "q.sql")[0] == 2


def test_an_error_tells_line_and_column(said):
    code, _, error = said("sql", "select title,\n  nix\nfrom mart.articles")
    assert (code, error.count("\n")) == (1, 1)
    assert "line 2, column 3" in error
    assert '"nix" not found' in error


def test_a_limit_ends_with_one_line(said):
    text = "select count(*) from range(100000000) as a, range(1000000) as b where a.range + b.range = 7"
    code, out, error = said("sql", text, "--timeout", "0.1")
    assert (code, out, error) == (1, "", "broadsheet: sql: stopped after 0.1 s, the limit that was set\n")


def test_ask_lists_shows_and_answers(said):
    code, out, _ = said("ask")
    assert code == 0
    assert all(each.name in out and each.title in out for each in cookbook())
    told = json.loads(said("ask", "--json")[1])
    assert [each["name"] for each in told] == [each.name for each in cookbook()]
    assert said("ask", "topic_by_day", "--show")[1] == next(e.text for e in cookbook() if e.name == "topic_by_day")
    assert json.loads(said("ask", "topic-first", "topic=BRIDGE", "--json")[1])[0]["title"] == "Bridge closed"
    assert (
        said("ask", "topic_share", "--param", "topic=bridge", "--format", "csv")[1].splitlines()[1] == "paper,1,1,1.0"
    )


def test_ask_suggests_the_nearest(said):
    code, _, error = said("ask", "headline_edit")
    assert code == 1
    assert "did you mean headline_edits" in error
    assert said("ask", "topic_by_day", "topics=x")[2].count("it has: topic, since") == 1
