"""The commands of `broadsheet source`. Each loads what it needs when it runs."""
# ruff: noqa: FBT002, PLC0415 - typer makes flags of bools; a command loads what it needs when it runs

from __future__ import annotations

from typing import Annotated

import typer

source = typer.Typer(
    name="source", help="The sites that runs ask: find, add, look after, exchange them.", no_args_is_help=True
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")]
OneOrMore = Annotated[list[str], typer.Argument(help="Names of sources.", metavar="NAME...")]
AnyNumber = Annotated[list[str] | None, typer.Argument(help="Names of sources. None: all.", metavar="[NAME]...")]


@source.command(epilog="Example: `broadsheet source add https://www.example.org/ --dry-run`")
def add(  # noqa: PLR0913, PLR0917 - each is an option
    url: Annotated[str, typer.Argument(help="The site's home page.", metavar="URL")],
    name: Annotated[str | None, typer.Option(help="Its name in every table; else from its address.")] = None,
    delay: Annotated[float, typer.Option(min=0, max=3600, help="Seconds between two requests to one host.")] = 1.0,
    sections: Annotated[bool, typer.Option("--sections", help="Section pages too, where feeds are found.")] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Look for a site's feeds, sitemaps and section pages, show what they name, and write them to sources.toml."""
    from flows.cli.source_tending import add as add_source

    add_source(url, name=name, delay=delay, sections=sections, dry_run=dry_run, as_json=as_json)


@source.command("list", epilog="Example: `broadsheet source list --json | jq -r '.[].name'`")
def list_(as_json: AsJson = False) -> None:
    """Show the sources of sources.toml."""
    from flows.cli.source_tending import show_list

    show_list(as_json=as_json)


@source.command(epilog="Example: `broadsheet source check example-news`")
def check(names: AnyNumber = None, as_json: AsJson = False) -> None:
    """Ask each endpoint once and say what is wrong and what to do. Exit code 1: one brings nothing."""
    from flows.cli.source_tending import check as check_sources

    check_sources(names or [], as_json=as_json)


@source.command(epilog="Example: `broadsheet source remove example-news`")
def remove(names: OneOrMore) -> None:
    """Take sources out of sources.toml. Their articles and archive stay."""
    from flows.cli.source_tending import remove as remove_sources

    remove_sources(names)


@source.command(epilog="Example: `broadsheet source pause example-news`")
def pause(names: OneOrMore) -> None:
    """Leave sources out of runs, unless a run names them."""
    from flows.cli.source_tending import pause as pause_sources

    pause_sources(names)


@source.command(epilog="Example: `broadsheet source resume example-news`")
def resume(names: OneOrMore) -> None:
    """Take paused sources into runs again."""
    from flows.cli.source_tending import pause as pause_sources

    pause_sources(names, resume=True)


@source.command("import", epilog="Example: `broadsheet source import subscriptions.opml --dry-run`")
def import_(
    file: Annotated[str, typer.Argument(help="An OPML file, or `-`.", metavar="FILE")],
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Write the feeds of an OPML file to sources.toml, one source a site. No site is asked."""
    from flows.cli.source_exchanging import import_opml

    import_opml(file, dry_run=dry_run, as_json=as_json)


@source.command(epilog="Example: `broadsheet source export > sources.opml`")
def export(names: AnyNumber = None) -> None:
    """Print the sources as OPML, for feed readers and for `broadsheet source import`."""
    from flows.cli.source_exchanging import export_opml

    export_opml(names or [])
