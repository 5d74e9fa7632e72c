"""Large files over HTTP: in one piece or resumed by ranges (RFC 9110, 14), tried again, checked by length and digest.

Only servers of archives are asked, by the address of their listing; no publisher.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import http.client
import re
import time
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from broadsheet.errors import ArchiveError, Transient

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

CHUNK: Final = 1 << 20
TRIES: Final = 6  # in a row without a byte more
PAUSES: Final = (0.5, 2.0, 8.0, 30.0, 60.0)  # seconds; the Common Crawl asks for patience when it answers 503
MAY_PASS: Final = frozenset({403, 408, 425, 429, 500, 502, 503, 504})  # 403: what it answers to whoever asks too fast
PARTIAL: Final = 206
BEYOND: Final = 416
RANGE: Final = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
ETAG: Final = re.compile(r'"([0-9a-f]{32})"\Z')  # S3's, of a file that was put there in one piece


@dataclass(frozen=True, slots=True)
class Download:
    """What is to be fetched, and what it must be: bytes, and `sha256:<hex>` or `md5:<hex>`; None, empty: as told."""

    url: str
    size: int | None = None
    digest: str = ""


class _Short(Exception):
    """The connection ended before the file did."""


def text_of(url: str, *, agent: str, pause: Callable[[float], None] = time.sleep) -> str:
    """A text file afar, packed with gzip or not. ArchiveError: it is not there. Transient: nobody answers."""
    for tried in range(TRIES):
        try:
            with urllib.request.urlopen(_request(url, agent), timeout=60) as answer:  # noqa: S310 - checked there
                data = answer.read()
            return (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException, EOFError, zlib.error) as error:
            _refused(url, error)
            _waited(url, error, tried, pause)
    raise AssertionError


def download(
    wanted: Download,
    path: Path,
    *,
    agent: str,
    pause: Callable[[float], object] = time.sleep,
    stopped: Callable[[], bool] = bool,
) -> None:
    """Fetch a file to `path`, going on where an earlier call was stopped; what is there already is not asked for.

    A file of another length or digest is fetched once more from its beginning. ArchiveError: it is not there, or is
    wrong a second time. Transient: nobody answers, or `stopped` says that nobody waits; what came is kept.
    """
    part = path.with_name(path.name + ".part")
    for again in (False, True):
        told = _fetched(wanted, part, agent, pause, stopped)
        problem = _problem(part, wanted, told)
        if not problem:
            part.replace(path)
            return
        part.unlink()
        if again:
            raise ArchiveError(f"{wanted.url}: {problem}, twice; it may be damaged where it lies")


def _fetched(
    wanted: Download, part: Path, agent: str, pause: Callable[[float], object], stopped: Callable[[], bool]
) -> Mapping[str, str]:
    """Bring the rest of a file; the headers of the last answer."""
    tried = 0
    while True:
        before = part.stat().st_size if part.exists() else 0
        try:
            return _once(wanted, part, before, agent, stopped)
        except (OSError, http.client.HTTPException, _Short) as error:
            _refused(wanted.url, error)
            if stopped():
                raise Transient(f"{wanted.url}: stopped; what came is kept") from error
            grown = part.exists() and part.stat().st_size > before
            tried = 0 if grown else tried + 1
            _waited(wanted.url, error, tried, pause)


def _once(wanted: Download, part: Path, have: int, agent: str, stopped: Callable[[], bool]) -> Mapping[str, str]:
    request = _request(wanted.url, agent, have)
    try:
        answer = urllib.request.urlopen(request, timeout=60)  # noqa: S310 - checked in `_request`
    except urllib.error.HTTPError as error:
        if error.code != BEYOND:
            raise
        return {name.lower(): value for name, value in error.headers.items()}  # all of it is here
    with answer:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        span = RANGE.match(headers.get("content-range", ""))
        goes_on = answer.status == PARTIAL and span is not None and int(span[1]) == have
        total = int(span[3]) if span and goes_on else int(headers.get("content-length") or -1)
        with part.open("ab" if goes_on else "wb") as file:
            while data := answer.read(CHUNK):
                file.write(data)
                if stopped():
                    raise Transient(f"{wanted.url}: stopped; what came is kept")
    if 0 <= part.stat().st_size < total:
        raise _Short(f"{part.stat().st_size} of {total} bytes came")
    return headers | {"total": str(total)}


def _request(url: str, agent: str, have: int = 0) -> urllib.request.Request:
    if not url.startswith(("http://", "https://")):
        raise ArchiveError(f"{url}: neither http nor https")
    headers = {"User-Agent": agent, "Accept-Encoding": "identity"}
    return urllib.request.Request(url, headers=headers | ({"Range": f"bytes={have}-"} if have else {}))  # noqa: S310 - as above


def _refused(url: str, error: Exception) -> None:
    """ArchiveError: the answer will be the same another time."""
    if isinstance(error, urllib.error.HTTPError) and error.code not in MAY_PASS:
        raise ArchiveError(f"{url}: HTTP {error.code}") from error


def _waited(url: str, error: Exception, tried: int, pause: Callable[[float], object]) -> None:
    """Wait before another try. Transient: there were enough."""
    if tried + 1 >= TRIES:
        raise Transient(f"{url}: {error}; run the command again: what came is kept") from error
    pause(PAUSES[min(tried, len(PAUSES) - 1)])


def _problem(part: Path, wanted: Download, told: Mapping[str, str]) -> str:
    """What is wrong with a file that came; empty: nothing."""
    size, stated = part.stat().st_size, wanted.size or int(told.get("total", -1))
    if stated >= 0 and size != stated:
        return f"{size} bytes came where {stated} were due"
    for kind, hexed in _digests(wanted, told):
        with part.open("rb") as file:
            found = hashlib.file_digest(file, kind).hexdigest()
        if found != hexed.lower():
            return f"its {kind} is {found} where {hexed} was due"
    return ""


def _digests(wanted: Download, told: Mapping[str, str]) -> list[tuple[str, str]]:
    """Digests that the file must have: the listing's, and those that the server sent with it."""
    kind, _, hexed = wanted.digest.partition(":")
    found = [(kind, hexed)] if kind in {"sha256", "md5", "sha1"} else []
    if told.get("server") == "AmazonS3" and (etag := ETAG.search(told.get("etag", ""))):
        found.append(("md5", etag[1]))
    if checksum := told.get("x-amz-checksum-sha256"):
        found.append(("sha256", base64.b64decode(checksum).hex()))
    return found
