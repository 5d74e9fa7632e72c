"""Pages in other forms, files of archives afar and URL lists: kept in segments of ours, then articles; once."""

import json
from datetime import date

import pytest
from conftest import environ, environment, printing, ran
from rangeserver import serving

import press
from benchmarks.collection import originals, written
from broadsheet.archive import read_one
from broadsheet.errors import ArchiveError, NoContact
from broadsheet.model import Outcome, RecordPosition
from broadsheet.warehouse import open_read_copy
from flows.urllists import urls_of

CLOCK = press.NOW[1]
LISTING = "crawl-data/CC-NEWS/2024/01/warc.paths.gz"
LISTED = "crawl-data/CC-NEWS/2024/01/CC-NEWS-20240101000000-00001.warc.gz"
LATER = "crawl-data/CC-NEWS/2024/01/CC-NEWS-20240109000000-00002.warc.gz"
DAYS = (date(2024, 1, 1), date(2024, 1, 2))


@pytest.fixture
def settled(prefect, tmp_path):
    """The settings of the test's own data folder, for as long as the test lasts."""
    values = {"BROADSHEET_DATA": str(tmp_path / "data"), "BROADSHEET_SOURCES": str(tmp_path / "none.toml")}
    with environ({**values, "BROADSHEET_NOW": CLOCK.isoformat(), "BROADSHEET_BATCH_PAGES": "20"}):
        yield tmp_path


def asked(data, query):
    with open_read_copy(data) as connection:
        return connection.execute(query).fetchall()


def segments(folder):
    return sorted((folder / "data" / "archive").rglob("*.warc.gz"))


def exported(folder, count):
    """Articles of the press as a script around newspaper4k would have left them, one file each."""
    folder.mkdir()
    for number, (url, page) in enumerate([*originals()][:count]):
        told = {"url": url, "title": "…", "text": "…", "html": page.decode(), "download_date": f"2024-05-0{number + 1}"}
        (folder / f"{number}.json").write_text(json.dumps(told), encoding="utf-8")


def test_a_folder_of_json_with_html_becomes_articles_once(settled):
    from flows.backfill import backfill

    exported(settled / "old", 5)
    first = ran(backfill([str(settled / "old")]))
    assert (first.total(Outcome.NEW), first.attempted) == (5, 5)
    days = asked(settled / "data", "select first_seen_at::date from mart.articles order by all")
    assert days == [(date(2024, 5, day),) for day in range(1, 6)]
    (segment,) = segments(settled)
    place, *_ = asked(
        settled / "data", "select warc_file, warc_offset, warc_length from raw.fetched order by captured_at"
    )
    assert read_one(settled / "data", RecordPosition(*place)).body == next(originals())[1]
    again = ran(backfill([str(settled / "old")]))
    assert (again.attempted, again.known, segments(settled)) == (0, 5, [segment])


def test_segments_of_a_dead_run_are_read_by_the_next(settled, monkeypatch):
    from flows import filling
    from flows.backfill import backfill

    exported(settled / "old", 3)
    with monkeypatch.context() as patched:
        patched.setattr(filling, "staged", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            ran(backfill([str(settled / "old")]))
    assert len(segments(settled)) == 1
    assert ran(backfill([str(settled / "old")])).total(Outcome.NEW) == 3
    assert len(segments(settled)) == 1


@pytest.fixture
def afar(tmp_path):
    """A month of the Common Crawl's news, on a server that knows ranges."""
    (path,) = written(tmp_path / "crawl", 1, 60)
    listing = f"{LISTED} {path.stat().st_size}\n{LATER}\n".encode()
    with serving({LISTING: listing, LISTED: path.read_bytes()}) as server:
        yield server


def test_common_crawl_news_comes_by_http_and_leaves_only_what_is_wanted(settled, afar):
    from flows.backfill import backfill_ccnews

    hosts = settled / "hosts.txt"
    hosts.write_text("www.harbourgazette.test", encoding="utf-8")
    afar.troubles += ["", "drop"]
    report = ran(backfill_ccnews(*DAYS, hosts=str(hosts), base=afar.url))
    assert report.attempted > 5
    assert {path for path, _ in afar.asked} == {LISTING, LISTED}
    assert set(report.ledger) <= {"harbourgazette.test", "unknown"}
    assert list((settled / "data" / "backfill" / "files").iterdir()) == []
    before = len(afar.asked)
    again = ran(backfill_ccnews(*DAYS, hosts=str(hosts), base=afar.url))
    assert (again.attempted, again.known) == (0, report.attempted + report.known)
    assert [path for path, _ in afar.asked[before:]] == [LISTING]


@pytest.mark.heavy
def test_common_crawl_news_on_a_disk_is_read_where_it_lies(settled):
    from flows.backfill import backfill_ccnews

    (path,) = written(settled / "crawl", 1, 20)
    there = settled / "disk" / LISTED
    there.parent.mkdir(parents=True)
    path.rename(there)
    listing = settled / "warc.paths"
    listing.write_text(f"{LISTED}\n{LATER}\n")
    report = ran(backfill_ccnews(*DAYS, paths=str(listing), base=str(settled / "disk")))
    assert (report.total(Outcome.NEW), segments(settled), there.exists()) == (17, [], True)


def test_days_of_which_nothing_is_listed_are_told(settled, afar):
    from flows.backfill import backfill_ccnews

    with pytest.raises(ArchiveError, match="names no file begun from 2024-01-20 to 2024-01-21"):
        ran(backfill_ccnews(date(2024, 1, 20), date(2024, 1, 21), base=afar.url))


def test_a_list_of_urls_is_fetched_politely_and_once(prefect, tmp_path):
    from flows.backfill_urls import backfill_urls

    urls = [url for url, _ in originals()][:4]
    (tmp_path / "list.txt").write_text("\n".join(["# a list", *urls, f"{urls[0]} # again"]), encoding="utf-8")
    with printing(tmp_path) as served, environ(environment(tmp_path / "run", served, now=CLOCK)):
        report = ran(backfill_urls([str(tmp_path / "list.txt")]))
        asked_for = [each["path"] for each in served.requests()]
        again = ran(backfill_urls([str(tmp_path / "list.txt")]))
        assert [each["path"] for each in served.requests()] == asked_for
    assert report.total(Outcome.NEW) == 4
    assert "/robots.txt" in asked_for
    assert (again.attempted, again.known) == (0, 4)
    assert urls_of([str(tmp_path / "list.txt")]) == urls


def test_public_hosts_are_asked_only_by_who_says_who_asks(settled):
    from flows.backfill_urls import backfill_urls

    (settled / "list.txt").write_text("https://www.example.org/news/42")
    with pytest.raises(NoContact):
        ran(backfill_urls([str(settled / "list.txt")]))
