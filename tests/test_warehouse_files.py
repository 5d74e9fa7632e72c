"""The files: lock, migrations, damage, the read copy, and what a crash leaves."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest
from warehousing import DAY, HOUR, NOW, article, ask, batch, errors, loaded, opened, rejected, run, unchanged

from broadsheet.errors import Held, WarehouseError
from broadsheet.warehouse import Files, has_news, open_read_copy, open_warehouse, publish
from broadsheet.warehouse.connecting import _create
from broadsheet.warehouse.lock import held
from broadsheet.warehouse.schema import migrate
from broadsheet.warehouse.statements import scripts


def read(data, statement="select source, count(*) from mart.articles group by all"):
    with open_read_copy(data) as connection:
        return connection.execute(statement).fetchall()


def test_a_held_warehouse_names_its_holder(tmp_path):
    with open_warehouse(tmp_path, now=NOW), pytest.raises(Held) as caught, open_warehouse(tmp_path, now=NOW, wait=0):
        pass
    assert f"warehouse.lock is held by process {os.getpid()} (" in str(caught.value)
    assert f"since {NOW.isoformat()}" in str(caught.value)


@pytest.mark.parametrize("signed", ["", "{", "7", "[]", "{}", '{"pid": 1}'])
def test_a_lock_that_nobody_signed_is_still_held(tmp_path, signed):
    with (tmp_path / "warehouse.lock").open("a") as lock:
        lock.write(signed)
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Held, match="held by another process"), opened(tmp_path):
            pass


def test_the_lock_is_free_after_use_and_after_an_error(tmp_path):
    with pytest.raises(ZeroDivisionError), opened(tmp_path):
        raise ZeroDivisionError
    with opened(tmp_path):
        signed = json.loads((tmp_path / "warehouse.lock").read_text())
        assert signed["pid"] == os.getpid()
    assert (tmp_path / "warehouse.lock").read_text() == ""


def test_waiting_for_the_lock_ends_when_it_is_freed(tmp_path):
    (tmp_path / "warehouse.lock").touch()
    holder = subprocess.Popen(
        [sys.executable, "-c", ("import fcntl,sys; f=open(sys.argv[1]); fcntl.flock(f, fcntl.LOCK_EX); print('held', "
         "flush=True); sys.stdin.read()"), str(tmp_path / "warehouse.lock")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(Held), opened(tmp_path):
        pass
    holder.communicate(b"")
    with opened(tmp_path):
        pass


def waiting(tmp_path, count):
    """Until so many stand in the queue."""
    queue = tmp_path / "warehouse.lock.queue"
    while (
        not queue.exists()
        or len([each for each in queue.iterdir() if each.name[0].isdigit() and not each.name.endswith("dead")]) < count
    ):
        pass


def test_who_waits_longest_comes_next_and_the_dead_hold_up_nobody(tmp_path):
    came = []

    def come(name):
        with held(tmp_path / "warehouse.lock", now=NOW, wait=60):
            came.append(name)

    with ThreadPoolExecutor(3) as pool, held(tmp_path / "warehouse.lock", now=NOW, wait=0):
        (tmp_path / "warehouse.lock.queue" / "00000000000000000001-dead").touch()
        for number, name in enumerate("abc", start=1):
            pool.submit(come, name)
            waiting(tmp_path, number)
    assert came == ["a", "b", "c"]
    assert list((tmp_path / "warehouse.lock.queue").iterdir()) == []


def test_the_files_can_be_read_by_the_format_of_duckdb_1_5(tmp_path):
    with opened(tmp_path):
        pass
    for name in ("warehouse.duckdb", "warehouse-evidence.duckdb"):
        with duckdb.connect(tmp_path / name, read_only=True) as connection:
            tags = connection.execute("select tags from duckdb_databases() where not internal").fetchall()
            assert tags[0][0]["storage_version"].startswith("v1.5")


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "warehouse.duckdb").write_bytes(b"news" * 5000)
    with pytest.raises(WarehouseError, match=r"warehouse\.duckdb is not a DuckDB database") as caught, opened(tmp_path):
        pass
    assert "\n" not in str(caught.value)
    assert (tmp_path / "warehouse.duckdb").read_bytes() == b"news" * 5000


def test_a_newer_schema_is_refused(tmp_path):
    with opened(tmp_path) as house:
        ask(house, "insert into ops.migration values (9999, '9999_later', 'x', now())")
    with (
        pytest.raises(WarehouseError, match=r"has schema 9999 and this Broadsheet knows \d+: upgrade"),
        opened(tmp_path),
    ):
        pass


def test_an_altered_migration_is_refused(tmp_path):
    with opened(tmp_path) as house:
        ask(house, "update ops.migration set checksum = 'x' where version = 1")
    with pytest.raises(WarehouseError, match="another text of migration 1"), opened(tmp_path):
        pass


def test_a_migration_that_nobody_knows_is_refused(tmp_path):
    with opened(tmp_path) as house:
        ask(house, "insert into ops.migration values (-1, 'minus one', 'x', now())")
    with pytest.raises(WarehouseError, match="has migration -1, which this Broadsheet does not know"), opened(tmp_path):
        pass


def test_a_pair_whose_making_was_cut_short_is_made_whole(tmp_path):
    _create(Files(tmp_path).evidence)
    with opened(tmp_path) as house:
        assert errors(house) == {}


def test_a_queue_that_cannot_be_made_is_a_clear_error(tmp_path):
    (tmp_path / "warehouse.lock.queue").write_text("in the way")
    with pytest.raises(WarehouseError, match=r"warehouse\.lock\.queue cannot be written"), opened(tmp_path):
        pass


def test_tickets_that_nobody_locked_are_swept_away(tmp_path):
    with held(tmp_path / "warehouse.lock", now=NOW, wait=0):
        old = tmp_path / "warehouse.lock.queue" / "new-00000000000000000001-1-1"
        later = old.with_name(f"new-{10**19 - 1:020d}-1-1")
        old.touch(), later.touch()
    with held(tmp_path / "warehouse.lock", now=NOW, wait=0):
        assert list(old.parent.iterdir()) == []


def test_a_stage_file_that_was_cut_says_how_to_mend_it(tmp_path):
    cut = batch(tmp_path, [article("a"), article("b")])
    Path(cut.path).write_bytes(Path(cut.path).read_bytes()[:-40])
    with opened(tmp_path / "data") as house:
        house.begin_run(run())
        with pytest.raises(WarehouseError, match="is cut or garbled, and nothing of it was loaded: delete it"):
            house.load(cut, run(), NOW)
        assert ask(house, "select count(*) from core.capture") == [(0,)]


def test_a_program_that_holds_the_file_open_is_named(tmp_path):
    with opened(tmp_path):
        pass
    holder = subprocess.Popen(
        [sys.executable, "-c", ("import duckdb,sys; c=duckdb.connect(sys.argv[1]); print('open', flush=True); "
         "sys.stdin.read()"), str(tmp_path / "warehouse.duckdb")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holder.stdout.readline() == b"open\n"
    with pytest.raises(Held, match=rf"open in another program.*PID {holder.pid}"), opened(tmp_path):
        pass
    holder.communicate(b"")
    with opened(tmp_path):
        pass


COMMITTED = {
    "migrations": (
        *("dae786e1451a", "9d88e320b655", "684742528950", "00f84bdaf2a9", "1b34853e2d43", "4502def1acf9"),
        *("45348c568be3", "a8a24a62ce65", "7c370665091b", "67ca05a43558", "f82b28185119", "52578bf48781"),
        *("84ae5a6133ce", "851b0764acb0", "8ccd6e3f44dd", "b6c43d551db7"),
    ),
    "migrations/evidence": ("c19916978f21", "c28ea0252dbd"),
}


@pytest.mark.parametrize("folder", COMMITTED)
def test_a_migration_that_databases_were_made_by_never_changes_again(folder):
    """Not a letter of it, comments included; a new one adds its checksum here."""
    assert tuple(each.checksum[:12] for each in scripts(folder)) == COMMITTED[folder]


def test_migrations_are_applied_once_and_marts_made_anew_when_they_change(tmp_path):
    steps = []
    with opened(tmp_path, on_step=steps.append):
        pass
    made = [each for each in steps if each.startswith("migrate ")]
    files = (*scripts("migrations/evidence"), *scripts("migrations"))
    assert made == [*(f"migrate {each.name}" for each in files), "migrate marts"]
    steps.clear()
    with opened(tmp_path, on_step=steps.append) as house:
        assert migrate(house.session, "migrations", name="x", now=NOW) == 0
        ask(house, "update ops.migration set checksum = 'old' where version = 0")
        ask(house, "drop view mart.articles")
    assert not [each for each in steps if each.startswith("migrate ")]
    with opened(tmp_path) as house:
        assert ask(house, "select count(*) from mart.articles") == [(0,)]


def test_without_a_read_copy_there_is_a_way_to_get_one(tmp_path):
    with pytest.raises(WarehouseError, match="no articles yet: run `broadsheet demo`"):
        open_read_copy(tmp_path)


def test_the_read_copy_answers_while_a_load_is_under_way(tmp_path):
    with opened(tmp_path) as house:
        loaded(house, tmp_path, [article("a")])
        assert publish(tmp_path, house)
        assert read(tmp_path) == [("paper", 1)]
        loaded(house, tmp_path, [article("b")], name="run-2")
        assert read(tmp_path) == [("paper", 1)]
        assert publish(tmp_path, house)
        assert read(tmp_path) == [("paper", 2)]
        assert read(tmp_path, "select count(*) from evidence.evidence") == [(4,)]
        assert read(tmp_path, "select current_setting('timezone')") == [("UTC",)]


def test_nothing_is_published_when_no_row_changed(tmp_path):
    with opened(tmp_path) as house:
        assert has_news(house)
        loaded(house, tmp_path, [article("a"), rejected("b", "gallery")])
        assert publish(tmp_path, house)
        assert not publish(tmp_path, house)
        loaded(house, tmp_path, [article("a"), unchanged("a", NOW + HOUR)], name="run-2", at=NOW + HOUR)
        assert not has_news(house)
        loaded(house, tmp_path, [rejected("c", "gallery", NOW + HOUR)], name="run-3", at=NOW + HOUR)
        assert publish(tmp_path, house)


def test_the_warehouse_goes_on_after_publishing(tmp_path):
    with opened(tmp_path) as house:
        loaded(house, tmp_path, [article("a")])
        publish(tmp_path, house)
        loaded(house, tmp_path, [article("a", NOW + DAY, title="Later")], name="run-2", at=NOW + DAY)
        assert errors(house) == {}


def test_the_read_copy_cannot_be_written(tmp_path):
    with opened(tmp_path) as house:
        loaded(house, tmp_path, [article("a")])
        publish(tmp_path, house)
    with open_read_copy(tmp_path) as connection, pytest.raises(duckdb.InvalidInputException, match="read-only"):
        connection.execute("delete from core.article")


def test_a_reader_keeps_the_copy_it_opened(tmp_path):
    with opened(tmp_path) as house:
        loaded(house, tmp_path, [article("a")])
        publish(tmp_path, house)
        with open_read_copy(tmp_path) as before:
            loaded(house, tmp_path, [article("b")], name="run-2")
            publish(tmp_path, house)
            assert before.execute("select count(*) from mart.articles").fetchall() == [(1,)]
            assert read(tmp_path) == [("paper", 2)]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("loads", [6, pytest.param(100, marks=pytest.mark.heavy)])
def test_a_reader_that_asks_again_and_again_only_sees_the_count_grow(tmp_path, loads):
    done, seen = threading.Event(), []

    def ask_on():
        while not done.is_set():
            seen.append(read(tmp_path, "select (select count(*) from mart.articles), max(load_id) from ops.load")[0])

    with opened(tmp_path) as house, ThreadPoolExecutor(1) as pool:
        for number in range(loads):
            loaded(house, tmp_path, [article(f"a{number}")], name=f"run-{number}")
            publish(tmp_path, house)
            if not number:
                reader = pool.submit(ask_on)
        done.set()
        reader.result()
    assert seen == sorted(seen)
    assert all(articles == loads for articles, loads in seen)


def test_the_read_copy_stands_alone_for_other_tools(tmp_path):
    with opened(tmp_path) as house:
        loaded(house, tmp_path, [article("a")])
        publish(tmp_path, house)
    with duckdb.connect(Files(tmp_path).read_copy, read_only=True) as connection:
        views = connection.execute("select view_name from duckdb_views() where schema_name = 'mart'").fetchall()
        for (view,) in views:
            connection.execute(f"from mart.{view}").fetchall()
        assert len(views) >= 8


def test_a_damaged_read_copy_is_made_anew(tmp_path):
    with opened(tmp_path) as house:
        loaded(house, tmp_path, [article("a")])
        publish(tmp_path, house)
        Files(tmp_path).read_copy.write_bytes(b"torn")
        assert publish(tmp_path, house)
    assert read(tmp_path) == [("paper", 1)]


ROWS = [article("a"), article("amp/a", NOW + HOUR, canonical="a"), rejected("c", "timeout")]
LATER = [article("a", NOW + DAY, title="New"), article("b", NOW + DAY, title="B")]

CHILD = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_warehouse_files import worked
worked(Path(sys.argv[2]), kill_before=int(sys.argv[3]))
"""


