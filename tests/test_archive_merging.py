"""Segments become one file: every record is where the list says, repeats refer to the first, and other tools agree."""

import gzip
import zlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
import pytest
from fastwarc import ArchiveIterator as FastIterator
from fastwarc import WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st
from test_archive_writing import CODED, HTML, NOON, page, pages, without_positions
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from broadsheet import archive
from broadsheet.archive import Policy, SegmentWriter, dismissed, merge, put_in_place, read, read_one
from broadsheet.archive.moved import MOVED, list_of, merged_files, read_moves
from broadsheet.errors import ArchiveError, DiskFull
from broadsheet.model import Keep, Keeping, RecordPosition, Role

DAY = timedelta(days=1)
RUN = "00000000-0000-4000-8000-00000000000{}"
ALL = Policy({}, NOON)
CHANGED = Policy({"paper": Keep(Keeping.CHANGED)}, NOON)
UNCHANGED_PAGE = page(status=304, headers=(("ETag", '"7"'),), body=b"", captured_at=NOON + DAY)


AGAIN = page(captured_at=NOON + DAY)


def later(what):
    return replace(what, captured_at=what.captured_at + DAY)


def nothing(*_):
    pass


def segment(data: Path, *kept, number: int = 1) -> str:
    folder = data / f"archive/2026/03/{number:02}"
    folder.mkdir(parents=True, exist_ok=True)
    with SegmentWriter(folder, f"{RUN.format(number)}-fetch-00", software="x") as writer:
        for each in kept:
            writer.write(each)
    return str(writer.path.relative_to(data))


def merged(data: Path, *files: str, policy: Policy = ALL):
    made = merge(data, files, policy, software="broadsheet/test", on_record=nothing)
    put_in_place(made, nothing)
    archive.finished(data, made.list, nothing)
    return made


def kinds(path: Path) -> list[str]:
    with path.open("rb") as file:
        return [record.rec_type for record in ArchiveIterator(file)]


def by_warcio(path: Path) -> list[tuple[str, bytes]]:
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                is_brotli = record.http_headers.get_header("Content-Encoding") == "br"
                body = brotli.decompress(record.raw_stream.read()) if is_brotli else record.content_stream().read()
                found.append((record.rec_headers.get_header("WARC-Target-URI"), body))
    return found


def by_fastwarc(path: Path) -> list[tuple[str, bytes]]:
    with path.open("rb") as file:
        records = FastIterator(file, record_types=WarcRecordType.response, auto_decode="all")
        return [(record.headers["WARC-Target-URI"], record.reader.read()) for record in records]


@settings(deadline=None, max_examples=40)
@given(st.lists(pages, min_size=1, max_size=4), st.lists(pages, max_size=4))
def test_after_a_merge_every_old_position_leads_to_its_page(first, second):
    with TemporaryDirectory() as folder:
        data = Path(folder)
        files = [segment(data, *first, number=1), segment(data, *second, number=2)]
        before = [each for file in files for each in read(data / file, file=file)]
        merged(data, *files)
        assert not any((data / file).exists() for file in files)
        for each in before:
            found = read_one(data, each.position)
            assert (found.target, found.status, found.body) == (each.target, each.status, each.body)


def test_what_is_no_repeat_lies_there_as_it_lay_before_with_its_request(tmp_path):
    kept = [page(), page(target="https://paper.test/b", body=b"other"), page(role=Role.ROBOTS, body=b"User-agent: *")]
    kept += [UNCHANGED_PAGE, page(status=None, headers=(), body=b"")]
    made = merged(tmp_path, segment(tmp_path, kept[0], number=1), segment(tmp_path, *kept[1:], number=2))
    assert without_positions(read(made.path)) == kept
    pair = ["response", "request"]
    assert kinds(made.path) == ["warcinfo", *pair * 3, "revisit", "request", "metadata"]
    assert (made.kept, made.repeated, made.left_out) == (5, 0, 0)


@pytest.mark.parametrize("coding", CODED)
def test_other_readers_get_the_right_bytes_of_every_coding_out_of_a_merged_file(tmp_path, coding):
    headers = (("Content-Type", "text/html"), ("Content-Encoding", coding), ("Transfer-Encoding", "chunked"))
    coded = page(headers=headers, body=CODED[coding], target="http://paper.test/coded")
    made = merged(tmp_path, segment(tmp_path, page(), number=1), segment(tmp_path, coded, later(coded), number=2))
    expected = [("https://www.paper.test/a?id=1", HTML), ("http://paper.test/coded", HTML)]
    assert (by_warcio(made.path), by_fastwarc(made.path)) == (expected, expected)


