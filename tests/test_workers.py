"""Whatever an item does to its process costs that item alone, and no process outlives its pool."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from labours import work

from broadsheet import workers
from broadsheet.model import Reason
from broadsheet.workers import Done, Failed, WorkerPool

MEMORY = 1 << 30
SECONDS = 0.5


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(work, workers=2, seconds=SECONDS, memory=MEMORY) as made:
        yield made


def test_results_come_in_the_order_of_the_items(pool):
    assert pool.run(range(100)) == [Done(number) for number in range(100)]
    assert pool.run([]) == []
    assert pool.run(iter([(1, b"x"), None])) == [Done((1, b"x")), Done(None)]


@pytest.mark.parametrize(
    "deed, reason, detail",
    [
        ("loop", Reason.EXTRACTION_OVERRAN, "stopped after 0.5 seconds"),
        ("stuck in C", Reason.EXTRACTION_OVERRAN, "stopped after 0.5 seconds"),
        ("stuck in a regular expression", Reason.EXTRACTION_OVERRAN, "stopped after 0.5 seconds"),
        ("exit", Reason.EXTRACTION_OVERRAN, "its process died: exit code 3"),
        ("crash", Reason.EXTRACTION_OVERRAN, "its process died: SIGSEGV"),
        ("eat", Reason.OUT_OF_MEMORY, "memory limit"),
        ("eat bit by bit", Reason.OUT_OF_MEMORY, "memory limit"),
        ("fail", Reason.INTERNAL_ERROR, "KeyError: 'no such thing'"),
        ("recurse", Reason.INTERNAL_ERROR, "RecursionError"),
        ("leave", Reason.INTERNAL_ERROR, "SystemExit: 4"),
        ("unpicklable", Reason.INTERNAL_ERROR, "pickle"),
    ],
)
def test_what_one_item_does_costs_that_item_alone(pool, deed, reason, detail):
    results = pool.run([1, 2, deed, 3, 4])
    assert [each for each in results if isinstance(each, Done)] == [Done(1), Done(2), Done(3), Done(4)]
    assert isinstance(results[2], Failed)
    assert results[2].reason == reason
    assert detail in results[2].detail


def test_a_process_that_leaves_as_if_all_were_well_has_failed_too(pool):
    assert pool.run(["exit well", 1])[0].reason == Reason.EXTRACTION_OVERRAN


def test_a_traceback_names_the_line_that_failed(pool):
    (failed,) = pool.run(["fail"])
    assert 'labours.py", line' in failed.detail
    assert 'raise KeyError("no such thing")' in failed.detail


def test_an_item_that_cannot_be_pickled_fails_by_itself(pool):
    first, second = pool.run([lambda: None, 1])
    assert (first.reason, second) == (Reason.INTERNAL_ERROR, Done(1))


def test_an_interrupt_is_the_parents_business(pool):
    assert pool.run(["interrupt"]) == [Done(None)]


def test_a_worker_has_its_limits_and_writes_no_core(pool):
    assert pool.run(["limits"]) == [Done(((MEMORY, MEMORY), (0, 0)))]


def test_several_threads_may_run_items_at_once(pool):
    batches = [[*range(number, number + 20), "exit", "fail"] for number in range(0, 80, 20)]
    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(pool.run, batches))
    for batch, found in zip(batches, results, strict=True):
        assert found[:20] == [Done(number) for number in batch[:20]]
        assert [each.reason for each in found[20:]] == [Reason.EXTRACTION_OVERRAN, Reason.INTERNAL_ERROR]


def test_workers_killed_from_outside_while_idle_are_replaced(pool):
    for pid in {done.value for done in pool.run(["pid"] * 6)}:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert pool.run(range(20)) == [Done(number) for number in range(20)]


def test_a_pool_that_broke_is_replaced_and_its_items_are_tried_again():
    with WorkerPool(work, workers=1, seconds=5, memory=MEMORY) as made:
        made.run([1])
        made._pool.stop()
        assert made.run(range(5)) == [Done(number) for number in range(5)]


class Stuck:
    """A pool in which nothing ever finishes."""

    def schedule(self, *_, **__):
        return Future()

    def stop(self):
        pass

    join = stop


def test_a_pool_that_is_stuck_is_replaced_after_a_while(monkeypatch):
    monkeypatch.setattr(workers, "GRACE", 1)
    with WorkerPool(work, workers=1, seconds=0.05, memory=MEMORY) as made:
        made._pool = Stuck()
        assert made.run(range(5)) == [Done(number) for number in range(5)]


def test_items_that_no_pool_brings_to_an_end_fail_in_the_end(monkeypatch):
    monkeypatch.setattr(workers, "GRACE", 0.01)
    monkeypatch.setattr(workers, "ProcessPool", lambda **_: Stuck())
    with WorkerPool(work, workers=1, seconds=0.01, memory=MEMORY) as made:
        assert made.run([1]) == [Failed(Reason.EXTRACTION_OVERRAN, "its process died each time")]


def test_a_large_item_and_a_large_value_pass(pool):
    body = os.urandom(8 << 20)
    assert pool.run([body]) == [Done(body)]


def test_workers_do_not_load_what_the_program_has_loaded(pool):
    (done,) = pool.run(["modules"])
    assert "labours" in done.value
    assert "pytest" not in done.value


def test_a_pool_that_was_never_used_closes():
    with WorkerPool(partial(work), workers=1, seconds=1, memory=MEMORY):
        pass


def test_a_task_of_the_main_module_is_refused():
    local = type("Local", (), {"__module__": "__main__", "__call__": lambda *_: None})()
    with pytest.raises(ValueError, match="module that workers can import"):
        WorkerPool(local, workers=1, seconds=1, memory=MEMORY)


# ── Lives ────────────────────────────────────────────────────────────────────────────────────────────────────────────

PROGRAM = """
import sys
print("main", flush=True)
from labours import work
from broadsheet.workers import WorkerPool
with WorkerPool(work, workers=2, seconds=60, memory=1 << 30) as pool:
    print(*{done.value for done in pool.run(["pid"] * 10)}, flush=True)
    if sys.argv[1:]:
        pool.run(sys.argv[1:])
