"""`broadsheet source add | list | check | remove | pause | resume`: the file of sources, filled and looked after."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import typer

from broadsheet.config import chosen_sources, known_sources, read_settings, read_sources
from broadsheet.errors import ConfigError, Terminal
from broadsheet.fetching import Hosts
from broadsheet.sourcewriting import added, paused, removed
from flows.cli.source_adding import found, keys
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
from flows.hostleases import host_leases
from flows.progress import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from broadsheet.config import Settings
    from broadsheet.model import Source

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
    """The sources of the file; none before there is one."""
    sources = known_sources(read_settings().sources)
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
    with shown() as progress, host_leases(settings.data) as leases:
        probes = run_asking(_checked(Asking(network_of(settings, Hosts(leases.lease)), progress), sources))
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
