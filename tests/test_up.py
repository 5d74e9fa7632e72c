"""`broadsheet up`, `down` and `logs`: the process tree, its file, its healing, and what it says when it cannot be."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from conftest import ROOT, free_port

from broadsheet.config import read_settings
from broadsheet.errors import Held, Transient
from flows.cli.down import take_down
from flows.cli.logs import show_logs
from flows.cli.up import Asked, bring_up
from flows.locks import held
from flows.serving import healing
from flows.serving.api import Api, NoAnswer, Refused
from flows.serving.children import Child
from flows.serving.demo import DemoClock, edition
from flows.serving.environment import for_children
from flows.serving.minding import Minder
from flows.serving.plan import Plan
from flows.serving.ports import free_port as free
from flows.serving.ports import holder
from flows.serving.processes import Process, born, ended, flow_processes, named, waited
from flows.serving.rising import sweep
from flows.serving.stopping import Ours, cancel_runs, drain
from flows.serving.tree import Tree, addresses, alone, living_tree, log_of, minder, read_tree, serving, write_tree
from press import NOW as MORNINGS

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SLEEPS = ("-c", "import time; time.sleep(600)")
STUBBORN = ("-c", "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)")


def sleeper(tmp_path, command=SLEEPS, name="worker", **more):
    child = Child(name, command, os.environ | more)
    found = Path("/proc") / str(child.begin(tmp_path).pid) / "environ"
    while not found.read_bytes():  # the kernel shows an environment an instant after the program has begun
        time.sleep(0.01)
    return child


def test_a_process_is_known_by_its_number_and_birth(tmp_path):
    child = sleeper(tmp_path)
    found = child.process
    assert found.is_alive
    assert not replace(found, born="another boot").is_alive, "its number was given to another process"
    assert child.end()
    assert not found.is_alive
    assert born(found.pid) is None
    assert born(2**22 - 1) is None


def test_a_process_that_does_not_end_by_itself_is_killed(tmp_path):
    child = sleeper(tmp_path, STUBBORN)
    while "deaf" not in log_of(tmp_path, "worker").read_text():
        time.sleep(0.01)
    assert not ended(child.process, seconds=0.2)
    assert child.died() == -signal.SIGKILL


def test_a_child_that_dies_again_and_again_is_begun_more_and_more_seldom(tmp_path):
    child = Child("worker", SLEEPS, {})
    child.begun = time.monotonic()
    assert [child.put_off() for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    child.begun = time.monotonic() - 61
    assert child.put_off() == 1, "it had been steady"


def test_processes_of_runs_are_found_by_run_and_data_folder(tmp_path):
    child = sleeper(tmp_path, PREFECT__FLOW_RUN_ID="a-run", BROADSHEET_DATA=str(tmp_path))
    try:
        assert flow_processes()["a-run"] == [child.process.pid]
        assert flow_processes(tmp_path) == {"a-run": [child.process.pid]}
        assert flow_processes(tmp_path / "other") == {}
    finally:
        child.end()


def test_the_tree_is_kept_and_a_dead_one_is_told_from_a_living(tmp_path):
    assert read_tree(tmp_path) is None
    tree = Tree(minder(), "http://127.0.0.1:1/api", (named("server", os.getpid()),), demo=True, ready=True)
    write_tree(tmp_path, tree)
    assert read_tree(tmp_path) == living_tree(tmp_path) == tree
    write_tree(tmp_path, replace(tree, minder=Process("up", os.getpid(), "an earlier boot")))
    assert living_tree(tmp_path) is None
    (serving(tmp_path) / "tree.json").write_text("{half")
    assert read_tree(tmp_path) is None


def test_a_second_up_says_where_the_first_is(tmp_path):
    with alone(tmp_path):
        write_tree(tmp_path, Tree(minder(), "http://127.0.0.1:4242/api"))
        with pytest.raises(Held) as told:
            bring_up(Asked(tmp_path, None, None, demo=False), behind=False, as_json=False)
    where = f"process {os.getpid()}, http://127.0.0.1:4242/v2"
    assert str(told.value) == f"{tmp_path}: Broadsheet is up already ({where}); `broadsheet down` stops it"


def test_a_port_that_is_held_is_told_with_its_holder_and_the_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(Transient, match=rf"port {number} is held by .* \(process {os.getpid()}\); .*--port N"):
            free(number)
    assert free(number) == number
    assert holder(number) is None
    assert free(0) > 0


def test_what_a_killed_up_left_behind_is_ended_by_the_next_and_by_down(tmp_path, capsys):
    gone = Process("up", 2**22 - 1, "never")
    for finish in (lambda: sweep(tmp_path, print), lambda: take_down(tmp_path, now=False, as_json=True)):
        child = sleeper(tmp_path)
        write_tree(tmp_path, Tree(gone, "http://127.0.0.1:1/api", (child.process,)))
        finish()
        assert child.died() == -signal.SIGTERM
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"data": str(tmp_path), "stopped": False}


def test_children_find_a_quiet_home_in_the_data_folder_and_what_was_set_stays(tmp_path, monkeypatch):
    monkeypatch.setenv("PREFECT_WORKER_QUERY_SECONDS", "2")
    for name in ("PREFECT_HOME", "PREFECT_SERVER_ANALYTICS_ENABLED", "DO_NOT_TRACK"):
        monkeypatch.delenv(name, raising=False)
    found = for_children(read_settings(data=tmp_path, prefect_days=7), "http://127.0.0.1:1/api")
    assert found["PREFECT_HOME"] == str(tmp_path / "prefect")
    assert found["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert found["DO_NOT_TRACK"] == "1"
    assert found["PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT"] == "false"
    assert found["PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED"] == "events,flow_runs"
    assert found["PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD"] == "604800"
    assert found["PREFECT_WORKER_QUERY_SECONDS"] == "2"
    assert found["PREFECT_API_URL"] == "http://127.0.0.1:1/api"


class FakeApi:
    """A server that holds runs and takes note of the states they are given."""

    url = "http://127.0.0.1:1/api"

    def __init__(self, *runs):
        self.runs = {run["id"]: run for run in runs}

    def get(self, path):
        return self.runs[path.rpartition("/")[2]]

    def post(self, path, body):
        run = self.runs[path.split("/")[2]]
        run["state_type"], run["told"] = body["state"]["type"], body["state"]["message"]

    def patch(self, path, body):
        self.paused = (path, body["is_paused"])

    def every(self, _path, body):
        wanted = body["flow_runs"]["state"]["type"]["any_"]
        before = body["flow_runs"].get("expected_start_time", {}).get("before_", "9")
        return [
            dict(run)
            for run in self.runs.values()
            if run["state_type"] in wanted and run["expected_start_time"] < before
        ]

    def states(self):
        return {run_id: run["state_type"] for run_id, run in self.runs.items()}


def a_run(run_id, state, minutes=60, deployment="ingest", *, by_hand=False):
    at = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()
    told = {"id": run_id, "name": run_id, "state_type": state, "state": {"timestamp": at}, "deployment_id": deployment}
    return told | {"expected_start_time": at, "auto_scheduled": not by_hand}


def a_minder(tmp_path, api, port=1, stop=None):
    said = []
    plan = Plan(read_settings(data=tmp_path), api, port, ROOT / "deployments" / "prefect.yaml")
    return Minder(plan, (), said.append, stop or Event()), said


def test_runs_without_a_process_are_closed_when_they_were_seen_so_twice(tmp_path):
    alive = sleeper(tmp_path, PREFECT__FLOW_RUN_ID="alive")
    api = FakeApi(
        a_run("alive", "RUNNING"), a_run("dead", "RUNNING"), a_run("stopped", "CANCELLING"), a_run("new", "PENDING", 0)
    )
    minder_, said = a_minder(tmp_path, api)
    before = api.states()
    minder_.heal()
    assert api.states() == before
    minder_.heal()
    alive.end()
    assert api.states() == {"alive": "RUNNING", "dead": "CRASHED", "stopped": "CANCELLED", "new": "PENDING"}
    assert api.runs["dead"]["told"] == healing.DEAD
    assert said == [f"closed {name!r}: {healing.DEAD}" for name in ("dead", "stopped")]


def test_when_it_comes_up_what_no_process_works_on_is_closed_at_once(tmp_path):
    api = FakeApi(a_run("dead", "RUNNING"), a_run("begun by a dead worker", "PENDING", 0))
    a_minder(tmp_path, api)[0].heal(at_once=True)
    assert set(api.states().values()) == {"CRASHED"}


def test_a_commands_run_is_closed_when_it_comes_up_and_nobody_is_at_work_in_the_folder(tmp_path):
    api = FakeApi(a_run("of a command", "RUNNING") | {"work_pool_name": None})
    lock = tmp_path / "stages" / "a-run" / "lock"
    with held(lock):
        a_minder(tmp_path, OfNoPool(api))[0].heal(at_once=True)
        assert api.states() == {"of a command": "RUNNING"}
    a_minder(tmp_path, OfNoPool(api))[0].heal(at_once=True)
    assert api.states() == {"of a command": "CRASHED"}


class OfNoPool:
    """The same server, asked for the runs of our pool: it has none."""

    def __init__(self, api):
        self.url, self.get, self.post, self._api = api.url, api.get, api.post, api

    def every(self, path, body):
        return [] if "work_pools" in body else self._api.every(path, body)


def test_of_late_runs_the_newest_of_each_deployment_is_left_and_what_a_person_asked_for(tmp_path):
    late = [
        a_run(f"{name} {minutes}", "SCHEDULED", minutes, name)
        for name in ("ingest", "maintain")
        for minutes in (15, 30, 45)
    ]
    api = FakeApi(*late, a_run("by hand", "SCHEDULED", 50, by_hand=True), a_run("ahead", "SCHEDULED", -15))
    minder_, said = a_minder(tmp_path, api)
    minder_.heal()
    left = {run_id for run_id, state in api.states().items() if state == "SCHEDULED"}
    assert left == {"ingest 15", "maintain 15", "by hand", "ahead"}
    assert said == [f"cancelled 4 run(s) {healing.MISSED}"]


def test_with_a_server_of_others_their_runs_are_not_ours_to_close(tmp_path):
    api = FakeApi(a_run("on another machine", "RUNNING"))
    a_minder(tmp_path, api, port=None)[0].heal(at_once=True)
    assert api.states() == {"on another machine": "RUNNING"}


def test_at_a_server_of_others_a_tree_ends_its_own_runs_and_lets_the_pool_go_on(tmp_path):
    child = sleeper(tmp_path, PREFECT__FLOW_RUN_ID="ours", BROADSHEET_DATA=str(tmp_path))
    api = FakeApi(a_run("ours", "RUNNING"), a_run("on another machine", "RUNNING"))
    assert [run["id"] for run in Ours(api, tmp_path, alone=False).runs()] == ["ours"]
    child.end()
    minder_, _ = a_minder(tmp_path, api, port=None)
    minder_.end()
    assert api.states()["on another machine"] == "RUNNING"
    assert api.paused == ("/work_pools/broadsheet", False)


def test_runs_at_work_are_cancelled_and_their_processes_end(tmp_path, monkeypatch):
    monkeypatch.setattr("flows.serving.stopping.PATIENCE", 0)
    child = sleeper(tmp_path, PREFECT__FLOW_RUN_ID="ours", BROADSHEET_DATA=str(tmp_path))
    api = FakeApi(a_run("ours", "RUNNING"), a_run("pending", "PENDING"), a_run("ahead", "SCHEDULED", -15))
    cancel_runs(Ours(api, tmp_path, alone=True), print)
    assert waited(child.process, 10)
    assert child.died() == -signal.SIGKILL
    assert api.states() == {"ours": "CANCELLED", "pending": "CANCELLED", "ahead": "SCHEDULED"}
    assert api.paused == ("/work_pools/broadsheet", True)


def test_a_drain_that_is_interrupted_lets_the_pool_go_on(tmp_path):
    api = FakeApi(a_run("long", "RUNNING"))

    def impatient(line):
        assert line == "waiting for 1 run(s): long; --now cancels them"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        drain(Ours(api, tmp_path, alone=True), impatient)
    assert api.paused == ("/work_pools/broadsheet", False)


def test_a_proxy_in_the_environment_stands_in_nobodys_way_on_this_machine(tmp_path, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("NO_PROXY", "intranet.example")
    found = for_children(read_settings(data=tmp_path), "http://127.0.0.1:1/api")
    assert found["no_proxy"] == found["NO_PROXY"] == "intranet.example,127.0.0.1,localhost"
    with HTTPServer(("127.0.0.1", 0), Healthy) as server:
        Thread(target=server.handle_request).start()
        assert Api(f"http://127.0.0.1:{server.server_port}/api").is_healthy()


def test_a_server_that_is_busy_is_asked_again(monkeypatch):
    monkeypatch.setattr("flows.serving.api.WAITS", (0.0, 0.0))
    with HTTPServer(("127.0.0.1", 0), BusyTwice) as server:
        server.timeout, server.busy = 10, 2
        Thread(target=lambda: [server.handle_request() for _ in range(3)]).start()
        assert Api(f"http://127.0.0.1:{server.server_port}/api").get("/health") is True
        assert server.busy == 0


class BusyTwice(BaseHTTPRequestHandler):
    """Answers as a server whose database is locked, and then as one that is well."""

    def do_GET(self):
        busy, self.server.busy = self.server.busy, max(self.server.busy - 1, 0)
        self.send_response(503 if busy else 200)
        self.end_headers()
        self.wfile.write(b"true")

    def log_message(self, *_args):
        """Nobody reads it."""


class Healthy(BaseHTTPRequestHandler):
    """Answers as a Prefect server that is well."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"true")

    def log_message(self, *_args):
        """Nobody reads it."""


