"""The commands of `broadsheet snapshot`. Each loads what it needs when it runs."""
# ruff: noqa: FBT002, PLC0415 - typer makes flags of bools; a command loads what it needs when it runs

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - typer reads the signatures
from typing import Annotated

import typer

snapshot = typer.Typer(
    name="snapshot", help="A frozen corpus under a seal: make one, prove it, read its label.", no_args_is_help=True
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
Place = Annotated[str, typer.Argument(help="Its folder, or s3://...", metavar="FOLDER")]
DAY = ["%Y-%m-%d"]


@snapshot.command(
    epilog="Example: `broadsheet snapshot create floods-2026 --sql \"from mart.articles where 'flood' in tags\"`"
)
def create(  # noqa: PLR0913, PLR0917 - its options
    folder: Place,
    sql: Annotated[
        str | None, typer.Option(help="A statement that gives article_id; `-`: from standard input.", metavar="QUERY")
    ] = None,
    source: Annotated[list[str] | None, typer.Option(help="A source's name; may be repeated. None: all.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=DAY, help="Published that day or later.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=DAY, help="Published that day or earlier.")] = None,
    evidence: Annotated[bool, typer.Option("--evidence", help="With what each field rests on.")] = False,
    as_json: AsJson = False,
) -> None:
    """Freeze articles and their versions in a folder: Parquet, a manifest, checksums."""
    from flows.cli.snapshots import make
    from flows.snapshot import Wanted

    if sql and (source or since or until):
        raise typer.BadParameter("say it in the statement: --source, --since and --until go without --sql")
    days = (since.date() if since else None, until.date() if until else None)
    make(folder, Wanted(sql, tuple(source or ()), *days, evidence), as_json=as_json)


@snapshot.command(epilog="Example: `broadsheet snapshot verify floods-2026`; with --digest as it was noted elsewhere")
def verify(
    folder: Place,
    digest: Annotated[str, typer.Option(help="The manifest's digest that `create` printed.", metavar="HEX")] = "",
    as_json: AsJson = False,
) -> None:
    """Prove that no byte of a snapshot is another than was sealed. Exit code 1: one is; each fault is a line."""
    from flows.cli.snapshots import prove

    prove(folder, digest, as_json=as_json)


@snapshot.command(epilog="Example: `broadsheet snapshot show floods-2026 --json | jq .extractors`")
def show(folder: Place, as_json: AsJson = False) -> None:
    """Print what a snapshot's manifest says: what it holds, how it was chosen, by what it was read."""
    from flows.cli.snapshots import told

    told(folder, as_json=as_json)
