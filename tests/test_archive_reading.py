"""WARC files of anybody's making: what is whole comes out, what is broken is counted, nothing is guessed."""

import gzip
import hashlib
import tracemalloc
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from fastwarc.stream_io import ZstdWriter
from hypothesis import given, settings
from hypothesis import strategies as st
from test_archive_writing import page, segment

from broadsheet.archive import BrokenRecord, payload_digest, read, read_one
from broadsheet.errors import ArchiveError
from broadsheet.model import Reason, Role

CORPUS = Path(__file__).parents[2] / "shared/corpora/articles-dev/articles.warc.gz"
needs_corpus = pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of real pages lies beside the project")
HTML = b"<p>news</p>"


def answer(body: bytes = HTML, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(block: bytes | None = None, kind: str = "response", length: int | None = None, **changes: str) -> bytes:
    block = answer() if block is None else block
    fields = {
        "WARC-Type": kind,
        "WARC-Target-URI": "http://other.test/story",
        "WARC-Date": "2024-05-06T07:08:09Z",
        "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000001>",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block) if length is None else length),
    } | {name.replace("_", "-"): value for name, value in changes.items()}
    head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return head.encode() + b"\r\n" + block + b"\r\n\r\n"


def found_in(folder: Path, data: bytes, **options):
    path = folder / "foreign.warc.gz"
    path.write_bytes(data)
    return list(read(path, **options))


def told(found) -> list:
    return [each.detail if isinstance(each, BrokenRecord) else each.url.rpartition("/")[2] for each in found]


def numbered(*numbers: int) -> list[bytes]:
    return [record(WARC_Target_URI=f"http://other.test/{number}") for number in numbers]


# ── Others' files ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_foreign_record_is_a_page_without_a_source_under_its_normalised_url(tmp_path):
    data = gzip.compress(
        record(answer(HTML, "ETag: 1"), WARC_Target_URI="HTTP://Other.TEST:80/b/../story?utm_source=x")
    )
    (found,) = found_in(tmp_path, data, file="theirs.warc.gz")
    assert (found.url, found.target) == ("http://other.test/story", "HTTP://Other.TEST:80/b/../story?utm_source=x")
    assert (found.role, found.source, found.status, found.body) == (Role.PAGE, "", 200, HTML)
    assert found.captured_at == datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert found.headers == (("Content-Type", "text/html"), ("ETag", "1"))
    assert (found.position.file, found.position.offset, found.position.length) == ("theirs.warc.gz", 0, len(data))


def by_zstd(data: bytes) -> bytes:
    packed = BytesIO()
    with ZstdWriter(packed) as writer:
        writer.write(data)
    return packed.getvalue()


