"""Tidying the archive: files merged, positions moved with them, the same however often it dies in between."""

import gzip
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import ROOT
from test_archive_merging import DAY, RUN, segment
from test_archive_writing import page
from warehousing import NOW, article, ask, errors, gone, loaded, opened, poll, rejected, run, url

from broadsheet import archive
from broadsheet.archive import Expected, payload_digest, read
from broadsheet.config import read_settings
from broadsheet.errors import DiskFull, Held
from broadsheet.model import RecordPosition, Role
from broadsheet.warehouse import open_read_copy, publish
from flows.locks import held
from flows.progress import Logged
from flows.tidy import Tidied, tidied

LATER = NOW + DAY
SOURCES = """
[[source]]
name = "paper"
home = "https://paper.test/"
endpoints = [{ url = "https://paper.test/feed.xml", kind = "feed" }]
keep = """


class Killed(BaseException):
    """Stands for SIGKILL: nothing after it is done."""


def at(name, when, **more):
    return page(url=url(name), target=url(name), captured_at=when, **more)


def night(folder: Path, now=LATER, keep: str = '"all"', **more):
    """The settings of a night, with room to spare."""
    sources = folder / "sources.toml"
    sources.write_text(SOURCES + keep, encoding="utf-8")
    return read_settings(data=folder / "data", sources=sources, now=now, least_free_mb=0, lock_wait=0, **more)


def kept(data: Path, number: int, *pages):
    """A run's segment and its stage rows, each by what its page is."""
    file = segment(data, *pages, number=number)
    return [row_of(each) for each in read(data / file, file=file) if each.role is Role.PAGE]


def row_of(found):
    name = found.url.rpartition("/")[2]
    place = found.position
    more = {
        "warc_file": place.file, "warc_offset": place.offset, "warc_length": place.length, "status": found.status,
        "payload_digest": payload_digest(found),
    }  # fmt: skip
    if found.status == 200 and b"article" in found.body:
        return article(name, found.captured_at, text=found.body.decode() * 20, **more)
    if found.status == 404:
        return gone(name, found.captured_at) | more
    return rejected(name, "not_article", found.captured_at, **more)


def house(folder: Path) -> Path:
    """A data folder after three runs: the second sees pages again, one edited; a poll; a third one's pages are new."""
    data = folder / "data"
    first = [at("a", NOW, body=b"article a"), at("b", NOW, body=b"article b"), at("r", NOW, body=b"listing")]
    second = [
        replace(first[0], captured_at=LATER),
        at("b", LATER, body=b"article b, edited"),
        at("g", LATER, status=404),
    ]
    second += [replace(first[2], captured_at=LATER), at("robots.txt", LATER, role=Role.ROBOTS)]
    third = [at("c", LATER, body=b"article c"), at("a", LATER + DAY, status=304, body=b"")]
    feed = segment(data, at("feed.xml", NOW, role=Role.ENDPOINT), number=9)
    (position,) = [each.position for each in read(data / feed, file=feed)]
    with opened(data) as warehouse:
        warehouse.plan(run("r0", "ingest"), [poll("a", position=position)], [], [], NOW)
        for number, pages in enumerate((first, second, third), start=1):
            loaded(warehouse, folder, kept(data, number, *pages), name=f"r{number}", at=LATER + DAY)
    return data


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return house(tmp_path_factory.mktemp("house"))


@pytest.fixture
def data(built, tmp_path):
    return shutil.copytree(built, tmp_path / "data")


def digest(data: Path) -> str:
    with opened(data) as warehouse:
        return warehouse.content_digest()


def positions(data: Path):
    """What the warehouse says of every capture: its URL and time, and the page that its position leads to."""
    with opened(data) as warehouse:
        captures = [each for name in "abcgr" for each in warehouse.places.captures(url(name))]
    return sorted(
        (each.url, each.captured_at.isoformat(), archive.read_one(data, each.position).body)
        for each in captures
        if each.dropped_at is None
    )


def proved(data: Path):
    """Every fault of every file, by the warehouse's positions."""
    with opened(data) as warehouse:
        assert errors(warehouse) == {}
        files = [each.file for each in warehouse.places.files()]
        answers = warehouse.places.answers(files)
    on_disk = [str(path.relative_to(data)) for path in data.glob("archive/**/*.warc.gz")]
    found = []
    for file in sorted({*files, *on_disk}):
        said = [
            Expected(each.position, each.target, each.payload_digest, each.captured_at)
            for each in answers
            if each.position.file == file
        ]
        found += archive.faults(data, file, said, lambda _: None)
    return found


