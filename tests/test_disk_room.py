"""A stop before the disk is full: what was kept stands, what waits is put off with its reason, nothing is lost."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from test_archive_writing import page

from broadsheet import stages
from broadsheet.archive import SegmentWriter, read, require_room, room_left, writing
from broadsheet.errors import DiskFull
from broadsheet.fetching import Hosts, PageRequest
from broadsheet.model import Reason, Role, Run, Source
from broadsheet.policy import classify
from flows import fetch

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
SOURCE = Source("paper", "http://paper.test/", hosts=("paper.test",))
URLS = [f"http://paper.test/{number}" for number in range(5)]
MEBIBYTE = 1 << 20


def full(*_):
    raise OSError(28, "No space left on device")


def test_too_little_room_is_one_line_that_says_how_much_and_what_to_do(tmp_path):
    require_room(tmp_path / "not" / "there" / "yet", 0)
    with pytest.raises(DiskFull, match=r"MiB are left on the disk and 1099511627776 MiB are to stay free: make room"):
        require_room(tmp_path, 1 << 60)
    assert 0 < room_left(tmp_path) < 1 << 60


def test_an_answer_is_not_begun_in_the_reserve_and_a_failure_is_still_noted(tmp_path):
    with SegmentWriter(tmp_path, "s", software="x", reserve=1 << 60) as writer:
        with pytest.raises(DiskFull):
            writer.write(page())
        writer.write(page(status=None, headers=(), body=b"", reason=Reason.DISK_FULL))
    assert [found.reason for found in read(writer.path)] == [Reason.DISK_FULL]


def test_a_disk_that_is_full_in_mid_write_leaves_whole_records(tmp_path, monkeypatch):
    with SegmentWriter(tmp_path, "s", software="x") as writer:
        writer.write(page())
        with monkeypatch.context() as patch:
            patch.setattr(writing.os, "write", full)
            with pytest.raises(DiskFull, match=r"s\.warc\.gz\.open: cannot be written: No space left"):
                writer.write(page(status=404))
    assert [found.status for found in read(writer.path)] == [200]


def fetched(folder: Path, monkeypatch, room: int, said: list[str], late: int = 0):
    """Five pages, of which the disk has room for so many and time is over for the first; what the segment holds."""

    async def answers(requests, *_):
        for number, request in enumerate(requests):
            ours = page(url=request.url, target=request.url, body=b"<p>")
            yield ours if number >= late else replace(ours, status=None, body=b"", reason=Reason.OVER_BUDGET)

    left = iter([False] * room + [True] * 99)
    monkeypatch.setattr(fetch, "fetch_all", answers)
    monkeypatch.setattr(writing, "require_room", lambda *_: next(left) and require_room(folder, 1 << 60))
    settings = SimpleNamespace(
        user_agent="x", resolve={"paper.test": ("127.0.0.1", 1)}, private_hosts=frozenset(), fetch_seconds=1,
        clock=lambda: NOW, least_free_mb=1,
    )  # fmt: skip
    progress = SimpleNamespace(advance=lambda *_: None, say=said.append)
    stage = SimpleNamespace(
        settings=settings,
        progress=progress,
        hosts=Hosts(),
        archive=folder / "archive",
        robots={},
        run=Run("run", "ingest", NOW),
    )
    requests = [PageRequest(url, Role.PAGE, SOURCE) for url in URLS]
    return list(read(asyncio.run(fetch.fetched(stage, requests, {}, name="fetch-00"))))


def test_what_there_is_no_room_for_is_put_off_and_what_was_kept_stands(tmp_path, monkeypatch):
    said: list[str] = []
    found = fetched(tmp_path, monkeypatch, 3, said)
    assert [each.url for each in found] == URLS
    assert [each.status for each in found] == [200, 200, 200, None, None]
    assert [each.name for each in (tmp_path / "archive").iterdir()] == ["run-fetch-00.warc.gz"]
    assert len(said) == 1
    assert said[0].endswith("; 2 request(s) wait for the next run")
    rows = [stages.row(each, classify(each), digest="") for each in found if each.reason]
    assert [(row["disposition"], row["reason"]) for row in rows] == [("deferred", "disk_full")] * 2


def test_what_there_is_no_time_for_is_said(tmp_path, monkeypatch):
    said: list[str] = []
    found = fetched(tmp_path, monkeypatch, 5, said, late=2)
    assert [each.reason for each in found] == [Reason.OVER_BUDGET] * 2 + [None] * 3
    assert said == ["the run has asked for as long as it may; 2 request(s) wait for the next run"]


def test_with_room_enough_nobody_hears_of_it(tmp_path, monkeypatch):
    said: list[str] = []
    assert {each.status for each in fetched(tmp_path, monkeypatch, 5, said)} == {200}
    assert said == []


def test_no_run_begins_without_room(tmp_path, monkeypatch):
    from flows.ingest import ingest

    monkeypatch.setenv("BROADSHEET_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("BROADSHEET_LEAST_FREE_MB", str(1 << 40))
    with pytest.raises(DiskFull, match="make room"):
        asyncio.run(ingest.fn())
    assert not (tmp_path / "data").exists()
