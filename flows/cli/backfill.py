"""The commands of `broadsheet backfill`. Each loads what it needs when it runs."""
# ruff: noqa: FBT002, PLC0415 - typer makes flags of bools; a command loads what it needs when it runs

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - typer reads the signatures
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup


class FilesUnlessNamed(TyperGroup):
    """`broadsheet backfill crawl.warc.gz` means `broadsheet backfill files crawl.warc.gz`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer has a click of its own
        """What does not begin with the name of a command or ask for help is for `files`."""
        if args and args[0] not in self.commands and args[0] not in {"--help", "--"}:
            args = ["files", *args]
        return super().parse_args(ctx, args)


backfill = typer.Typer(
    name="backfill",
    cls=FilesUnlessNamed,
    help="Pages of the past: WARC files of anybody's, the Common Crawl's news, tables and folders of HTML, URL lists. "
    "`broadsheet backfill PATH...` is short for `broadsheet backfill files PATH...`.",
    no_args_is_help=True,
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
Hosts = Annotated[
    Path | None,
    typer.Option(help="A file with a host a line; pages of other hosts are passed over. `.example.org`: all below it."),
]
Sources = Annotated[
    list[str] | None, typer.Option("--source", help="Only pages of this source's hosts; may be repeated.")
]


@backfill.command(epilog="Example: `broadsheet backfill crawls/ 'old/*.warc.gz' articles.jsonl --hosts hosts.txt`")
def files(  # noqa: PLR0913, PLR0917 - its options
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, globs: WARC, JSON, JSONL, CSV, Parquet, HTML.", metavar="PATH..."),
    ],
    hosts: Hosts = None,
    source: Sources = None,
    url_column: Annotated[
        str | None, typer.Option(help="The column of tables with the URL. None: by its name.", metavar="NAME")
    ] = None,
    html_column: Annotated[
        str | None, typer.Option(help="The column with the page's HTML. None: by its name.", metavar="NAME")
    ] = None,
    time_column: Annotated[
        str | None,
        typer.Option(
            help="The column with the time of capture. None: by its name, else the file's time.", metavar="NAME"
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Load the articles of files, whatever form they have; killed, the same command goes on where it was."""
    from flows.cli.filling import Choice, fill_files

    fill_files(paths, Choice(hosts, source or []), (url_column, html_column, time_column), as_json=as_json)


@backfill.command(epilog="Example: `broadsheet backfill ccnews --from 2026-01-01 --to 2026-01-31 --hosts hosts.txt`")
def ccnews(  # noqa: PLR0913, PLR0917 - its options
    first: Annotated[
        datetime, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DATE", help="The first day, UTC: 2026-01-01.")
    ],
    last: Annotated[
        datetime, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DATE", help="The last day, UTC: 2026-01-31.")
    ],
    hosts: Hosts = None,
    source: Sources = None,
    paths: Annotated[
        str | None, typer.Option(help="The listing, `warc.paths` or packed. None: the months' own.", metavar="FILE|URL")
    ] = None,
    base: Annotated[
        str | None, typer.Option(help="Where the listed files lie. None: the Common Crawl.", metavar="URL|FOLDER")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Load the articles of the Common Crawl's news archive, from its server or a disk; no publisher is asked."""
    from flows.cli.filling import Choice, fill_ccnews

    fill_ccnews((first.date(), last.date()), Choice(hosts, source or []), paths, base, as_json=as_json)


@backfill.command(epilog="Example: `broadsheet backfill urls articles-of-2019.txt`")
def urls(
    lists: Annotated[list[Path], typer.Argument(help="Files with a URL a line.", metavar="FILE...")],
    as_json: AsJson = False,
) -> None:
    """Fetch the pages of URL lists, politely, and load them; what was answered is not asked again."""
    from flows.cli.filling import fill_urls

    fill_urls(lists, as_json=as_json)