def files_of(data: Path):
    return sorted(str(path.relative_to(data)) for path in (data / "archive").rglob("*") if path.is_file())


def test_segments_become_one_file_and_every_position_leads_to_the_same_page(tmp_path, data):
    before, tables = positions(data), digest(data)
    told = tidied(night(tmp_path), Logged())
    assert (told.files_before, told.files_after, told.repeated, told.left_out) == (4, 1, 2, 0)
    assert told.bytes_after < told.bytes_before
    assert (positions(data), digest(data), proved(data)) == (before, tables, [])
    lock, moved, merged = files_of(data)
    assert lock == "archive/.lock"
    assert merged.startswith("archive/2026/03/merged-")
    assert moved == merged.replace(".warc.gz", ".moved.jsonl.gz")
    with opened(data) as warehouse:
        assert {name for (name,) in ask(warehouse, "select distinct warc_file from raw.fetched")} == {merged}
        assert ask(warehouse, "select distinct warc_file from raw.poll") == [(merged,)]


def test_whoever_holds_an_old_position_gets_its_page_at_every_moment_of_a_merge(tmp_path, data):
    with opened(data) as warehouse:
        old = [each for name in "abcgr" for each in warehouse.places.captures(url(name))]
    pages = [archive.read_one(data, each.position).body for each in old]
    seen = []

    def on_step(step: str) -> None:
        seen.append(step)
        assert [archive.read_one(data, each.position).body for each in old] == pages, step

    tidied(night(tmp_path), Logged(), on_step)
    on_step("the end")
    assert len(seen) > 10


def test_a_second_night_changes_nothing(tmp_path, data):
    tidied(night(tmp_path), Logged())
    before = files_of(data)
    assert tidied(night(tmp_path), Logged()) == Tidied()
    assert files_of(data) == before
    assert Tidied().sentence() == "The archive had nothing to tidy."


def test_what_comes_the_next_day_refers_to_the_first_of_the_night_before(tmp_path, data):
    tidied(night(tmp_path), Logged())
    again = at("c", LATER + DAY, body=b"article c")
    with opened(data) as warehouse:
        loaded(warehouse, tmp_path, kept(data, 4, again), name="r4", at=LATER + 2 * DAY)
    told = tidied(night(tmp_path, archive_file_mb=1), Logged())
    assert (told.files_before, told.repeated) == (1, 1)
    assert proved(data) == []
    bodies = [body for name, _, body in positions(data) if name == url("c")]
    assert bodies == [b"article c", b"article c"]


def test_the_read_copy_made_before_leads_to_the_pages_too(tmp_path, data):
    with opened(data) as warehouse:
        publish(data, warehouse)
    tidied(night(tmp_path), Logged())
    with open_read_copy(data) as connection:
        old = connection.execute("select warc_file, warc_offset, warc_length from raw.fetched").fetchall()
    assert len(old) == 9
    for place in old:
        assert archive.read_one(data, RecordPosition(*place)).role is Role.PAGE


def test_the_read_copy_is_due_after_positions_moved(tmp_path, data):
    with opened(data) as warehouse:
        publish(data, warehouse)
        assert not publish(data, warehouse)
    tidied(night(tmp_path), Logged())
    with opened(data) as warehouse:
        assert publish(data, warehouse)


def test_rows_that_name_a_file_of_ours_absolutely_move_too(tmp_path, data):
    with opened(data) as warehouse:
        ask(warehouse, f"update raw.fetched set warc_file = '{data.resolve()}/' || warc_file")
    tidied(night(tmp_path), Logged())
    assert proved(data) == []


@pytest.mark.parametrize("name", [RUN.format(1), "." + RUN.format(1)])
def test_the_segments_of_runs_that_are_at_work_or_died_are_left_alone(tmp_path, data, name):
    (data / "stages" / name).mkdir(parents=True)
    tidied(night(tmp_path), Logged())
    assert [file for file in files_of(data) if "fetch" in file] == [
        f"archive/2026/03/01/{RUN.format(1)}-fetch-00.warc.gz"
    ]
    assert proved(data) == []