def test_every_digest_of_a_merged_file_is_right_by_warcios_checker(tmp_path, capsys):
    packed = page(body=gzip.compress(HTML, mtime=0), headers=(("Content-Encoding", "gzip"),))
    again = segment(tmp_path, later(page()), later(packed), number=2)
    made = merged(tmp_path, segment(tmp_path, page(), packed, number=1), again)
    checker = Checker(type("Options", (), {"inputs": [str(made.path)], "verbose": True}))
    checker.process_all()
    said = capsys.readouterr().out
    assert (checker.exit_value, said.count("digest pass")) == (0, 7)  # it looks at no revisit
    assert list(archive.faults(tmp_path, made.moves[0].to.file, [], nothing)) == []


def test_the_places_of_records_are_those_by_which_others_index_a_file(tmp_path):
    made = merged(tmp_path, segment(tmp_path, page(), UNCHANGED_PAGE, number=1), segment(tmp_path, AGAIN, number=2))
    with made.path.open("rb") as file:
        records = ArchiveIterator(file)
        places = []
        for record in records:
            kind = record.rec_type
            record.raw_stream.read()
            places.append((kind, records.get_record_offset(), records.get_record_length()))
    ours = [(move.to.offset, move.to.length) for move in made.moves]
    assert [(at, size) for kind, at, size in places if kind == "response"] == [ours[0]]
    assert ours[2] == ours[0]
    for _, at, size in places:  # each is a gzip member of its own, as a replay by CDX wants it
        member = zlib.decompressobj(31)
        assert member.decompress(made.path.read_bytes()[at : at + size]).startswith(b"WARC/1.1\r\n")
        assert (member.eof, member.unused_data) == (True, b"")


