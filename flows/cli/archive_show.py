"""`broadsheet archive show`: what was kept of a URL, as it came."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import typer

from broadsheet import archive
from broadsheet.codings import content_decoded
from broadsheet.config import read_settings
from broadsheet.errors import ArchiveError, Terminal
from broadsheet.model import Reason
from broadsheet.urls import normalise
from flows.cli.places import opened
from flows.cli.tables import printed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from broadsheet.model import FetchedPage
    from broadsheet.warehouse import KeptCapture

BODY_LIMIT = 64 << 20  # bytes of a page out of its coding
NOT_MODIFIED = 304
COLUMNS = ("captured", "status", "type", "bytes", "source", "kept")


def show_captures(url: str, at: str | None, *, as_json: bool) -> None:
    """Print every capture of a URL, up to a time if one is given, the newest first."""
    found = _captures(url, at)
    if as_json:
        typer.echo(json.dumps([_told(each) for each in found], ensure_ascii=False, default=str))
        return
    printed(COLUMNS, [_row(each) for each in found])


def show_page(url: str, at: str | None, *, as_json: bool) -> None:
    """Print the newest kept page of a URL: what came, when, where it lies, its headers."""
    found = _captures(url, at)
    capture, page = _newest(url, found)
    if as_json:
        more = {"headers": [list(each) for each in page.headers], "seconds": page.seconds, "tries": page.tries}
        typer.echo(json.dumps(_told(capture) | more, ensure_ascii=False, default=str))
        return
    typer.echo(_summary(capture, page))
    typer.echo("".join(f"{name}: {value}\n" for name, value in page.headers))
    typer.echo(f"{len(found)} capture(s); --all lists them, --body prints the page")


def show_body(url: str, at: str | None, output: Path | None) -> None:
    """Write the newest kept page of a URL, out of its coding, to a file or to standard output."""
    _, page = _newest(url, _captures(url, at))
    body = content_decoded(page.body, page.header("content-encoding"), limit=BODY_LIMIT)
    if isinstance(body, Reason):
        raise ArchiveError(f"{url}: the body cannot be decoded: {body}")
    if output is None:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(body)
    except OSError as error:
        raise Terminal(f"{output}: cannot be written: {error.strerror}") from error
    typer.echo(f"wrote {len(body)} bytes to {output}", err=True)


def _captures(url: str, at: str | None) -> list[KeptCapture]:
    """The captures of a URL, the newest first. Terminal: it was never captured, or not up to then."""
    until, wanted = _moment(at), _usable(url)
    with opened() as warehouse:
        known = warehouse.places.captures(wanted)
    found = [each for each in known if until is None or each.captured_at <= until]
    if not found:
        when = f"; the first capture is of {known[-1].captured_at.isoformat()}" if known else ""
        raise Terminal(f"nothing was captured of {wanted}{f' up to {at}' if at else ''}{when}")
    return found


def _newest(url: str, found: Sequence[KeptCapture]) -> tuple[KeptCapture, FetchedPage]:
    """The newest capture with a page that is still held. Terminal: there is none, and why."""
    held = [each for each in found if each.dropped_at is None]
    if not held:
        last = found[0]
        raise Terminal(f"{url}: no page of it is held any more: {last.dropped_why}; taken out {_utc(last.dropped_at)}")
    capture = next((each for each in held if each.status not in {None, NOT_MODIFIED}), held[0])
    return capture, archive.read_one(read_settings().data, capture.position)


def _usable(url: str) -> str:
    wanted = normalise(url)
    if wanted is None:
        raise typer.BadParameter(f"{url!r} is no http or https URL", param_hint="URL")
    return wanted


def _moment(at: str | None) -> datetime | None:
    if at is None:
        return None
    try:
        found = datetime.fromisoformat(at)
    except ValueError as error:
        raise typer.BadParameter("a time such as 2026-03-14 or 2026-03-14T12:00+01:00", param_hint="--at") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _summary(capture: KeptCapture, page: FetchedPage) -> str:
    place = page.position or capture.position
    lines = {
        "url": capture.url,
        "answered by": page.target if page.target != capture.url else "",
        "source": capture.source,
        "captured": _utc(capture.captured_at),
        "same page first": "" if page.captured_at == capture.captured_at else _utc(page.captured_at),
        "answer": f"HTTP {page.status}" if page.status else f"none: {page.reason}: {page.detail}",
        "bytes": str(len(page.body)),
        "lies in": f"{place.file}, {place.length} bytes at {place.offset}",
    }
    return "".join(f"{name:<16}{value}\n" for name, value in lines.items() if value)


def _utc(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S} UTC" if when else ""


def _row(capture: KeptCapture) -> list[Any]:
    place = capture.position
    kept = f"{place.file} at {place.offset}" if capture.dropped_at is None else f"no: {capture.dropped_why}"
    when = f"{capture.captured_at:%Y-%m-%d %H:%M:%S}"
    return [when, capture.status, capture.content_type, capture.body_bytes, capture.source, kept]


def _told(capture: KeptCapture) -> dict[str, Any]:
    return asdict(capture) | {"held": capture.dropped_at is None}