def test_files_that_are_not_of_ours_are_left_alone(tmp_path, data):
    foreign = data / "archive/2026/03/01/somebodys.warc.gz"
    shutil.copy(next(data.glob("archive/2026/03/01/*.warc.gz")), foreign)
    tidied(night(tmp_path), Logged())
    assert foreign.exists()


def test_where_only_what_changed_is_kept_every_capture_still_has_its_page(tmp_path, data):
    before = positions(data)
    told = tidied(night(tmp_path, keep='"changed"'), Logged())
    assert (told.repeated, told.left_out) == (2, 1)
    assert positions(data) == [each for each in before if each[2] != b"" or each[0] == url("g")]
    assert proved(data) == []
    with opened(data) as warehouse:
        rows = ask(warehouse, "select status, dropped_why from raw.fetched where dropped_at is not null")
    assert rows == [(304, "it said that nothing had changed, and only what changed is kept")]


def test_what_is_too_old_goes_and_its_captures_say_so(tmp_path, data):
    tidied(night(tmp_path), Logged())
    told = tidied(night(tmp_path, now=NOW + 30 * DAY + timedelta(seconds=1), keep="{ days = 30 }"), Logged())
    assert told.left_out == 2  # the first b, and the feed; a and r are the pages of later captures too
    assert proved(data) == []
    with opened(data) as warehouse:
        rows = ask(
            warehouse, "select captured_at, dropped_at, dropped_why from raw.fetched where dropped_at is not null"
        )
        assert rows == [(NOW, NOW + 30 * DAY + timedelta(seconds=1), "older than 30 days")]
        assert ask(warehouse, "select warc_file from raw.poll") == [(None,)]
        assert [each.dropped_why for each in warehouse.places.captures(url("b"))] == [None, "older than 30 days"]
    assert [name for name, _, _ in positions(data)].count(url("r")) == 2


def test_with_nothing_left_to_keep_the_file_is_empty_and_the_tables_are_as_they_were(tmp_path, data):
    tables = digest(data)
    tidied(night(tmp_path, now=NOW + 99 * DAY, keep="{ days = 30 }"), Logged())
    assert (positions(data), proved(data), digest(data)) == ([], [], tables)


def test_a_damaged_segment_is_named_and_stands_while_the_others_are_merged(tmp_path, data):
    torn = next(data.glob(f"archive/2026/03/01/{RUN.format(1)}*"))
    torn.write_bytes(torn.read_bytes()[:-30])
    told = tidied(night(tmp_path), Logged())
    assert told.files_before == 3
    assert len(told.skipped) == 1
    assert torn.name in told.skipped[0]
    assert torn.exists()
    assert [(fault.file, fault.what) for fault in proved(data)] == [
        (str(torn.relative_to(data)), "the file ends in the middle of a record")
    ]


@pytest.mark.parametrize("whole_name", [True, False])
def test_beside_a_damaged_list_its_month_stands_and_the_others_are_tidied(tmp_path, data, whole_name):
    before = positions(data)
    lists = data / "archive/2026/03"
    junk = gzip.compress(b'{"merged": ["archive/2026/03/01/x.warc.gz"]}\n{}\n')[: None if whole_name else 9]
    lists.joinpath("merged-0123456789ab.moved.jsonl.gz").write_bytes(junk)
    if whole_name:  # what it is to be acted upon for
        lists.joinpath("merged-0123456789ab.warc.gz").touch()
        lists.joinpath("01/x.warc.gz").touch()
    shutil.copytree(lists / "01", data / "archive/2026/04/01")
    march = [file for file in files_of(data) if "/03/" in file]
    told = tidied(night(tmp_path), Logged())
    assert [file for file in files_of(data) if "/03/" in file] == march
    assert [file for file in files_of(data) if "/04/01/" in file and RUN.format(1) in file] == []
    assert told.skipped[0].startswith("archive/2026/03 is left as it is: ")
    assert "merged-0123456789ab.moved.jsonl.gz: a damaged list of moved records" in told.skipped[0]
    assert positions(data) == before


def test_two_at_once_are_refused_and_without_an_archive_there_is_nothing_to_do(tmp_path, data):
    with held(data / "archive" / ".lock"), pytest.raises(Held, match="another process is tidying it"):
        tidied(night(tmp_path), Logged())
    shutil.rmtree(data / "archive")
    assert tidied(night(tmp_path), Logged()) == Tidied()


