"""`broadsheet doctor`: what it finds, and that it needs no Prefect to find it."""

import json
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path

import pytest
from conftest import ROOT, free_port
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from broadsheet.config import read_settings
from flows.doctor import examining, house, machine, serving, versions
from flows.doctor.finding import Verdict
from flows.serving.ports import holder
from flows.serving.processes import Process
from flows.serving.tree import Tree, minder

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)


class FakeApi:
    """A server that knows deployments, and how many of their runs are scheduled."""

    url = "http://127.0.0.1:4200/api"

    def __init__(self, deployments=(), scheduled=(), *, pool=None, workers=(), runs=(), version="3.8.8"):
        self.deployments, self.scheduled, self.runs = deployments, scheduled, runs
        self.pool, self.workers, self.version = pool, workers, version

    def get(self, path):
        return {"/admin/version": self.version}.get(path, self.pool)

    def post(self, path, _body=None):
        return self.workers if path.endswith("/workers/filter") else self.scheduled

    def every(self, path, body):
        if path == "/deployments/filter":
            return self.deployments
        wanted = body["flow_runs"]["state"]["type"]["any_"]
        return [run for run in self.runs if run["state_type"] in wanted]


def deployment(age=10, **more):
    schedule = {"active": True, "created": (datetime.now(UTC) - timedelta(minutes=age)).isoformat()}
    return {"id": "1", "name": "ingest", "paused": False, "schedules": [schedule], **more}


def run(state, at, **more):
    told = {"id": "no such", "name": "all sources", "state_type": state, "state": {"timestamp": at.isoformat()}}
    return told | {"expected_start_time": at.isoformat(), "auto_scheduled": True, "deployment_id": "1", **more}


def verdicts(findings):
    return [(each.name, each.verdict) for each in findings]


def pinned(name):
    lines = (Requirement(line) for line in metadata.requires("broadsheet"))
    return next(each.specifier for each in lines if canonicalize_name(each.name) == name)


@pytest.mark.parametrize("name", versions.PINS)
def test_the_pins_that_doctor_knows_are_those_of_the_package(name):
    assert SpecifierSet(versions.PINS[name][0]) == pinned(name)


def test_what_is_installed_here_is_what_works_together():
    assert verdicts([versions.python(), *versions.pins()]) == [("python", "well"), ("versions", "well")]


def overlay(folder, **packages):
    """A folder that, ahead of everything else, holds packages of these versions that cannot be imported."""
    for name, version in packages.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text("raise ImportError('broken on purpose')")
        info = folder / f"{name}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    return folder


def doctor(data, **more):
    """The command in a process of its own."""
    env = os.environ | {"BROADSHEET_DATA": str(data), "BROADSHEET_PORT": str(free_port()), **more}
    command = [sys.executable, "-m", "flows.cli", "doctor", "--json"]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.stdout, done.stderr
    return done.returncode, {each["name"] + " " + each["told"]: each for each in json.loads(done.stdout)["findings"]}


def test_broken_pins_are_named_with_their_mend_where_neither_they_nor_prefect_can_be_imported(tmp_path):
    path = overlay(tmp_path / "overlay", fastapi="0.155.0", sqlalchemy="2.1.0", prefect="3.8.8")
    code, found = doctor(tmp_path / "data", PYTHONPATH=f"{path}{os.pathsep}{ROOT}")
    assert code == 1
    (fastapi,) = [each for told, each in found.items() if told.startswith("versions fastapi 0.155.0")]
    (sqlalchemy,) = [each for told, each in found.items() if told.startswith("versions sqlalchemy 2.1.0")]
    assert "does not start" in fastapi["told"]
    assert fastapi["mend"] == "pip install 'fastapi<0.151'"
    assert "never creates a scheduled run" in sqlalchemy["told"]
    assert "sqlalchemy" in sqlalchemy["mend"]
    assert "<2.1" in sqlalchemy["mend"]
    (prefect,) = [each for told, each in found.items() if told.startswith("prefect ")]
    assert "broken on purpose" in prefect["told"]
    assert prefect["verdict"] == "fault"


