"""The files of a listing, as they are reached: on this disk, or afar."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.errors import ArchiveError
from broadsheet.holdings import listed, months, text_of
from broadsheet.holdings.listing import BASE

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.config import Settings
    from broadsheet.holdings import Listed


def files_listed(
    settings: Settings, first: date, last: date, paths: str | None, base: str | None
) -> tuple[list[Path], list[tuple[str, Listed]]]:
    """The files of the listings that were begun in a span of days: those on this disk, and (base, file) of the others.

    ArchiveError: a listing cannot be read, or names nothing of those days, or a file it names is not there.
    """
    base = base or BASE
    listings = [paths] if paths else [_under(base, path) for path in months(first, last)]
    lines = [line for each in listings for line in _text(each, settings).splitlines()]
    found = listed(lines, first, last)
    if not found:
        raise ArchiveError(f"{', '.join(listings)}: names no file begun from {first} to {last}")
    if _is_url(base):
        return [], [(base.rstrip("/") + "/", each) for each in found]
    return [Path(base) / each.path for each in found], []


def _under(base: str, path: str) -> str:
    return f"{base.rstrip('/')}/{path}"


def _is_url(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def _text(listing: str, settings: Settings) -> str:
    if _is_url(listing):
        return text_of(listing, agent=settings.user_agent)
    try:
        data = Path(listing).read_bytes()
        return (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).decode("utf-8", "replace")
    except (OSError, EOFError) as error:
        raise ArchiveError(f"{listing}: the listing cannot be read: {error}") from error
