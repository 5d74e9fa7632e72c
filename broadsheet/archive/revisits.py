"""Records that say "the same as before": a repeated answer keeps its headers and time and lends the first one's body.

WARC 1.1, 6.7.2: profile identical-payload-digest, with WARC-Refers-To and the target and date of the record it means.
"""

from __future__ import annotations

import zlib
from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha1
from typing import TYPE_CHECKING, Final

from broadsheet.archive.writing import warc_date

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.archive.records import Record

IDENTICAL: Final = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
REPLACED: Final = frozenset({"warc-type", "content-length", "warc-block-digest", "warc-payload-digest"})


@dataclass(frozen=True, slots=True)
class Original:
    """The record that a repeated answer refers to; `record_id` is empty where it is not known."""

    target: str
    captured_at: datetime
    record_id: str = ""


def revisit(record: Record, original: Original) -> bytes:
    """The response as a revisit of an earlier one with the same payload: one gzip member."""
    payload = record.payload
    block = record.block[: len(record.block) - len(payload)]
    fields = [
        ("WARC-Type", "revisit"),
        *((name, value) for name, value in record.headers if name.lower() not in REPLACED),
        ("WARC-Profile", IDENTICAL),
        *([("WARC-Refers-To", original.record_id)] if original.record_id else []),
        ("WARC-Refers-To-Target-URI", original.target),
        ("WARC-Refers-To-Date", warc_date(original.captured_at)),
        ("WARC-Payload-Digest", digest(payload)),
        ("WARC-Block-Digest", digest(block)),
        ("Content-Length", str(len(block))),
    ]
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields) + "\r\n"
    return packed(head.encode("utf-8", "surrogateescape") + block + b"\r\n\r\n")


def digest(data: bytes) -> str:
    """`sha1:<base32>`, as WARC files carry digests."""
    return f"sha1:{b32encode(sha1(data, usedforsecurity=False).digest()).decode()}"


def packed(record: bytes) -> bytes:
    """A record as a gzip member of its own."""
    packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return packer.compress(record) + packer.flush()
