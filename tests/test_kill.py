"""SIGKILL at every hand-over, then the same command again: equal digests, nothing that was kept is fetched again."""

import itertools
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import environment, printing
from killing import POINTS

import press
from broadsheet import archive
from broadsheet.model import FetchedPage
from broadsheet.warehouse import open_warehouse

pytestmark = pytest.mark.heavy
KILLING = Path(__file__).with_name("killing.py")


def run(environ, *words):
    """A command in a process of its own; its exit code and what it said."""
    command = [sys.executable, *map(str, words)]
    done = subprocess.run(
        command, env=os.environ | environ, capture_output=True, text=True, check=False, timeout=300, cwd=KILLING.parent
    )
    return done.returncode, done.stdout + done.stderr


def digest(data):
    with open_warehouse(data, now=press.NOW[1]) as warehouse:
        return warehouse.content_digest()


def kept(data):
    """URLs of the whole records in the archive, leftovers salvaged."""
    for path in data.rglob("*.open"):
        archive.salvage(path)
    pages = [page for path in data.rglob("*.warc.gz") for page in archive.read(path)]
    return {page.url for page in pages if isinstance(page, FetchedPage) and page.status}


def fetched(requests):
    """URLs that were answered with a body; a conditional question about what is kept fetches nothing."""
    return {f"http://{asked['host']}{asked['path']}" for asked in requests if asked["status"] == 200}


@pytest.fixture(scope="module")
def undisturbed(prefect_server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed")
    with printing(folder) as served:
        values = environment(folder, served, now=press.NOW[1], PREFECT_API_URL=f"{prefect_server}/api")
        code, said = run(values, "-m", "flows.cli", "run")
        assert code == 0, said
    return digest(folder / "data")


@pytest.mark.parametrize("point", POINTS)
def test_after_a_kill_the_same_command_finishes_the_work(point, undisturbed, prefect_server, tmp_path):
    with printing(tmp_path) as served:
        values = environment(tmp_path, served, now=press.NOW[1], PREFECT_API_URL=f"{prefect_server}/api")
        code, said = run(values, KILLING, point, "run")
        assert code == -signal.SIGKILL, said
        had, before = kept(tmp_path / "data"), len(served.requests())
        code, said = run(values, "-m", "flows.cli", "run")
        assert code == 0, said
        again = fetched(served.requests()[before:])
    assert digest(tmp_path / "data") == undisturbed
    assert again & had == set()
    assert list((tmp_path / "data" / "stages").iterdir()) == []
    assert list((tmp_path / "data").rglob("*.open")) == []


def test_a_run_of_one_source_loads_what_a_run_of_all_left_and_the_next_finishes(undisturbed, prefect_server, tmp_path):
    with printing(tmp_path) as served:
        values = environment(tmp_path, served, now=press.NOW[1], PREFECT_API_URL=f"{prefect_server}/api")
        assert run(values, KILLING, "after_discovery", "run")[0] == -signal.SIGKILL
        assert run(values, KILLING, "in_mid_fetch", "run", "--source", "alpenkurier")[0] == -signal.SIGKILL
        had, before = kept(tmp_path / "data"), len(served.requests())
        for words in (("run", "--source", "shiosai-shimbun"), ("run",)):
            code, said = run(values, "-m", "flows.cli", *words)
            assert code == 0, said
        again = fetched(served.requests()[before:])
    assert digest(tmp_path / "data") == undisturbed
    assert again & had == set()
    assert list((tmp_path / "data" / "stages").iterdir()) == []


def test_ctrl_c_ends_a_run_at_once_and_the_next_finishes_it(prefect_server, tmp_path):
    with printing(tmp_path) as served:
        values = environment(tmp_path, served, now=press.NOW[1], PREFECT_API_URL=f"{prefect_server}/api")
        command = [sys.executable, str(KILLING), "slowly", "run"]
        with subprocess.Popen(command, env=os.environ | values, stderr=subprocess.PIPE, text=True) as process:
            heard = list(itertools.takewhile(lambda line: not line.startswith("extract:"), process.stderr))
            process.send_signal(signal.SIGINT)
            said = "".join(heard) + process.stderr.read()
            assert process.wait(60) == 130, said
        assert "interrupted; what was kept is picked up by the next run" in said
        code, said = run(values, "-m", "flows.cli", "run")
        assert code == 0, said
        assert "picking up what 1 interrupted run(s) left" in said
    assert list((tmp_path / "data" / "stages").iterdir()) == []
