"""What is written comes back, here and in other readers."""

import gzip
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
import pytest
from fastwarc import ArchiveIterator as FastIterator
from fastwarc import WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from broadsheet.archive import SegmentWriter, read, read_one, writing
from broadsheet.errors import ArchiveError
from broadsheet.model import FetchedPage, Reason, RecordPosition, Role

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
HTML = "<html><h1>Brücke gesperrt</h1></html>".encode()


def page(**changes) -> FetchedPage:
    plain = FetchedPage(
        url="https://paper.test/a?id=1",
        target="https://www.paper.test/a?id=1",
        role=Role.PAGE,
        source="paper",
        captured_at=NOON,
        status=200,
        headers=(
            ("Content-Type", "text/html; charset=utf-8"),
            ("ETag", '"7"'),
            ("Set-Cookie", "a=1"),
            ("Set-Cookie", "b=2"),
        ),
        body=HTML,
        tries=2,
        seconds=0.375,
        robots_line="Allow: /ä",
    )
    return replace(plain, **changes)


def segment(folder: Path, *pages: FetchedPage, name: str = "segment") -> Path:
    with SegmentWriter(folder, name, software="broadsheet/test") as writer:
        for each in pages:
            writer.write(each)
    return writer.path


def without_positions(found) -> list[FetchedPage]:
    return [replace(each, position=None) for each in found]


visible = st.characters(min_codepoint=33, max_codepoint=126)
names = st.text(st.sampled_from("abcXYZ-09"), min_size=1, max_size=12)
header_names = names | st.sampled_from(["Transfer-Encoding", "transfer-encoding", "X-Crawl-Transfer-Encoding", "ETag"])
values = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=30).map(
    lambda t: t.strip(" \t")
)
urls = st.text(st.sampled_from("abc/?=&%.-~1"), max_size=20).map(lambda t: "http://paper.test/" + t)
texts = st.text(max_size=60)
moments = st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
pages = st.builds(
    FetchedPage,
    url=urls,
    target=urls,
    role=st.sampled_from(Role),
    source=names,
    captured_at=moments,
    status=st.sampled_from([None, 200, 204, 301, 304, 404, 429, 503, 599]),
    headers=st.lists(st.tuples(header_names, values), max_size=5).map(tuple),
    body=st.binary(max_size=300),
    reason=st.sampled_from([None, *Reason]),
    detail=texts,
    tries=st.integers(0, 9),
    seconds=st.floats(0, 1e6),
    robots_line=texts,
).map(lambda p: p if p.status else replace(p, headers=(), body=b""))


@settings(deadline=None, max_examples=60)
@given(st.lists(pages, max_size=4))
def test_every_page_that_is_written_comes_back_equal(written):
    with TemporaryDirectory() as folder:
        path = segment(Path(folder), *written)
        assert without_positions(read(path)) == written


@settings(deadline=None, max_examples=30)
@given(st.lists(pages, min_size=1, max_size=4))
def test_a_page_is_found_again_by_its_position_alone(written):
    with TemporaryDirectory() as folder:
        path = segment(Path(folder), *written)
        for found in read(path, file="segment.warc.gz"):
            assert read_one(Path(folder), found.position) == found