def test_a_server_that_is_away_is_told_of_and_waited_for(tmp_path):
    minder_, said = a_minder(tmp_path, Api(f"http://127.0.0.1:{free_port()}/api"))
    minder_.heal()
    minder_.heal()
    (told,) = said
    assert told.startswith("no Prefect server answers at http://127.0.0.1:")


def test_a_child_that_was_killed_is_begun_again(tmp_path):
    stop = Event()
    minder_, said = a_minder(tmp_path, FakeApi(), stop=stop)
    child = Child("worker", SLEEPS, os.environ)
    minder_.children = (child,)
    minder_.begin("worker")
    first = child.process
    os.kill(first.pid, signal.SIGKILL)
    minder_.say = lambda line: (said.append(line), stop.set() if "again (" in line else None)
    minder_.mind()
    assert said[0] == "worker was killed by signal 9; beginning it again in 1 s"
    assert child.process.pid != first.pid
    assert read_tree(tmp_path).child("worker") == child.process
    minder_.plan = replace(minder_.plan, port=None)
    minder_.end()
    assert read_tree(tmp_path).children == ()


def test_logs_are_shown_part_by_part_or_alone(tmp_path, capsys):
    log_of(tmp_path, "up").write_text("one\ntwo\nthree\n")
    log_of(tmp_path, "server").write_text("ready\n")
    show_logs(tmp_path, None, follow=False, lines=2)
    assert capsys.readouterr().out == "up     two\nup     three\nserver ready\n"
    show_logs(tmp_path, "up", follow=False, lines=1)
    assert capsys.readouterr().out == "three\n"


