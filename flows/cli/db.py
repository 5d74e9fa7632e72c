"""`broadsheet db`: how the database stands, its schema, its checks, backups of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from broadsheet.config import read_settings
from broadsheet.errors import CheckFailed
from broadsheet.warehouse import backup, database_status, migrated, open_warehouse, restore
from flows.cli.tables import printed
from flows.folders import require_quiet

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.warehouse import Backup, CheckResult, DatabaseStatus, SchemaStatus

MB = 1_000_000


def migrate_database(*, as_json: bool) -> None:
    """Bring the schema up and say what was applied."""
    settings = read_settings()
    applied = migrated(settings.data, now=settings.clock(), wait=settings.lock_wait)
    if as_json:
        typer.echo(json.dumps({"applied": applied}))
    else:
        typer.echo("\n".join(f"applied {name}" for name in applied) or "the schema is the newest already")


def show_database(*, as_json: bool) -> None:
    """Print schemas, sizes, the last load and what the read copy holds. WarehouseError: there is no warehouse yet."""
    settings = read_settings()
    status = database_status(settings.data, now=settings.clock(), wait=settings.lock_wait)
    if as_json:
        told = asdict(status) | {"bytes_per_article": status.bytes_per_article}
        typer.echo(json.dumps(told, default=str, ensure_ascii=False))
    else:
        printed(["file", "schema", "known", "to apply"], [_schema_row(each) for each in status.schemas])
        typer.echo()
        printed(["what", "how much"], _facts(status))


def check_database(*, as_json: bool) -> None:
    """Make every check, print what each found. CheckFailed: one of severity error has rows."""
    settings = read_settings()
    database_status(settings.data, now=settings.clock(), wait=settings.lock_wait)
    with open_warehouse(settings.data, now=settings.clock(), wait=settings.lock_wait) as warehouse:
        results = warehouse.check(settings.clock())
    if as_json:
        typer.echo(json.dumps([_printable(each) for each in results], default=str, ensure_ascii=False))
    else:
        rows = [(each.name, each.severity, each.count, _verdict(each), _first(each)) for each in results]
        printed(["check", "severity", "rows", "", "the first"], rows)
    if failed := [each.name for each in results if each.failed]:
        raise CheckFailed(f"failed: {', '.join(failed)}; no run publishes a read copy until that is mended")


def back_up(folder: Path, *, as_json: bool) -> None:
    """Copy the database into a folder and say what the copy holds."""
    settings = read_settings()
    _told("backed up to", backup(settings.data, folder, now=settings.clock(), wait=settings.lock_wait), as_json=as_json)


def put_back(folder: Path, *, force: bool, as_json: bool) -> None:
    """Put a backup in the database's place and say what it holds.

    Held: a run is at work or left work behind. CheckFailed: it is in its place, and not fit to be published.
    """
    settings = read_settings()
    now, wait = settings.clock(), settings.lock_wait
    found = restore(folder, settings.data, now=now, wait=wait, force=force, require_quiet=require_quiet)
    _told("restored from", found, as_json=as_json)
    if found.withheld:
        raise CheckFailed(f"restored, but the read copy stays as it was: failed {', '.join(found.withheld)}")


def _told(verb: str, found: Backup, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(found), default=str))
    else:
        size = f"{found.bytes / MB:,.1f} MB"
        typer.echo(f"{verb} {found.folder}: {found.articles:,} articles, load {found.last_load}, {size}")


def _schema_row(schema: SchemaStatus) -> tuple[str, int, int, str]:
    return schema.name, schema.version, schema.known, ", ".join(schema.pending)


def _facts(status: DatabaseStatus) -> list[tuple[str, str]]:
    copy = "none" if status.published_load is None else f"load {status.published_load}"
    last = f"{status.last_load}, {status.last_loaded_at:%Y-%m-%d %H:%M:%S}" if status.last_loaded_at else "none"
    return [
        ("articles", f"{status.articles:,}"),
        ("versions", f"{status.versions:,}"),
        ("attempts", f"{status.attempts:,}"),
        ("last load", last),
        ("read copy", copy),
        ("warehouse", f"{status.warehouse_bytes / MB:,.1f} MB"),
        ("evidence", f"{status.evidence_bytes / MB:,.1f} MB"),
        ("bytes an article", f"{status.bytes_per_article:,}"),
    ]


def _printable(result: CheckResult) -> dict[str, Any]:
    """The result for JSON; ids have 63 bits, which no reader of its numbers holds: they are strings."""
    return asdict(result) | {"rows": [{name: _text(name, value) for name, value in row.items()} for row in result.rows]}


def _text(name: str, value: Any) -> Any:  # noqa: ANN401 - any column
    return str(value) if name.endswith("_id") and value is not None else value


def _verdict(result: CheckResult) -> str:
    return "FAILED" if result.failed else "reported" if result.count else "ok"


def _first(result: CheckResult) -> str:
    return ", ".join(f"{key} {value}" for key, value in result.rows[0].items()) if result.rows else ""
