"""The fault drill: whatever is killed, stopped or doubled, the tables are the same, no run stays open, and it goes on.

Each fault meets a run in the middle of a paper of its own. Runs come every ten seconds; the clock of what is due stands
still, so that the tables do not depend on how many runs there were.
"""

import os
import signal
import time
from collections import Counter

import pytest
from conftest import printing
from drilling import EVERY, NAMES, awaited, drilled, now

import press
from flows.serving.children import Child
from flows.serving.tree import log_of

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def undisturbed(prefect_server, tmp_path_factory):
    """The digest after each paper, when nothing happens."""
    folder = tmp_path_factory.mktemp("undisturbed")
    digests = []
    with printing(folder) as served, drilled(folder, served) as drill:
        for count in range(1, len(NAMES) + 1):
            drill.configure(count)
            code, said = drill.command("run", PREFECT_API_URL=f"{prefect_server}/api")
            assert code == 0, said
            digests.append(drill.digest())
    return digests


def signalled(number, *pids):
    for pid in pids:
        os.kill(pid, number)


def test_a_run_a_worker_and_a_server_that_are_killed_lose_nothing(undisturbed, tmp_path):
    with printing(tmp_path) as served, drilled(tmp_path, served) as drill:
        drill.up()

        pids = drill.in_mid_run(NAMES[0])
        begin = now()
        signalled(signal.SIGKILL, *pids)
        drill.settled(begin)
        assert drill.digest() == undisturbed[0]

        for paper, part, count in ((NAMES[1], "worker", 2), (NAMES[2], "server", 3)):
            drill.configure(count)
            drill.in_mid_run(paper)
            begin = now()
            signalled(signal.SIGKILL, drill.tree.child(part).pid)
            drill.settled(begin)
            assert drill.digest() == undisturbed[count - 1]
            assert f"{part} is running again" in log_of(drill.data, "up").read_text()


def test_sigterm_to_all_sleep_and_a_second_worker_lose_nothing(undisturbed, tmp_path):
    with printing(tmp_path) as served, drilled(tmp_path, served) as drill:
        drill.up()

        drill.in_mid_run(NAMES[0])
        begin = now()
        every = [drill.tree.minder, *drill.tree.children]
        signalled(signal.SIGTERM, *(each.pid for each in every), *drill.pids())
        awaited(lambda: not any(each.is_alive for each in every), "SIGTERM ends everything")
        assert drill.pids() == []
        drill.up()
        drill.settled(begin)
        assert drill.digest() == undisturbed[0]

        drill.configure(2)
        drill.in_mid_run(NAMES[1])
        begin = now()
        asleep = [each.pid for each in (drill.tree.minder, *drill.tree.children)] + drill.pids()
        signalled(signal.SIGSTOP, *asleep)
        time.sleep(3 * EVERY)
        woken = now()
        signalled(signal.SIGCONT, *asleep)
        drill.settled(woken)
        missed = [run for run in drill.runs(types=["COMPLETED"]) if begin < run["expected_start_time"] < woken]
        assert len(missed) <= 1, "one catches up, the others are cancelled"
        assert drill.digest() == undisturbed[1]

        second = Child(
            "second", ["-m", "prefect", "worker", "start", "--pool", "broadsheet", "--name", "second"], drill.environ()
        )
        second.begin(drill.data)
        try:
            awaited(lambda: len(drill.workers()) == 2, "two workers are online")
            drill.configure(3)
            begin = now()
            for _ in range(4):
                drill.begin_run()
            drill.settled(begin)
            assert drill.digest() == undisturbed[2]
        finally:
            second.end()
        asked = Counter(
            each["path"] for each in served.requests() if each["host"] == press.HOSTS[2] and each["status"] == 200
        )
        assert {path for path, count in asked.items() if count > 1 and path.endswith(".html")} == set()