@pytest.mark.parametrize("part, told", [("wrker", "no part is named 'wrker'"), ("worker", "no log yet")])
def test_logs_that_are_not_there_are_told_of(part, told, tmp_path):
    done = command("logs", part, "--data", str(tmp_path))
    assert done.returncode == 1
    assert told in done.stderr


def test_links_lead_to_the_new_interface():
    told = addresses(Tree(minder(), "http://127.0.0.1:4200/api"))
    assert told["dashboard"] == "http://127.0.0.1:4200/v2/dashboard"
    assert told["runs"] == "http://127.0.0.1:4200/v2/runs"


def test_a_server_that_refuses_or_is_none_is_told_from_one_that_answers():
    with pytest.raises(NoAnswer, match="no Prefect server answers"):
        Api(f"http://127.0.0.1:{free_port()}/api").get("/health")
    assert issubclass(Refused, NoAnswer)


def test_the_demo_jumps_three_hours_a_run_and_turns_the_page_with_the_day():
    class Counting:
        ended, sent = 5, []

        def get(self, _path):
            return {"id": "1", "job_variables": {"working_dir": "/x"}}

        def post(self, _path, _body):
            return self.ended

        def patch(self, _path, body):
            self.sent.append(body["job_variables"])

    api, clock = Counting(), DemoClock(MORNINGS[1])
    clock.turn(api, None)
    api.ended += 1
    clock.turn(api, None)
    clock.turn(api, None)
    told = [each["env"]["BROADSHEET_NOW"] for each in api.sent]
    assert told == [MORNINGS[1].isoformat(), (MORNINGS[1] + timedelta(hours=3)).isoformat()]
    assert all(each["working_dir"] == "/x" for each in api.sent)
    assert [edition(at) for at in (MORNINGS[1], MORNINGS[2] - timedelta(seconds=1), MORNINGS[2])] == [1, 1, 2]


def command(*words, **more):
    line = [sys.executable, "-m", "flows.cli", *words]
    return subprocess.run(
        line, env=os.environ | more, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )


def test_up_without_sources_says_how_to_get_them(tmp_path):
    done = command("up", "--detach", "--data", str(tmp_path / "data"), BROADSHEET_SOURCES=str(tmp_path / "none.toml"))
    assert done.returncode == 1
    assert "none.toml" in done.stderr
    assert "source add" in done.stderr


def test_up_on_a_port_that_is_held_names_the_holder(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = command("up", "--demo", "--detach", "--data", str(tmp_path), "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert f"(process {os.getpid()})" in done.stderr
    assert living_tree(tmp_path) is None
