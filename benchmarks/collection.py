"""The press as an archive of years: thousands of its articles over many WARC files, as others' crawls leave them.

Everything follows from the numbers, so the same size gives the same bytes. Of a hundred records three are of a foreign
host, three are no HTML, four repeat a record before, four are revisits of one, and one is broken.
"""

from __future__ import annotations

import zlib
from base64 import b32encode
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha1
from typing import TYPE_CHECKING

import press
from press.pages import pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

START = datetime(2024, 1, 1, tzinfo=UTC)
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
HTML = "text/html; charset=utf-8"


def written(  # noqa: PLR0913 - what a set is made of
    folder: Path, files: int, records: int, *, padding: int = 0, odd: bool = True, bulk: int = 0
) -> list[Path]:
    """Write `files` WARC files of `records` records each; `padding` is bytes of script that each page bears more.

    `odd`: not all of them are articles, once and whole. `bulk`: bytes of a page of a foreign host after each record, as
    in the crawls of others, which are mostly not what is wanted.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = list(originals())
    made = _of if odd else _plain
    return [
        _file(
            folder / f"crawl-{n:03d}.warc.gz",
            range(n * records, (n + 1) * records),
            partial(made, found, padding),
            bulk,
        )
        for n in range(files)
    ]


def originals() -> Iterator[tuple[str, bytes]]:
    """URL and page of each article of the press."""
    served = pages(1)
    for entry in press.ledger(1):
        if entry.outcome == "article":
            host, path = entry.url.removeprefix("http://").split("/", 1)
            yield entry.url, served[host, f"/{path}"].body


def real(path: Path, records: Iterable[tuple[str, bytes]], copies: int) -> list[Path]:
    """Pages as WARC files, a file a copy; each copy is of a host of its own, or all would be one article."""
    made = []
    for copy in range(copies):
        made.append(path / f"real-{copy}.warc.gz")
        with made[-1].open("wb") as file:
            for number, (url, body) in enumerate(records):
                name = url.split("/")[2].encode()
                own = b"copy%d." % copy + name
                page = body.replace(b"//" + name, b"//" + own)
                file.write(_response(url.replace(name.decode(), own.decode(), 1), page, number, HTML))
    return made


def _file(path: Path, numbers: range, made: Callable[[int, int], bytes], bulk: int) -> Path:
    foreign = b"<p>elsewhere</p>" * (bulk // 16)
    if not path.exists():
        with path.open("wb") as file:
            file.write(
                _packed(_record("warcinfo", {"WARC-Filename": path.name}, b"software: a crawler\r\n", numbers[0]))
            )
            for number in numbers:
                file.write(made(number, numbers[0]))
                if bulk:
                    file.write(_response(f"https://elsewhere.test/bulk/{number}", foreign, number, HTML))
    return path


def _plain(found: list[tuple[str, bytes]], padding: int, number: int, _first: int) -> bytes:
    """The article of a number."""
    return _response(*article(found, number, padding), number, HTML)


def _of(found: list[tuple[str, bytes]], padding: int, number: int, first: int) -> bytes:
    """The record of a number."""
    kind = number % 100
    if kind in {10, 40, 70} and number - 7 >= first:
        return _of(found, padding, number - 7, first)
    url, page = article(found, number, padding)
    match kind:
        case 11 | 41 | 71:
            url = "https://elsewhere.test/" + url.rpartition("/")[2]
        case 12 | 42 | 72:
            return _response("https://www.harbourgazette.test/picture.jpg", b"\xff\xd8" * 2000, number, "image/jpeg")
        case 13 | 43 | 73 | 93 if number - 5 >= first:
            return _revisit(*article(found, number - 5, padding), number)
        case 50:
            whole = _response(url, page, number, HTML)
            return whole[: len(whole) // 2]
    return _response(url, page, number, HTML)


def article(found: list[tuple[str, bytes]], number: int, padding: int) -> tuple[str, bytes]:
    """An article of the press made another one: its URL and its headline end in a number."""
    url, page = found[number % len(found)]
    own = f"{url}-{number}"
    body = page.replace(url.encode(), own.encode()).replace(_path(url), _path(own))
    body = body.replace(b"</h1>", b" (%d)</h1>" % number).replace(b"</p>", b" No. %d.</p>" % number, 1)
    script = b"<script>/*" + str(number).encode() * (padding // len(str(number))) + b"*/</script></body>"
    return own, body.replace(b"</body>", script) if padding else body


def _path(url: str) -> bytes:
    return b'"/' + url.split("/", 3)[3].encode() + b'"'


def _response(url: str, body: bytes, number: int, kind: str) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode()
    fields = {"WARC-Target-URI": url, "WARC-Payload-Digest": _digest(body)}
    return _packed(_record("response", fields, head + body, number))


def _revisit(url: str, body: bytes, number: int) -> bytes:
    fields = {
        "WARC-Target-URI": url,
        "WARC-Profile": IDENTICAL,
        "WARC-Payload-Digest": _digest(body),
        "WARC-Refers-To-Target-URI": url,
        "WARC-Refers-To-Date": _date(number - 5),
    }
    return _packed(_record("revisit", fields, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", number))


def _record(kind: str, fields: dict[str, str], block: bytes, number: int) -> bytes:
    named = {
        "WARC-Type": kind,
        "WARC-Date": _date(number),
        "WARC-Record-ID": f"<urn:uuid:{number:08x}-0000-4000-8000-{len(kind):012x}>",
        **fields,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    }
    head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in named.items()) + "\r\n"
    return head.encode() + block + b"\r\n\r\n"


def _date(number: int) -> str:
    return f"{START + timedelta(minutes=number):%Y-%m-%dT%H:%M:%SZ}"


def _digest(body: bytes) -> str:
    return f"sha1:{b32encode(sha1(body).digest()).decode()}"


def _packed(record: bytes) -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return packer.compress(record) + packer.flush()
