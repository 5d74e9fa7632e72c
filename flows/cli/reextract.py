"""The commands of `broadsheet reextract`. Each loads what it needs when it runs."""
# ruff: noqa: FBT002, PLC0415 - typer makes flags of bools; a command loads what it needs when it runs

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - typer reads the signatures
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from broadsheet.model import Reason

reextract = typer.Typer(
    name="reextract",
    invoke_without_command=True,
    epilog='Example: `broadsheet reextract --source example-news --where "word_count < 50" --output report.html`',
)
DAY = ["%Y-%m-%d"]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
Names = Annotated[list[str] | None, typer.Option(help="A source's name; may be repeated. None: all.")]
Number = Annotated[int, typer.Argument(help="The re-extraction's id, as listed.", metavar="ID")]
Why = Annotated[str, typer.Option(help="Why; kept with who and when.")]
Output = Annotated[Path | None, typer.Option(help="Write the report: .html, .md or .json.", metavar="FILE")]


@reextract.callback()
def read(  # noqa: PLR0913, PLR0917 - its options
    context: typer.Context,
    source: Names = None,
    since: Annotated[
        datetime | None, typer.Option(formats=DAY, help="Only what was captured on that day (UTC) or later.")
    ] = None,
    until: Annotated[datetime | None, typer.Option(formats=DAY, help="Only what was captured before that day.")] = None,
    version: Annotated[
        list[str] | None, typer.Option(help="Only what that version of the extractor read, or one that begins so.")
    ] = None,
    reason: Annotated[list[str] | None, typer.Option(help="Only what was rejected for it; may be repeated.")] = None,
    where: Annotated[
        str | None, typer.Option(help="A condition on the columns of mart.articles, as SQL.", metavar="SQL")
    ] = None,
    query: Annotated[str | None, typer.Option("--sql", help="A SELECT that names url_ids.", metavar="SQL")] = None,
    output: Output = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count the pages that are meant.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read kept pages again by today's rules, beside what stands, and show what would change. No network.

    Without options it is every page of the archive that holds one. Nothing changes for readers before `promote`. If it
    is interrupted, the same call goes on.
    """
    if context.invoked_subcommand:
        return
    if where and query:
        raise typer.BadParameter("--where and --sql: one of them")
    from flows.cli.reextraction import count_pages, read_pages
    from flows.reextract_select import Asked

    first, end = (each.date() if each else None for each in (since, until))
    asked = Asked(source or [], first, end, version or [], _reasons(reason or []), where, query)
    if dry_run:
        count_pages(asked, as_json=as_json)
    else:
        read_pages(asked, output, as_json=as_json)


@reextract.command("list", epilog="Example: `broadsheet reextract list --json | jq .[0].changed`")
def list_(as_json: AsJson = False) -> None:
    """Show the re-extractions, the newest first: what was asked for, how far they are, what stands of them."""
    from flows.cli.reextraction import show_all

    show_all(as_json=as_json)


@reextract.command(epilog="Example: `broadsheet reextract show 3 --field title --output report.html`")
def show(
    number: Number,
    field: Annotated[str | None, typer.Option(help="Examples of that field alone.")] = None,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Show what a re-extraction reads otherwise: by source and field, with examples."""
    from flows.cli.reextraction import show_one

    show_one(number, field, output, as_json=as_json)


@reextract.command(epilog='Example: `broadsheet reextract promote 3 --source example-news --why "captions are gone"`')
def promote(number: Number, source: Names = None, why: Why = "", as_json: AsJson = False) -> None:
    """Make the new readings current, in one transaction. No version of an article comes or goes by it."""
    from flows.cli.reextraction import move

    move(number, source or [], why, back=False, as_json=as_json)


@reextract.command(epilog='Example: `broadsheet reextract rollback 3 --why "dates are a day off"`')
def rollback(number: Number, source: Names = None, why: Why = "", as_json: AsJson = False) -> None:
    """Make the readings current again that stood before, in one transaction."""
    from flows.cli.reextraction import move

    move(number, source or [], why, back=True, as_json=as_json)


def _reasons(names: list[str]) -> list[Reason]:
    from flows.cli.replay import reason_named

    return [reason_named(each) for each in names]
