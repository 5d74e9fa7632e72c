"""The stages killed at random moments, and on disks that fill up or turn read-only: the tables are always the same.

`make test-kill` sets KILLS=200 and takes some twenty minutes; without it a handful of moments is tried.
"""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import environment, printing
from test_kill import digest, fetched, kept, run

import press

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(7200)]
HERE = Path(__file__).parent
KILLS = int(os.environ.get("KILLS", "8"))
A_SHARD = 10
SIZES = ("60", "400", "1500", "3000", "6000", "9000")  # KiB; the whole work takes some 10,000


def lines(command):
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False, timeout=7000)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """What the work brings that nobody disturbed, and how long it took."""
    (line,) = lines([sys.executable, "stagework.py", tmp_path_factory.mktemp("whole")])
    assert (line["errors"], line["left"]) == ([], [])
    return line


@pytest.mark.parametrize("shard", range(-(-KILLS // A_SHARD)))
def test_stages_killed_at_any_moment_end_in_the_same_tables(shard, whole, tmp_path):
    rng = random.Random(shard)
    moments = [f"{rng.uniform(0, whole['took']):.3f}" for _ in range(min(A_SHARD, KILLS - shard * A_SHARD))]
    for line in lines([sys.executable, "stagework.py", tmp_path, *moments]):
        same = {name: line[name] for name in ("digest", "errors", "articles", "left")}
        assert same == {name: whole[name] for name in same}, line


def own_mounts():
    """Whether this machine lets a process mount a disk of its own."""
    return subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not own_mounts(), reason="needs user namespaces (unshare -rm)")
def test_a_full_or_read_only_disk_is_one_clear_line_and_loses_nothing(whole, tmp_path):
    found = lines(["unshare", "-rm", sys.executable, "fulldisk.py", tmp_path, *SIZES])
    for line in found:
        assert (line["digest"], line["errors"]) == (whole["digest"], []), line
    said = {line["size"]: line["error"] for line in found if line["error"]}
    assert len(said) >= len(SIZES)
    for size, error in said.items():
        assert "BroadsheetError" in error["kinds"], (size, error)
        assert "\n" not in error["said"]
        assert ("Read-only" if size == "read-only" else "No space left") in error["said"]


@pytest.fixture(scope="module")
def flown(prefect_server, tmp_path_factory):
    """The digest of a run that nobody disturbed, and how long it took."""
    folder = tmp_path_factory.mktemp("flown")
    with printing(folder) as served:
        values = environment(folder, served, now=press.NOW[1], PREFECT_API_URL=f"{prefect_server}/api")
        begun = time.monotonic()
        code, said = run(values, "-m", "flows.cli", "run")
        assert code == 0, said
        return digest(folder / "data"), time.monotonic() - begun


@pytest.mark.parametrize("number", range(max(1, KILLS // 20)))
def test_a_run_killed_at_any_moment_is_finished_by_the_next(number, flown, prefect_server, tmp_path):
    expected, took = flown
    with printing(tmp_path) as served:
        values = environment(tmp_path, served, now=press.NOW[1], PREFECT_API_URL=f"{prefect_server}/api")
        command = [sys.executable, "-m", "flows.cli", "run"]
        with subprocess.Popen(
            command, env=os.environ | values, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            time.sleep(random.Random(number).uniform(0.3, 1) * took)
            process.kill()
        had, before = kept(tmp_path / "data") if (tmp_path / "data").exists() else set(), len(served.requests())
        code, said = run(values, "-m", "flows.cli", "run")
        assert code == 0, said
        again = fetched(served.requests()[before:])
    assert digest(tmp_path / "data") == expected
    assert again & had == set()
