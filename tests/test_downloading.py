"""Large files over HTTP: whole in the end, whatever happens on the way, and never taken for whole when they are not."""

import gzip
import hashlib
import random

import pytest
from rangeserver import serving

from broadsheet.errors import ArchiveError, Transient
from broadsheet.holdings import Download, download, text_of

DATA = random.Random(1).randbytes(3_000_000)
SHA = f"sha256:{hashlib.sha256(DATA).hexdigest()}"


@pytest.fixture
def server():
    with serving({"big.warc.gz": DATA, "warc.paths.gz": gzip.compress(b"a\nb\n"), "warc.paths": b"a\nb\n"}) as files:
        yield files


def got(server, tmp_path, troubles=(), **wanted):
    server.troubles += troubles
    waits = []
    path = tmp_path / "big.warc.gz"
    download(Download(server.url + "big.warc.gz", **wanted), path, agent="a test", pause=waits.append)
    assert path.read_bytes() == DATA
    assert list(tmp_path.iterdir()) == [path]
    return waits


def test_a_file_comes_in_one_piece(server, tmp_path):
    assert got(server, tmp_path, size=len(DATA), digest=SHA) == []
    assert server.asked == [("big.warc.gz", None)]


def test_a_dropped_connection_goes_on_where_it_broke(server, tmp_path):
    got(server, tmp_path, ["drop", "drop", "busy"])
    spans = [int(span.removeprefix("bytes=").removesuffix("-")) for _, span in server.asked[1:]]
    assert spans == sorted(spans)
    assert spans[0] == len(DATA) // 2


def test_what_an_earlier_start_brought_is_not_asked_for_again(server, tmp_path):
    (tmp_path / "big.warc.gz.part").write_bytes(DATA[:1000])
    got(server, tmp_path)
    assert server.asked == [("big.warc.gz", "bytes=1000-")]


def test_all_that_is_there_already_is_only_checked(server, tmp_path):
    (tmp_path / "big.warc.gz.part").write_bytes(DATA)
    got(server, tmp_path, digest=SHA)


def test_a_server_without_ranges_sends_it_from_the_beginning(server, tmp_path):
    got(server, tmp_path, ["drop", "whole"])


@pytest.mark.parametrize("trouble", ["short", "rot"])
def test_a_file_that_is_not_what_the_listing_says_is_fetched_once_more(server, tmp_path, trouble):
    got(server, tmp_path, [trouble], size=len(DATA), digest=SHA)


@pytest.mark.parametrize(
    "trouble, told", [("short", "bytes came where 3000000"), ("rot", "sha256 is .* was due, twice")]
)
def test_a_file_that_stays_wrong_is_no_file(server, tmp_path, trouble, told):
    with pytest.raises(ArchiveError, match=told):
        got(server, tmp_path, [trouble] * 2, size=len(DATA), digest=SHA)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_is_told_at_once(server, tmp_path):
    with pytest.raises(ArchiveError, match=r"gone\.warc\.gz: HTTP 404"):
        download(Download(server.url + "gone.warc.gz"), tmp_path / "gone", agent="a test", pause=pytest.fail)


def test_a_server_that_stays_busy_may_be_asked_another_day(server, tmp_path):
    with pytest.raises(Transient, match="run the command again"):
        got(server, tmp_path, ["busy"] * 20)


def test_only_http_is_asked(tmp_path):
    with pytest.raises(ArchiveError, match="neither http nor https"):
        download(Download("file:///etc/hostname"), tmp_path / "x", agent="a test")


@pytest.mark.parametrize("name", ["warc.paths", "warc.paths.gz"])
def test_a_listing_is_read_packed_or_not(server, name):
    server.troubles += ["busy", "drop"]
    assert text_of(server.url + name, agent="a test", pause=lambda _: None) == "a\nb\n"


def test_a_download_that_nobody_waits_for_stops_and_keeps_what_came(server, tmp_path):
    path = tmp_path / "big.warc.gz"
    asked = iter([False, True])
    with pytest.raises(Transient, match="what came is kept"):
        download(Download(server.url + "big.warc.gz"), path, agent="a test", stopped=lambda: next(asked))
    assert 0 < (tmp_path / "big.warc.gz.part").stat().st_size < len(DATA)
    got(server, tmp_path, size=len(DATA), digest=SHA)
