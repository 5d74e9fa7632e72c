"""The commands, and the one place where errors become lines and exit codes.

Exit codes: 0 done; 1 it could not be done (one line says why and what to do); 2 the call's words are off, or
no contact is configured; 130 Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime  # noqa: TC003 - typer reads the signatures
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from broadsheet import __version__
from broadsheet.errors import BroadsheetError, Interrupted
from broadsheet.exports.spec import Format, Partition, Spec, ending
from flows.cli.backfill import backfill as backfill_commands
from flows.cli.database import db as database_commands
from flows.cli.desk import COMMANDS as DESK
from flows.cli.reextract import reextract as reextract_commands
from flows.cli.serving import COMMANDS as SERVING
from flows.cli.snapshot import snapshot as snapshot_commands
from flows.cli.source import source as source_commands

app = typer.Typer(
    name="broadsheet",
    help="Article pages of news sites to DuckDB: scheduled, polite, complete, explainable.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)
rules = typer.Typer(help="Lines learned to be furniture: list them, forbid them.", no_args_is_help=True)
app.add_typer(rules, name="rules")
app.add_typer(source_commands)
app.add_typer(backfill_commands)
app.add_typer(database_commands)
app.add_typer(reextract_commands)
app.add_typer(snapshot_commands)
for command, example in (*DESK, *SERVING):
    app.command(epilog=example)(command)
INTERRUPTED = 130  # 128 + SIGINT, as shells have it
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
Names = Annotated[list[str] | None, typer.Option(help="A source's name; may be repeated. None: all.")]

DAY = ["%Y-%m-%d"]
OneSource = Annotated[str | None, typer.Option(help="A source's name. None: all.")]
LineOrId = Annotated[str, typer.Argument(help="The line as printed or as listed, or its id.", metavar="LINE|ID")]


def main() -> None:
    """Run the command line."""
    sys.exit(_run())


def _run() -> int:
    """Run the command; its exit code."""
    try:
        app()
    except Interrupted as error:
        _told(str(error))
        return INTERRUPTED
    except BroadsheetError as error:
        _told(str(error))
        error.with_traceback(None)  # Prefect keeps the error, and so its frames: DuckDB complains at exit
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has gone, as `| head` does
    return 0


def _told(line: str) -> None:
    Console(stderr=True, soft_wrap=True).print(f"[bold red]broadsheet:[/] {_plain(line)}", highlight=False)


def _plain(line: str) -> str:
    return " ".join(line.replace("[", r"\[").split())


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"broadsheet {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    """Article pages of news sites to DuckDB: scheduled, polite, complete, explainable."""


@app.command(epilog="Example: `broadsheet demo`, then `broadsheet demo --edition 2` to see edits arrive.")
def demo(
    data: Annotated[Path, typer.Option(help="Folder the demo keeps to.")] = Path("demo-data"),
    edition: Annotated[int, typer.Option(min=1, max=2, help="Which morning's papers are served.")] = 1,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the sample press; 0 takes a free one.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Serve the sample press on loopback, run the pipeline against it, and show what came."""
    from flows.cli.demo import demonstrate

    demonstrate(data, edition=edition, port=port, as_json=as_json)


