"""`broadsheet metrics`: a text that Prometheus can read, of what the read copy and the notes of runs say."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from datetime import timedelta

import pytest
from conftest import ROOT, environ
from prometheus_client.parser import text_string_to_metric_families
from warehousing import DAY, HOUR, NOW, article, gone, loaded, opened, rejected, run

from broadsheet.config import read_settings
from broadsheet.lastruns import LastRun, last_runs, note_run
from broadsheet.warehouse import publish
from flows.measures import measures

COMMAND = [sys.executable, "-m", "flows.cli", "metrics"]


@pytest.fixture
def data(tmp_path):
    """Two articles, two rejections, a page that is gone; an ingest run that completed, a maintain run that failed."""
    data = tmp_path / "data"
    with opened(data) as warehouse:
        rows = [article("a"), article("b", title="B"), rejected("c", "gallery"), rejected("d", "gallery"), gone("e")]
        loaded(warehouse, tmp_path, rows)
        warehouse.check(NOW)
        publish(data, warehouse)
    note_run(data, run("r1"), ["paper"], state="completed", now=NOW)
    note_run(data, run("r2", "maintain"), ["paper"], state="failed", now=NOW + HOUR / 2)
    return data


def settings(data):
    return environ({"BROADSHEET_DATA": str(data), "BROADSHEET_NOW": (NOW + HOUR).isoformat()})


def read(text):
    """Each sample by its name and labels."""
    return {
        (sample.name, *(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def told(data, *more):
    with settings(data):
        return subprocess.run([*COMMAND, *more], capture_output=True, text=True, cwd=ROOT, check=False, env=os.environ)


def test_counts_ages_and_health_are_told(data):
    done = told(data)
    assert (done.returncode, done.stderr) == (0, "")
    found = read(done.stdout)
    paper = ("source", "paper")
    assert found["broadsheet_articles",] == 2
    assert found["broadsheet_source_articles", paper] == 2
    assert found["broadsheet_attempts_total", ("outcome", "rejected"), ("reason", "gallery"), paper] == 2
    assert found["broadsheet_attempts_total", ("outcome", "new"), ("reason", ""), paper] == 2
    assert found["broadsheet_source_captured_age_seconds", paper] == 3600
    assert found["broadsheet_source_run_age_seconds", paper] == 3600
    assert found["broadsheet_load_age_seconds",] == 3600
    assert found["broadsheet_run_age_seconds", ("kind", "maintain")] == 1800
    assert found["broadsheet_run_completed", ("kind", "maintain")] == 0
    assert found["broadsheet_run_completed", ("kind", "ingest")] == 1
    assert found["broadsheet_check_rows", ("check", "ledger_balance"), ("severity", "error")] == 0
    assert found["broadsheet_file_bytes", ("file", "read_copy")] > 0
    assert found["broadsheet_disk_free_bytes",] > 0


def test_a_source_is_in_one_state(data):
    found = read(told(data).stdout)
    states = {labels[1][1]: value for (name, *labels), value in found.items() if name == "broadsheet_source_state"}
    assert set(states) == {"ok", "low", "silent", "blocked", "redirected"}
    assert sum(states.values()) == 1


def test_every_metric_is_documented(data):
    text = (ROOT / "docs" / "monitor.md").read_text(encoding="utf-8")
    with settings(data):
        names = {metric.name + "_total" * (metric.type == "counter") for metric in measures(read_settings())}
    assert {name for name in names if f"`{name}" not in text} == set()


def test_the_file_is_written_in_one_step(data, tmp_path):
    path = tmp_path / "broadsheet.prom"
    assert told(data, "--output", str(path)).returncode == 0
    assert read(path.read_text())["broadsheet_articles",] == 2
    assert [each.name for each in tmp_path.glob("broadsheet.prom*")] == [path.name]


def test_a_file_in_no_folder_is_an_error_with_a_way_out(data, tmp_path):
    done = told(data, "--output", str(tmp_path / "none" / "x.prom"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "name another file" in done.stderr


def test_no_data_folder_is_an_error_with_a_way_out(tmp_path):
    done = told(tmp_path / "none")
    assert done.returncode == 1
    assert "BROADSHEET_DATA names it" in done.stderr


def test_before_the_first_run_there_is_no_count_of_articles_but_a_disk(tmp_path):
    found = read(told(tmp_path).stdout)
    assert found["broadsheet_disk_free_bytes",] > 0
    assert "broadsheet_articles" not in {name for name, *_ in found}


def test_they_are_served_on_loopback_afresh_each_time_until_stopped(data):
    with settings(data):
        command = [*COMMAND, "--port", "0"]
        server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ)
    try:
        address = server.stderr.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        assert read(asked(address))["broadsheet_run_completed", ("kind", "ingest")] == 1
        note_run(data, run("r3"), ["paper"], state="failed", now=NOW + HOUR)
        assert read(asked(address))["broadsheet_run_completed", ("kind", "ingest")] == 0
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0
    finally:
        server.kill()
        server.wait()
        server.stderr.close()


def asked(address):
    with urllib.request.urlopen(address) as answer:
        assert answer.headers["content-type"].startswith("text/plain")
        return answer.read().decode()


def test_a_failed_run_makes_no_source_younger_and_sources_that_are_gone_are_left_out(tmp_path):
    note_run(tmp_path, run(), ["paper"], state="completed", now=NOW)
    note_run(tmp_path, run(), ["paper"], state="failed", now=NOW + DAY)
    assert last_runs(tmp_path).sources == {"paper": NOW}
    assert last_runs(tmp_path).kinds == {"ingest": LastRun("failed", NOW + DAY)}
    note_run(tmp_path, run(), ["other"], state="completed", now=NOW + timedelta(days=2))
    assert last_runs(tmp_path).sources == {}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"kinds": {}}', '{"kinds": 1, "sources": 2}'])
def test_a_damaged_note_is_as_none_and_written_anew(tmp_path, text):
    (tmp_path / "last-runs.json").write_text(text)
    assert last_runs(tmp_path).kinds == {}
    note_run(tmp_path, run(), ["paper"], state="completed", now=NOW)
    assert json.loads((tmp_path / "last-runs.json").read_text())["sources"] == {"paper": NOW.isoformat()}
