"""Which records of a file must go because of what they are, or are of: for forgetting.

A merge (`broadsheet.archive.merging`) leaves them out; here they are found. A revisit holds no page of its own: it goes
with the record that it refers to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.archive import answers
from broadsheet.archive.records import records_of
from broadsheet.codings import content_decoded
from broadsheet.decoding import decoded_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from broadsheet.archive.records import Record

LIMIT = 64 << 20  # bytes of a body after decompression that are looked through


def struck(paths: Iterable[Path], is_meant: Callable[[Record], bool], on_record: Callable[[int], None]) -> set[str]:
    """The ids of the answers in some files that are meant, and of revisits that refer to one. Raises ArchiveError.

    `on_record` is told how many bytes of the files were passed.
    """
    meant: set[str] = set()
    refers: dict[str, tuple[str, str]] = {}
    pages: set[tuple[str, str]] = set()
    for record in (record for path in paths for record in records_of(path)):
        on_record(record.length)
        if not record.is_answer:
            continue
        if is_meant(record):
            meant.add(record.record_id)
            pages.add((record.target, record.header("WARC-Date") or ""))
        elif original := _original(record):
            refers[record.record_id] = original
    return meant | {each for each, original in refers.items() if original in pages}


def text_of(record: Record) -> str:
    """What an answer says, out of its codings, with its tags; the block where it is no HTTP message."""
    answer = answers.parsed(record.block)
    if answer is None:
        return record.block.decode("utf-8", "replace")
    _, headers, body = answer
    named = {name.lower(): value for name, value in headers}
    decoded = content_decoded(body, named.get("content-encoding"), limit=LIMIT)
    return decoded_text(decoded if isinstance(decoded, bytes) else body, named.get("content-type"))


def _original(record: Record) -> tuple[str, str] | None:
    """Target and time of the record that a revisit refers to."""
    date = record.header("WARC-Refers-To-Date")
    return (record.header("WARC-Refers-To-Target-URI") or record.target, date) if date else None
