"""Make the pictures of README.md: run the demo against a Prefect server of our own and photograph its run page.

.venv/bin/python docs/pictures.py        # needs Debian's chromium; writes docs/pictures/*.png
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
STARTED = 120  # seconds a server may take to start on a busy machine


@contextmanager
def prefect_server(home: Path) -> Iterator[str]:
    """A Prefect server on loopback on a free port; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = {"PREFECT_HOME": str(home), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}
    quiet |= {
        "PREFECT_UI_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=os.environ | quiet, stdout=log, stderr=log)  # noqa: S603 - our own
    try:
        _healthy(f"http://127.0.0.1:{port}/api/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def _healthy(url: str) -> None:
    for _ in range(STARTED * 2):
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - loopback
                return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(url)


def demonstrated(api: str, folder: Path) -> str:
    """Run the demo against the server; returns the id of its flow run."""
    command = [sys.executable, "-m", "flows.cli", "demo", "--data", str(folder / "demo-data")]
    subprocess.run(command, env=os.environ | {"PREFECT_API_URL": f"{api}/api"}, check=True)  # noqa: S603 - our own
    ask = urllib.request.Request(  # noqa: S310 - loopback
        f"{api}/api/flow_runs/filter", data=b"{}", headers={"content-type": "application/json"}
    )
    with urllib.request.urlopen(ask) as answer:  # noqa: S310 - loopback
        return str(json.load(answer)[0]["id"])


def photographed(url: str, path: Path, *, words: str) -> None:
    """Open a page, wait until the words stand on it, and save what a person sees."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(CHROMIUM))
        page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light")
        page.goto(url)
        page.get_by_text(words).first.wait_for()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=path)
        browser.close()


def main() -> None:
    """Write docs/pictures/run.png."""
    with tempfile.TemporaryDirectory() as name, prefect_server(Path(name)) as api:
        run = demonstrated(api, Path(name))
        (HERE / "pictures").mkdir(exist_ok=True)
        photographed(f"{api}/v2/runs/flow-run/{run}", HERE / "pictures" / "run.png", words="extract")


if __name__ == "__main__":
    main()
