"""`broadsheet backfill`: what is wrong with a call is said before anything is begun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.config import known_sources, read_settings
from broadsheet.errors import ConfigError
from broadsheet.holdings import Form, holdings
from flows.cli.runs import awaited, checked, prepare, told
from flows.hosts import hosts_of
from flows.urllists import urls_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose pages are wanted: those of hosts in a file, and of sources; neither: everybody's."""

    hosts: Path | None
    sources: Sequence[str]


def fill_files(
    paths: Sequence[str], choice: Choice, columns: tuple[str | None, str | None, str | None], *, as_json: bool
) -> None:
    """`broadsheet backfill files`. ArchiveError: something named is not there, or of no known kind."""
    for holding in holdings(paths):
        if holding.form is Form.WARC and str(holding.path) in paths:
            checked(holding.path)
    _ready(choice)
    from flows.backfill import backfill  # noqa: PLC0415 - Prefect loads only after `prepare`

    told(awaited(backfill(list(paths), _text(choice.hosts), list(choice.sources), *columns)), as_json=as_json)


def fill_ccnews(span: tuple[date, date], choice: Choice, paths: str | None, base: str | None, *, as_json: bool) -> None:
    """`broadsheet backfill ccnews`. ConfigError: the days are the wrong way round."""
    first, last = span
    if last < first:
        raise ConfigError(f"--from {first} lies after --to {last}")
    _ready(choice)
    from flows.backfill import backfill_ccnews  # noqa: PLC0415 - as above

    flow = backfill_ccnews(first, last, _text(choice.hosts), list(choice.sources), paths, base)
    told(awaited(flow), as_json=as_json)


def fill_urls(lists: Sequence[Path], *, as_json: bool) -> None:
    """`broadsheet backfill urls`. ConfigError: a list cannot be read, or holds no URL."""
    urls_of([str(each) for each in lists])
    prepare(read_settings())
    from flows.backfill_urls import backfill_urls  # noqa: PLC0415 - as above

    told(awaited(backfill_urls([str(each) for each in lists])), as_json=as_json)


def _ready(choice: Choice) -> None:
    settings = read_settings()
    hosts_of(_text(choice.hosts), choice.sources, known_sources(settings.sources))
    prepare(settings)


def _text(path: Path | None) -> str | None:
    return str(path) if path else None
