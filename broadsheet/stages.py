"""The hand-over from extraction to load: gzip JSON lines, one row an attempt, complete or not there at all.

The columns are those that `sql/load` reads; DESIGN.md calls these files stages.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final

from broadsheet.archive.room import OUT_OF_ROOM
from broadsheet.errors import ArchiveError, DiskFull, WarehouseError
from broadsheet.model import (
    Article,
    Extraction,
    FetchedPage,
    Outcome,
    Reason,
    Rejection,
    stable_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from pathlib import Path

    from broadsheet.model import Moment

Row = dict[str, Any]
Verdict = Article | Rejection | Outcome

PUT_OFF: Final = frozenset({Reason.HOST_PAUSED, Reason.OVER_BUDGET, Reason.DISK_FULL})
"""Reasons why a URL was not asked for though it was claimed: the next run attempts it."""

_KEPT: Final = tuple(each.name for each in fields(Extraction) if each.name not in {"url", "published", "modified"})


def row(page: FetchedPage, verdict: Verdict, *, digest: str, extraction: Extraction | None = None) -> Row:
    """One attempt as a stage row: what came, what we made of it, and where it is kept.

    `digest` is the payload's; `extraction` is what was read off the page, also when the verdict is a rejection.
    """
    return {**_answer(page, digest), **_judged(verdict), "extraction": _extracted(extraction, digest)}


def _answer(page: FetchedPage, digest: str) -> Row:
    place = page.position
    return {
        "url_id": stable_id(page.url),
        "url": page.url,
        "target": page.target,
        "source": page.source,
        "captured_at": _time(page.captured_at),
        "status": page.status,
        "content_type": page.header("content-type"),
        "etag": page.header("etag"),
        "last_modified": page.header("last-modified"),
        "payload_digest": digest,
        "body_bytes": len(page.body),
        "tries": page.tries,
        "seconds": page.seconds,
        "robots_line": page.robots_line,
        "opt_outs": page.opt_outs,
        "retry_at": _time(page.retry_at) if page.retry_at else None,
        "warc_file": place.file if place else "",
        "warc_offset": place.offset if place else 0,
        "warc_length": place.length if place else 0,
    }


def _judged(verdict: Verdict) -> Row:
    match verdict:
        case Article():
            return {"disposition": "article", "reason": None, "detail": "", "content_hash": verdict.content_hash}
        case Rejection():
            kind = Outcome.DEFERRED if verdict.reason in PUT_OFF else Outcome.REJECTED
            return {"disposition": kind, "reason": verdict.reason, "detail": verdict.detail, "content_hash": None}
        case Outcome():
            return {"disposition": verdict, "reason": None, "detail": "", "content_hash": None}


def _extracted(extraction: Extraction | None, digest: str) -> Row | None:
    if extraction is None:
        return None
    kept = {name: _plain(getattr(extraction, name)) for name in _KEPT}
    return {
        "extraction_id": stable_id(f"{digest}|{extraction.url}|{extraction.version}"),
        "canonical_id": stable_id(extraction.canonical_url or extraction.url),
        **kept,
        **_moment("published", extraction.published),
        "published_precision": extraction.published and extraction.published.precision,
        "published_offset_minutes": extraction.published and extraction.published.offset_minutes,
        "published_zone_source": extraction.published and extraction.published.zone_source,
        **_moment("modified", extraction.modified),
    }


def _plain(value: object) -> object:
    """A field as JSON has it: the small values in a tuple become objects. `asdict` would copy all that lies in them."""
    if not (isinstance(value, tuple) and value and is_dataclass(value[0])):
        return value
    names = [each.name for each in fields(value[0])]
    return [{name: getattr(one, name) for name in names} for one in value]


def _moment(name: str, moment: Moment | None) -> Row:
    return {
        f"{name}_at": _time(moment.at) if moment and moment.at else None,
        f"{name}_on": moment.on.isoformat() if moment else None,
    }


def _time(value: datetime | date) -> str:
    return value.isoformat()


def write(path: Path, rows: Iterable[Row]) -> None:
    """Put the rows in place as one file: written beside, synced, renamed. A crash leaves the old state or the new.

    ArchiveError where it cannot be written, DiskFull where there is no room; the next run begins it anew.
    """
    try:
        _write(path, rows)
    except OSError as error:
        kind = DiskFull if error.errno in OUT_OF_ROOM else ArchiveError
        raise kind(f"{path}: cannot be written: {error.strerror}") from error


def damaged(path: Path) -> WarehouseError | None:
    """What to do about a stage file that is cut or garbled; None: every line of it can be read."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                json.loads(line)
    except (OSError, EOFError, ValueError, zlib.error):
        return WarehouseError(
            f"{path} is cut or garbled, and nothing of it was loaded: delete it and run the command again; "
            "its pages are in the archive and are read again"
        )
    return None


def _write(path: Path, rows: Iterable[Row]) -> None:
    beside = path.with_name(path.name + ".part")
    with beside.open("wb") as raw:
        with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=1, mtime=0, filename="") as packed:
            packed.writelines(_line(each) for each in rows)
        raw.flush()
        os.fsync(raw.fileno())
    beside.replace(path)


def _line(value: Row) -> bytes:
    """A JSON line; what no database can hold goes: lone surrogates become "?", NULs vanish."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if "\\u0000" in text:
        text = json.dumps(_without_nul(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace") + b"\n"


def _without_nul(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    match value:
        case str():
            return value.replace("\0", "")
        case dict():
            return {_without_nul(key): _without_nul(each) for key, each in value.items()}
        case list() | tuple():
            return [_without_nul(each) for each in value]
    return value


def earlier_file(path: Path) -> Path:
    """Where the rows of earlier captures lie that were read again for a stage file's sake, if there are any."""
    return path.with_name(path.name.removesuffix(".jsonl.gz") + ".earlier.gz")


def read(path: Path) -> list[Row]:
    """The rows of a stage file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
