"""A tree for the fault drill: `broadsheet up` against the press, a run every ten seconds, its sources one by one."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import yaml
from conftest import ROOT, Press, environ, environment

import press
from broadsheet.config import read_settings
from broadsheet.warehouse import open_warehouse
from flows.serving.api import Api
from flows.serving.environment import for_children
from flows.serving.processes import flow_processes
from flows.serving.tree import log_of, read_tree

NAMES = ("harbour-gazette", "alpenkurier", "shiosai-shimbun")
EVERY = 10  # seconds between two windows
PATIENCE = 240  # seconds that anything may take on a busy machine


def awaited(question, what):
    """The first true answer."""
    until = time.monotonic() + PATIENCE
    while not (answer := question()):
        assert time.monotonic() < until, what
        time.sleep(0.1)
    return answer


def papers(count):
    """The sources file of the first papers, asked slowly enough to be met at it."""
    head, *entries = press.SOURCES_TOML.split("[[source]]")
    return head + "".join(f"[[source]]{entry.replace('delay = 0', 'delay = 0.15')}" for entry in entries[:count])


def deployments(folder):
    """Broadsheet's own, at short intervals."""
    told = yaml.safe_load((ROOT / "deployments" / "prefect.yaml").read_text())
    for each in told["deployments"]:
        each["schedules"] = [{"interval": EVERY}] if each["name"] == "ingest" else []
    path = folder / "prefect.yaml"
    path.write_text(json.dumps(told))
    return path


@dataclass(frozen=True)
class Drill:
    """The tree of a folder."""

    folder: Path
    served: Press
    values: dict

    @property
    def data(self):
        return self.folder / "data"

    @property
    def tree(self):
        return read_tree(self.data)

    @property
    def api(self):
        return Api(self.tree.api)

    def command(self, *words, **more):
        """A command of ours, its exit code and its words."""
        line = [sys.executable, "-m", "flows.cli", *map(str, words)]
        env = os.environ | self.values | more
        done = subprocess.run(line, env=env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
        return done.returncode, done.stdout + done.stderr

    def up(self):
        code, said = self.command("up", "--detach", "--port", "0", "--deployments", deployments(self.folder))
        assert code == 0, said + log_of(self.data, "up").read_text()

    def configure(self, count):
        (self.folder / "sources.toml").write_text(papers(count), encoding="utf-8")

    def runs(self, **state):
        return self.api.every("/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": list(state["types"])}}}})

    def pids(self):
        """The processes that work on runs of this folder."""
        return [pid for pids in flow_processes(self.data).values() for pid in pids]

    def in_mid_run(self, paper):
        """Wait until a run has asked a paper for some pages; the processes that work on it."""
        host = press.HOSTS[NAMES.index(paper)]
        awaited(lambda: sum(asked["host"] == host for asked in self.served.requests()) > 15, f"nobody asks {host}")
        return self.pids()

    def begin_run(self):
        deployment = self.api.get("/deployments/name/ingest/ingest")
        self.api.post(f"/deployments/{deployment['id']}/create_flow_run", {"state": {"type": "SCHEDULED"}})

    def workers(self):
        found = self.api.post("/work_pools/broadsheet/workers/filter")
        return [worker["name"] for worker in found if worker["status"] == "ONLINE"]

    def environ(self):
        """What a worker finds in its environment."""
        with environ(self.values):
            return for_children(read_settings(), self.tree.api)

    def settled(self, begin):
        """Wait until a run that began after `begin` has completed, and none from before it is open or late."""
        awaited(lambda: self._is_settled(begin), f"not settled: {log_of(self.data, 'up').read_text()}")

    def _is_settled(self, begin):
        with contextlib.suppress(Exception):
            done = [run for run in self.runs(types=["COMPLETED"]) if run["start_time"] > begin]
            still = self.runs(types=["PENDING", "RUNNING", "CANCELLING", "SCHEDULED"])
            opened = [run for run in still if run["expected_start_time"] < begin]
            ahead = [run for run in still if run["state_name"] == "Scheduled" and run["expected_start_time"] > begin]
            return done and not opened and ahead
        return False

    def digest(self):
        with open_warehouse(self.data, now=press.NOW[1]) as warehouse:
            return warehouse.content_digest()

    def ended(self):
        """Whatever happened, nothing of the tree is left."""
        with contextlib.suppress(Exception):
            self.command("down", "--now")
        for each in (self.tree.minder, *self.tree.children) if self.tree else ():
            if each.is_alive:
                os.kill(each.pid, signal.SIGKILL)


def now():
    return datetime.now(UTC).isoformat()


@contextlib.contextmanager
def drilled(folder, served):
    """A folder's drill; its tree is gone at the end."""
    patient = {
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "BROADSHEET_PAGE_SECONDS": "300",
    }  # no page is lost to a busy machine
    values = environment(folder, served, now=press.NOW[1], **patient)
    drill = Drill(folder, served, values)
    drill.configure(1)
    try:
        yield drill
    finally:
        drill.ended()
