"""`broadsheet source import | export`: feeds from and to other programs, as OPML."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from broadsheet import urls
from broadsheet.config import chosen_sources, known_sources, read_settings, read_sources
from broadsheet.errors import Terminal
from broadsheet.opml import read_opml, unusable, written_opml
from broadsheet.sourcewriting import added
from flows.cli.source_adding import is_name, name_for
from flows.cli.source_file import edited
from flows.cli.source_showing import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from broadsheet.model import Endpoint, Source
    from broadsheet.opml import Outline


def import_opml(file: str, *, dry_run: bool, as_json: bool) -> None:
    """Write the feeds of an OPML file as sources, one a site; those that are there already are passed over."""
    settings = read_settings()
    known = known_sources(settings.sources)
    fresh = _sites(_outlines(file), known)
    if not dry_run and fresh:

        def change(text: str) -> str:
            for name, home, endpoints in fresh:
                text = added(text, name, home, endpoints)
            return text

        edited(settings.sources, change)
    if as_json:
        told([{"name": n, "home": h, "endpoints": [e.url for e in es], "written": not dry_run} for n, h, es in fresh])
        return
    for name, home, endpoints in fresh:
        typer.echo(f"{'would write' if dry_run else 'wrote'} {name!r} ({home}): {len(endpoints)} endpoints")
    if not fresh:
        typer.echo("nothing new in it")
    elif not dry_run:
        typer.echo("next: `broadsheet source check`")


def _outlines(file: str) -> tuple[Outline, ...]:
    try:
        body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        outlines, left = read_opml(body), unusable(body)
    except OSError as error:
        raise Terminal(f"{file}: {error.strerror or error}") from error
    except ValueError as error:
        raise Terminal(f"{file}: {error}") from error
    _remarked(outlines, left)
    if not outlines:
        raise Terminal(f"{file}: it names no feed")
    return outlines


def _remarked(outlines: Iterable[Outline], left: Iterable[str]) -> None:
    """Say what is not read as it stands there."""
    for each in outlines:
        if each.stated:
            typer.echo(f"{each.stated} is read as {each.endpoint.url}", err=True)
    for stated in left:
        typer.echo(f"{stated or 'an empty address'} is no http or https URL; left out", err=True)


def _sites(outlines: Iterable[Outline], known: Sequence[Source]) -> list[tuple[str, str, list[Endpoint]]]:
    """(name, home, endpoints) of each source of ours, else of each site, that has an endpoint which is not known."""
    there = {endpoint.url for source in known for endpoint in source.endpoints}
    taken = {source.name for source in known}
    new = sorted((each for each in outlines if each.endpoint.url not in there), key=_group)
    sites = []
    for (_, named), group in groupby(new, key=_group):
        members = list(group)
        home = _home(members[0])
        name = _free(named or name_for(home), taken)
        taken.add(name)
        sites.append((name, home, [each.endpoint for each in members]))
    return sites


def _group(outline: Outline) -> tuple[str, str]:
    """What belongs together: (host of the home, name of the source of ours, empty if the list has none)."""
    return urls.bare_host(_home(outline)), outline.source if outline.source and is_name(outline.source) else ""


def _home(outline: Outline) -> str:
    return outline.home or f"{urls.origin(outline.endpoint.url)}/"


def _free(name: str, taken: set[str]) -> str:
    return next(each for each in (name, *(f"{name}-{n}" for n in range(2, 10_000))) if each not in taken)


def export_opml(names: Sequence[str]) -> None:
    """Print the sources as OPML: paused ones too, unless some are named."""
    sources = read_sources(read_settings().sources)
    chosen = chosen_sources(sources, names) if names else sources
    sys.stdout.buffer.write(written_opml(chosen))
    sys.stdout.buffer.flush()
