"""Files made into one: records copied as they lie, repeated answers turned into revisits, what is not kept left out.

Nothing old is touched here. The new file and the list of where everything went are made beside their places (`.part`)
and synced; `put_in_place` renames the list first and the file last, so that a file in its place is whole and known.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Final

from warcio.warcwriter import WARCWriter

from broadsheet.archive.answers import parsed
from broadsheet.archive.moved import PART, WARC, Move, list_of, write_moves
from broadsheet.archive.reading import read_one
from broadsheet.archive.records import records_of
from broadsheet.archive.revisits import Original, packed, revisit
from broadsheet.archive.room import OUT_OF_ROOM
from broadsheet.archive.writing import sync_folder
from broadsheet.errors import ArchiveError, DiskFull
from broadsheet.model import RecordPosition

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path
    from typing import BinaryIO

    from broadsheet.archive.keeping import Policy
    from broadsheet.archive.records import Record

NAME_DIGITS: Final = 12  # of the hash that tells one set of files from another


@dataclass(slots=True)
class Merged:
    """What became of some files' records: `moves` names each answer; the counts are of answers."""

    path: Path
    moves: list[Move] = field(default_factory=list)
    kept: int = 0
    repeated: int = 0
    left_out: int = 0

    @property
    def list(self) -> Path:
        """The list of where everything went."""
        return list_of(self.path)

    @property
    def changed(self) -> bool:
        """Whether it holds anything less than the files it was made from."""
        return bool(self.repeated or self.left_out)


def merge(
    data: Path,
    files: Sequence[str],
    policy: Policy,
    *,
    software: str,
    on_record: Callable[[int], None],
) -> Merged:
    """Write the records of some files of the archive (named relative to `data`) into one, beside its place.

    `on_record` is told how many bytes of the files were passed.

    Raises ArchiveError for a file that is damaged (nothing of it may be lost here), DiskFull where there is no room.
    """
    made = Merged(data / merged_name(files))
    part = made.path.with_name(made.path.name + PART)
    try:
        with part.open("wb") as out:
            out.write(_warcinfo(made.path.name, len(files), software))
            _Copying(data, out, made, policy, on_record).copy(files)
            out.flush()
            os.fsync(out.fileno())
        write_moves(_part_of_list(made.path), files, made.moves)
    except OSError as error:
        kind = DiskFull if error.errno in OUT_OF_ROOM else ArchiveError
        raise kind(f"{part}: cannot be written: {error.strerror}; the files it was made from stand") from error
    return made


def put_in_place(made: Merged, on_step: Callable[[str], None]) -> None:
    """Give the list and then the file their names, for good. From the last rename on the merge is to be finished."""
    on_step("name the list")
    _part_of_list(made.path).rename(list_of(made.path))
    sync_folder(made.path.parent)
    on_step("name the file")
    made.path.with_name(made.path.name + PART).rename(made.path)
    sync_folder(made.path.parent)


def dismissed(made: Merged) -> None:
    """Take away what was written beside its place."""
    made.path.with_name(made.path.name + PART).unlink(missing_ok=True)
    _part_of_list(made.path).unlink(missing_ok=True)


def merged_name(files: Sequence[str]) -> str:
    """The name of the file that some files become: in the month of the first, and another for any other set."""
    month = "/".join(files[0].split("/")[:3])
    return f"{month}/merged-{sha256('|'.join(files).encode()).hexdigest()[:NAME_DIGITS]}{WARC}"


class _Copying:
    """One merge at work."""

    def __init__(
        self, data: Path, out: BinaryIO, made: Merged, policy: Policy, on_record: Callable[[int], None]
    ) -> None:
        self._data, self._out, self._made, self._policy, self._on_record = data, out, made, policy, on_record
        self._name = str(made.path.relative_to(data))
        self._seen: dict[tuple[str, int, bytes], tuple[Original, RecordPosition]] = {}
        self._lent: set[tuple[str, datetime, RecordPosition]] = set()

    def copy(self, files: Sequence[str]) -> None:
        """Copy the files in their order."""
        for file in files:
            gone: set[str] = set()
            with (self._data / file).open("rb") as source:
                for record in records_of(self._data / file):
                    self._settle(file, source, record, gone)
                    self._on_record(record.length)

    def _settle(self, file: str, source: BinaryIO, record: Record, gone: set[str]) -> None:
        """Copy a record, or do with it what its answer's fate is: a request goes where its answer went."""
        if record.kind == "warcinfo" or record.header("WARC-Concurrent-To") in gone:
            return
        if not record.is_answer:
            self._copied(source, record)
        elif not self._answer(file, source, record):
            gone.add(record.record_id)

    def _answer(self, file: str, source: BinaryIO, record: Record) -> bool:
        """Settle an answer; whether a record of it is written."""
        why = self._policy.left_out(file, record)
        if why:
            self._made.left_out += 1
            self._moved(file, record, None, why)
            return False
        key = record.payload_key
        earlier = self._seen.get(key) or self._elsewhere(file, record) if key else None
        if earlier and self._lends(*earlier, record):
            return self._repeat(file, record, *earlier)
        self._made.kept += 1
        place = self._copied(source, record)
        self._moved(file, record, place)
        if key and key not in self._seen and record.captured_at:
            self._seen[key] = Original(record.target, record.captured_at, record.record_id), place
        return True

    def _lends(self, original: Original, place: RecordPosition, record: Record) -> bool:
        """Whether an answer's page may stand for that of another: it is older, and stands for no other of that moment.

        URL, time and place of a capture tell it from all others (sql/checks/unique_keys.sql).
        """
        if record.captured_at is None or record.captured_at <= original.captured_at:
            return False
        moment = (record.header("Broadsheet-Url") or record.target, record.captured_at, place)
        fresh = moment not in self._lent
        self._lent.add(moment)
        return fresh

    def _repeat(self, file: str, record: Record, original: Original, place: RecordPosition) -> bool:
        self._made.repeated += 1
        self._moved(file, record, place)
        if self._policy.spares_repeats(record):
            return False
        self._out.write(revisit(record, original))
        return True

    def _elsewhere(self, file: str, record: Record) -> tuple[Original, RecordPosition] | None:
        """An answer in a file of before that has the same target, status and body."""
        place = self._policy.originals.get((file, record.offset))
        answer = parsed(record.block)
        if place is None or answer is None:
            return None
        try:
            page = read_one(self._data, place)
        except ArchiveError:
            return None  # it is damaged there: all the better that it is here
        if (page.target, page.status, page.body) != (record.target, answer[0], answer[2]):
            return None
        return Original(page.target, page.captured_at), page.position or place

    def _copied(self, source: BinaryIO, record: Record) -> RecordPosition:
        place = RecordPosition(self._name, self._out.tell(), record.length)
        source.seek(record.offset)
        self._out.write(source.read(record.length))
        return place

    def _moved(self, file: str, record: Record, to: RecordPosition | None, why: str = "") -> None:
        self._made.moves.append(Move(file, record.offset, to, why))


def _part_of_list(path: Path) -> Path:
    return list_of(path).with_name(list_of(path).name + PART)


def _warcinfo(name: str, files: int, software: str) -> bytes:
    raw = BytesIO()
    builder = WARCWriter(raw, gzip=False, warc_version="WARC/1.1")
    told = {"software": software, "format": "WARC File Format 1.1", "description": f"merged from {files} file(s)"}
    builder.write_record(builder.create_warcinfo_record(name, told))
    return packed(raw.getvalue())