"""


def program(folder: Path, *deeds: str) -> list[str]:
    script = folder / "script without a guard.py"
    script.write_text(PROGRAM, encoding="utf-8")
    return [sys.executable, "-X", "dev", "-W", "error", str(script), *deeds]


def environment() -> dict[str, str]:
    here = Path(__file__).parent
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(here), str(here.parent)])}


def is_running(pid: int) -> bool:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        return state not in "ZX"
    return False


def gone_within(pids: list[int], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while any(map(is_running, pids)):
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def test_a_program_ends_without_a_warning_and_its_main_module_runs_once(tmp_path):
    done = subprocess.run(program(tmp_path), env=environment(), capture_output=True, text=True, check=True, timeout=60)
    first, pids = done.stdout.splitlines()
    assert (first, done.stderr) == ("main", "")
    assert gone_within([int(pid) for pid in pids.split()], 5)


@pytest.mark.parametrize("deeds", [("loop", "stuck in C"), ("loop",)])
@pytest.mark.parametrize("death", [signal.SIGKILL, signal.SIGTERM])
def test_workers_die_with_their_parent_busy_or_idle_however_it_dies(tmp_path, deeds, death):
    with subprocess.Popen(
        program(tmp_path, *deeds), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as parent:
        assert parent.stdout.readline() == "main\n"
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert pids
        assert all(map(is_running, pids))
        parent.send_signal(death)
    assert gone_within(pids, 5)


@pytest.mark.heavy
def test_many_killers_among_many_items_leave_every_other_item_done():
    deeds = ["loop", "exit", "crash", "eat", "fail", "stuck in C"]
    items = [deeds[number // 7 % len(deeds)] if number % 7 == 0 else number for number in range(400)]
    with WorkerPool(work, workers=2, seconds=0.2, memory=MEMORY) as pool:
        results = pool.run(items)
    for item, result in zip(items, results, strict=True):
        assert isinstance(result, Failed) if isinstance(item, str) else result == Done(item)