def test_before_the_first_up_only_what_was_not_configured_is_a_fault(tmp_path, monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("BROADSHEET_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("BROADSHEET_SOURCES", str(tmp_path / "none.toml"))
    monkeypatch.setenv("BROADSHEET_PORT", "0")
    monkeypatch.setattr(versions, "server_loads", lambda: versions.well("prefect", "not tried here"))
    found = {each.name: each for each in examining.examined()}
    assert found["up"].verdict is Verdict.NOTE
    assert found["up"].mend == "`broadsheet up --detach`"
    assert [name for name, each in found.items() if each.verdict is Verdict.FAULT] == ["sources"]


def test_a_setting_that_cannot_be_read_is_a_fault_that_names_it(monkeypatch):
    monkeypatch.setenv("BROADSHEET_PORT", "many")
    (last,) = [each for each in examining.examined() if each.name == "settings"]
    assert last.verdict is Verdict.FAULT
    assert "BROADSHEET_PORT" in last.told


def test_a_port_that_is_held_is_named_with_its_holder(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        found = machine.port(read_settings(port=number, data=tmp_path))
        assert holder(number) == f"{process_name()} (process {os.getpid()})"
    assert found.verdict is Verdict.FAULT
    assert f"port {number} is held by" in found.told


def process_name():
    return Path("/proc/self/comm").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("left, verdict", [(2048, Verdict.WELL), (700, Verdict.NOTE), (100, Verdict.FAULT)])
def test_the_disk_is_judged_by_what_runs_want_free(left, verdict, tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "room_left", lambda _folder: left << 20)
    (found,) = machine.disk(read_settings(data=tmp_path, least_free_mb=512))
    assert found.verdict is verdict


def test_a_clock_behind_what_was_written_is_a_fault(tmp_path):
    assert (
        machine.clock(read_settings(data=tmp_path), datetime.now(UTC) - timedelta(days=3650)).verdict is Verdict.FAULT
    )
    assert machine.clock(read_settings(data=tmp_path), datetime.now(UTC)).verdict is not Verdict.FAULT
    assert "BROADSHEET_NOW" in machine.clock(read_settings(data=tmp_path, now=NOW), NOW).told


def test_a_damaged_archive_and_warehouse_are_faults_and_missing_ones_are_none(tmp_path):
    settings = read_settings(data=tmp_path)
    assert [each.verdict for each in (house.archive(settings), *house.warehouse(settings))] == ["note", "note"]
    day = tmp_path / "archive" / "2026" / "03" / "14"
    day.mkdir(parents=True)
    (day / "x.warc.gz").write_bytes(b"no WARC file")
    for name in ("warehouse", "warehouse-evidence", "broadsheet", "broadsheet-evidence"):
        (tmp_path / f"{name}.duckdb").write_bytes(b"no database")
    assert [each.verdict for each in (house.archive(settings), *house.warehouse(settings))] == ["fault"] * 3


def test_a_tree_is_well_killed_or_wanting_a_child():
    gone = Process("worker", 2**22 - 1, "never")
    alive = Tree(minder(), "http://127.0.0.1:4200/api")
    assert verdicts(serving.tree(None)) == [("up", "note")]
    assert verdicts(serving.tree(alive)) == [("up", "well")]
    assert verdicts(serving.tree(alive.with_child(gone))) == [("up", "fault")]
    assert verdicts(serving.tree(Tree(gone, "", (gone,)))) == [("up", "fault")]
    assert verdicts(serving.tree(Tree(gone, "", ()))) == [("up", "note")]


def test_a_schedule_without_runs_ahead_is_a_fault_that_names_the_cause():
    (found,) = serving.schedules(FakeApi([deployment()]))
    assert found.verdict is Verdict.FAULT
    assert "SQLAlchemy 2.1" in found.mend
    assert verdicts(serving.schedules(FakeApi([deployment(age=1)]))) == [("schedules", "note")]
    (found,) = serving.schedules(FakeApi([deployment()], [{"expected_start_time": "2026-03-14T12:15:00Z"}]))
    assert found.told == "ingest: next at 2026-03-14 12:15 UTC"
    assert verdicts(serving.schedules(FakeApi([deployment(paused=True)]))) == [("schedules", "note")]
    assert verdicts(serving.schedules(FakeApi([deployment(schedules=[])]))) == []
    assert verdicts(serving.schedules(FakeApi())) == [("schedules", "fault")]


def test_workers_and_their_pool_are_looked_at():
    online, offline = {"name": "a", "status": "ONLINE"}, {"name": "b", "status": "OFFLINE"}
    assert serving.worker(FakeApi(pool={"is_paused": False}, workers=[online, offline])).told == "a"
    assert serving.worker(FakeApi(pool={"is_paused": False}, workers=[offline])).verdict is Verdict.FAULT
    assert "paused" in serving.worker(FakeApi(pool={"is_paused": True}, workers=[online])).told


def test_another_prefect_at_the_server_is_a_fault():
    assert serving.server(FakeApi()).verdict is Verdict.WELL
    assert serving.server(FakeApi(version="3.9.1")).mend == "pip install prefect==3.9.1"


def test_late_runs_are_a_fault_and_runs_without_a_process_are_told():
    now = datetime.now(UTC)
    late = run("SCHEDULED", now - timedelta(minutes=10))
    dead = run("RUNNING", now - timedelta(minutes=10))
    assert verdicts(serving.runs(FakeApi())) == [("runs", "well")]
    assert verdicts(serving.runs(FakeApi(runs=[late]))) == [("runs", "fault")]
    assert verdicts(serving.runs(FakeApi(runs=[dead]))) == [("runs", "note")]