PACKINGS = {
    "gzip": lambda records: b"".join(map(gzip.compress, records)),
    "plain": b"".join,
    "one gzip member": lambda records: gzip.compress(b"".join(records)),
    "gzip members of three": lambda records: (
        gzip.compress(b"".join(records[:3])) + gzip.compress(b"".join(records[3:]))
    ),
    "one zstd frame": lambda records: by_zstd(b"".join(records)),
    "a zstd frame each": lambda records: b"".join(map(by_zstd, records)),
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_however_a_file_is_packed_its_records_are_read_and_found_again(tmp_path, packing):
    data = PACKINGS[packing](numbered(1, 2, 3, 4, 5))
    found = found_in(tmp_path, data, file="foreign.warc.gz")
    assert told(found) == ["1", "2", "3", "4", "5"]
    assert [read_one(tmp_path, each.position) for each in found] == found
    for number, each in enumerate(found):
        assert (
            list(read(tmp_path / "foreign.warc.gz", file="foreign.warc.gz", start=each.position.offset))
            == found[number:]
        )


@pytest.mark.parametrize("packing", ["one gzip member", "one zstd frame"])
def test_a_file_packed_as_a_whole_and_cut_gives_what_is_whole_and_one_broken_record(tmp_path, packing):
    bodies = [hashlib.sha512(str(number).encode()).hexdigest().encode() * 400 for number in range(9)]
    data = PACKINGS[packing]([record(answer(body)) for body in bodies])
    found = found_in(tmp_path, data[: len(data) // 2])
    assert 0 < len(found) < 9
    assert [type(each).__name__ for each in found] == ["FetchedPage"] * (len(found) - 1) + ["BrokenRecord"]


def test_a_record_that_shares_its_member_where_the_first_does_not_has_no_position(tmp_path):
    first, second, third = numbered(1, 2, 3)
    found = found_in(tmp_path, gzip.compress(first) + gzip.compress(second + third))
    assert (told(found), [each.position is None for each in found]) == (["1", "2", "3"], [False, True, True])


@pytest.mark.parametrize(
    "body",
    [b"4\r\n<p>n\r\n7;x=y\r\news</p>\r\n0\r\n\r\n", b"04\r\n<p>n\r\n7\r\news</p>\r\n0\r\nTrailer: 1\r\n\r\n", HTML],
)
def test_chunks_are_joined_unless_the_archive_had_joined_them(tmp_path, body):
    (found,) = found_in(tmp_path, record(answer(body, "Transfer-Encoding: chunked")))
    assert found.body == HTML


def test_a_body_cut_in_the_middle_of_a_chunk_keeps_what_came(tmp_path):
    (found,) = found_in(tmp_path, record(answer(b"4\r\n<p>n\r\nff\r\news", "Transfer-Encoding: chunked")))
    assert found.body == b"<p>news"


@pytest.mark.parametrize(
    "block, headers, body",
    [
        (b"HTTP/1.1 200 OK\nA: b\n\n<p>", (("A", "b"),), b"<p>"),
        (b"HTTP/2 200\r\nA:b\r\n\r\n", (("A", "b"),), b""),
        (b"HTTP/1.0 200 \r\nA: b\r\n c\r\n\r\nx\r\n\r\ny", (("A", "b c"),), b"x\r\n\r\ny"),
        (b"HTTP/1.1 200 OK\r\n\r\nx", (), b"x"),
        (b"HTTP/1.1 200 OK\r\nno colon\r\n\r\nx", (("no colon", ""),), b"x"),
        (b"HTTP/1.1 200 OK", (), b""),
    ],
)
def test_answers_as_odd_servers_send_them_are_read(tmp_path, block, headers, body):
    (found,) = found_in(tmp_path, record(block))
    assert (found.status, found.headers, found.body) == (200, headers, body)


def test_only_answers_and_revisits_come_out(tmp_path):
    kinds = ["warcinfo", "request", "resource", "metadata", "conversion", "response", "revisit", "strange"]
    assert len(found_in(tmp_path, b"".join(record(kind=kind) for kind in kinds))) == 2


def test_name_lookups_are_passed_over(tmp_path):
    assert found_in(tmp_path, record(b"20240101\n1.2.3.4", WARC_Target_URI="dns:other.test")) == []


def test_a_revisit_says_that_nothing_changed(tmp_path):
    (found,) = found_in(tmp_path, record(answer(b""), kind="revisit"))
    assert (found.status, found.body) == (304, b"")


def test_a_redirect_is_a_redirect_and_a_cut_body_is_truncated(tmp_path):
    hop = record(answer(b"", "Location: /b", status="302 Found"))
    cut = record(WARC_Truncated="length")
    first, second = found_in(tmp_path, hop + cut)
    assert (first.role, second.role) == (Role.REDIRECT, Role.PAGE)
    assert (second.reason, second.detail) == (Reason.TRUNCATED, "WARC-Truncated: length")


def test_angle_brackets_around_a_target_do_not_belong_to_it(tmp_path):
    (found,) = found_in(tmp_path, record(WARC_Target_URI="<http://other.test/x>"))
    assert found.target == "http://other.test/x"


# ── Broken files ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "broken, detail",
    [
        (record(b"no answer at all"), "status line"),
        (record(WARC_Date="yesterday"), "WARC-Date"),
        (record(WARC_Target_URI="http://"), "no usable URL"),
        (record(length=20), "no WARC record"),
        (record(length=10_000), "shorter than its Content-Length"),
        (record(Content_Length="many"), "Content-Length"),
        (b"WARC/1.0\r\nand no end", "without an end"),
        (b"junk" * 50_000, "no WARC record"),
    ],
)
def test_in_a_gzip_file_a_broken_record_costs_itself_and_says_what_is_wrong(tmp_path, broken, detail):
    first, last = map(gzip.compress, numbered(1, 3))
    found = found_in(tmp_path, first + gzip.compress(broken) + last)
    broken_ones = [each for each in found if isinstance(each, BrokenRecord)]
    assert (told(found)[0], told(found)[-1]) == ("1", "3")
    assert len(broken_ones) == 1
    assert detail in broken_ones[0].detail
    assert (broken_ones[0].offset, broken_ones[0].reason) == (len(first), Reason.BROKEN_RECORD)


@pytest.mark.parametrize(
    "junk", [b"junk", b"WARC/", b"WARC/1.0\r\n\r\n", b"x" * 200_000, record()[:90], record()[:30], b"\x1f\x8b\x08" * 9]
)
@pytest.mark.parametrize("packed", [True, False])
def test_garbage_between_records_is_passed_over_and_counted(tmp_path, junk, packed):
    first, last = [gzip.compress(each) if packed else each for each in numbered(1, 2)]
    found = found_in(tmp_path, first + junk + last)
    assert (told(found)[0], told(found)[-1]) == ("1", "2")
    assert [isinstance(each, BrokenRecord) for each in found] == [False, True, False]


def test_a_record_with_a_flipped_bit_is_broken_and_its_neighbours_are_not(tmp_path):
    first, second, third = map(gzip.compress, numbered(1, 2, 3))
    for place in range(len(second)):
        torn = second[:place] + bytes([second[place] ^ 0x10]) + second[place + 1 :]
        found = found_in(tmp_path, first + torn + third)
        assert (told(found)[0], told(found)[-1]) == ("1", "3")


def test_padding_after_a_record_is_no_damage(tmp_path):
    first, second = numbered(1, 2)
    assert told(found_in(tmp_path, first + b"\r\n\r\n\r\n" + second + b"\n")) == ["1", "2"]


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=400), st.booleans())
def test_no_bytes_after_a_record_make_reading_fail(tmp_path_factory, tail, packed):
    first = gzip.compress(record()) if packed else record()
    found = found_in(tmp_path_factory.mktemp("any"), first + tail)
    assert told(found)[0] == "story"


