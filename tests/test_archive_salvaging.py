"""What a dead writer leaves is cut to whole records; what a living one writes is left alone."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_archive_writing import page, segment, without_positions

from broadsheet.archive import BrokenRecord, SegmentWriter, read, salvage
from broadsheet.errors import ArchiveError, Held

PAGES = [page(body=b"<p>%d</p>" % number, url=f"https://paper.test/{number}") for number in range(2)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> bytes:
    return segment(tmp_path_factory.mktemp("whole"), *PAGES).read_bytes()


def salvaged(folder: Path, data: bytes) -> list:
    left = folder / "s.warc.gz.open"
    left.write_bytes(data)
    final = salvage(left)
    found = [] if final is None else list(read(final))
    assert [p.name for p in folder.iterdir()] == ([final.name] if final else [])
    if final:
        final.unlink()
    return found


def test_at_every_length_of_the_file_what_is_salvaged_is_exactly_a_prefix_of_what_was_written(
    whole, tmp_path, monkeypatch
):
    monkeypatch.setattr("os.fsync", lambda _: None)  # two thousand of them take a quarter of a minute
    counts = []
    for length in range(len(whole) + 1):
        found = without_positions(salvaged(tmp_path, whole[:length]))
        assert found == PAGES[: len(found)]
        counts.append(len(found))
    assert counts == sorted(counts)
    assert set(counts) == {0, 1, 2}


def test_at_every_length_of_a_file_reading_gives_a_prefix_and_at_most_one_broken_record(whole, tmp_path):
    path = tmp_path / "cut.warc.gz"
    for length in range(3, len(whole) + 1):
        path.write_bytes(whole[:length])
        found = list(read(path))
        broken = [each for each in found if isinstance(each, BrokenRecord)]
        kept = without_positions(each for each in found if each not in broken)
        assert kept == PAGES[: len(kept)]
        assert broken in ([], found[-1:])


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=200))
def test_a_torn_end_of_any_bytes_costs_nothing_before_it(length, torn):
    with TemporaryDirectory() as name:
        folder = Path(name)
        data = segment(folder, *PAGES, name="w").read_bytes()
        (folder / "w.warc.gz").unlink()
        found = without_positions(salvaged(folder, data[: length % len(data)] + torn))
        assert found == PAGES[: len(found)]


def test_a_response_without_its_request_is_enough(whole, tmp_path):
    (tmp_path / "whole").write_bytes(whole)
    first = next(read(tmp_path / "whole")).position
    (tmp_path / "whole").unlink()
    in_its_request = first.offset + first.length + 10
    assert without_positions(salvaged(tmp_path, whole[:in_its_request])) == PAGES[:1]


def test_a_leftover_without_a_page_is_removed(tmp_path):
    assert salvaged(tmp_path, segment(tmp_path, name="w").rename(tmp_path / "s.warc.gz.open").read_bytes()) == []


def test_a_living_writer_is_never_salvaged(tmp_path):
    with SegmentWriter(tmp_path, "s", software="x") as writer:
        writer.write(PAGES[0])
        with pytest.raises(Held, match="still being written"):
            salvage(tmp_path / "s.warc.gz.open")
        writer.write(PAGES[1])
    assert without_positions(read(writer.path)) == PAGES[:2]


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from broadsheet.archive import SegmentWriter
from broadsheet.model import FetchedPage, Role

writer = SegmentWriter(Path(sys.argv[1]), "s", software="x")
for number in range(3):
    url = f"http://a.test/{number}"
    writer.write(FetchedPage(url, url, Role.PAGE, "a", datetime.now(UTC), 200, body=b"x"))
print("written", flush=True)
sys.stdin.read()
"""


def test_what_a_killed_process_had_written_is_all_there_and_free(tmp_path):
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"written\n"
        with pytest.raises(Held):
            salvage(tmp_path / "s.warc.gz.open")
        process.kill()
    found = list(read(salvage(tmp_path / "s.warc.gz.open")))
    assert [each.url for each in found] == [f"http://a.test/{number}" for number in range(3)]


def test_only_open_segments_are_salvaged(tmp_path):
    with pytest.raises(ArchiveError, match=r"does not end in \.open"):
        salvage(segment(tmp_path, *PAGES))
    with pytest.raises(ArchiveError, match="No such file"):
        salvage(tmp_path / "none.warc.gz.open")


def test_a_segment_in_the_way_is_not_overwritten(tmp_path):
    kept = segment(tmp_path, *PAGES, name="s").read_bytes()
    (tmp_path / "s.warc.gz.open").write_bytes(kept[:700])
    with pytest.raises(ArchiveError, match="exists already"):
        salvage(tmp_path / "s.warc.gz.open")
    assert (tmp_path / "s.warc.gz").read_bytes() == kept
