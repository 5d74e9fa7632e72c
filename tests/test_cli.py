"""The command line: what it prints, and that every mistake is one clear line and exit code 1."""

import json
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from conftest import ROOT, environ

from broadsheet import __version__
from broadsheet.warehouse import open_warehouse
from flows import cli

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.fixture
def said(tmp_path, monkeypatch, capsys):
    """Run the command line in a folder of its own; answers (exit code, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROADSHEET_DATA", str(tmp_path / "data"))

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["broadsheet", *map(str, words)])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        out = capsys.readouterr()
        return caught.value.code or 0, out.out, out.err

    return run


@pytest.fixture
def published(tmp_path):
    """An empty warehouse with its read copy."""
    from broadsheet.warehouse import publish

    (tmp_path / "data").mkdir()
    with open_warehouse(tmp_path / "data", now=NOW) as warehouse:
        publish(tmp_path / "data", warehouse)


def test_the_version_is_the_packages(said):
    assert said("--version") == (0, f"broadsheet {__version__}\n", "")


def test_every_command_has_help_with_an_example(said):
    for command in ("demo", "run", "ingest", "sql", "status"):
        code, out, _ = said(command, "--help")
        assert code == 0
        assert "Example:" in out, command


def test_sql_answers_as_table_csv_or_json(said, published):
    query = "select 'harbour' as source, 2 as articles, 9223372036854775807 as article_id"
    assert said("sql", "--format", "csv", query)[1] == "source,articles,article_id\nharbour,2,9223372036854775807\n"
    expected = [{"source": "harbour", "articles": 2, "article_id": "9223372036854775807"}]
    assert json.loads(said("sql", "--format", "json", query)[1]) == expected
    assert said("sql", query)[1].split()[:3] == ["source", "articles", "article_id"]


@pytest.mark.parametrize(
    "query, told",
    [
        ("delete from core.article", "read-only"),
        ("copy (select 1) to 'made.csv'", "disabled by configuration"),
        ("attach 'made.duckdb' as made", "disabled by configuration"),
        ("select * from read_text('/etc/hostname')", "disabled by configuration"),
        ("install httpfs", "disabled"),
        ("set enable_external_access = true", "lock"),
        ("select 1; select 2", "one statement at a time"),
        ("", "one statement at a time"),
    ],
)
def test_sql_reads_the_read_copy_and_nothing_else(said, published, tmp_path, query, told):
    before = {path.name for path in tmp_path.iterdir()}
    code, out, error = said("sql", query)
    assert (code, out) == (1, "")
    assert told in error
    assert {path.name for path in tmp_path.iterdir()} == before


def test_odd_values_are_valid_json_and_csv(said, published):
    query = """select 1 as a, 2 as a, 'nan'::double as n, [{'article_id': 9007199254740993}] as l, '\\xff'::blob as b,
        true as t, null as z, timestamptz '2026-03-14 12:00:00+00' as w, map {date '2026-03-14': 1} as m"""
    (row,) = json.loads(said("sql", "--format", "json", query)[1])
    assert row == {
        "a": 1,
        "a_1": 2,
        "n": None,
        "l": [{"article_id": "9007199254740993"}],
        "b": "ff",
        "t": True,
        "z": None,
        "w": "2026-03-14T12:00:00+00:00",
        "m": {"2026-03-14": 1},
    }
    header, line = said("sql", "--format", "csv", query)[1].splitlines()
    assert header == "a,a_1,n,l,b,t,z,w,m"
    assert line.startswith('1,2,nan,"[{""article_id"": ""9007199254740993""}]",ff,true,,')


@pytest.mark.parametrize(
    "words, told",
    [
        (("sql", "select 1"), "no articles yet: run `broadsheet demo` or `broadsheet run` first"),
        (("status",), "no warehouse yet; run `broadsheet demo` or `broadsheet run` first"),
        (("ingest", "missing.warc.gz"), "missing.warc.gz: no such file"),
        (("run",), "deployments/sources.toml: no such file; write one"),
        (("ingest", "/dev"), "/dev: not a file; name the WARC files in it"),
        (("ingest", __file__), "test_cli.py"),
    ],
)
def test_what_is_missing_is_named_with_the_way_out(said, words, told):
    code, out, error = said(*words)
    assert (code, out) == (1, "")
    assert told in error
    assert error.count("\n") == 1


def test_a_wrong_statement_or_format_is_one_line(said, published):
    code, _, error = said("sql", "select nothing from nowhere")
    assert (code, error.count("\n")) == (1, 1)
    assert "nowhere" in error
    code, _, error = said("sql", "--format", "xml", "select 1")
    assert (code, error) == (1, "broadsheet: --format xml: allowed are table, csv, json, markdown, parquet, jsonl\n")


def test_an_unreadable_configuration_names_file_key_and_what_is_allowed(said, tmp_path, monkeypatch):
    (tmp_path / "mine.toml").write_text('[[source]]\nname = "a"\nhome = "https://a.test/"\nendpoint = []\n')
    monkeypatch.setenv("BROADSHEET_SOURCES", "mine.toml")
    code, _, error = said("run")
    assert (code, error.count("\n")) == (1, 1)
    assert "mine.toml:4: source.1.endpoint: unknown key; did you mean endpoints? allowed are name, home" in error


def test_a_data_folder_that_cannot_be_made_is_one_line(said, tmp_path):
    (tmp_path / "taken").write_text("a file")
    code, _, error = said("demo", "--data", "taken")
    assert (code, error.count("\n")) == (1, 1)
    assert "taken: the data folder cannot be made" in error


def test_an_unknown_source_is_named_beside_those_that_exist(said, tmp_path, monkeypatch):
    entry = 'name = "a"\nhome = "https://a.test/"\nendpoints = [{url = "https://a.test/feed", kind = "feed"}]'
    (tmp_path / "mine.toml").write_text(f"[[source]]\n{entry}\n")
    monkeypatch.setenv("BROADSHEET_SOURCES", "mine.toml")
    code, _, error = said("run", "--source", "b")
    assert (code, error) == (1, "broadsheet: no source is named 'b'; there are: a\n")


def test_a_file_that_is_no_warehouse_is_left_alone(said, tmp_path):
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "warehouse.duckdb"
    path.write_bytes(b"no database" * 1000)
    code, _, error = said("status")
    assert (code, error.count("\n")) == (1, 1)
    assert "warehouse.duckdb" in error
    assert path.read_bytes() == b"no database" * 1000


def test_a_held_warehouse_names_its_holder(said, tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("BROADSHEET_LOCK_WAIT", "0")
    with open_warehouse(tmp_path / "data", now=NOW):
        code, _, error = said("status")
    assert (code, error.count("\n")) == (1, 1)
    assert str(os.getpid()) in error


def test_a_port_in_use_is_one_line(said):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, _, error = said("demo", "--port", port)
    assert (code, error.count("\n")) == (1, 1)
    assert f"port {port} is in use" in error


def test_asking_sql_does_not_load_prefect(tmp_path):
    code = "import sys; from flows.cli import app, ask, show; sys.exit('prefect' in sys.modules)"
    with environ({"BROADSHEET_DATA": str(tmp_path)}):
        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_without_a_contact_no_site_is_asked_and_the_exit_code_is_2(said, tmp_path, monkeypatch):
    home = "https://paper.invalid/"
    entry = f'name = "paper"\nhome = "{home}"\nendpoints = [{{ url = "{home}rss.xml", kind = "feed" }}]\n'
    (tmp_path / "sources.toml").write_text(f"[[source]]\n{entry}")
    monkeypatch.setenv("BROADSHEET_SOURCES", "sources.toml")
    monkeypatch.delenv("BROADSHEET_CONTACT", raising=False)
    code, out, error = said("run")
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert "set BROADSHEET_CONTACT" in error
