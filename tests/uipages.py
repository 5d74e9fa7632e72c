"""The Prefect UI in a headless browser, and the server's answers beside it."""

import contextlib
import http.server
import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

from conftest import ROOT, free_port
from playwright.sync_api import sync_playwright

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
CHROMIUM += ["--disable-component-update", "--disable-sync"]
BUSY = 503  # what Prefect answers while another writes to SQLite
PATIENCE = 300  # seconds: two minutes on an idle machine, which a test's is not
HIDDEN = """
*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important; }
"""


class Prefect:
    """A Prefect server, asked over its interface."""

    def __init__(self, address, folder):
        self.address = address
        self.folder = folder
        self.api = f"{address}/api"

    def post(self, path, body):
        ask = urllib.request.Request(
            self.api + path, data=json.dumps(body).encode(), headers={"content-type": "application/json"}
        )
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(ask) as answer:
                    text = answer.read()
                return json.loads(text) if text else None
            except urllib.error.HTTPError as error:
                if error.code != BUSY or time.monotonic() > until:
                    raise

    def runs(self, *states, **more):
        """The runs in these states, the newest first."""
        wanted = {"state": {"type": {"any_": list(states)}}} | more
        return self.post("/flow_runs/filter", {"flow_runs": wanted, "sort": "START_TIME_DESC", "limit": 50})

    def run(self, name):
        (found,) = self.post("/flow_runs/filter", {"flow_runs": {"id": {"any_": [name]}}})
        return found

    def deployment(self, name):
        (found,) = self.post("/deployments/filter", {"deployments": {"name": {"any_": [name]}}})
        return found

    def artifact(self, run, key):
        asked = {"artifacts": {"key": {"any_": [key]}, "flow_run_id": {"any_": [run]}}}
        (found,) = self.post("/artifacts/filter", asked)
        return f"{self.address}/v2/artifacts/artifact/{found['id']}"


def awaited(question, process=None):
    """What the question answers once it answers anything."""
    until = time.monotonic() + PATIENCE
    while not (answer := question()):
        assert process is None or process.poll() is None, "the process tree ended"
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.5)
    return answer


@contextlib.contextmanager
def demo_up(folder, **settings):
    """`broadsheet up --demo`, until the context ends; yields its Prefect server."""
    port = free_port()
    words = ["up", "--demo", "--data", str(folder / "demo"), "--port", str(port)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "BROADSHEET_"))}
    with (folder / "up.log").open("wb") as log:
        tree = subprocess.Popen(
            [sys.executable, "-m", "flows.cli", *words], cwd=ROOT, env=clean | settings, stdout=log, stderr=log
        )
    try:
        prefect = Prefect(f"http://127.0.0.1:{port}", folder)
        awaited(lambda: "Broadsheet is up" in (folder / "up.log").read_text(), tree)
        yield prefect
    finally:
        tree.terminate()
        tree.wait(120)


@contextlib.contextmanager
def receiver():
    """A web address on loopback, and what is posted to it, as it comes."""
    came = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            came.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/hook?key=secret", came
        server.shutdown()
        thread.join()


@contextlib.contextmanager
def browsing(width=1440, height=1000):
    """A page of a browser; errors that scripts of it meet are kept in `page.errors`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
        page.set_default_timeout(60_000)
        try:
            yield page
        finally:
            browser.close()


def shot(page, path):
    """The page as it is once it has come to rest."""
    page.wait_for_load_state("networkidle")
    page.add_style_tag(content=HIDDEN)
    page.screenshot(path=path)