# ── Repeats ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_repeated_page_becomes_a_revisit_of_the_first_and_its_position_leads_there(tmp_path):
    again = replace(AGAIN, headers=(("ETag", '"8"'),))
    files = [segment(tmp_path, page(), number=1), segment(tmp_path, again, number=2)]
    (old,) = read(tmp_path / files[1], file=files[1])
    made = merged(tmp_path, *files)
    assert kinds(made.path) == ["warcinfo", "response", "request", "revisit", "request"]
    with made.path.open("rb") as file:
        records = [(record.rec_headers, record.http_headers) for record in ArchiveIterator(file)]
    first, again = records[1][0].get_header, records[3][0].get_header
    assert again("WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert again("WARC-Refers-To") == first("WARC-Record-ID")
    assert again("WARC-Refers-To-Target-URI") == "https://www.paper.test/a?id=1"
    assert again("WARC-Refers-To-Date") == "2026-03-01T12:00:00.123456Z"
    assert again("WARC-Date") == "2026-03-02T12:00:00.123456Z"
    assert again("WARC-Payload-Digest") == first("WARC-Payload-Digest")
    assert records[3][1].get_header("ETag") == '"8"'
    assert read_one(tmp_path, old.position).body == HTML
    assert read_one(tmp_path, old.position).captured_at == NOON


def test_read_in_order_a_revisit_says_that_nothing_changed(tmp_path):
    made = merged(tmp_path, segment(tmp_path, page(), number=1), segment(tmp_path, AGAIN, number=2))
    first, again = read(made.path)
    assert (first.status, again.status, again.body, again.url) == (200, 304, b"", first.url)


@pytest.mark.parametrize(
    "other",
    [
        {"body": b"another"},
        {"target": "https://www.paper.test/b"},
        {"status": 404},
        {"body": b""},
        {"captured_at": NOON},
    ],
    ids=["another body", "another target", "another status", "no body", "the same moment"],
)
def test_what_differs_in_anything_is_no_repeat(tmp_path, other):
    made = merged(tmp_path, segment(tmp_path, page(), number=1), segment(tmp_path, replace(AGAIN, **other), number=2))
    assert (made.kept, made.repeated) == (2, 0)


def test_two_captures_of_one_moment_do_not_share_a_place(tmp_path):
    files = [segment(tmp_path, each, number=number) for number, each in enumerate((page(), AGAIN, AGAIN), start=1)]
    made = merged(tmp_path, *files)
    first, again, twin = (move.to for move in made.moves)
    assert (made.kept, made.repeated, first == again, first == twin) == (2, 1, True, False)


def test_a_page_that_another_file_keeps_is_a_repeat_if_it_is_the_same_to_the_byte(tmp_path):
    files = [segment(tmp_path, page(), page(url="x", target="http://x.test/"), number=1)]
    same, other = read(tmp_path / files[0], file=files[0])
    fresh = segment(tmp_path, page(captured_at=NOON + DAY), number=2)
    (at,) = read(tmp_path / fresh, file=fresh)
    wrong = replace(ALL, originals={(fresh, at.position.offset): other.position})
    assert merge(tmp_path, [fresh], wrong, software="x", on_record=nothing).repeated == 0
    right = replace(ALL, originals={(fresh, at.position.offset): same.position})
    made = merged(tmp_path, fresh, policy=right)
    assert (made.repeated, made.moves[0].to) == (1, same.position)
    assert read_one(tmp_path, at.position) == same


def test_an_original_that_cannot_be_read_makes_no_repeat(tmp_path):
    fresh = segment(tmp_path, page())
    (at,) = read(tmp_path / fresh, file=fresh)
    nowhere = {(fresh, at.position.offset): RecordPosition("archive/2026/03/gone.warc.gz", 0, 9)}
    assert merged(tmp_path, fresh, policy=replace(ALL, originals=nowhere)).kept == 1


# ── Policy ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_where_only_what_changed_is_kept_repeats_leave_no_record_and_edits_do(tmp_path):
    versions = [page(), page(captured_at=NOON + DAY), UNCHANGED_PAGE, page(body=b"edited", captured_at=NOON + 2 * DAY)]
    files = [segment(tmp_path, each, number=number) for number, each in enumerate(versions, start=1)]
    made = merged(tmp_path, *files, policy=CHANGED)
    assert kinds(made.path) == ["warcinfo", "response", "request", "response", "request"]
    assert [found.body for found in read(made.path)] == [HTML, b"edited"]
    first, again, unchanged, edited = made.moves
    assert (again.to, edited.to.file) == (first.to, first.to.file)
    assert unchanged.to is None
    with pytest.raises(ArchiveError, match="not kept any more: it said that nothing had changed"):
        read_one(tmp_path, RecordPosition(files[2], unchanged.offset, 1))


@pytest.mark.parametrize("age, stays", [(30 * DAY, True), (30 * DAY + timedelta(microseconds=1), False)])
def test_pages_stay_for_so_many_days_of_their_own_source_alone(tmp_path, age, stays):
    file = segment(tmp_path, page(), page(source="other", target="http://other.test/"))
    made = merged(tmp_path, file, policy=Policy({"paper": Keep(Keeping.DAYS, 30)}, NOON + age))
    assert [found.source for found in read(made.path)] == ["paper", "other"][not stays :]
    assert made.moves[0].why == ("" if stays else "older than 30 days")


def test_a_page_stays_as_long_as_the_last_capture_that_it_is_the_page_of(tmp_path):
    file = segment(tmp_path, page())
    (at,) = read(tmp_path / file, file=file)
    used = {(file, at.position.offset): NOON + 20 * DAY}
    policy = Policy({"paper": Keep(Keeping.DAYS, 30)}, NOON + 40 * DAY, used)
    assert merged(tmp_path, file, policy=policy).kept == 1


def test_a_refused_record_goes_with_its_request_whatever_the_policy(tmp_path):
    file = segment(tmp_path, page(), page(target="http://b.test/"))
    policy = replace(ALL, refused=lambda record: "forgotten" if record.target == "http://b.test/" else "")
    made = merged(tmp_path, file, policy=policy)
    assert kinds(made.path) == ["warcinfo", "response", "request"]
    assert b"b.test" not in gzip.decompress(made.path.read_bytes())


# ── Chains, crashes, damage ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_position_is_followed_through_any_number_of_merges(tmp_path):
    file = segment(tmp_path, page())
    (old,) = read(tmp_path / file, file=file)
    first = merged(tmp_path, file)
    second = merged(tmp_path, str(first.path.relative_to(tmp_path)), segment(tmp_path, UNCHANGED_PAGE, number=2))
    found = read_one(tmp_path, old.position)
    assert (found.body, found.position.file) == (HTML, str(second.path.relative_to(tmp_path)))
    absolute = RecordPosition(str(tmp_path / file), old.position.offset, old.position.length)
    assert read_one(tmp_path, absolute) == found


def test_merged_files_alone_are_merged_too(tmp_path):
    names = [str(merged(tmp_path, segment(tmp_path, page(), number=1)).path.relative_to(tmp_path))]
    (tmp_path / "archive/2026/03/01").rmdir()
    made = merged(tmp_path, *names)
    assert [found.body for found in read(made.path)] == [HTML]
    assert not (tmp_path / names[0]).exists()


def test_the_list_names_the_files_and_every_answer_in_them(tmp_path):
    files = [segment(tmp_path, page(), number=1), segment(tmp_path, UNCHANGED_PAGE, number=2)]
    made = merged(tmp_path, *files)
    assert merged_files(list_of(made.path)) == files
    assert [(move.file, move.to) for move in read_moves(list_of(made.path))] == [(m.file, m.to) for m in made.moves]
    found = sorted(path.name for path in made.path.parent.iterdir() if path.is_file())
    assert found == sorted([made.path.name, made.list.name])


def test_what_was_not_put_in_place_is_swept_and_nothing_else(tmp_path):
    file = segment(tmp_path, page())
    before = sorted(tmp_path.rglob("*"))
    made = merge(tmp_path, [file], ALL, software="x", on_record=nothing)
    archive.swept(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before
    made = merge(tmp_path, [file], ALL, software="x", on_record=nothing)
    made.list.with_name(made.list.name + ".part").rename(made.list)
    archive.swept(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before
    again = merged(tmp_path, file)
    archive.swept(tmp_path)
    assert again.path.exists()
    assert again.list.exists()
    assert list(archive.unfinished(tmp_path)) == []


def test_a_merge_that_is_in_place_is_unfinished_until_the_old_files_are_gone(tmp_path):
    files = [segment(tmp_path, page(), number=1), segment(tmp_path, UNCHANGED_PAGE, number=2)]
    made = merge(tmp_path, files, ALL, software="x", on_record=nothing)
    put_in_place(made, nothing)
    (tmp_path / files[0]).unlink()
    assert list(archive.unfinished(tmp_path)) == [made.list]
    archive.finished(tmp_path, made.list, nothing)
    archive.finished(tmp_path, made.list, nothing)
    assert list(archive.unfinished(tmp_path)) == []
    days = [path.name for path in made.path.parent.iterdir() if path.is_dir()]
    assert days == ["02"]  # the newest day: a run may be about to write there


def test_a_damaged_file_is_not_merged(tmp_path):
    file = segment(tmp_path, page(), page(target="http://b.test/"))
    whole = (tmp_path / file).read_bytes()
    (tmp_path / file).write_bytes(whole[:-40])
    with pytest.raises(ArchiveError, match=r"fetch-00.warc.gz: at \d+: the file ends in the middle of a record"):
        merge(tmp_path, [file], ALL, software="x", on_record=nothing)
    assert "the file ends in the middle of a record" in archive.damage(tmp_path / file)
    (tmp_path / file).write_bytes(whole)
    assert archive.damage(tmp_path / file) == ""


def test_a_full_disk_stops_a_merge_and_says_that_nothing_is_lost(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    file = segment(tmp_path, page())
    monkeypatch.setattr("broadsheet.archive.merging.os.fsync", full)
    with pytest.raises(DiskFull, match="No space left on device; the files it was made from stand"):
        merge(tmp_path, [file], ALL, software="x", on_record=nothing)
    monkeypatch.undo()
    archive.swept(tmp_path)
    assert [found.body for found in read(tmp_path / file)] == [HTML]


def test_a_merge_that_brings_nothing_is_dismissed(tmp_path):
    file = segment(tmp_path, page())
    made = merge(tmp_path, [file], ALL, software="x", on_record=nothing)
    assert not made.changed
    dismissed(made)
    assert [path.name for path in made.path.parent.iterdir()] == ["01"]


@pytest.mark.parametrize("file", ["archive/2026/03/01/none.warc.gz", "none.warc.gz"])
def test_a_position_that_nobody_knows_is_an_error_that_names_the_file(tmp_path, file):
    with pytest.raises(ArchiveError, match=rf"{file}: No such file"):
        read_one(tmp_path, RecordPosition(file, 0, 10))


def test_a_damaged_list_is_named(tmp_path):
    file = segment(tmp_path, page())
    made = merged(tmp_path, file)
    made.list.write_bytes(made.list.read_bytes()[:40])
    with pytest.raises(ArchiveError, match=r"\.moved\.jsonl\.gz: a damaged list of moved records"):
        read_one(tmp_path, RecordPosition(file, made.moves[0].offset, 1))


@pytest.mark.parametrize(
    "junk", [b"junk", b"", gzip.compress(b""), gzip.compress(b"3\n"), gzip.compress(b'{"file": 1}')]
)
def test_a_damaged_list_hides_no_other(tmp_path, junk):
    file = segment(tmp_path, page())
    made = merged(tmp_path, file)
    made.list.with_name(f"merged-000000000000{MOVED}").write_bytes(junk)
    assert read_one(tmp_path, RecordPosition(file, made.moves[0].offset, 1)).body == page().body
    assert [*archive.damaged_months(tmp_path)] == ["archive/2026/03"]
    archive.swept(tmp_path)
    assert list(archive.unfinished(tmp_path)) == []
    assert archive.segments(tmp_path, lambda: (), closed=archive.damaged_months(tmp_path)) == []
