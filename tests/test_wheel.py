"""What is installed is whole: a wheel works from an empty folder."""

import json
import os
import subprocess
import sys

import pytest
from conftest import ROOT

pytestmark = pytest.mark.heavy


def test_an_installed_wheel_runs_the_demo_from_an_empty_folder(prefect_server, tmp_path):
    wheels, site, empty = tmp_path / "wheels", tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    pip = [sys.executable, "-m", "pip", "-q"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT)], check=True
    )
    (wheel,) = wheels.iterdir()
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", str(site), str(wheel)], check=True)
    environ = os.environ | {"PYTHONPATH": str(site), "PREFECT_API_URL": f"{prefect_server}/api"}
    where = "import broadsheet, extractors, flows, press, sql; print(sql.__file__)"
    found = subprocess.run([sys.executable, "-c", where], env=environ, cwd=empty, capture_output=True, check=True)
    assert found.stdout.decode().startswith(str(site))
    where = "from flows.serving.deploying import deployments_file; print(deployments_file())"
    found = subprocess.run([sys.executable, "-c", where], env=environ, cwd=empty, capture_output=True, check=True)
    assert found.stdout.decode().startswith(str(site))
    command = [sys.executable, "-m", "flows.cli", "demo", "--json"]
    done = subprocess.run(command, env=environ, cwd=empty, capture_output=True, check=True)
    assert json.loads(done.stdout)["published"]
