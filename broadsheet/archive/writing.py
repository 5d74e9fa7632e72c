"""WARC out: a segment is written record by record and put in place when it is whole.

While it is written it is called `<name>.warc.gz.open` and locked (flock). Each record is handed to the kernel in one
write before `write` returns, so a killed process loses at most the record it was writing; `close` makes all of it
survive a power cut.
"""

from __future__ import annotations

import fcntl
import os
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import quote, urlsplit, urlunsplit

from broadsheet.archive import answers
from broadsheet.archive.notes import noted
from broadsheet.archive.room import OUT_OF_ROOM, require_room
from broadsheet.archive.serial import record_id, serial
from broadsheet.errors import ArchiveError, DiskFull
from broadsheet.model import Reason

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from broadsheet.model import FetchedPage

OPEN: Final = ".open"
FORMAT: Final = "WARC File Format 1.1"
NOT_MODIFIED: Final = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
LEVEL: Final = 6  # of zlib: a page of articles-dev takes 3.6 ms; 5.5 ms at 9 saves 0.6 %, 2.4 ms at 4 costs 4.7 %
LEVEL_PACKED: Final = 0  # a body that came compressed gets no smaller: 0.19 ms a page, at 1 0.84 ms for 0.5 % less
SMALL_WINDOW: Final = 1 << 12  # bytes: enough for what is stored or short, and made ready in 5 us, not 25
TRUNCATED: Final = {Reason.TOO_LARGE: "length", Reason.TRUNCATED: "disconnect", Reason.TIMEOUT: "time"}


class SegmentWriter:
    """Writes `<folder>/<name>.warc.gz`. As a context manager it closes at the end; after an exception `.open` stays.

    `software` names the program in the warcinfo record. `reserve` is how many bytes of the disk answers leave free.
    Raises ArchiveError if the segment exists or cannot be written, DiskFull where there is no room.
    """

    def __init__(self, folder: Path, name: str, *, software: str, reserve: int = 0) -> None:
        self.path = folder / f"{name}.warc.gz"
        self._open = self.path.with_name(self.path.name + OPEN)
        self._file = _claimed(self._open, self.path)
        self._size = 0
        self._reserve = reserve
        fields = {"WARC-Date": warc_date(datetime.now(UTC)), "WARC-Filename": self.path.name}
        self._append(serial("warcinfo", record_id(), fields, b"", _told(software=software, format=FORMAT)), LEVEL)

    def write(self, page: FetchedPage) -> None:
        """Keep an answer (response, or revisit for a 304) and its request; a failure without one as metadata.

        DiskFull: nothing of it was kept, what was before stands. Failures are small, and may take of the reserve.
        """
        if page.status is None:
            self._append(_failure(page), LEVEL)
            return
        require_room(self.path.parent, self._reserve)
        name = record_id()
        self._append(_answer(page, page.status, name), LEVEL_PACKED if page.header("content-encoding") else LEVEL)
        self._append(_request(page, name), LEVEL)

    def close(self) -> Path:
        """Sync, rename to `.warc.gz`, sync the folder. Returns the path; a second call does nothing more."""
        if not self._file.closed:
            with self._file:
                os.fsync(self._file.fileno())
                self._open.rename(self.path)
                sync_folder(self.path.parent)
        return self.path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        self._file.close()

    def _append(self, record: bytes, level: int) -> None:
        packed = _packed(record, level)
        try:
            _write_all(self._file.fileno(), packed)
        except OSError as error:
            self._file.truncate(self._size)
            kind = DiskFull if error.errno in OUT_OF_ROOM else ArchiveError
            raise kind(f"{self._open}: cannot be written: {error.strerror}") from error
        self._size += len(packed)


def _answer(page: FetchedPage, status: int, name: str) -> bytes:
    unchanged = status == 304 and not page.body  # noqa: PLR2004 - 304 is its own name
    fields = _fields(page) | ({"WARC-Profile": NOT_MODIFIED} if unchanged else {})
    head = answers.written(status, page.headers)
    return serial("revisit" if unchanged else "response", name, fields, head, page.body)


def _failure(page: FetchedPage) -> bytes:
    said = _told(reason=page.reason or "", detail=page.detail, tries=page.tries, seconds=page.seconds)
    return serial("metadata", record_id(), _fields(page), b"", said)


def _request(page: FetchedPage, answer: str) -> bytes:
    """What is known of the request: its line and its host. `answer` is the record id of what it brought."""
    target = warc_uri(page.target)
    parts = urlsplit(target)
    asked = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    line = f"GET {asked} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n"
    fields = {"WARC-Target-URI": target, "WARC-Date": warc_date(page.captured_at), "WARC-Concurrent-To": answer}
    return serial("request", record_id(), fields, line.encode("utf-8", "surrogateescape"))


def _told(**said: object) -> bytes:
    """Fields of a block of type application/warc-fields."""
    lines = (f"{name}: {' '.join(str(value).split())}\r\n" for name, value in said.items())
    return "".join(lines).encode("utf-8", "replace")


def warc_date(moment: datetime) -> str:
    """A time as WARC 1.1 writes it, in UTC with microseconds where there are some. Takes an aware time."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def sync_folder(folder: Path) -> None:
    """Make renames in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _claimed(beside: Path, final: Path) -> Any:  # noqa: ANN401 - a raw file, closed by its writer
    if final.exists():
        raise ArchiveError(f"{final}: exists already")
    try:
        file = beside.open("xb", buffering=0)
    except OSError as error:
        raise ArchiveError(f"{beside}: cannot be created: {error.strerror}") from error
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return file


def _fields(page: FetchedPage) -> dict[str, str]:
    cut = TRUNCATED.get(page.reason) if page.reason and page.status is not None else None
    named = {"WARC-Target-URI": warc_uri(page.target), "WARC-Date": warc_date(page.captured_at), **noted(page)}
    return named | ({"WARC-Truncated": cut} if cut else {})


def warc_uri(url: str) -> str:
    """A URL fit for a header line of a WARC record; a normalised one is left as it is."""
    return url if url.isascii() and url.isprintable() and " " not in url else quote(url, safe=":/?#[]@!$&'()*+,;=%~")


def _packed(record: bytes, level: int) -> bytes:
    small = level == LEVEL_PACKED or len(record) <= SMALL_WINDOW
    window, memory = (SMALL_WINDOW.bit_length() - 1, 5) if small else (zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL)
    packer = zlib.compressobj(level, zlib.DEFLATED, window + 16, memory)
    return packer.compress(record) + packer.flush()


def _write_all(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]
