"""`broadsheet archive`: what is listed, shown and proved, by the words that people type."""

import gzip
import json
import shutil

import pytest
from test_archive_merging import DAY, segment
from test_tidy import LATER, NOW, at, house, kept, night
from typer.testing import CliRunner
from warehousing import loaded, opened, url

from broadsheet.errors import Terminal, WarehouseError
from flows.cli.app import app
from flows.progress import Logged
from flows.tidy import tidied

ZIPPED = b"<p>article z</p>"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The house of the tidying, and a page that came compressed."""
    folder = tmp_path_factory.mktemp("house")
    data = house(folder)
    zipped = at("z", NOW, body=gzip.compress(ZIPPED), headers=(("Content-Encoding", "gzip"), ("ETag", '"z"')))
    with opened(data) as warehouse:
        loaded(warehouse, folder, kept(data, 5, zipped), name="r5", at=LATER + DAY)
    return data


@pytest.fixture
def data(built, tmp_path, monkeypatch):
    monkeypatch.setenv("BROADSHEET_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("BROADSHEET_NOW", LATER.isoformat())
    return shutil.copytree(built, tmp_path / "data")


def said(*words, code=0):
    done = CliRunner().invoke(app, ["archive", *words], catch_exceptions=True)
    if isinstance(done.exception, Terminal):
        raise done.exception
    assert done.exit_code == code, done.output
    return done


def told(*words, code=0):
    return json.loads(said(*words, "--json", code=code).stdout)


# ── list ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_has_every_file_with_size_answers_sources_and_times(data):
    (data / "archive/2026/03/02/x.warc.gz.open").write_bytes(b"half")
    (data / "archive/2026/03/03").joinpath(next((data / "archive/2026/03/03").iterdir()).name).unlink()
    states = sorted((each["state"], each["answers"]) for each in told("list"))
    assert states == [("missing", 2), ("open", 0), ("segment", 1), ("segment", 1), ("segment", 3), ("segment", 4)]
    first = next(each for each in told("list") if "/01/" in each["file"])
    assert (first["state"], first["answers"], first["records"], first["sources"]) == ("segment", 3, None, ["paper"])
    assert first["bytes"] == (data / first["file"]).stat().st_size
    assert (first["first_at"], first["last_at"]) == ("2026-11-20 08:00:00+00:00", "2026-11-20 08:00:00+00:00")


def test_the_list_counts_records_when_asked_to(data):
    (first,) = [each for each in told("list", "--count") if "/01/" in each["file"]]
    assert first["records"] == 1 + 2 * 3
    assert "6 file(s)" not in said("list", "--source", "nobody").output


def test_people_get_a_table_and_a_total(data):
    tidied(night(data.parent), Logged())
    lines = said("list").output.splitlines()
    assert lines[0].split() == ["file", "state", "bytes", "answers", "records", "sources", "first", "last"]
    assert "merged" in lines[2]
    assert lines[-1].startswith("1 file(s), 0.0 MiB")
    assert said("list", "--source", "nobody").output == "nothing is kept of a source 'nobody'\n"


# ── show ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("tidy", [False, True])
def test_show_says_what_came_when_and_where_it_lies(data, tidy):
    if tidy:
        tidied(night(data.parent), Logged())
    output = said("show", url("b")).output
    assert "captured        2026-11-21 08:00:00 UTC\n" in output
    assert "answer          HTTP 200\n" in output
    assert f"lies in         archive/2026/03/{'merged-' if tidy else '02/'}" in output
    assert "ETag: " in output
    assert "2 capture(s); --all lists them" in output


def test_a_page_that_was_there_before_says_when_it_came_first(data):
    tidied(night(data.parent), Logged())
    assert "same page first 2026-11-20 08:00:00 UTC\n" in said("show", url("r")).output


def test_the_newest_page_is_shown_and_not_the_answer_that_nothing_changed(data):
    assert told("show", url("a"))["captured_at"] == "2026-11-21 08:00:00+00:00"
    every = told("show", url("a"), "--all")
    assert [each["status"] for each in every] == [304, 200, 200]
    assert [each["held"] for each in every] == [True, True, True]
    assert said("show", url("a"), "--all").output.split()[:6] == [
        "captured",
        "status",
        "type",
        "bytes",
        "source",
        "kept",
    ]


def test_the_body_comes_out_of_its_coding_to_the_terminal_or_a_file(data, tmp_path):
    assert said("show", url("z"), "--body").stdout_bytes == ZIPPED
    out = tmp_path / "z.html"
    assert said("show", url("z"), "--output", str(out)).stdout == ""
    assert out.read_bytes() == ZIPPED
    with pytest.raises(Terminal, match="cannot be written: No such file"):
        said("show", url("z"), "--output", str(tmp_path / "no" / "z.html"))


def test_a_page_is_shown_as_it_was_at_a_time(data):
    assert said("show", url("b"), "--body", "--at", "2026-11-20T12:00").stdout_bytes == b"article b"
    assert said("show", url("b"), "--body", "--at", "2026-11-21T12:00+01:00").stdout_bytes == b"article b, edited"
    with pytest.raises(Terminal, match="up to 2026-11-19; the first capture is of 2026-11-20T08:00:00"):
        said("show", url("b"), "--at", "2026-11-19")


def test_an_endpoint_is_shown_too(data):
    assert told("show", "https://paper.test/feed.xml")["status"] == 200


def test_what_was_never_captured_is_one_line_and_what_is_no_url_is_a_word_that_is_off(data):
    with pytest.raises(Terminal, match=r"nothing was captured of https://paper\.test/never"):
        said("show", url("never"))
    assert "no http or https URL" in said("show", "harbour", code=2).output
    assert "2026-03-14" in said("show", url("a"), "--at", "noon", code=2).output


def test_a_page_that_is_not_held_any_more_says_so(data):
    tidied(night(data.parent, now=NOW + 99 * DAY, keep="{ days = 30 }"), Logged())
    with pytest.raises(Terminal, match=r"no page of it is held any more: older than 30 days; taken out 2027-02-27"):
        said("show", url("b"))
    assert [each["held"] for each in told("show", url("b"), "--all")] == [False, False]
    assert "no: older than 30 days" in said("show", url("b"), "--all").output


# ── verify ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("tidy", [False, True])
def test_a_whole_archive_is_proved_whole(data, tidy):
    if tidy:
        tidied(night(data.parent), Logged())
    found = told("verify")
    assert (found["positions"], found["faults"]) == (11, [])
    assert found["records"] > 20
    assert said("verify").output.endswith("11 position(s): all is whole and in its place\n")


def test_each_damage_is_named_by_file_and_place_and_the_exit_code_is_1(data):
    torn, gone, *_ = sorted((data / "archive").rglob("*.warc.gz"))
    raw = bytearray(torn.read_bytes())
    raw[len(raw) // 2] ^= 0x10
    torn.write_bytes(raw)
    gone.unlink()
    faults = told("verify", code=1)["faults"]
    names = {each["file"] for each in faults}
    assert names == {str(torn.relative_to(data)), str(gone.relative_to(data))}
    assert {each["what"] for each in faults if each["file"] == str(gone.relative_to(data))} == {
        "No such file or directory"
    }
    output = said("verify", code=1).output
    assert all(f"{name}: at " in output for name in names)
    assert "fault(s) in 2 file(s)" in output


def test_a_damaged_list_of_moved_records_is_named_and_the_exit_code_is_1(data):
    tidied(night(data.parent), Logged())
    (moved,) = (data / "archive").rglob("*.moved.jsonl.gz")
    moved.write_bytes(moved.read_bytes()[:-12])
    (fault,) = told("verify", code=1)["faults"]
    assert fault["file"] == str(moved.relative_to(data))
    assert fault["what"].startswith("a damaged list of moved records: ")
    assert told("verify", str(moved.with_name(moved.name.replace(".moved.jsonl", ".warc"))), code=1)["faults"] == [
        fault
    ]


def test_a_position_that_leads_to_another_page_is_a_fault(data):
    with opened(data) as warehouse:
        rows = "select warc_offset, warc_length from raw.fetched where target like '%/b' order by captured_at limit 1"
        ((offset, length),) = warehouse.session.connection.execute(rows).fetchall()
        first_r = "target like '%/r' and warc_file like '%/01/%'"
        wrong = f"update raw.fetched set warc_offset = {offset}, warc_length = {length} where {first_r}"
        warehouse.session.connection.execute(wrong)
        lost = "update raw.fetched set warc_offset = 7 where target like '%/z'"
        warehouse.session.connection.execute(lost)
    whats = sorted(each["what"] for each in told("verify", code=1)["faults"])
    assert whats == [
        "an answer of https://paper.test/b, and the warehouse expects https://paper.test/r",
        "no record begins here, and the warehouse says one does",
    ]


def test_single_files_are_looked_at_by_name(data):
    (first,) = (data / "archive/2026/03/01").iterdir()
    assert told("verify", str(first)) == {
        "files": 1,
        "positions": 3,
        "records": 7,
        "bytes": first.stat().st_size,
        "faults": [],
    }
    with pytest.raises(Terminal, match=r"none\.warc\.gz: no such file; `broadsheet archive list` names them"):
        said("verify", "none.warc.gz")


# ── All ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", [("list",), ("show", "https://a.test/"), ("verify",)])
def test_an_archive_without_its_warehouse_is_told_with_what_to_do(words, tmp_path, monkeypatch):
    monkeypatch.setenv("BROADSHEET_DATA", str(tmp_path))
    segment(tmp_path, at("a", NOW))
    with pytest.raises(WarehouseError, match="no warehouse yet; run `broadsheet demo`"):
        said(*words)


def test_before_the_first_run_nothing_is_wrong(tmp_path, monkeypatch):
    monkeypatch.setenv("BROADSHEET_DATA", str(tmp_path / "data"))
    assert told("list") == []
    assert told("verify") == {"files": 0, "records": 0, "bytes": 0, "positions": 0, "faults": []}
    for word in ("list", "verify"):
        assert said(word).stdout == "nothing is kept yet; `broadsheet run` keeps what it fetches\n"
    with pytest.raises(WarehouseError, match="no warehouse yet; run `broadsheet demo`"):
        said("show", "https://a.test/")


@pytest.mark.parametrize("word", ["list", "show", "verify"])
def test_each_has_help_with_an_example(word):
    assert "Example:" in said(word, "--help").output