def test_without_room_for_the_new_file_beside_the_old_ones_nothing_is_done(tmp_path, data):
    before = files_of(data)
    with pytest.raises(DiskFull, match="the archive stands as it was"):
        tidied(night(tmp_path).model_copy(update={"least_free_mb": 1 << 40}), Logged())
    assert [*files_of(data)] == sorted([*before, "archive/.lock"])


# ── Deaths ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def died(folder: Path, number: int) -> None:
    """A tidying that ends before its step of that number."""
    left = iter(range(number))

    def on_step(_step: str) -> None:
        if next(left, None) is None:
            raise Killed

    with pytest.raises(Killed):
        tidied(night(folder), Logged(), on_step)


def survives(built: Path, folder: Path, numbers, before) -> None:
    data = folder / "data"
    for number in numbers:
        shutil.rmtree(data)
        shutil.copytree(built, data)
        died(folder, number)
        assert (positions(data), proved(data)) == (before[0], []), number
        tidied(night(folder), Logged())
        assert (positions(data), digest(data), proved(data)) == (*before, []), number
        assert len(files_of(data)) == 3, number


def test_every_table_that_holds_positions_moves_with_the_archive(data):
    held_by = "select schema_name || '.' || table_name from duckdb_columns() where column_name = 'warc_file'"
    with opened(data) as warehouse:
        tables = {name for (name,) in ask(warehouse, held_by) if not name.startswith("mart.")}
    assert tables - {"main.stage", "main.moved"} == {"raw.fetched", "raw.poll"}


@pytest.fixture
def steps(data, tmp_path):
    """What tidying does, step by step, and how things stood before."""
    before = positions(data), digest(data)
    seen: list[str] = []
    tidied(night(tmp_path), Logged(), seen.append)
    return seen, before


def test_a_death_at_each_turn_of_a_merge_loses_nothing_and_the_next_night_finishes(built, steps, tmp_path):
    seen, before = steps
    turns = ["merge", "name the list", "name the file", "move positions", "archive/polls_moved", "commit"]
    removals = [number for number, step in enumerate(seen) if step.startswith("remove ")]
    assert len(removals) == 4
    survives(built, tmp_path, [*map(seen.index, turns), removals[0], removals[-1]], before)


@pytest.mark.heavy
def test_a_death_before_any_step_loses_nothing_and_the_next_night_finishes(built, steps, tmp_path):
    seen, before = steps
    survives(built, tmp_path, range(len(seen)), before)


KILL = """
import os, signal, sys
from broadsheet.config import read_settings
from flows.progress import Logged
from flows.tidy import tidied

left = iter(range(int(sys.argv[1])))
tidied(read_settings(), Logged(), lambda _: next(left, None) is None and os.kill(os.getpid(), signal.SIGKILL))
"""


@pytest.mark.heavy
def test_sigkill_at_each_turn_of_a_merge_loses_nothing(built, data, steps, tmp_path):
    seen, before = steps
    turns = ["merge", "name the list", "name the file", "move positions", "archive/fetches_moved", "commit"]
    for number in [*map(seen.index, turns), len(seen) - 1]:
        shutil.rmtree(data)
        shutil.copytree(built, data)
        told = {name: str(getattr(night(tmp_path), name)) for name in ("data", "sources", "least_free_mb")}
        environ = {f"BROADSHEET_{name.upper()}": value for name, value in told.items()}
        environ["BROADSHEET_NOW"] = LATER.isoformat()
        command = [sys.executable, "-c", KILL, str(number)]
        done = subprocess.run(command, env=os.environ | environ, cwd=ROOT, check=False, timeout=120)
        assert done.returncode == -signal.SIGKILL
        assert (positions(data), proved(data)) == (before[0], []), number
        tidied(night(tmp_path), Logged())
        assert (positions(data), digest(data), proved(data)) == (*before, []), number
        assert len(files_of(data)) == 3, number


def test_a_warehouse_put_back_to_the_day_before_still_finds_every_page(tmp_path, data):
    before = positions(data)
    kept_aside = tmp_path / "backup.duckdb"
    shutil.copy(data / "warehouse.duckdb", kept_aside)
    tidied(night(tmp_path), Logged())
    shutil.copy(kept_aside, data / "warehouse.duckdb")
    assert (positions(data), proved(data)) == (before, [])
