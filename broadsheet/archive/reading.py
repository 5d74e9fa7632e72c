"""WARC in: the pages of any WARC file, ours or another's, gzip or plain, whole or damaged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from fastwarc.warc import WarcRecord, WarcRecordType

from broadsheet.archive import answers, elsewhere
from broadsheet.archive.moved import followed
from broadsheet.archive.notes import read_back
from broadsheet.archive.splitting import WARC_MAGIC, Piece, first_bytes, one, pieces
from broadsheet.archive.streams import Damaged
from broadsheet.errors import ArchiveError
from broadsheet.model import FetchedPage, Reason, RecordPosition, Role
from broadsheet.urls import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST: Final = 64 * 1024 * 1024  # bytes of a record, decompressed: three times what we fetch at most
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED: Final = 304
KINDS: Final = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.metadata


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A stretch of a WARC file that gave no page, and what is wrong with it.

    `position.length` reaches to where reading went on. `url` is empty where the record does not even say that.
    `reason` is BROKEN_RECORD, or TOO_LARGE for a record over the limit.
    """

    position: RecordPosition
    detail: str
    reason: Reason = Reason.BROKEN_RECORD
    url: str = ""

    @property
    def offset(self) -> int:
        """Where the stretch begins in the file, in bytes."""
        return self.position.offset


def read(
    path: Path, *, file: str | None = None, start: int = 0, largest: int = LARGEST
) -> Iterator[FetchedPage | BrokenRecord]:
    """The pages of a WARC file in order, streamed; what is broken in it between them.

    `file` is the name put into positions (default: the path). `start` is the offset of a record to begin with.
    `largest` is in bytes of a record; a larger one is a BrokenRecord.

    Pages are response records, revisits and our own notes of failures. A page of another's archive gets role `page`
    (`redirect` for a redirect), no source, and its target as URL; a revisit comes out as what it says, a 304.
    In a file compressed as a whole positions count decompressed bytes. A page has none where it shares a gzip member
    with others though the file's first record does not.

    Raises ArchiveError if the file cannot be opened or is no WARC file at all.
    """
    checked(path)
    return _read(path, file or str(path), start, largest)


def read_one(root: Path, position: RecordPosition) -> FetchedPage:
    """The page at a position; its file is looked for under `root` unless it is absolute. Raises ArchiveError.

    An old position is good for ever: where its file was merged into another, the page comes with its new position.
    """
    path = root / position.file
    try:
        with path.open("rb") as raw:
            piece = one(raw, position.offset, position.length, LARGEST)
    except FileNotFoundError:
        return read_one(root, _found_again(root, position))
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror}") from error
    found = page_of(piece, position) if piece else None
    if isinstance(found, FetchedPage):
        return found
    raise ArchiveError(f"{path}: no page at {position.offset}: {found.detail if found else 'nothing there'}")


def _found_again(root: Path, position: RecordPosition) -> RecordPosition:
    """Where a page lies whose file is not there: in one that it was merged into, or fetched from the second place."""
    try:
        return followed(root, position)
    except ArchiveError:
        if elsewhere.brought(root, position.file):
            return position
        raise


def checked(path: Path) -> None:
    """ArchiveError: the file cannot be opened, or is no WARC file."""
    try:
        with path.open("rb") as raw:
            begins = first_bytes(raw)
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror}") from error
    except Damaged:
        return  # a WARC file cut short after a few bytes, perhaps: reading will say so
    if not begins.startswith(WARC_MAGIC):
        raise ArchiveError(f"{path}: not a WARC file: {f'it begins with {begins[:16]!r}' if begins else 'it is empty'}")


def _read(path: Path, file: str, start: int, largest: int) -> Iterator[FetchedPage | BrokenRecord]:
    with path.open("rb") as raw:
        for piece in pieces(raw, largest, start):
            found = page_of(piece, RecordPosition(file, piece.offset, piece.length))
            if found is not None:
                yield found


def page_of(piece: Piece, position: RecordPosition) -> FetchedPage | BrokenRecord | None:
    """A piece of a file as a page; None if it is a record of a kind that holds none."""
    if not piece.head:
        return BrokenRecord(position, piece.problem)
    try:
        record = WarcRecord.from_bytes(piece.head)
        if piece.problem:
            return BrokenRecord(position, piece.problem, url=target_of(record))
        if not record.record_type & KINDS:
            return None
        if piece.too_large:
            detail = f"a record of {record.headers.get('Content-Length')} bytes"
            return BrokenRecord(position, detail, Reason.TOO_LARGE, target_of(record))
        return _spoken(record, piece.block, position if piece.alone else None)
    except (OSError, ValueError) as error:
        return BrokenRecord(position, f"{type(error).__name__}: {error}")


def _spoken(record: Any, block: bytes, position: RecordPosition | None) -> FetchedPage | None:  # noqa: ANN401 - fastwarc's door
    ours = read_back(record.headers.get)
    if record.record_type == WarcRecordType.metadata:
        return _failure(record, ours, position) if ours else None
    target = target_of(record)
    if not target.lower().startswith(("http:", "https:")):
        return None  # the name look-ups that some crawlers keep
    answer = answers.parsed(block)
    if answer is None:
        raise ValueError("a response without an HTTP status line")
    return _ours(record, ours, answer, position) if ours else _foreign(record, answer, position)


def _failure(record: Any, ours: dict[str, Any], position: RecordPosition | None) -> FetchedPage:  # noqa: ANN401 - as above
    target = target_of(record)
    return FetchedPage(target=target, captured_at=captured(record), status=None, position=position, **ours)


def _ours(
    record: Any,  # noqa: ANN401 - as above
    ours: dict[str, Any],
    answer: tuple[int, answers.Headers, bytes],
    position: RecordPosition | None,
) -> FetchedPage:
    status, headers, body = answer
    return FetchedPage(
        target=target_of(record),
        captured_at=captured(record),
        status=NOT_MODIFIED if record.record_type == WarcRecordType.revisit else status,
        headers=answers.as_fetched(headers),
        body=body,
        position=position,
        **ours,
    )


def _foreign(
    record: Any,  # noqa: ANN401 - as above
    answer: tuple[int, answers.Headers, bytes],
    position: RecordPosition | None,
) -> FetchedPage:
    status, headers, body = answer
    target = target_of(record)
    url = normalise(target)
    if url is None:
        raise ValueError(f"no usable URL: {target[:200]}")
    cut = record.headers.get("WARC-Truncated")
    return FetchedPage(
        url=url,
        target=target,
        role=Role.REDIRECT if status in REDIRECTS else Role.PAGE,
        source="",
        captured_at=captured(record),
        status=NOT_MODIFIED if record.record_type == WarcRecordType.revisit else status,
        headers=headers,
        body=answers.without_transfer_coding(headers, body),
        reason=Reason.TRUNCATED if cut else None,
        detail=f"WARC-Truncated: {cut}" if cut else "",
        position=position,
    )


def target_of(record: Any) -> str:  # noqa: ANN401 - as above
    """A record's target, without the angle brackets that WARC 1.0 made some put around it."""
    return (record.headers.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")


def captured(record: Any) -> datetime:  # noqa: ANN401 - as above
    """When a record was made, in UTC. Raises ValueError if it does not say."""
    moment = record.record_date
    if not isinstance(moment, datetime):
        raise ValueError("no WARC-Date")  # noqa: TRY004 - the record is wrong, not a type of ours
    return moment.astimezone(UTC)
