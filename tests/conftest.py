"""Fixtures that several tests share: the press in a process of its own, and a Prefect server for the few flow tests."""

import asyncio
import contextlib
import gc
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
import warnings
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

import press

settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")

ROOT = Path(__file__).parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"


@dataclass(frozen=True)
class Press:
    """The sample press at work in another process, and its access log."""

    port: int
    log: Path

    @property
    def resolve(self):
        return ",".join(f"{host}=127.0.0.1:{self.port}" for host in press.HOSTS)

    def requests(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@contextlib.contextmanager
def printing(folder, edition=1):
    """The press, until the context ends."""
    log, port_file = folder / f"access-{edition}.jsonl", folder / f"port-{edition}"
    log.touch()
    port_file.unlink(missing_ok=True)
    command = [sys.executable, "-m", "press", "--port", "0", "--edition", str(edition)]
    command += ["--log", str(log), "--port-file", str(port_file)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        yield Press(_port(port_file, process), log)
    finally:
        process.terminate()
        process.wait(20)


def _port(path, process):
    until = time.monotonic() + 60
    while not (path.exists() and path.read_text().strip()):
        assert process.poll() is None, "the press did not start"
        assert time.monotonic() < until, "the press took a minute to start"
        time.sleep(0.02)
    return int(path.read_text())


def environment(folder, served, *, now, **more):
    """The settings of a run against a served press, in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = folder / "sources.toml"
    sources.write_text(press.SOURCES_TOML, encoding="utf-8")
    return {
        "BROADSHEET_DATA": str(folder / "data"),
        "BROADSHEET_SOURCES": str(sources),
        "BROADSHEET_RESOLVE": served.resolve,
        "BROADSHEET_NOW": now.isoformat(),
        "BROADSHEET_WORKERS": "2",
        **more,
    }


@contextlib.contextmanager
def environ(values):
    """The process's environment with these values, as long as the context lasts."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


@pytest.fixture(scope="session")
def prefect():
    """One Prefect server for all flow tests of the session (it takes 9 s to start)."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield


def ran(flow):
    """Run a flow to its end, and sweep up after Prefect, whose clients leave sockets to the garbage collector."""
    try:
        return asyncio.run(flow)
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory):
    """A Prefect server in a process of its own, for tests that run whole commands; yields its address."""
    home = tmp_path_factory.mktemp("prefect")
    port = free_port()
    quiet = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_UI_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=os.environ | quiet, stdout=log, stderr=log)
    try:
        _healthy(f"http://127.0.0.1:{port}/api/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(60)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _healthy(url, server):
    until = time.monotonic() + 120
    while True:
        assert server.poll() is None, "the Prefect server ended"
        assert time.monotonic() < until, "the Prefect server took two minutes to start"
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2):
            return
        time.sleep(0.2)