@pytest.mark.parametrize(
    "data, detail",
    [
        (b"", "it is empty"),
        (b"%PDF-1.7", "it begins with b'%PDF-1.7'"),
        (gzip.compress(b"hello"), "it begins with b'hello'"),
        (gzip.compress(b""), "it is empty"),
    ],
)
def test_a_file_that_is_no_warc_file_is_refused_at_once_in_one_line(tmp_path, data, detail):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(data)
    with pytest.raises(ArchiveError) as refused:
        read(path)
    assert str(refused.value) == f"{path}: not a WARC file: {detail}"


def test_a_missing_file_and_a_folder_are_refused_at_once(tmp_path):
    with pytest.raises(ArchiveError, match=r"none\.warc: No such file"):
        read(tmp_path / "none.warc")
    with pytest.raises(ArchiveError, match="Is a directory"):
        read(tmp_path)


# ── Large ones ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("packed", [True, False])
def test_a_record_over_the_limit_is_passed_over_by_name(tmp_path, packed):
    records = [record(answer(b"x" * 5000)), *numbered(2)]
    data = b"".join(gzip.compress(each) if packed else each for each in records)
    first, second = found_in(tmp_path, data, largest=1000)
    assert (first.reason, first.url) == (Reason.TOO_LARGE, "http://other.test/story")
    assert first.detail == "a record of 5044 bytes"
    assert second.url == "http://other.test/2"


def test_a_bomb_costs_little_memory(tmp_path):
    body = answer(bytes(80 << 20))
    data = gzip.compress(record(body), 9) + gzip.compress(numbered(2)[0])
    del body
    (tmp_path / "foreign.warc.gz").write_bytes(data)
    tracemalloc.start()
    found = list(read(tmp_path / "foreign.warc.gz"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(each).__name__ for each in found] == ["BrokenRecord", "FetchedPage"]
    assert peak < 4 << 20


# ── Real ones ────────────────────────────────────────────────────────────────────────────────────────────────────────


@needs_corpus
def test_the_corpus_gives_205_pages_of_204_urls():
    found = list(read(CORPUS))
    assert len(found) == 205
    assert len({each.url for each in found}) == 204
    assert {each.role for each in found} == {Role.PAGE}


@needs_corpus
def test_half_the_corpus_gives_its_whole_records_and_one_broken_one(tmp_path):
    data = CORPUS.read_bytes()
    found = found_in(tmp_path, data[: len(data) // 2])
    assert [type(each).__name__ for each in found] == ["FetchedPage"] * 121 + ["BrokenRecord"]
    assert found[-1].detail == "the file ends in the middle of a record"


# ── What a payload is known by ───────────────────────────────────────────────────────────────────────────────────────


def test_a_payload_is_the_same_in_any_coding():
    packed = page(body=gzip.compress(HTML), headers=(("content-encoding", "gzip"),))
    assert payload_digest(packed) == payload_digest(page(body=HTML))
    assert payload_digest(page(body=b"")) == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_payload_that_cannot_be_decoded_is_hashed_as_it_came():
    torn = page(body=b"torn", headers=(("content-encoding", "gzip"),))
    assert payload_digest(torn) == payload_digest(page(body=b"torn"))


def test_failures_and_endpoints_of_ours_come_back_from_the_archive(tmp_path):
    refused = page(status=None, headers=(), body=b"", reason=Reason.ROBOTS_DISALLOWED, robots_line="Disallow: /")
    feed = page(role=Role.ENDPOINT, body=b"<rss/>")
    first, second = read(segment(tmp_path, refused, feed))
    assert (first.reason, first.robots_line, first.status) == (Reason.ROBOTS_DISALLOWED, "Disallow: /", None)
    assert (second.role, second.body) == (Role.ENDPOINT, b"<rss/>")
