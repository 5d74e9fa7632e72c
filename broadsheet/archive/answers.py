"""HTTP answers as bytes and back: header names in their order, values as they came, transfer codings undone. Pure.

Bodies are kept as received but for the transfer coding, which ends at the connection (RFC 9112, 6.1). A header that
speaks of it is kept under another name, as the Common Crawl does, so that no reader undoes it a second time.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Final

Headers = tuple[tuple[str, str], ...]

PREFIX: Final = "X-Crawl-"
RENAMED: Final = re.compile(r"(?:X-Crawl-)*Transfer-Encoding\Z", re.IGNORECASE)
STATUS_LINE: Final = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})(?: [^\n]*)?\r?(?:\n|\Z)")
BLANK: Final = re.compile(rb"\r?\n\r?\n")
FOLD: Final = re.compile(rb"\r?\n[ \t]+")
CHUNK_SIZE: Final = re.compile(rb"\s*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]*)?\r?\n")


def written(status: int, headers: Headers) -> bytes:
    """Status line and headers with the blank line after them."""
    lines = [f"HTTP/1.1 {status} {_phrase(status)}"]
    lines += [f"{_kept_name(name)}: {_one_line(value)}" for name, value in headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")


def parsed(block: bytes) -> tuple[int, Headers, bytes] | None:
    """Status, headers and body of an answer; None if it has no status line."""
    status = STATUS_LINE.match(block)
    if not status:
        return None
    end = BLANK.search(block, status.end() - 2)
    head = block[status.end() : end.start() if end else len(block)]
    return int(status[1]), _headers(head), block[end.end() :] if end else b""


def as_fetched(headers: Headers) -> Headers:
    """Headers of a record of ours, under the names they came with."""
    return tuple((name[len(PREFIX) :] if RENAMED.match(name) else name, value) for name, value in headers)


def without_transfer_coding(headers: Headers, body: bytes) -> bytes:
    """The body of a foreign record with chunks joined, where it is chunked; some archives joined them already."""
    coding = next((value for name, value in headers if name.lower() == "transfer-encoding"), "")
    return (_joined(body) or body) if "chunked" in coding.lower() else body


def _joined(body: bytes) -> bytes | None:
    """The joined chunks, also of a body cut short; None if it does not begin with a chunk."""
    parts, at = [], 0
    while size := CHUNK_SIZE.match(body, at):
        begin = size.end()
        at = begin + int(size[1], 16)
        parts.append(body[begin:at])
        if at == begin or at >= len(body):
            break
    return b"".join(parts) if parts else None


def _headers(head: bytes) -> Headers:
    lines = (line.partition(b":") for line in FOLD.sub(b" ", head).split(b"\n") if line.strip())
    return tuple((_text(name), _text(value)) for name, _, value in lines)


def _text(raw: bytes) -> str:
    return raw.strip(b" \t\r\n").decode("utf-8", "surrogateescape")


def _kept_name(name: str) -> str:
    return PREFIX + name if RENAMED.match(name) else name


def _one_line(value: str) -> str:
    return re.sub(r"[\r\n\0]+", " ", value).strip(" \t")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
