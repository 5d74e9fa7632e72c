"""The commands of `broadsheet db`. Each loads what it needs when it runs."""
# ruff: noqa: FBT002, PLC0415 - typer makes flags of bools; a command loads what it needs when it runs

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the signatures
from typing import Annotated

import typer

db = typer.Typer(name="db", help="The database: its schema, its state, its checks, backups.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
Force = Annotated[bool, typer.Option("--force", help="Also over a database that holds more than the backup.")]


@db.command(epilog="Example: `broadsheet db migrate`")
def migrate(as_json: AsJson = False) -> None:
    """Bring the schema up to this program's, made if there is none; runs do so by themselves."""
    from flows.cli.db import migrate_database

    migrate_database(as_json=as_json)


@db.command(epilog="Example: `broadsheet db status --json | jq .bytes_per_article`")
def status(as_json: AsJson = False) -> None:
    """Show schema, sizes, the last load and what the read copy holds; changes nothing."""
    from flows.cli.db import show_database

    show_database(as_json=as_json)


@db.command(epilog="Example: `broadsheet db check`")
def check(as_json: AsJson = False) -> None:
    """Make every check of sql/checks and keep what it found. Exit code 1: one of severity error found something."""
    from flows.cli.db import check_database

    check_database(as_json=as_json)


@db.command(epilog="Example: `broadsheet db backup /backups/2026-11-24`")
def backup(
    folder: Annotated[Path, typer.Argument(help="Where to; it may not hold a backup yet.")], as_json: AsJson = False
) -> None:
    """Copy the database, evidence too, and prove that the copy can be read. Loads wait meanwhile, readers do not."""
    from flows.cli.db import back_up

    back_up(folder, as_json=as_json)


@db.command(epilog="Example: `broadsheet db restore /backups/2026-11-24`")
def restore(
    folder: Annotated[Path, typer.Argument(help="The backup.")], force: Force = False, as_json: AsJson = False
) -> None:
    """Put a backup in the database's place and renew the read copy from it."""
    from flows.cli.db import put_back

    put_back(folder, force=force, as_json=as_json)