def worked(folder, kill_before=None, seen=None):
    """Load two batches and publish; die by SIGKILL right before the step of that number."""
    steps = [] if seen is None else seen

    def on_step(step):
        if len(steps) == kill_before:
            os.kill(os.getpid(), signal.SIGKILL)
        steps.append(step)

    this = run(kind="warc")
    with opened(folder / "data", at=NOW + DAY, on_step=on_step) as house:
        house.begin_run(this)
        for number, rows in enumerate((ROWS, LATER)):
            house.load(batch(folder, rows, f"batch-{number}"), this, NOW + DAY)
        house.end_run(this.run_id, "completed", NOW + DAY)
        publish(folder / "data", house)
        return house.content_digest(), errors(house)


def _steps(folder):
    seen = []
    (folder / "whole").mkdir()
    return seen, worked(folder / "whole", seen=seen)


def _killed(folder, step):
    folder.mkdir()
    tests = str(Path(__file__).parent)
    child = subprocess.run([sys.executable, "-c", CHILD, tests, str(folder), str(step)], check=False)
    return child.returncode


def _survives(tmp_path, steps, expected):
    for step in steps:
        folder = tmp_path / f"killed-{step}"
        assert _killed(folder, step) == -signal.SIGKILL
        assert worked(folder) == expected, step
        assert read(folder / "data") == [("paper", 2)], step
        assert not list((folder / "data").glob("*.part")), step


