"""Exports, snapshots and the archive on an S3 of loopback: written, renewed, read back, proved, forgotten."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from urllib.error import URLError

import pytest
from conftest import ROOT, free_port
from forgetting import SENTENCES, house
from warehousing import NOW, url

READ = """
import sys, fsspec
system, root = fsspec.core.url_to_fs(sys.argv[1])
for name in sorted(system.find(root)):
    print(name.split("/", 1)[1], len(system.cat_file(name)))
"""
ROWS = """
import sys, fsspec, io, polars
system, root = fsspec.core.url_to_fs(sys.argv[1])
for name in sorted(system.glob(root + "/**/*.parquet")):
    print(polars.read_parquet(io.BytesIO(system.cat_file(name))).rows())
"""


@contextmanager
def bucket():
    """The settings of an S3 with a bucket `press`, until the context ends."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _made(f"http://127.0.0.1:{port}/press", server)
        yield {
            "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "a",
            "AWS_SECRET_ACCESS_KEY": "b",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
    finally:
        server.terminate()
        server.wait(30)


def _made(address, server):
    until = time.monotonic() + 120
    while True:
        assert server.poll() is None, "moto ended"
        assert time.monotonic() < until, "moto took two minutes to start"
        try:
            with urllib.request.urlopen(urllib.request.Request(address, method="PUT"), timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)


@pytest.mark.heavy
def test_a_store_holds_exports_snapshots_and_the_archive_and_forgets(tmp_path):
    data = tmp_path / "data"
    house(data, tmp_path)
    with bucket() as keys:
        env = os.environ | keys | {"BROADSHEET_DATA": str(data), "BROADSHEET_NOW": NOW.isoformat(), "COLUMNS": "200"}

        def said(*words, code=0):
            command = [sys.executable, "-W", "ignore", *words]
            done = subprocess.run(command, env=env, capture_output=True, text=True, cwd=ROOT, check=False)
            assert done.returncode == code, done.stderr
            return done.stdout

        def broadsheet(*words, **more):
            return said("-m", "flows.cli", *words, **more)

        assert "1 file(s) written" in broadsheet("export", "s3://press/corpus")
        assert "0 file(s) written, 1 as they were" in broadsheet("export", "s3://press/corpus")
        assert "3 articles" in broadsheet("export", "s3://press/all.jsonl.gz")
        assert "3 articles" in broadsheet("snapshot", "create", "s3://press/frozen")
        assert "every byte" in broadsheet("snapshot", "verify", "s3://press/frozen")
        assert json.loads(broadsheet("snapshot", "show", "s3://press/frozen", "--json"))["articles"] == 3
        assert SENTENCES[1] in said("-c", ROWS, "s3://press/corpus")
        names = [line.split()[0] for line in said("-c", READ, "s3://press").splitlines()]
        assert names == [
            "all.jsonl.gz", "corpus/_export.json", "corpus/month=2026-11/articles.parquet", "frozen/SHA256SUMS",
            "frozen/articles.parquet", "frozen/history.parquet", "frozen/manifest.json",
        ]  # fmt: skip
        broadsheet("forget", url("secret"), "--why", "a reason", "--yes")
        for place in ("s3://press/corpus", "s3://press/frozen"):
            rows = said("-c", ROWS, place)
            assert "chestnut" in rows
            assert not any(sentence in rows for sentence in SENTENCES)
        assert "every byte" in broadsheet("snapshot", "verify", "s3://press/frozen")
        assert len(json.loads(broadsheet("snapshot", "show", "s3://press/frozen", "--json"))["tombstones"]) == 1
        assert broadsheet("export", "s3://nobody/corpus", code=1) == ""
