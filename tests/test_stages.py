from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from broadsheet import stages
from broadsheet.model import (
    Article,
    Extraction,
    FetchedPage,
    Moment,
    Outcome,
    PageKind,
    Reason,
    RecordPosition,
    Rejection,
    Role,
    stable_id,
)

WHEN = datetime(2026, 3, 14, 12, tzinfo=UTC)
PAGE = FetchedPage(
    "https://a.test/1",
    "https://a.test/1",
    Role.PAGE,
    "a",
    WHEN,
    200,
    (("Content-Type", "text/html"), ("ETag", '"x"')),
    b"<p>hello",
    position=RecordPosition("archive/a.warc.gz", 7, 99),
)
READ = Extraction(
    "https://a.test/1",
    "1-0",
    PageKind.ARTICLE,
    canonical_url="https://a.test/one",
    title="One",
    published=Moment(WHEN, date(2026, 3, 14), "minute", 60, "page"),
)


def test_a_row_says_what_came_what_was_read_and_where_it_is_kept():
    row = stages.row(PAGE, Article(READ, "abc"), digest="sha256:1", extraction=READ)
    assert row["url_id"] == stable_id("https://a.test/1")
    assert (row["disposition"], row["content_hash"], row["etag"], row["body_bytes"]) == ("article", "abc", '"x"', 8)
    assert (row["warc_file"], row["warc_offset"], row["warc_length"]) == ("archive/a.warc.gz", 7, 99)
    read = row["extraction"]
    assert (read["canonical_id"], read["published_at"]) == (
        stable_id("https://a.test/one"),
        "2026-03-14T12:00:00+00:00",
    )
    assert (read["published_on"], read["published_offset_minutes"], read["modified_at"]) == ("2026-03-14", 60, None)


def test_an_extraction_is_named_by_its_page_and_its_version():
    def named(digest, version):
        read = Extraction("https://a.test/1", version, PageKind.OTHER)
        verdict = Rejection(Reason.NOT_ARTICLE)
        return stages.row(PAGE, verdict, digest=digest, extraction=read)["extraction"]["extraction_id"]

    assert named("a", "1") == named("a", "1")
    assert len({named("a", "1"), named("b", "1"), named("a", "2")}) == 3


def test_what_brought_no_page_has_a_reason_and_no_extraction():
    refused = stages.row(PAGE, Rejection(Reason.TIMEOUT, "30 s"), digest="")
    assert (refused["disposition"], refused["reason"], refused["detail"]) == ("rejected", "timeout", "30 s")
    assert refused["extraction"] is None
    assert stages.row(PAGE, Outcome.GONE, digest="")["disposition"] == "gone"


def test_what_was_not_asked_for_the_hosts_sake_is_put_off_until_it_wants_to_be_asked():
    put_off = replace(PAGE, status=None, headers=(), body=b"", reason=Reason.HOST_PAUSED, retry_at=WHEN)
    row = stages.row(put_off, Rejection(Reason.HOST_PAUSED, "rate_limited"), digest="")
    assert (row["disposition"], row["reason"], row["retry_at"]) == ("deferred", "host_paused", WHEN.isoformat())


@pytest.mark.parametrize("reason", [Reason.HOST_PAUSED, Reason.OVER_BUDGET, Reason.DISK_FULL])
def test_what_a_run_did_not_come_to_ask_is_put_off(reason):
    row = stages.row(replace(PAGE, status=None, body=b"", reason=reason), Rejection(reason), digest="")
    assert (row["disposition"], row["reason"]) == ("deferred", reason.value)


@settings(deadline=None)
@example([{"a": r"\u0000", "b": "\0\ud800"}])
@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(), max_size=3), max_size=5))
def test_what_is_written_is_read_back_but_for_what_no_database_holds(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("stage") / "x.jsonl.gz"
    stages.write(path, rows)
    clean = [{_storable(key): _storable(value) for key, value in row.items()} for row in rows]
    assert stages.read(path) == clean
    assert [each.name for each in path.parent.iterdir()] == ["x.jsonl.gz"]


def _storable(text):
    return text.encode("utf-8", "replace").decode().replace("\0", "")
