"""`broadsheet reextract`: the stored press read again without any network, compared, promoted, taken back, killed."""

import json
import shutil
import socket
import subprocess
import sys

import pytest
from conftest import ROOT, environ
from rereading import read_tomorrow, reread, stored, told
from stagework import NOW
from typer.testing import CliRunner

from broadsheet.errors import WarehouseError
from broadsheet.warehouse import open_read_copy
from broadsheet.warehouse.promoting import Order
from broadsheet.warehouse.reextracting import KeptPage, Selection
from flows.promotion import promote, rollback
from flows.reextract_report import apart
from flows.reextract_select import Asked, selection
from flows.reextracting import batches, paced


@pytest.fixture(scope="module")
def press_kept(tmp_path_factory):
    """The press, fetched, read and loaded once."""
    folder = tmp_path_factory.mktemp("kept")
    return folder, stored(folder)


@pytest.fixture
def house(press_kept, tmp_path):
    """A copy of it; its settings. The archive is read where it was written."""
    folder, settings = press_kept
    shutil.copytree(folder / "data", tmp_path / "data")
    return settings.model_copy(update={"data": tmp_path / "data"})


@pytest.fixture
def tomorrow(monkeypatch):
    monkeypatch.setattr("flows.scene.read_page", read_tomorrow)


@pytest.fixture
def offline(monkeypatch):
    """Whoever makes a socket that could reach beyond this machine's processes fails; workers are reached by AF_UNIX."""

    class Refusing(socket.socket):
        def __init__(self, family=-1, *more, **named):
            if family != socket.AF_UNIX and named.get("fileno") is None:
                raise AssertionError("the network was asked")
            super().__init__(family, *more, **named)

    monkeypatch.setattr("socket.socket", Refusing)
    monkeypatch.setattr("socket.getaddrinfo", lambda *_: pytest.fail("a name was asked for"))


def test_without_any_network_changed_rules_give_a_diff_and_promotion_and_rollback_the_same_digests(
    house, tomorrow, offline
):
    before, _, none = told(house)
    number, read, report = reread(house)
    found, broken, rows = told(house)
    assert (number, found, broken, none) == (1, before, [], [])
    assert read == report.about["pages"] > 20
    titles = [(was, now) for _, field, was, now in rows if field == "title" and was]
    assert titles
    assert all(was.upper() == now for was, now in titles)
    assert {field for _, field, *_ in rows} == {"title", "text", "outcome"}
    assert {(was, now) for _, field, was, now in rows if field == "outcome"} == {("rejected: gallery", "article")}
    digests = []
    for way in (promote, promote, rollback, rollback, promote, rollback):
        way(house, Order(number, "ann", "a test"))
        digests.append(told(house)[0])
        assert told(house)[1] == []
    promoted = digests[0]
    assert promoted != before
    assert digests == [promoted, promoted, before, before, promoted, before]


def test_the_read_copy_shows_what_is_promoted_and_the_diff(house, tomorrow):
    number, _, report = reread(house)
    promote(house, Order(number, "ann"))
    with open_read_copy(house.data) as copy:
        ((capitals, articles),) = copy.execute(
            "select count(*) filter (title = upper(title)), count(*) from mart.articles"
        ).fetchall()
        ((differences,),) = copy.execute("select count(*) from mart.reextraction_diff where is_promoted").fetchall()
    assert capitals == articles > 0
    assert differences == report.about["differences"]


def test_by_the_same_rules_there_is_nothing_to_promote(house):
    before = told(house)
    number, read, report = reread(house)
    assert (read > 0, report.fields, report.about["changed"]) == (True, (), 0)
    step, _ = promote(house, Order(number, "ann"))
    assert (step.moved, told(house)) == (0, before)


def test_the_report_is_told_in_markdown_html_and_json_and_takes_no_markup_from_pages(house, tomorrow):
    *_, report = reread(house, Selection(sources=("gazette",), until=NOW))
    for text in (report.markdown(), report.html()):
        assert "gazette" in text
        assert "title" in text
        assert "script" not in text
    assert report.html().count("<tr>") >= len(report.examples)
    assert "http-equiv" not in report.html()
    assert "Selected: sources: gazette; until: 2026-11-20" in report.markdown()
    told_ = json.loads(json.dumps(report.as_json()))
    assert {each["field"] for each in told_["examples"]} == {"title", "text", "outcome"}
    assert all(len([e for e in told_["examples"] if e["field"] == name]) <= 3 for name in ("title", "text"))
    odd = report.examples[0] | {"before_value": "<script>*x*</script>", "after_value": "a|b"}
    twisted = type(report)(report.about, (), (), (odd,), ())
    assert "<script>" not in twisted.html()
    assert "a\\|b" in twisted.markdown()


def killed(house, point):
    command = [sys.executable, "tests/rereading.py", str(house.data.parent), point]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)


