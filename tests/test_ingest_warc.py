"""From a WARC file on: anybody's pages to SQL, once, whole or damaged, while readers ask."""

import gzip
import json
import os
import signal
import subprocess
import sys

import pytest
from conftest import CORPORA, ROOT, environ, ran

import press
from broadsheet.archive import SegmentWriter
from broadsheet.errors import CheckFailed
from broadsheet.model import FetchedPage, Outcome, Role
from broadsheet.warehouse import open_read_copy, open_warehouse
from press.pages import pages as answers

CLOCK = press.NOW[1]


@pytest.fixture
def ingested(prefect, tmp_path):
    """Ingest files into a data folder of the test's own."""
    from flows.ingest_warc import ingest_warc

    def run(*files):
        values = {"BROADSHEET_DATA": str(tmp_path / "data"), "BROADSHEET_SOURCES": str(tmp_path / "none.toml")}
        with environ({**values, "BROADSHEET_NOW": CLOCK.isoformat(), "BROADSHEET_BATCH_PAGES": "5"}):
            return ran(ingest_warc([str(file) for file in files]))

    return run


def pages(count):
    """That many articles of the press as they were answered, one a record."""
    found = answers(1)
    for entry in [entry for entry in press.ledger(1) if entry.outcome == "article"][:count]:
        host, path = entry.url.removeprefix("http://").split("/", 1)
        answer = found[host, f"/{path}"]
        yield FetchedPage(entry.url, entry.url, Role.PAGE, "", CLOCK, answer.status, answer.headers, answer.body)


def warc(folder, count=12):
    folder.mkdir(exist_ok=True)
    with SegmentWriter(folder, "crawl", software="a test") as writer:
        for page in pages(count):
            writer.write(page)
        return writer.close()


def articles(tmp_path):
    with open_read_copy(tmp_path / "data") as connection:
        return sorted(connection.sql("select url from mart.articles").fetchall())


def test_pages_of_a_file_become_articles_of_their_hosts_and_once(ingested, tmp_path):
    path = warc(tmp_path / "warcs")
    first = ingested(path)
    assert (first.attempted, first.total(Outcome.NEW), first.known) == (12, 12, 0)
    assert set(first.ledger) <= {"harbourgazette.test", "alpenkurier.test", "shiosai-shimbun.test"}
    again = ingested(path)
    assert (again.attempted, again.changed_rows, again.published, again.known) == (0, 0, False, 12)


def test_the_same_records_under_another_name_are_known(ingested, tmp_path):
    path = warc(tmp_path / "warcs")
    ingested(path)
    assert ingested(path.rename(path.with_name("renamed.warc.gz"))).known == 12


def test_a_truncated_file_loads_what_is_whole_and_reports_the_rest(ingested, tmp_path):
    path = warc(tmp_path / "warcs")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) - 700])
    report = ingested(path)
    assert (report.total(Outcome.NEW), report.total(Outcome.REJECTED)) == (11, 1)
    with open_read_copy(tmp_path / "data") as connection:
        (row,) = connection.sql("select reason, detail from mart.attempts where outcome = 'rejected'").fetchall()
    assert row[0] == "broken_record"
    assert row[1]


def test_records_that_share_a_gzip_member_are_all_read(ingested, tmp_path):
    path = warc(tmp_path / "warcs")
    plain = gzip.decompress(path.read_bytes())
    first = plain.index(b"WARC/1.1", 1)
    path.write_bytes(gzip.compress(plain[:first]) + gzip.compress(plain[first:]))
    assert ingested(path).total(Outcome.NEW) == 12


def test_the_same_file_or_a_copy_of_it_in_one_command_counts_once(ingested, tmp_path):
    path = warc(tmp_path / "warcs")
    copy = path.with_name("copy.warc.gz")
    copy.write_bytes(path.read_bytes())
    report = ingested(path, path, copy)
    assert (report.total(Outcome.NEW), report.attempted, report.known) == (12, 12, 12)


def test_a_damaged_file_that_was_touched_is_known(ingested, tmp_path):
    path = warc(tmp_path / "warcs")
    path.write_bytes(path.read_bytes()[:-700])
    ingested(path)
    os.utime(path, (0, 0))
    assert ingested(path).attempted == 0


