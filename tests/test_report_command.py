"""`broadsheet report` over small warehouses: where the page goes, what is told, what goes wrong, what is forgotten."""

import json
from datetime import timedelta

import pytest
from conftest import environ
from reporting import parsed, section
from typer.testing import CliRunner
from warehousing import NOW, article, loaded, opened, rejected

from broadsheet.errors import Terminal
from broadsheet.warehouse import open_read_copy, publish
from flows.cli.app import app, main
from flows.reporting import keeping

DAY = timedelta(days=1)


@pytest.fixture
def data(tmp_path):
    """A read copy of one article and one rejection."""
    folder = tmp_path / "data"
    with opened(folder) as warehouse:
        loaded(warehouse, tmp_path, [article("a"), rejected("b", "listing")])
        publish(folder, warehouse)
    with environ({"BROADSHEET_DATA": str(folder), "BROADSHEET_NOW": (NOW + DAY).isoformat()}):
        yield folder


def call(*words):
    return CliRunner().invoke(app, ["report", *words])


def test_without_a_file_the_page_goes_where_the_newest_are_kept(data):
    done = call()
    (page,) = (data / "reports").iterdir()
    assert done.exit_code == 0
    assert page.name == "report-20261121T080000Z.html"
    assert done.stdout.splitlines()[0] == "1 article of 1 source as of 20 Nov 2026, 08:00 UTC, 1 new in 30 days."
    assert str(page) in done.stdout
    assert "Bridge closed" in section(parsed(page.read_text("utf-8")), "newest")


def test_json_says_where_the_page_lies_and_of_what_it_is(data, tmp_path):
    told = json.loads(call("--output", str(tmp_path / "deep" / "page.html"), "--days", "7", "--json").stdout)
    assert told == {
        "file": str(tmp_path / "deep" / "page.html"),
        "as_of": "2026-11-20T08:00:00+00:00",
        "since": "2026-11-14",
        "until": "2026-11-20",
        "articles": 1,
        "came": 1,
        "sources": 1,
        "charts": True,
        "bytes": (tmp_path / "deep" / "page.html").stat().st_size,
    }
    assert not (data / "reports").exists()


def test_a_dash_is_standard_output_and_nothing_else_goes_there(data):
    done = call("--output", "-", "--json")
    assert done.stdout.startswith("<!doctype html>")
    assert done.stdout.endswith("</html>\n")


@pytest.mark.parametrize("words", [("--days", "0"), ("--days", "many"), ("--days", "40000")])
def test_days_that_mean_nothing_are_refused(data, words):
    assert call(*words).exit_code == 2


def test_without_a_read_copy_it_says_how_to_get_one(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["broadsheet", "report"])
    with environ({"BROADSHEET_DATA": str(tmp_path)}), pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "no articles yet: run `broadsheet demo` or `broadsheet run` first" in capsys.readouterr().err


def test_a_read_copy_with_no_article_has_a_page_too(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        publish(tmp_path / "data", warehouse)
    with environ({"BROADSHEET_DATA": str(tmp_path / "data"), "BROADSHEET_NOW": NOW.isoformat()}):
        done = call("--output", "-")
    assert "No articles yet" in done.stdout


def test_where_nothing_can_be_written_the_page_that_was_there_stays(tmp_path, monkeypatch):
    page = tmp_path / "page.html"
    page.write_text("old", encoding="utf-8")
    monkeypatch.setattr("os.fsync", _full)
    with pytest.raises(Terminal, match=r"page\.html: the report cannot be written: No space left"):
        keeping.write(page, "new")
    assert [each.name for each in tmp_path.iterdir()] == ["page.html"]
    assert page.read_text(encoding="utf-8") == "old"


def _full(_handle):
    raise OSError(28, "No space left on device")


def test_a_folder_in_the_file_s_place_is_one_line(data, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["broadsheet", "report", "--output", str(tmp_path)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "the report cannot be written: Is a directory" in " ".join(capsys.readouterr().err.split())


def test_the_newest_pages_are_kept(tmp_path):
    for day in range(5):
        keeping.keep(tmp_path, f"page {day}", NOW + day * DAY, most=3)
    assert [path.read_text(encoding="utf-8") for path in keeping.kept(tmp_path)] == ["page 4", "page 3", "page 2"]


def test_forgetting_takes_the_pages_away_that_quote_it(data):
    call()
    (data / "reports" / ".report.html.1.part").write_text("half", encoding="utf-8")
    done = CliRunner().invoke(app, ["forget", "https://paper.test/a", "--why", "test", "--yes", "--json"])
    assert done.exit_code == 0
    (report,) = json.loads(done.stdout.splitlines()[-1])
    assert report["left"] == []
    assert list((data / "reports").iterdir()) == []
    assert "Bridge closed" not in call("--output", "-").stdout


def test_a_read_copy_of_an_older_broadsheet_is_one_line(data, monkeypatch, capsys):
    with opened(data, NOW) as warehouse:
        warehouse.session.connection.execute("drop view mart.source_health")
        publish(data, warehouse, anyway=True)
    with open_read_copy(data) as connection:
        assert connection.execute("select count(*) from mart.articles").fetchone() == (1,)
    monkeypatch.setattr("sys.argv", ["broadsheet", "report"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "older" in capsys.readouterr().err


def test_help_has_an_example():
    assert "broadsheet report --days 90 --output press.html --open" in " ".join(call("--help").stdout.split())
