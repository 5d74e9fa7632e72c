"""`broadsheet source`: the file of sources looked after: add, list, check, remove, pause, resume, import, export."""

from __future__ import annotations

import asyncio
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from broadsheet import urls
from broadsheet.config import chosen_sources, known_sources, read_settings, read_sources
from broadsheet.errors import ConfigError, Terminal
from broadsheet.opml import read_opml, written_opml
from broadsheet.sourcewriting import added, paused, removed
from flows.cli.source_adding import found, keys, name_for
from flows.cli.source_asking import Asking, Probe, probed, run_asking
from flows.cli.source_file import edited
from flows.cli.source_showing import (
    checks_json,
    finding_json,
    show_checks,
    show_finding,
    show_sources,
    sources_json,
    told,
)
from flows.fetch import network_of
from flows.progress import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from broadsheet.config import Settings
    from broadsheet.model import Endpoint, Source
    from broadsheet.opml import Outline

AT_ONCE = 8  # sources that are checked side by side; each host keeps its own pace


def add(target: str, *, name: str | None, delay: float, sections: bool, dry_run: bool, as_json: bool) -> None:  # noqa: PLR0913 - a command's options
    """Find what a site announces, show it, and write it down. Terminal: there is nothing to write."""
    settings = read_settings()
    finding = found(target, settings, name=name, delay=delay, sections=sections)
    now, source = settings.clock(), finding.source
    entry = "" if finding.is_empty else added("", source.name, source.home, source.endpoints, keys(source))
    writes = not (dry_run or finding.is_empty)
    if writes:
        edited(settings.sources, lambda text: added(text, source.name, source.home, source.endpoints, keys(source)))
    if as_json:
        told(finding_json(finding, entry, str(settings.sources), written=writes, now=now))
    else:
        show_finding(finding, now)
    if finding.is_empty:
        raise Terminal(
            f"{source.home}: no feed, sitemap or section page that names articles, at {finding.looked} places; if you "
            f"know one, write it into {settings.sources} (docs/how-to/add-a-site.md)"
        )
    if not as_json:
        told_ = f"wrote {source.name!r} to {settings.sources}; next: `broadsheet run --source {source.name}`"
        typer.echo(f"\n{entry}" if dry_run else told_)


def show_list(*, as_json: bool) -> None:
    """The sources of the file."""
    sources = read_sources(read_settings().sources)
    if as_json:
        told(sources_json(sources))
    elif sources:
        show_sources(sources)
    else:
        typer.echo("no source yet: `broadsheet source add URL` writes one")


def check(names: Sequence[str], *, as_json: bool) -> None:
    """Poll each endpoint and say what is wrong. Exit code 1: one cannot be read, or names no page."""
    settings = read_settings()
    sources = chosen_sources(read_sources(settings.sources), names)
    with shown() as progress:
        probes = run_asking(_checked(Asking(network_of(settings), progress), sources))
    named = {source.name: source for source in sources}
    if as_json:
        told(checks_json(probes, named, settings.clock()))
    else:
        show_checks(probes, named, settings.clock())
    raise typer.Exit(not all(probe.is_well for found_ in probes.values() for probe in found_))


async def _checked(asking: Asking, sources: Sequence[Source]) -> dict[str, list[Probe]]:
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(source: Source) -> list[Probe]:
        async with turns:
            return list((await probed(asking, source.endpoints, source)).values())

    answers = await asyncio.gather(*map(one, sources))
    return {source.name: probes for source, probes in zip(sources, answers, strict=True)}


def remove(names: Sequence[str]) -> None:
    """Take sources out of the file; what was loaded of them stays."""
    settings = read_settings()
    _changed(settings, names, removed)
    for name in names:
        typer.echo(f"removed {name!r} from {settings.sources}; its articles and archive stay")


def pause(names: Sequence[str], *, resume: bool = False) -> None:
    """Leave sources out of runs, or take them in again."""
    settings = read_settings()
    _changed(settings, names, lambda text, name: paused(text, name, pause=not resume))
    for name in names:
        typer.echo(f"{name!r} {'runs again' if resume else 'is left out of runs that do not name it'}")


def _changed(settings: Settings, names: Sequence[str], change: Callable[[str, str], str]) -> None:
    chosen_sources(read_sources(settings.sources), names)

    def change_all(text: str) -> str:
        for name in dict.fromkeys(names):
            text = change(text, name)
        return text

    try:
        edited(settings.sources, change_all)
    except KeyError as error:
        raise ConfigError(
            f"{settings.sources}: {error.args[0]!r} does not stand in a [[source]] table of its own; edit it by hand"
        ) from error


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
        outlines = read_opml(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes())
    except OSError as error:
        raise Terminal(f"{file}: {error.strerror or error}") from error
    except ValueError as error:
        raise Terminal(f"{file}: {error}") from error
    if not outlines:
        raise Terminal(f"{file}: it names no feed")
    return outlines


def _sites(outlines: Iterable[Outline], known: Sequence[Source]) -> list[tuple[str, str, list[Endpoint]]]:
    """(name, home, endpoints) of each site of a list that has an endpoint which is not known."""
    there = {endpoint.url for source in known for endpoint in source.endpoints}
    taken = {source.name for source in known}
    new = sorted(
        (each for each in outlines if each.endpoint.url not in there), key=lambda each: urls.bare_host(_home(each))
    )
    sites = []
    for _, group in groupby(new, key=lambda each: urls.bare_host(_home(each))):
        members = list(group)
        home = _home(members[0])
        name = _free(name_for(home), taken)
        taken.add(name)
        sites.append((name, home, [each.endpoint for each in members]))
    return sites


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