def test_an_error_in_a_batch_ends_the_run_and_nothing_is_lost(ingested, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    path = warc(tmp_path / "warcs")
    with monkeypatch.context() as patched:
        patched.setattr("broadsheet.stages.write", full)
        with pytest.raises(OSError, match="No space left"):
            ingested(path)
    assert ingested(path).total(Outcome.NEW) == 12
    assert list((tmp_path / "data" / "stages").iterdir()) == []


def test_a_plain_file_is_read_like_a_packed_one(ingested, tmp_path):
    path = warc(tmp_path / "warcs")
    plain = path.with_name("plain.warc")
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    assert ingested(plain).total(Outcome.NEW) == 12


def test_a_ledger_that_does_not_balance_fails_the_run_and_publishes_nothing(ingested, tmp_path):
    ingested(warc(tmp_path / "warcs", count=4))
    data = tmp_path / "data"
    with open_warehouse(data, now=CLOCK) as warehouse:
        warehouse.session.connection.execute(
            "delete from ops.attempt where claim_id = (select min(claim_id) from ops.attempt)"
        )
    before = (data / "broadsheet.duckdb").read_bytes()
    more = warc(tmp_path / "more", count=8)
    with pytest.raises(CheckFailed, match="nothing is published: check ledger"):
        ingested(more)
    assert (data / "broadsheet.duckdb").read_bytes() == before
    with open_warehouse(data, now=CLOCK) as warehouse:
        assert sorted(run.state for run in warehouse.status(CLOCK).runs) == ["completed", "failed"]


@pytest.mark.heavy
@pytest.mark.skipif(not CORPORA.exists(), reason="the corpus of real pages is not beside this clone")
def test_real_pages_are_read_and_readers_are_never_disturbed(prefect_server, tmp_path):
    """205 captures of 204 URLs; a reader asks in a loop while a second load is under way."""
    values = {"BROADSHEET_DATA": str(tmp_path / "data"), "PREFECT_API_URL": f"{prefect_server}/api"}
    command = [sys.executable, "-m", "flows.cli", "ingest", "--json"]
    real = CORPORA / "articles-dev" / "articles.warc.gz"
    first = _json([*command, str(warc(tmp_path / "warcs"))], values)
    assert first["ledger"]
    with subprocess.Popen([*command, str(real)], env=os.environ | values, stdout=subprocess.PIPE, cwd=ROOT) as load:
        counts = []
        while load.poll() is None:
            counts.append(len(articles(tmp_path)))
        out = load.stdout.read()
    ledger = json.loads(out)["ledger"]
    accepted = sum(n for source in ledger.values() for outcome, n in source.items() if outcome != "rejected")
    assert json.loads(out)["attempted"] == 205
    assert accepted >= 198
    assert counts == sorted(counts)
    assert counts[0] == 12
    again = _json([*command, str(real)], values)
    assert (again["attempted"], again["changed_rows"], again["known"]) == (0, 0, 205)


@pytest.mark.heavy
def test_a_killed_ingest_is_finished_by_the_same_command(prefect_server, tmp_path):
    values = {
        "BROADSHEET_DATA": str(tmp_path / "data"),
        "BROADSHEET_BATCH_PAGES": "3",
        "BROADSHEET_NOW": CLOCK.isoformat(),
        "PREFECT_API_URL": f"{prefect_server}/api",
    }
    path = str(warc(tmp_path / "warcs"))
    for point in ("before_load", "after_one_load"):
        command = [sys.executable, str(ROOT / "tests" / "killing.py"), point, "ingest", path]
        assert subprocess.run(command, env=os.environ | values, check=False).returncode == -signal.SIGKILL
    done = _json([sys.executable, "-m", "flows.cli", "ingest", "--json", path], values)
    assert done["published"]
    assert len(articles(tmp_path)) == 12
    assert list((tmp_path / "data" / "stages").iterdir()) == []


@pytest.mark.heavy
def test_a_failed_check_ends_the_command_with_one_clear_line(prefect_server, tmp_path):
    values = {"BROADSHEET_DATA": str(tmp_path / "data"), "PREFECT_API_URL": f"{prefect_server}/api"}
    command = [sys.executable, "-m", "flows.cli", "ingest", "--json"]
    _json([*command, str(warc(tmp_path / "warcs", count=4))], values)
    with open_warehouse(tmp_path / "data", now=CLOCK) as warehouse:
        warehouse.session.connection.execute("delete from ops.attempt")
    command.append(str(warc(tmp_path / "more", count=8)))
    failed = subprocess.run(command, env=os.environ | values, capture_output=True, check=False, text=True, cwd=ROOT)
    assert (failed.returncode, failed.stdout) == (1, "")
    told = failed.stderr.splitlines()
    assert told[-1].startswith("broadsheet: nothing is published: check ledger")
    assert all(line.startswith(("reading ", "  reading ", "extract: ", "backfill: ")) for line in told[:-1]), (
        failed.stderr
    )


def _json(command, values):
    done = subprocess.run(command, env=os.environ | values, capture_output=True, check=True, cwd=ROOT)
    return json.loads(done.stdout)
