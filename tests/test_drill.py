"""The fault drill: whatever is killed, stopped or doubled, the tables are the same, no run stays open, and it goes on."""

import os
import signal
import subprocess
import sys
import time

import pytest
from conftest import ROOT, printing
from drilling import EVERY, NAMES, Drill, awaited, drilled, now

import press
from conftest import environment
from flows.serving.environment import for_children
from flows.serving.tree import log_of

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with printing(tmp_path_factory.mktemp("press")) as press_:
        yield press_


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The digest after each paper, when nothing happens."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with printing(folder) as served, drilled(folder, served) as drill:
        digests = []
        for count in range(1, len(NAMES) + 1):
            drill.configure(count)
            code, said = drill.command("run")
            assert code == 0, said
            digests.append(drill.digest())
        yield digests


def kill(*pids, number=signal.SIGKILL):
    for pid in pids:
        os.kill(pid, number)


def test_a_run_a_worker_and_a_server_that_are_killed_lose_nothing(undisturbed, tmp_path):
    with printing(tmp_path) as served, drilled(tmp_path, served) as drill:
        drill.up()

        _, pids = drill.in_mid_run(NAMES[0])
        begin = now()
        kill(*pids)
        drill.settled(begin)
        assert drill.digest() == undisturbed[0]

        for paper, part, count in ((NAMES[1], "worker", 2), (NAMES[2], "server", 3)):
            drill.configure(count)
            drill.in_mid_run(paper)
            begin = now()
            kill(drill.tree.child(part).pid)
            drill.settled(begin)
            assert drill.digest() == undisturbed[count - 1]
            assert f"{part} is running again" in log_of(drill.data, "up").read_text()
