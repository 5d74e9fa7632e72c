"""WARC out: a segment is written record by record and put in place when it is whole.

While it is written it is called `<name>.warc.gz.open` and locked (flock). Each record is handed to the kernel in one
write before `write` returns, so a killed process loses at most the record it was writing; `close` makes all of it
survive a power cut.
"""

from __future__ import annotations

import fcntl
import os
import zlib
from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import quote, urlsplit, urlunsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from broadsheet.archive import answers
from broadsheet.archive.notes import noted
from broadsheet.archive.room import OUT_OF_ROOM, require_room
from broadsheet.errors import ArchiveError, DiskFull
from broadsheet.model import Reason

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from broadsheet.model import FetchedPage

OPEN: Final = ".open"
NOT_MODIFIED: Final = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
LEVEL: Final = 6  # of zlib: a page of articles-dev takes 3.6 ms; 5.5 ms at 9 saves 0.6 %, 2.4 ms at 4 costs 4.7 %
LEVEL_PACKED: Final = 0  # a body that came compressed gets no smaller: 0.19 ms a page, at 1 0.84 ms for 0.5 % less
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
        self._builder = WARCWriter(None, gzip=False, warc_version="WARC/1.1")
        info = {"software": software, "format": "WARC File Format 1.1"}
        self._append(self._builder.create_warcinfo_record(self.path.name, info), LEVEL)

    def write(self, page: FetchedPage) -> None:
        """Keep an answer (response, or revisit for a 304) and its request; a failure without one as metadata.

        DiskFull: nothing of it was kept, what was before stands. Failures are small, and may take of the reserve.
        """
        if page.status is None:
            self._append(self._failure(page), LEVEL)
            return
        require_room(self.path.parent, self._reserve)
        answer = self._answer(page, page.status)
        level = LEVEL_PACKED if page.header("content-encoding") else LEVEL
        self._append(answer, level)
        self._append(self._request(page, answer.rec_headers.get_header("WARC-Record-ID")), LEVEL)

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

    def _answer(self, page: FetchedPage, status: int) -> Any:  # noqa: ANN401 - warcio's record, which has no types
        unchanged = status == 304 and not page.body  # noqa: PLR2004 - 304 is its own name
        fields = _fields(page) | ({"WARC-Profile": NOT_MODIFIED} if unchanged else {})
        return self._builder.create_warc_record(
            warc_uri(page.target),
            "revisit" if unchanged else "response",
            payload=BytesIO(page.body),
            length=len(page.body),
            warc_headers_dict=fields,
            http_headers=_AsTheyCame(answers.written(status, page.headers)),
        )

    def _failure(self, page: FetchedPage) -> Any:  # noqa: ANN401 - as above
        said = {"reason": page.reason or "", "detail": page.detail, "tries": page.tries, "seconds": page.seconds}
        body = "".join(f"{name}: {' '.join(str(value).split())}\r\n" for name, value in said.items())
        packed = body.encode("utf-8", "replace")
        return self._builder.create_warc_record(
            warc_uri(page.target),
            "metadata",
            payload=BytesIO(packed),
            length=len(packed),
            warc_headers_dict=_fields(page),
        )

    def _request(self, page: FetchedPage, answer_id: str) -> Any:  # noqa: ANN401 - as above
        """What is known of the request: its line and its host."""
        parts = urlsplit(warc_uri(page.target))
        asked = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        line = f"GET {asked} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n"
        return self._builder.create_warc_record(
            warc_uri(page.target),
            "request",
            warc_headers_dict={"WARC-Date": warc_date(page.captured_at), "WARC-Concurrent-To": answer_id},
            http_headers=_AsTheyCame(line.encode("utf-8", "surrogateescape")),
        )

    def _append(self, record: Any, level: int) -> None:  # noqa: ANN401 - as above
        packed = _packed(self._builder, record, level)
        try:
            _write_all(self._file.fileno(), packed)
        except OSError as error:
            self._file.truncate(self._size)
            kind = DiskFull if error.errno in OUT_OF_ROOM else ArchiveError
            raise kind(f"{self._open}: cannot be written: {error.strerror}") from error
        self._size += len(packed)


class _AsTheyCame(StatusAndHeaders):  # type: ignore[misc]  # warcio ships no types
    """HTTP headers whose bytes are settled; warcio would escape what is not ASCII."""

    def __init__(self, head: bytes) -> None:
        super().__init__("", [])
        self._head = head

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        """The bytes that warcio writes."""
        del header_filter
        self.headers_buff = self._head

    def __bool__(self) -> bool:
        return True


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
    return {"WARC-Date": warc_date(page.captured_at), **noted(page), **({"WARC-Truncated": cut} if cut else {})}


def warc_uri(url: str) -> str:
    """A URL fit for a header line of a WARC record; a normalised one is left as it is."""
    return url if url.isascii() and url.isprintable() and " " not in url else quote(url, safe=":/?#[]@!$&'()*+,;=%~")


def _packed(builder: Any, record: Any, level: int) -> bytes:  # noqa: ANN401 - warcio's, which have no types
    raw = BytesIO()
    builder.out = raw
    builder.write_record(record)
    packer = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return packer.compress(raw.getbuffer()) + packer.flush()


def _write_all(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]
