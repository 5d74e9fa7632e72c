"""`broadsheet db` and `broadsheet diff`: what they print, what they refuse, what a backup brings back."""

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner
from warehousing import DAY, HOUR, NOW, TEXT, article, ask, batch, errors, gone, loaded, opened, run, url

from broadsheet.errors import CheckFailed, Held, WarehouseError
from broadsheet.warehouse import Files, Limits, backup, open_read_copy, publish, publish_within, restore
from flows.cli.app import app
from flows.cli.diff import _pair, paired
from flows.folders import removed, run_folder

NOTE = TEXT + "\nCorrection: it was the fourth pillar, not the third."


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("BROADSHEET_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("BROADSHEET_NOW", (NOW + 3 * DAY).isoformat())
    monkeypatch.setenv("BROADSHEET_LOCK_WAIT", "0")
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path / "data"


def filled(data):
    with opened(data) as house:
        loaded(house, data.parent, [article("a"), article("amp/a", NOW + HOUR, canonical="a")])
        loaded(house, data.parent, [article("a", NOW + DAY, title="Bridge may fall", text=NOTE)], name="run-2")
        loaded(house, data.parent, [gone("a", NOW + 2 * DAY)], name="run-3")
        publish(data, house)


def said(*words, code=0):
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


def failing(*words):
    """The line of the error that ends a command."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert isinstance(result.exception, WarehouseError), result.output
    return str(result.exception)


def test_migrate_makes_a_database_and_then_finds_nothing_to_do(data):
    assert said("db", "migrate").startswith("applied 0001_first\n")
    assert said("db", "migrate") == "the schema is the newest already\n"
    assert json.loads(said("db", "migrate", "--json")) == {"applied": []}


def test_status_changes_nothing_and_tells_what_is_to_be_applied(data):
    assert "no warehouse yet" in failing("db", "status")
    assert not data.exists()
    filled(data)
    with opened(data) as house:
        ask(house, "delete from ops.migration where version = 7")
    status = json.loads(said("db", "status", "--json"))
    assert [each["pending"] for each in status["schemas"]] == [["0007_history"], []]
    assert (status["articles"], status["versions"], status["last_load"], status["published_load"]) == (1, 2, 3, 3)
    assert status["bytes_per_article"] > 0
    assert "0007_history" in said("db", "status")


def test_check_prints_what_each_check_found_and_fails_with_an_error(data):
    filled(data)
    assert "FAILED" not in said("db", "check")
    with opened(data) as house:
        ask(house, "insert into core.article from core.article")
    result = CliRunner().invoke(app, ["db", "check", "--json"])
    assert isinstance(result.exception, CheckFailed)
    found = {each["name"]: each["count"] for each in json.loads(result.output)}
    assert found["unique_keys"] == 1


def test_ids_in_json_are_strings_since_numbers_of_63_bits_are_rounded(data):
    filled(data)
    with opened(data) as house:
        loaded(house, data.parent, [article("b"), article("c")], name="run-4")
    found = {each["name"]: each["rows"] for each in json.loads(said("db", "check", "--json"))}
    assert [type(each["text_id"]) for each in found["equal_texts"]] == [str]


@pytest.mark.parametrize("lost", ["evidence", "warehouse"])
def test_a_lost_file_is_not_made_anew_and_a_backup_is_the_way_out(data, tmp_path, lost):
    filled(data)
    said("db", "backup", tmp_path / "backup")
    path = getattr(Files(data), lost)
    path.unlink()
    with pytest.raises(WarehouseError, match="db restore") as caught, opened(data):
        pass
    assert str(caught.value).startswith(f"{path} is missing")
    if lost == "evidence":
        assert "is missing" in failing("db", "status")
        assert "is missing" in failing("db", "check")
    assert not path.exists()
    said("db", "restore", tmp_path / "backup", "--force")
    with opened(data) as house:
        assert ask(house, "select count(*) > 0 from evidence.evidence") == [(True,)]


def test_a_backup_brings_back_what_was_there(data, tmp_path):
    filled(data)
    told = said("db", "backup", tmp_path / "backup")
    assert told.startswith(f"backed up to {tmp_path / 'backup'}: 1 articles, load 3, ")
    with opened(data) as house:
        before = house.content_digest()
        loaded(house, tmp_path, [article("b", title="B")], name="run-4")
        publish(data, house)
    assert "--force gives up what is newer" in failing("db", "restore", tmp_path / "backup")
    said("db", "restore", tmp_path / "backup", "--force")
    with opened(data) as house:
        assert house.content_digest() == before
    with open_read_copy(data) as copy:
        assert copy.execute("select count(*) from mart.articles").fetchall() == [(1,)]


def test_a_backup_restores_a_lost_or_damaged_database(data, tmp_path):
    filled(data)
    said("db", "backup", tmp_path / "backup")
    Files(data).warehouse.write_bytes(b"torn" * 5000)
    assert "--force puts the backup in its place" in failing("db", "restore", tmp_path / "backup")
    said("db", "restore", tmp_path / "backup", "--force")
    for path in data.glob("*.duckdb"):
        path.unlink()
    assert "restored from" in said("db", "restore", tmp_path / "backup")
    assert json.loads(said("db", "status", "--json"))["articles"] == 1


def test_nothing_is_restored_under_a_run_that_is_at_work_or_left_pages(data, tmp_path):
    filled(data)
    said("db", "backup", tmp_path / "backup")
    with run_folder(data, run("live")) as folder:
        result = CliRunner().invoke(app, ["db", "restore", str(tmp_path / "backup"), "--force"])
        assert isinstance(result.exception, Held)
        assert "run live is at work; wait for it to end" in str(result.exception)
    result = CliRunner().invoke(app, ["db", "restore", str(tmp_path / "backup"), "--force"])
    assert "run live was interrupted and left pages behind" in str(result.exception)
    removed(folder)
    assert "restored from" in said("db", "restore", tmp_path / "backup", "--force")


def test_a_run_that_the_restored_ledger_does_not_know_loads_nothing_into_it(data, tmp_path):
    filled(data)
    backup(data, tmp_path / "backup", now=NOW, wait=0)
    live = run("live", at=NOW + 3 * DAY)
    with opened(data) as house:
        house.begin_run(live)
    restore(tmp_path / "backup", data, now=NOW, wait=0, force=True)
    with opened(data) as house:
        before = house.content_digest()
        with pytest.raises(WarehouseError, match="run live is not in the warehouse's ledger"):
            house.load(batch(tmp_path, [article("b")]), live, NOW + 3 * DAY)
        assert house.content_digest() == before
        assert errors(house) == {}


def test_what_fails_a_check_is_restored_and_not_published(data, tmp_path):
    filled(data)
    with opened(data) as house:
        ask(house, "delete from ops.attempt where run_id = 'run-2'")
    said("db", "backup", tmp_path / "backup")
    result = CliRunner().invoke(app, ["db", "restore", str(tmp_path / "backup")])
    assert isinstance(result.exception, CheckFailed)
    assert "restored, but the read copy stays as it was: failed ledger_" in str(result.exception)
    with open_read_copy(data) as copy:
        assert copy.execute("select count(*) from ops.attempt where run_id = 'run-2'").fetchall() == [(1,)]


def test_what_is_no_backup_is_refused_and_nothing_is_touched(data, tmp_path):
    filled(data)
    (tmp_path / "none").mkdir()
    assert "warehouse.duckdb is missing" in failing("db", "restore", tmp_path / "none")
    said("db", "backup", tmp_path / "backup")
    assert "is there already" in failing("db", "backup", tmp_path / "backup")
    Files(tmp_path / "backup").evidence.write_bytes(b"torn" * 5000)
    assert "not a DuckDB database, or damaged" in failing("db", "restore", tmp_path / "backup", "--force")
    assert json.loads(said("db", "status", "--json"))["articles"] == 1


def test_a_backup_that_cannot_be_written_says_why(data, tmp_path):
    filled(data)
    (tmp_path / "file").write_text("in the way")
    assert "Not a directory; nothing was replaced" in failing("db", "backup", tmp_path / "file" / "backup")


def test_on_a_terminal_what_went_is_red_and_what_came_green_the_words_that_differ_bold():
    went, came = _pair("", "The third pilar cracked.", "The third pillar cracked.")
    assert (went.style, came.style) == ("red", "green")
    bold = [[line.plain[each.start : each.end].strip() for each in line.spans if "bold" in each.style]
            for line in (went, came)]  # fmt: skip
    assert bold == [["pilar"], ["pillar"]]


def test_diff_shows_each_version_with_what_came_and_went(data):
    filled(data)
    assert said("diff", url("amp/a")) == (
        "paper  https://paper.test/a  3 version(s)\n"
        "\n"
        "1  first  seen 2026-11-20 08:00 UTC\n"
        "  Bridge closed\n"
        "\n"
        "2  substantive  seen 2026-11-21 08:00 UTC\n"
        "  - headline: Bridge closed\n"
        "  + headline: Bridge may fall\n"
        "  + Correction: it was the fourth pillar, not the third.\n"
        "\n"
        "3  gone  seen 2026-11-22 08:00 UTC\n"
    )
    (version,) = json.loads(said("diff", url("a"), "--version", 2, "--json"))
    assert version["added"] == ["Correction: it was the fourth pillar, not the third."]
    assert version["article_id"].isdigit()
    assert "there is no version 9, but 1 to 3" in failing("diff", url("a"), "--version", 9)
    assert "no article goes by that URL" in failing("diff", url("zzz"))
    assert said("diff", "http://www.paper.test/a/?print=1") == said("diff", url("a"))


def test_a_read_copy_of_another_version_is_told_and_renewed_without_news(data):
    filled(data)
    with duckdb.connect(str(Files(data).read_copy)) as copy:
        copy.execute("drop view mart.article_changes; delete from ops.migration where version = 16")
    assert "made by another version of Broadsheet" in failing("diff", url("a"))
    with opened(data) as house:
        assert publish(data, house)
        assert not publish(data, house)
    assert "3 version(s)" in said("diff", url("a"))


def test_sentences_that_were_edited_stand_beside_each_other():
    removed = ["The third pilar cracked.", "Nobody was hurt."]
    added = ["A new start.", "The third pillar cracked.", "Ships wait."]
    assert list(paired(removed, added)) == [
        ("", "A new start."),
        ("The third pilar cracked.", "The third pillar cracked."),
        ("Nobody was hurt.", ""),
        ("", "Ships wait."),
    ]


@pytest.mark.parametrize(
    "limits, later, why",
    [
        (Limits(minutes=30), 10, "renewed every 30 minutes at most"),
        (Limits(minutes=30), 31, ""),
        (Limits(most_mb=1), 0, "1 are allowed"),
        (Limits(free_mb=10**9), 0, "1000000000 are to stay so"),
        (Limits(), 0, ""),
    ],
)
def test_the_read_copy_is_renewed_within_limits(tmp_path, limits, later, why):
    at = NOW + later * HOUR / 60
    with opened(tmp_path) as house:
        loaded(house, tmp_path, [article("a")])
        publish(tmp_path, house)
        assert publish_within(tmp_path, house, limits, now=at) == (False, "")
        loaded(house, tmp_path, [article("b")], name="run-2", at=at)
        renewed, told = publish_within(tmp_path, house, limits, now=at)
    assert (renewed, why in told) == (not why, True)
    with open_read_copy(tmp_path) as copy:
        assert copy.execute("select count(*) from mart.articles").fetchall() == [(1 + (not why),)]
    assert not list(Path(tmp_path).glob("*.part"))