def test_the_records_are_warcinfo_then_response_and_request_in_pairs_then_metadata(tmp_path):
    failure = page(status=None, headers=(), body=b"", reason=Reason.TIMEOUT, detail="no byte in 30 s")
    hop = page(role=Role.REDIRECT, status=301, headers=(("Location", "/b"),), body=b"")
    path = segment(tmp_path, page(), page(status=304, headers=(("ETag", '"7"'),), body=b""), hop, failure)
    with path.open("rb") as file:
        records = [(record.rec_type, dict(record.rec_headers.headers)) for record in ArchiveIterator(file)]
    kinds = [kind for kind, _ in records]
    assert kinds == ["warcinfo", "response", "request", "revisit", "request", "response", "request", "metadata"]
    response, request, revisit = records[1][1], records[2][1], records[3][1]
    assert request["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert response["WARC-Date"] == "2026-03-01T12:00:00.123456Z"
    assert response["Broadsheet-Url"] == "https://paper.test/a?id=1"
    assert revisit["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert records[5][1]["Broadsheet-Role"] == "redirect"
    assert records[7][1]["Content-Type"] == "application/warc-fields"


def test_a_failure_without_an_answer_says_why_in_plain_words(tmp_path):
    path = segment(tmp_path, page(status=None, headers=(), body=b"", reason=Reason.TIMEOUT, detail="no byte\nin 30 s"))
    with path.open("rb") as file:
        bodies = [r.content_stream().read() for r in ArchiveIterator(file) if r.rec_type == "metadata"]
    assert bodies == [b"reason: timeout\r\ndetail: no byte in 30 s\r\ntries: 2\r\nseconds: 0.375\r\n"]


CODED = {
    "gzip": gzip.compress(HTML),
    "deflate": zlib.compress(HTML),
    "br": brotli.compress(HTML),
    "identity": HTML,
}


def by_warcio(path: Path) -> bytes:
    with path.open("rb") as file:
        record = next(record for record in ArchiveIterator(file) if record.rec_type == "response")
        if (
            record.http_headers.get_header("Content-Encoding") == "br"
        ):  # warcio's own door to brotli broke with brotli 1.2
            return brotli.decompress(record.raw_stream.read())
        return record.content_stream().read()


def by_fastwarc(path: Path) -> bytes:
    with path.open("rb") as file:
        return next(FastIterator(file, record_types=WarcRecordType.response, auto_decode="all")).reader.read()


@pytest.mark.parametrize("coding", CODED)
def test_other_readers_get_the_right_bytes_of_every_coding_even_if_it_had_come_in_chunks(tmp_path, coding):
    headers = (("Content-Type", "text/html"), ("Content-Encoding", coding), ("Transfer-Encoding", "chunked"))
    path = segment(tmp_path, page(headers=headers, body=CODED[coding]))
    assert (by_warcio(path), by_fastwarc(path)) == (HTML, HTML)


def test_the_digests_of_every_record_are_right_by_warcios_checker(tmp_path, capsys):
    path = segment(tmp_path, page(), page(body=gzip.compress(HTML), headers=(("Content-Encoding", "gzip"),)))
    checker = Checker(type("Options", (), {"inputs": [str(path)], "verbose": True}))
    checker.process_all()
    said = capsys.readouterr().out
    assert (checker.exit_value, said.count("digest pass")) == (0, 5)


def test_times_of_other_zones_are_kept_as_the_same_instant(tmp_path):
    there = NOON.astimezone(timezone(timedelta(hours=9)))
    assert [found.captured_at for found in read(segment(tmp_path, page(captured_at=there)))] == [NOON]


def test_a_header_of_any_bytes_comes_back_as_it_was(tmp_path):
    headers = (("X-Latin", b"caf\xe9".decode("utf-8", "surrogateescape")), ("X-UTF", "東京"))
    assert next(read(segment(tmp_path, page(headers=headers)))).headers == headers


def test_while_it_is_written_a_segment_is_open_and_afterwards_it_is_not(tmp_path):
    with SegmentWriter(tmp_path, "s", software="x") as writer:
        assert [p.name for p in tmp_path.iterdir()] == ["s.warc.gz.open"]
    assert [p.name for p in tmp_path.iterdir()] == ["s.warc.gz"]
    assert writer.close() == tmp_path / "s.warc.gz"


def test_what_was_written_is_in_the_file_before_write_returns(tmp_path):
    with SegmentWriter(tmp_path, "s", software="x") as writer:
        writer.write(page())
        assert without_positions(read(tmp_path / "s.warc.gz.open")) == [page()]


def fails_while_writing(folder: Path) -> None:
    with SegmentWriter(folder, "s", software="x") as writer:
        writer.write(page())
        raise KeyError


def test_an_exception_leaves_the_open_file(tmp_path):
    with pytest.raises(KeyError):
        fails_while_writing(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["s.warc.gz.open"]


@pytest.mark.parametrize("name", ["s.warc.gz", "s.warc.gz.open"])
def test_a_segment_that_exists_is_never_overwritten(tmp_path, name):
    (tmp_path / name).write_bytes(b"kept")
    with pytest.raises(ArchiveError, match=name):
        SegmentWriter(tmp_path, "s", software="x")
    assert (tmp_path / name).read_bytes() == b"kept"


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(ArchiveError, match=r"nowhere.*No such file"):
        SegmentWriter(tmp_path / "nowhere", "s", software="x")


def test_a_full_disk_is_an_error_and_leaves_whole_records_only(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    with SegmentWriter(tmp_path, "s", software="x") as writer:
        writer.write(page())
        with monkeypatch.context() as patch:
            patch.setattr(writing.os, "write", full)
            with pytest.raises(ArchiveError, match="No space left"):
                writer.write(page())
        writer.write(page(status=404))
    assert [found.status for found in read(writer.path)] == [200, 404]


def test_reading_one_page_where_there_is_none_is_an_error(tmp_path):
    path = segment(tmp_path, page())
    with pytest.raises(ArchiveError, match="no page at 3"):
        read_one(tmp_path, RecordPosition(path.name, 3, 40))
    with pytest.raises(ArchiveError, match=r"gone\.warc\.gz: No such file"):
        read_one(tmp_path, RecordPosition("gone.warc.gz", 0, 10))


def test_gzip_alone_unpacks_a_segment_to_a_plain_warc_file(tmp_path):
    raw = gzip.decompress(segment(tmp_path, page()).read_bytes())
    assert raw.startswith(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n")
    assert [r.rec_type for r in ArchiveIterator(BytesIO(raw))] == ["warcinfo", "response", "request"]
