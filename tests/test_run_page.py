"""The Prefect UI shows a run as a person should find it; the picture in README.md is this test's.

BROADSHEET_PICTURES=docs/pictures .venv/bin/pytest -m heavy tests/test_run_page.py    # writes it anew
"""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from conftest import ROOT
from playwright.sync_api import sync_playwright

pytestmark = pytest.mark.heavy
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
CHROMIUM += ["--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def demo_run(prefect_server, tmp_path_factory):
    """The demo, run against the server; the address of its run page."""
    command = [sys.executable, "-m", "flows.cli", "demo", "--data", str(tmp_path_factory.mktemp("demo"))]
    subprocess.run(command, env=os.environ | {"PREFECT_API_URL": f"{prefect_server}/api"}, check=True, cwd=ROOT)
    ask = urllib.request.Request(
        f"{prefect_server}/api/flow_runs/filter",
        data=b'{"sort": "START_TIME_DESC", "limit": 1}',
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(ask) as answer:
        (run,) = json.load(answer)
    assert run["state_name"] == "Completed"
    return f"{prefect_server}/v2/runs/flow-run/{run['id']}"


def test_the_run_page_tells_the_story_of_a_run(demo_run, tmp_path):
    pictures = Path(os.environ.get("BROADSHEET_PICTURES", tmp_path))
    pictures.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        page = browser.new_page(viewport={"width": 1440, "height": 1000}, color_scheme="light")
        page.goto(demo_run)
        page.get_by_text("all sources", exact=False).first.wait_for()
        page.get_by_text("fetch: ", exact=False).first.wait_for()
        page.get_by_role("tab", name="Artifacts").click()
        page.get_by_text("attempted", exact=False).first.wait_for()
        page.locator("canvas").wait_for()
        page.get_by_role("tab", name="Logs").click()
        page.get_by_text("fetch: ", exact=False).first.wait_for()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=pictures / "run.png")
        browser.close()