@app.command(epilog="Example: `broadsheet run --source example-news --since 2026-01-01`")
def run(
    source: Names = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="A first fill, back to this day: 2026-01-31."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take what is new or due from the sources in deployments/sources.toml and load it."""
    from flows.cli.runs import run_sources

    run_sources(source or [], since=since.date() if since else None, as_json=as_json)


@app.command(epilog="Example: `broadsheet ingest crawl-2026-03.warc.gz more/*.warc`")
def ingest(
    files: Annotated[list[Path], typer.Argument(help="WARC files, gzip or plain.", metavar="FILE...")],
    as_json: AsJson = False,
) -> None:
    """Load the article pages of WARC files; the same records twice change nothing."""
    from flows.cli.runs import run_files

    run_files(files, as_json=as_json)


@app.command(name="try", epilog="Example: `broadsheet try page.html --url https://www.example.org/news/42 --explain`")
def try_(
    target: Annotated[str, typer.Argument(help="A page's URL, an HTML file (.gz too), or `-`.", metavar="URL|FILE")],
    url: Annotated[str | None, typer.Option(help="Where the FILE's page came from.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Every candidate of every field, winners marked.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what is read off one page; exit code 1 if it is no article."""
    from flows.cli.trying import try_page

    try_page(target, url=url, explain=explain, as_json=as_json)


@app.command(epilog="Example: `broadsheet search '\"port authority\" -insurance author:elling' --since 2026-03-01`")
def search(  # noqa: PLR0913, PLR0917 - its options
    words: Annotated[
        str | None, typer.Argument(help="Words, phrases in quotes, field:word, -without, OR, begins*.", metavar="WORDS")
    ] = None,
    since: Annotated[datetime | None, typer.Option(formats=DAY, help="Published that day or later.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=DAY, help="Published that day or earlier.")] = None,
    source: Names = None,
    language: Annotated[list[str] | None, typer.Option(help="ISO 639-1, such as de; may be repeated.")] = None,
    field: Annotated[
        list[str] | None, typer.Option(help="Look in this field; may be repeated. None: title, text, description.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="The most articles shown; 0: all.")] = 20,
    ids: Annotated[bool, typer.Option("--ids", help="Print article ids alone, for SQL.")] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build the index anew first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Find articles by their words, in any language: the best first, the words marked."""
    from broadsheet.search.entries import Filter
    from flows.cli.search import rebuild_index, searched
    from flows.search import Asked

    if rebuild:
        rebuild_index()
    if words is None and not rebuild:
        raise typer.BadParameter("say what to look for", param_hint="WORDS")
    if words is not None:
        first, last = (each.date() if each else None for each in (since, until))
        narrowed = Filter(tuple(source or ()), tuple(language or ()), first, last)
        searched(Asked(words, tuple(field or ()), narrowed, limit), ids=ids, as_json=as_json)


@app.command(
    epilog="Example: `broadsheet export corpus/ --source example-news --since 2026-01-01`; again: what changed"
)
def export(  # noqa: PLR0913, PLR0917 - its options
    target: Annotated[str, typer.Argument(help="A folder, a file (.parquet, .jsonl, .csv, also .gz), or s3://...")],
    fmt: Annotated[
        Format | None, typer.Option("--format", help="None: by the file's name, parquet in a folder.")
    ] = None,
    columns: Annotated[str | None, typer.Option(help="Columns of mart.articles, divided by commas. None: all.")] = None,
    source: Names = None,
    since: Annotated[datetime | None, typer.Option(formats=DAY, help="Published that day or later.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=DAY, help="Published that day or earlier.")] = None,
    partition: Annotated[Partition | None, typer.Option(help="How a folder is divided into files.")] = None,
    guard: Annotated[bool, typer.Option("--guard", help="CSV: no cell can be taken for a formula.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write articles to files; the same folder again is brought up to date: only months that changed are written."""
    from flows.cli.export import export_articles

    spec = Spec(
        fmt or Format(ending(target) or Format.PARQUET),
        tuple(dict.fromkeys(name.strip() for name in (columns or "").split(",") if name.strip())),
        tuple(source or ()),
        since.date() if since else None,
        until.date() if until else None,
        Partition.NONE if ending(target) else partition or Partition.MONTH,
        guard,
    )
    asked = any((fmt, columns, source, since, until, partition, guard))
    export_articles(target, spec if asked else None, as_json=as_json)


@app.command(epilog="Example: `broadsheet diff https://www.example.org/news/42`")
def diff(
    url: Annotated[str, typer.Argument(help="Any URL of an article.", metavar="URL")],
    number: Annotated[int | None, typer.Option("--version", min=1, help="One version alone. None: all.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show how an article changed: headline, and the sentences that came and went with each version."""
    from flows.cli.diff import show_changes

    show_changes(url, number=number, as_json=as_json)


@app.command(epilog="Example: `broadsheet report --days 90 --output press.html --open`")
def report(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file; `-`: standard output. None: the data folder.", metavar="FILE"),
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=36_500, help="How many days are shown, up to the last load.")] = 30,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write one self-contained HTML page of the state of the press; it asks nothing of any network."""
    from flows.cli.report import make_report

    make_report(output, days, show=show, as_json=as_json)


@app.command(epilog="Example: `broadsheet status --json | jq .sources`")
def status(as_json: AsJson = False) -> None:
    """Sources, counts, the last runs and their ledger."""
    from flows.cli.show import show_status

    show_status(as_json=as_json)


@app.command(epilog="Example: `broadsheet metrics --output /var/lib/node_exporter/broadsheet.prom`")
def metrics(
    output: Annotated[Path | None, typer.Option(help="Write a file, in one step.", metavar="FILE")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Serve them at /metrics; 0: a free port.")] = None,
    host: Annotated[str, typer.Option(help="The address to serve them on.")] = "127.0.0.1",
) -> None:
    """Print counts, ages and health for Prometheus, write them to a file, or serve them until stopped."""
    from flows.cli.metrics import show_metrics

    show_metrics(output=output, port=port, host=host)


@app.command(epilog="Example: `broadsheet maintain --source example-news`")
def maintain(
    source: Names = None,
    as_json: AsJson = False,
) -> None:
    """Learn the lines that recur over each source's articles, and leave out the certain ones from now on."""
    from flows.cli.rules import run_maintenance

    run_maintenance(source or [], as_json=as_json)


@app.command(epilog="Example: `broadsheet replay --reason text_too_short --reason no_title --dry-run`")
def replay(
    reason: Annotated[
        list[str] | None, typer.Option(help="A reason of rejection; may be repeated. None: all that reading decides.")
    ] = None,
    source: Names = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what was captured on that day (UTC) or later.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and count, load nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read what was rejected again from the archive, by today's rules, and load what ends otherwise."""
    from flows.cli.replay import run_replay

    run_replay(reason or [], source or [], since, dry_run=dry_run, as_json=as_json)


@app.command(
    epilog='Example: `broadsheet forget https://www.example.org/news/42 --why "asked for by the author, 2026-03-14"`'
)
def forget(
    target: Annotated[str, typer.Argument(help="An article's URL, or a source's name.", metavar="URL|SOURCE")],
    why: Annotated[str, typer.Option(help="Why; kept with the tombstone.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is meant.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take an article or a source out of every table, file and copy for good, and prove that nothing is left."""
    from flows.cli.forget import forget_target

    forget_target(target, why, yes=yes, dry_run=dry_run, as_json=as_json)


@rules.command("list", epilog="Example: `broadsheet rules list --source example-news`")
def rules_list(source: OneSource = None, as_json: AsJson = False) -> None:
    """Show the learned lines: candidates, active ones (left out of texts), vetoed ones."""
    from flows.cli.rules import show_rules

    show_rules(source, as_json=as_json)


@rules.command("veto", epilog='Example: `broadsheet rules veto "Why it matters" --source example-news`')
def rules_veto(named: LineOrId, source: OneSource = None) -> None:
    """Never leave a line out of texts, however often it recurs."""
    from flows.cli.rules import set_veto

    set_veto(named, source, allow=False)


@rules.command("unveto", epilog='Example: `broadsheet rules unveto "Why it matters"`')
def rules_unveto(named: LineOrId, source: OneSource = None) -> None:
    """Take a veto back: the line is a candidate again."""
    from flows.cli.rules import set_veto

    set_veto(named, source, allow=True)


site = typer.Typer(name="site", help="Rules of single sites, in a checkout of Broadsheet.", no_args_is_help=True)
app.add_typer(site)


@site.command("new", epilog="Example: `broadsheet site new saved.html --url https://www.example.org/news/42`")
def site_new(
    target: Annotated[str, typer.Argument(help="An article's URL, an HTML file, or `-`.", metavar="URL|FILE")],
    url: Annotated[str | None, typer.Option(help="Where the FILE's page came from.")] = None,
    name: Annotated[str | None, typer.Option(help="The site's name; else from its host.")] = None,
) -> None:
    """Write a first draft of a site's rules from one of its articles, with the page and what should be read off it."""
    from flows.cli.sites import new_site

    new_site(target, url=url, name=name)


@site.command("check", epilog="Example: `broadsheet site check`")
def site_check() -> None:
    """Read every saved page by its site's rules and name each field that is not as expected."""
    from flows.cli.sites import check_sites

    check_sites()


kept = typer.Typer(
    name="archive", help="What was kept: files, pages, and the proof that it is whole.", no_args_is_help=True
)
app.add_typer(kept)


@kept.command("list", epilog="Example: `broadsheet archive list --source example-news --json | jq .[].file`")
def archive_list(
    source: OneSource = None,
    count: Annotated[bool, typer.Option("--count", help="Read every file and count its records.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the archive's files: sizes, answers, sources, times."""
    from flows.cli.archive_list import list_files

    list_files(source, count=count, as_json=as_json)


@kept.command("show", epilog="Example: `broadsheet archive show https://www.example.org/news/42 --body > page.html`")
def archive_show(  # noqa: PLR0913, PLR0917 - its options
    url: Annotated[str, typer.Argument(help="A page's or endpoint's address.", metavar="URL")],
    at: Annotated[str | None, typer.Option(help="As it was at a time: 2026-03-14 or 2026-03-14T12:00+01:00.")] = None,
    every: Annotated[bool, typer.Option("--all", help="List every capture, the newest first.")] = False,
    body: Annotated[bool, typer.Option("--body", help="Print the page itself, out of its coding.")] = False,
    output: Annotated[Path | None, typer.Option(help="Write the page itself to a file.", metavar="FILE")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the newest page that was kept of a URL: when it came, where it lies, its headers, itself."""
    from flows.cli import archive_show

    if every:
        archive_show.show_captures(url, at, as_json=as_json)
    elif body or output:
        archive_show.show_body(url, at, output)
    else:
        archive_show.show_page(url, at, as_json=as_json)


@kept.command("verify", epilog="Example: `broadsheet archive verify`; with FILE for that one alone")
def archive_verify(
    files: Annotated[list[Path] | None, typer.Argument(help="Files to look at. None: all.")] = None,
    as_json: AsJson = False,
) -> None:
    """Prove that every record is what its digests say, and that every position leads to its page.

    Exit code 1: something is damaged or missing; each fault is a line.
    """
    from flows.cli.archive_verify import verify

    verify(files or [], as_json=as_json)
