"""Filling back: archives of anybody's to SQL, each record once, wherever the work was broken off."""

from datetime import UTC, datetime
from itertools import takewhile
from types import SimpleNamespace

import pytest
from conftest import environ, ran

import press
from benchmarks import collection
from benchmarks.collection import written
from benchmarks.killed import compared
from broadsheet.errors import ConfigError
from broadsheet.model import Outcome
from broadsheet.warehouse import open_read_copy
from flows.filling import Pace, parts
from flows.hosts import hosts_of

CLOCK = press.NOW[1]


def settings(folder):
    return {
        "BROADSHEET_DATA": str(folder / "data"),
        "BROADSHEET_SOURCES": str(folder / "none.toml"),
        "BROADSHEET_NOW": CLOCK.isoformat(),
        "BROADSHEET_BATCH_PAGES": "20",
        "BROADSHEET_WORKERS": "2",
    }


@pytest.fixture
def backfilled(prefect, tmp_path):
    """Fill back into a data folder of the test's own."""
    from flows.backfill import backfill

    def run(*paths, batch="20", **more):
        with environ(settings(tmp_path) | {"BROADSHEET_BATCH_PAGES": batch}):
            return ran(backfill([str(path) for path in paths], **more))

    return run


@pytest.fixture
def crawl(tmp_path):
    """A hundred records as other crawlers keep them, with all that is odd about such files."""
    return written(tmp_path / "crawl", 1, 100)


@pytest.fixture
def hosts(tmp_path):
    path = tmp_path / "hosts.txt"
    path.write_text("\n".join(["# the press", *press.HOSTS]), encoding="utf-8")
    return str(path)


def asked(data, query):
    with open_read_copy(data) as connection:
        return connection.execute(query).fetchall()


def test_foreign_hosts_and_other_types_are_passed_over_and_counted(backfilled, crawl, hosts):
    report = backfilled(*crawl, hosts=hosts)
    assert report.passed == {"other_host": 3, "other_type": 3}
    assert (report.total(Outcome.REJECTED), report.known) == (1, 3)  # the broken record; three that came twice
    assert report.attempted == 100 - 3 - 3 - 3


def test_a_file_of_a_folder_that_cannot_be_read_costs_itself(backfilled, tmp_path):
    written(tmp_path / "crawl", 1, 3)
    (tmp_path / "crawl" / "bad.warc.gz").write_bytes(b"no such thing")
    (tmp_path / "crawl" / "cut.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00 and no more")
    report = backfilled(tmp_path / "crawl")
    assert (report.total(Outcome.NEW), report.passed) == (3, {"unreadable_file": 2})


def test_a_revisit_is_the_page_it_refers_to_as_of_its_own_time(backfilled, crawl, tmp_path):
    report = backfilled(*crawl)
    assert report.total(Outcome.UNCHANGED) == 4
    seen = "select last_captured_at - first_seen_at from mart.articles where last_captured_at > first_seen_at"
    assert {str(span) for (span,) in asked(tmp_path / "data", seen)} == {"0:05:00"}


@pytest.mark.heavy
def test_a_revisit_may_refer_to_a_record_of_an_earlier_start(backfilled, tmp_path):
    (path,) = written(tmp_path / "crawl", 1, 100)
    whole = path.read_bytes()
    at = [n for n in range(len(whole)) if whole.startswith(b"\x1f\x8b\x08\x00", n)]
    (tmp_path / "first.warc.gz").write_bytes(whole[: at[10]])
    (tmp_path / "second.warc.gz").write_bytes(whole[at[14] : at[15]])  # the revisit of record 8
    backfilled(tmp_path / "first.warc.gz")
    report = backfilled(tmp_path / "second.warc.gz")
    assert (report.attempted, report.total(Outcome.UNCHANGED), report.passed) == (1, 1, {})


def test_the_same_records_cut_otherwise_or_asked_for_otherwise_are_known(backfilled, crawl, hosts):
    first = backfilled(*crawl, hosts=hosts)
    again = backfilled(*crawl, batch="7")
    assert again.attempted == 3  # those of the foreign host, which were passed over before
    assert again.known == first.attempted + first.known


def test_late_history_takes_its_place_by_the_time_of_capture(backfilled, tmp_path):
    backfilled(*written(tmp_path / "late", 1, 10))
    before = asked(tmp_path / "data", "select min(first_seen_at), count(*) from mart.articles")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(collection, "START", datetime(2023, 1, 1, tzinfo=UTC))
        (older,) = written(tmp_path / "earlier", 1, 10)
    report = backfilled(older)
    ((seen, count),) = asked(tmp_path / "data", "select min(first_seen_at), count(*) from mart.articles")
    assert before == [(datetime(2024, 1, 1, tzinfo=UTC), 10)]
    assert (seen, count) == (datetime(2023, 1, 1, tzinfo=UTC), 10)
    assert (report.total(Outcome.NEW), report.attempted) == (0, 10)


def test_a_list_of_hosts_says_what_is_wrong_with_it(tmp_path):
    with pytest.raises(ConfigError, match=r"gone\.txt: the list of hosts cannot be read"):
        hosts_of(str(tmp_path / "gone.txt"), (), ())
    (tmp_path / "empty.txt").write_text("# none\n")
    with pytest.raises(ConfigError, match="names no host"):
        hosts_of(str(tmp_path / "empty.txt"), (), ())


def test_hosts_may_be_written_as_people_write_them(tmp_path):
    path = tmp_path / "hosts.txt"
    path.write_text("Example.org\n.example.com  # and below\n*.example.net\nhttps://www.example.edu/news\n")
    assert hosts_of(str(path), (), ()) == {"example.org", ".example.com", ".example.net", "www.example.edu"}


@pytest.mark.heavy
def test_killed_at_random_it_ends_with_the_tables_of_an_undisturbed_pass(prefect_server, tmp_path):
    """`python -m benchmarks.killed` is the same at full size."""
    files = written(tmp_path / "crawl", 3, 60, bulk=200_000)
    figures = {each.name: each.value for each in compared(files, tmp_path, 3, f"{prefect_server}/api")}
    assert figures["the same tables as undisturbed"] == 1
    assert figures["batches read again by a kill"] <= 1
    assert figures["memory grows, undisturbed"] < 300
    assert list((tmp_path / "killed" / "data" / "stages").iterdir()) == []


class Silent:
    """Progress that keeps its lines."""

    def __init__(self):
        self.lines = []

    def stage(self, name, total, unit):
        self.lines.append(f"{name}: {total} {unit}")

    def advance(self, count=1):
        pass

    def say(self, line):
        self.lines.append(line)


def test_an_input_is_at_most_a_hundred_parts_and_a_small_one_is_one():
    terabyte = 1 << 40
    assert len([*takewhile(lambda until: until < terabyte, parts(terabyte))]) == 99
    assert next(parts(10 << 20)) >= 10 << 20
    assert next(parts(0)) > 0


def test_how_far_a_filling_is_says_rate_and_time_left():
    clock = iter([0.0, 10.0, 10.0, 10.0])
    pace = Pace(SimpleNamespace(progress=Silent()), 4 << 20, clock=lambda: next(clock))
    pace.begin()
    pace.read, pace.pages = 1 << 20, 50
    assert pace.sentence() == "1 of 4 MiB, 50 pages, 5.0 pages/s, 30 s left"
    assert pace.percent == 25
