"""The same corpus by local processes and by Dask's workers, one of them killed on the way, gives the same tables."""

import os
import subprocess
import sys

import pytest
from conftest import ROOT, free_port
from test_ingest_warc import CLOCK, warc

from broadsheet.clusters import BATCH, _batches, _require_same
from broadsheet.config import read_settings
from broadsheet.errors import ConfigError
from broadsheet.warehouse import open_warehouse

DRIVER = """
import os, signal, sys
from flows import cli, extract, scene
killed = []
rows_of = extract.rows_of
def wrapped(stage, works):
    for number, row in enumerate(rows_of(stage, works)):
        if not killed and len(works) > 1 and number == 0:
            killed.append(min(stage.pool.client.run(os.getpid).values()))
            os.kill(killed[0], signal.SIGKILL)
        yield row
if __name__ == "__main__":
    if sys.argv.pop(1) == "kill":
        extract.rows_of = wrapped
    try:
        cli.main()
    finally:
        print("killed", len(killed), file=sys.stderr)
"""

ITEMS = """
import os, signal, sys
sys.path.insert(0, "tests")
from labours import work
from broadsheet.clusters import ClusterPool, Limits
from broadsheet.workers import Done
if __name__ == "__main__":
    with ClusterPool(work, Limits(1.0, 1 << 30), workers=2) as pool:
        assert pool.run(range(100)) == [Done(number) for number in range(100)]
        print(*(getattr(each, "reason", "done") for each in pool.run([1, "loop", "exit", "crash", "eat", "fail", 3])))
        results = pool.results(list(range(500)))
        first = [next(results) for _ in range(30)]
        os.kill(min(pool.client.run(os.getpid).values()), signal.SIGKILL)
        assert first + list(results) == [Done(number) for number in range(500)]
    print("whole")
"""


def environment(data, **more):
    return os.environ | {
        "BROADSHEET_DATA": str(data), "BROADSHEET_SOURCES": str(data / "none.toml"),
        "BROADSHEET_NOW": CLOCK.isoformat(),
        "BROADSHEET_PAGE_SECONDS": "300", "BROADSHEET_BATCH_PAGES": "20",
        "BROADSHEET_WORKERS": "2", "PYTHONPATH": str(ROOT / "tests"),
        "DASK_DISTRIBUTED__WORKER__DAEMON": "False", **more,
    }  # fmt: skip


def ingested(data, path, how, **more):
    script = data.with_suffix(".py")
    script.write_text(DRIVER)
    command = [sys.executable, "-W", "ignore", str(script), how, "ingest", str(path), "--json"]
    done = subprocess.run(command, env=environment(data, **more), capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    with open_warehouse(data, now=CLOCK, wait=0) as warehouse:
        return warehouse.content_digest(), done.stderr


def test_batches_keep_the_order_and_lose_nothing():
    assert [each for batch in _batches(range(2 * BATCH + 1)) for each in batch] == list(range(2 * BATCH + 1))
    assert [len(batch) for batch in _batches(range(2 * BATCH + 1))] == [BATCH, BATCH, 1]
    assert list(_batches([])) == []


@pytest.mark.parametrize(
    "answer, told",
    [(("0.0.0", False), "install the same on both"), ((None, True), "DASK_DISTRIBUTED__WORKER__DAEMON=False")],
)
def test_a_worker_that_cannot_do_it_is_told(answer, told):
    from importlib.metadata import version

    class Client:
        def run(self, _):
            return {"tcp://a": (answer[0] or version("broadsheet"), answer[1])}

    with pytest.raises(ConfigError, match=told):
        _require_same(Client())


def test_the_runner_is_one_of_two(monkeypatch):
    monkeypatch.setenv("BROADSHEET_RUNNER", "spark")
    with pytest.raises(ConfigError, match="BROADSHEET_RUNNER"):
        read_settings()


@pytest.mark.heavy
def test_what_an_item_does_to_its_worker_costs_that_item_alone(tmp_path):
    script = tmp_path / "items.py"
    script.write_text(ITEMS)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(script)], env=environment(tmp_path), capture_output=True, text=True,
        cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines() == [
        "done extraction_overran extraction_overran extraction_overran out_of_memory internal_error done",
        "whole",
    ], done.stderr


@pytest.mark.heavy
def test_local_and_dask_with_a_worker_killed_give_equal_tables(tmp_path):
    path = warc(tmp_path / "warcs", count=24)
    local, _ = ingested(tmp_path / "local", path, "as it is")
    dask, said = ingested(tmp_path / "afar", path, "kill", BROADSHEET_RUNNER="dask")
    assert "killed 1" in said
    assert dask == local


@pytest.mark.heavy
def test_workers_elsewhere_read_by_an_address(tmp_path):
    path = warc(tmp_path / "warcs", count=12)
    local, _ = ingested(tmp_path / "local", path, "as it is")
    address = f"tcp://127.0.0.1:{free_port()}"
    tool = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    started = [
        [*tool, "--host", address, "--no-dashboard"],
        [
            sys.executable,
            "-m",
            "distributed.cli.dask_worker",
            address,
            "--nthreads",
            "1",
            "--no-dashboard",
            "--no-nanny",
        ],
    ]
    processes = [
        subprocess.Popen(
            each, env=environment(tmp_path), cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for each in started
    ]
    try:
        dask, _ = ingested(
            tmp_path / "afar", path, "as it is", BROADSHEET_RUNNER="dask", BROADSHEET_DASK_ADDRESS=address
        )
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait(30)
    assert dask == local