def test_a_kill_in_the_middle_of_loading_or_publishing_loses_and_doubles_nothing(tmp_path):
    seen, expected = _steps(tmp_path)
    assert expected[1] == {}
    chosen = ("load/captures", "load/articles_kept", "commit", "publish broadsheet.duckdb")
    _survives(tmp_path, [len(seen) - 1 - seen[::-1].index(each) for each in chosen], expected)


@pytest.mark.heavy
@pytest.mark.timeout(3600)
def test_a_kill_at_any_step_loses_and_doubles_nothing(tmp_path):
    seen, expected = _steps(tmp_path)
    last = seen.index("publish broadsheet.duckdb")
    _survives(tmp_path, range(last + 1), expected)


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path):
    (tmp_path / "data").write_text("a file in the way")
    refused = pytest.raises(WarehouseError, match=r"warehouse\.lock cannot be written \(.+\): choose another")
    with refused as caught, opened(tmp_path / "data"):
        pass
    assert "\n" not in str(caught.value)


def test_a_failing_disk_is_one_clear_line_and_the_load_can_be_done_again(tmp_path):
    def failing(step):
        if step == "load/attempts":
            raise duckdb.IOException("IO Error: Could not write file: No space left on device\nmore of it")

    this, stage = run(kind="warc"), batch(tmp_path, [article("a")])
    refused = pytest.raises(WarehouseError, match="No space left on device; nothing half done was kept")
    with refused as caught, opened(tmp_path / "data", on_step=failing) as house:
        house.begin_run(this)
        house.load(stage, this, NOW)
    assert "\n" not in str(caught.value)
    with opened(tmp_path / "data") as house:
        assert ask(house, "select count(*) from core.article") == [(0,)]
        house.begin_run(this)
        assert house.load(stage, this, NOW) == {"new": 1}
        assert errors(house) == {}
