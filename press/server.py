"""The press over HTTP: by Host header, on one port, with conditional answers, and a log of what was asked."""

from __future__ import annotations

import gzip
import json
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

from aiohttp import web

from press.desks import DESKS
from press.pages import answer, http_date
from press.paper import NOW

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from press.model import Answer

GZIP_LEVEL = 6
SMALLEST_PACKED = 512  # bytes; below, gzip costs more than it saves
HASTE = 0.5  # seconds that open connections get at shutdown


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the log keeps it. `path` is path and query as sent, `conditional` whether it bore a validator."""

    time: str
    host: str
    method: str
    path: str
    status: int
    conditional: bool
    user_agent: str
    edition: int
    body_bytes: int


@dataclass(slots=True)
class Press:
    """A press at work. Set `edition` to switch what it serves; `asked` grows with every request."""

    port: int
    edition: int
    address: str = "127.0.0.1"
    asked: list[Asked] = field(default_factory=list)

    @property
    def resolve(self) -> str:
        """The setting BROADSHEET_RESOLVE that leads the papers' names here."""
        return resolve_setting(self.port, self.address)


def resolve_setting(port: int, address: str = "127.0.0.1") -> str:
    """`host=address:port` for every paper, joined by commas."""
    return ",".join(f"{desk.paper.host}={address}:{port}" for desk in DESKS)


@asynccontextmanager
async def serve(
    *, port: int = 0, edition: int = 1, log: Path | None = None, host: str = "127.0.0.1"
) -> AsyncIterator[Press]:
    """Serve an edition until the block ends; port 0 takes a free one. OSError if the port is in use.

    `log`: a file that gets one JSON line a request, flushed before the answer is sent.
    """
    press = Press(port, edition, host)
    stream = log.open("a", encoding="utf-8") if log else None
    runner = web.ServerRunner(web.Server(_handler(press, stream), access_log=None), shutdown_timeout=HASTE)
    try:
        await runner.setup()
        site = web.TCPSite(runner, host, port)
        await site.start()
        press.port = runner.addresses[0][1]
        yield press
    finally:
        await runner.cleanup()
        if stream:
            stream.close()


def _handler(press: Press, stream: IO[str] | None):  # type: ignore[no-untyped-def] # noqa: ANN202 - aiohttp's own type
    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        response = respond(request, press.edition)
        asked = _asked(request, response, press.edition)
        press.asked.append(asked)
        if stream:
            stream.write(json.dumps(asdict(asked)) + "\n")
            stream.flush()
        return response

    return handle


def respond(request: web.BaseRequest, edition: int) -> web.Response:
    """The answer of an edition to a request: 405 for what is neither GET nor HEAD, 304 where nothing changed."""
    if request.method not in {"GET", "HEAD"}:
        return _response(405, [("Allow", "GET, HEAD")], b"", edition)
    found = answer(edition, _name(request), request.path_qs)
    if found.status == web.HTTPOk.status_code and _unchanged(request, found):
        return _response(304, [h for h in found.headers if h[0] != "Content-Type"], b"", edition)
    return _packed(request, found, edition)


def _packed(request: web.BaseRequest, found: Answer, edition: int) -> web.Response:
    wanted = "gzip" in request.headers.get("Accept-Encoding", "")
    if not wanted or len(found.body) < SMALLEST_PACKED or (found.header("Content-Type") or "").startswith("image/"):
        return _response(found.status, list(found.headers), found.body, edition)
    headers = [*found.headers, ("Content-Encoding", "gzip")]
    return _response(found.status, headers, gzip.compress(found.body, GZIP_LEVEL, mtime=0), edition)


def _response(status: int, headers: list[tuple[str, str]], body: bytes, edition: int) -> web.Response:
    fixed = [("Date", http_date(NOW[edition])), ("Server", "press"), ("Vary", "Accept-Encoding")]
    return web.Response(status=status, headers=fixed + headers, body=body)


def _unchanged(request: web.BaseRequest, found: Answer) -> bool:
    """Whether a condition holds that makes a 304 (RFC 9110, 13.2.2: If-None-Match goes before If-Modified-Since)."""
    if tags := request.headers.get("If-None-Match"):
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or (found.header("ETag") or "").removeprefix("W/") in known
    since = request.if_modified_since
    return bool(since and found.changed_at and found.changed_at <= since)


def _name(request: web.BaseRequest) -> str:
    return request.host.partition(":")[0].lower()


def _asked(request: web.BaseRequest, response: web.Response, edition: int) -> Asked:
    return Asked(
        time=datetime.now(UTC).isoformat(),
        host=_name(request),
        method=request.method,
        path=request.path_qs,
        status=response.status,
        conditional=bool({"If-None-Match", "If-Modified-Since"} & set(request.headers)),
        user_agent=request.headers.get("User-Agent", ""),
        edition=edition,
        body_bytes=len(response.body) if isinstance(response.body, bytes) else 0,
    )