@pytest.fixture(scope="module")
def undisturbed(press_kept, tmp_path_factory):
    """What a re-extraction that nobody disturbed finds, and what its promotion leaves."""
    folder = tmp_path_factory.mktemp("undisturbed")
    shutil.copytree(press_kept[0] / "data", folder / "data")
    house = press_kept[1].model_copy(update={"data": folder / "data"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.scene.read_page", read_tomorrow)
        _, read, _ = reread(house)
    found = told(house)
    promote(house, Order(1, "ann"))
    return read, found, told(house)


@pytest.mark.parametrize("point", ["keep:2", pytest.param("after:2", marks=pytest.mark.heavy)])
def test_killed_while_reading_the_same_call_goes_on_with_what_is_left(house, tomorrow, undisturbed, point):
    pages, found, _ = undisturbed
    assert killed(house, point).returncode == -9
    number, read, report = reread(house)
    assert (number, told(house)) == (1, found)
    assert pages - 2 * 8 <= read < pages
    assert report.about["state"] == "read"


POINTS = ["promote reextract/captures_removed", "promote load/versions_removed", "promote commit", "promote publish"]


@pytest.mark.parametrize("point", [POINTS[1], pytest.param(POINTS[3], marks=pytest.mark.heavy)])
def test_killed_while_promoting_it_is_done_or_not_and_the_same_call_does_it(house, tomorrow, undisturbed, point):
    _, found, promoted = undisturbed
    reread(house)
    assert killed(house, point).returncode == -9
    assert told(house)[0] == (promoted if "publish" in point else found)[0]
    promote(house, Order(1, "ann"))
    assert told(house)[:2] == promoted[:2]
    assert killed(house, "rollback load/articles_kept").returncode == -9
    assert told(house)[:2] == promoted[:2]
    rollback(house, Order(1, "ann"))
    assert told(house)[:2] == found[:2]


@pytest.mark.heavy
@pytest.mark.parametrize("point", ["keep:1", "after:3", "keep:5"])
def test_killed_at_any_batch_it_ends_as_if_nobody_had(house, tomorrow, undisturbed, point):
    assert killed(house, point).returncode == -9
    assert killed(house, "keep:1").returncode in {-9, 0}
    reread(house)
    assert told(house) == undisturbed[1]


def test_sql_names_pages_on_the_read_copy_and_can_write_nothing(house):
    found = selection(house.data, Asked(where="word_count > 0"))
    assert found.url_ids
    some = selection(house.data, Asked(query="select url_id from core.article_url limit 3"))
    assert len(some.url_ids) == 3
    wrong = [
        "delete from core.article",
        "select 1; select 2",
        "select title from core.article",
        "select * from read_csv('/etc/passwd')",
    ]
    for query in wrong:
        with pytest.raises(WarehouseError, match="--sql"):
            selection(house.data, Asked(query=query))
    with pytest.raises(WarehouseError, match="--where"):
        selection(house.data, Asked(where="no_such_column = 1"))


def page(size):
    return KeptPage(1, "https://a.test/", "a", NOW, "d", None, size)


def test_batches_hold_so_many_pages_or_bytes_and_a_big_page_is_one_of_its_own():
    sizes = [1, 1, 1, 9, 2, 2]
    assert [[each.size for each in batch] for batch in batches(map(page, sizes), 3, 4)] == [[1, 1, 1], [9], [2, 2]]


def test_how_far_it_is_says_rate_and_time_left():
    assert paced(4000, 20000, 50) == "4000 of 20000 pages, 80.0 a second, 0:03:20 left"


def test_long_values_are_cut_to_where_they_part():
    before, after = apart("same " * 100 + "old end", "same " * 100 + "new end")
    assert before.startswith("…")
    assert (before.endswith("old end"), after.endswith("new end")) == (True, True)
    assert apart(None, "short") == ("—", "short")


def test_the_commands_count_read_show_promote_and_take_back(house, prefect, tomorrow, monkeypatch, tmp_path):
    from flows.cli.app import app

    monkeypatch.setattr("flows.cli.reextraction.prepare", lambda _: None)
    values = {"BROADSHEET_DATA": str(house.data), "BROADSHEET_NOW": NOW.isoformat(), "BROADSHEET_WORKERS": "1"}

    def said(*words):
        done = CliRunner().invoke(app, ["reextract", *words])
        assert done.exit_code == 0, (done.output, done.exception)
        return done.stdout

    with environ(values | {"BROADSHEET_SOURCES": str(tmp_path / "none.toml")}):
        (counted,) = [row for row in json.loads(said("--dry-run", "--json")) if row["state"] == "article"]
        read = json.loads(said("--output", str(tmp_path / "r.html"), "--json").splitlines()[-1])
        ran_out = CliRunner().invoke(app, ["reextract", "--output", "r.pdf"])
        assert "allowed are .html" in str(ran_out.exception)
        assert read["pages"] >= counted["pages"]
        assert (tmp_path / "r.html").read_text().startswith("<!doctype html>")
        assert "make the new readings current" in said("show", "1").replace("makes", "make")
        assert json.loads(said("promote", "1", "--why", "better", "--json"))["moved"] == read["changed"]
        (listed,) = json.loads(said("list", "--json"))
        assert listed["promoted"] == read["changed"]
        assert "have their former reading" in said("rollback", "1")
        assert [each["step"] for each in json.loads(said("show", "1", "--json"))["steps"]] == ["promote", "rollback"]
        assert CliRunner().invoke(app, ["reextract", "--where", "true", "--sql", "select 1"]).exit_code == 2
        nobody = CliRunner().invoke(app, ["reextract", "promote", "9"])
        assert "there is no re-extraction 9" in str(nobody.exception)
