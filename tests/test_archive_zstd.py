"""`.warc.zst`: a frame a record, with or without a dictionary, read by place as gzip is."""

import struct

import pytest
from test_archive_reading import found_in, numbered, record, told

from broadsheet.archive import BrokenRecord, packing, read_one

zstd = packing._module()
RECORDS = [record(WARC_Target_URI=f"http://other.test/{number}") for number in range(200)]
WORDS = zstd.train_dict(RECORDS, 4000)


def skippable(content: bytes, magic: int = 0x184D2A5D) -> bytes:
    return struct.pack("<II", magic, len(content)) + content


def packed(*records: bytes, words=None) -> bytes:
    return b"".join(zstd.compress(each, zstd_dict=words) for each in records)


def test_records_lie_where_their_frames_do_and_are_found_there_alone(tmp_path):
    frames = [packed(each) for each in numbered(1, 2, 3)]
    found = found_in(tmp_path, b"".join(frames), file="foreign.warc.gz")
    assert told(found) == ["1", "2", "3"]
    lengths = [len(each) for each in frames]
    assert [(each.position.offset, each.position.length) for each in found] == [
        (0, lengths[0]),
        (lengths[0], lengths[1]),
        (lengths[0] + lengths[1], lengths[2]),
    ]
    assert [read_one(tmp_path, each.position) for each in found] == found
    assert told(found_in(tmp_path, b"".join(frames), start=lengths[0])) == ["2", "3"]


@pytest.mark.parametrize("dictionary", [WORDS.dict_content, zstd.compress(WORDS.dict_content)], ids=["plain", "packed"])
def test_a_dictionary_at_the_beginning_is_used_wherever_one_begins_to_read(tmp_path, dictionary):
    data = skippable(dictionary) + packed(*numbered(1, 2, 3), words=WORDS)
    found = found_in(tmp_path, data, file="foreign.warc.gz")
    assert told(found) == ["1", "2", "3"]
    assert found[0].position.offset == 8 + len(dictionary)
    assert [read_one(tmp_path, each.position) for each in found] == found


@pytest.mark.parametrize("dictionary", [b"no dictionary", b"", b"\x28\xb5\x2f\xfdtorn"])
def test_without_the_dictionary_that_they_need_records_are_broken_and_nothing_else(tmp_path, dictionary):
    data = skippable(dictionary) + packed(*numbered(1, 2), words=WORDS)
    assert all(isinstance(each, BrokenRecord) for each in found_in(tmp_path, packed(*numbered(1)) + data)[1:])


def test_skippable_frames_between_records_are_passed_over(tmp_path):
    first, second = (packed(each) for each in numbered(1, 2))
    assert told(found_in(tmp_path, first + skippable(b"an index", 0x184D2A50) + second)) == ["1", "2"]


def test_a_damaged_frame_costs_itself(tmp_path):
    first, second, third = (packed(each) for each in numbered(1, 2, 3))
    torn = second[:20] + bytes([second[20] ^ 0xFF]) + second[21:-9]
    found = found_in(tmp_path, first + torn + third)
    assert (told(found)[0], told(found)[-1]) == ("1", "3")
    assert [isinstance(each, BrokenRecord) for each in found] == [False, True, False]


def test_a_python_without_a_zstd_module_reads_such_files_in_order(tmp_path, monkeypatch):
    monkeypatch.setattr(packing, "_module", lambda: None)
    found = found_in(tmp_path, packed(*numbered(1, 2, 3)), file="foreign.warc.gz")
    assert told(found) == ["1", "2", "3"]
    assert [read_one(tmp_path, each.position) for each in found] == found
