"""`broadsheet maintain` and `broadsheet rules`: learned lines, listed, forbidden and allowed again."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from broadsheet.config import read_settings
from broadsheet.errors import WarehouseError
from broadsheet.warehouse import open_warehouse
from extractors.boilerplate import normalised
from flows.cli.runs import prepare
from flows.cli.tables import printed
from flows.progress import shown, watched

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from broadsheet.config import Settings
    from broadsheet.model import LearnedRule
    from broadsheet.warehouse import Warehouse

COLUMNS = ("rule_id", "source", "state", "articles", "share", "first_day", "last_day", "line")


def run_maintenance(names: Sequence[str], *, as_json: bool) -> None:
    """`broadsheet maintain`: run the flow here and now, and print what it learned."""
    prepare(_settings())
    from flows.maintain import maintain  # noqa: PLC0415 - Prefect loads only after `prepare`

    with shown() as progress, watched(progress):
        report = asyncio.run(maintain(list(names) or None))
    told = f"{report.sentence()}\n{report.archive.sentence()}\n{report.house.sentence()}"
    typer.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else told)


def show_rules(source: str | None, *, as_json: bool) -> None:
    """`broadsheet rules list`: every rule, or those of a source."""
    with _opened() as warehouse:
        rules = warehouse.rules(source)
    if as_json:
        told = [asdict(rule) | {"rule_id": str(rule.rule_id)} for rule in rules]
        typer.echo(json.dumps(told, ensure_ascii=False, default=str))
    elif rules:
        printed(COLUMNS, [[_cell(rule, column) for column in COLUMNS] for rule in rules])
    else:
        typer.echo("no rules yet: `broadsheet maintain` learns them from the articles that are kept")


def set_veto(named: str, source: str | None, *, allow: bool) -> None:
    """`broadsheet rules veto` and `unveto`. WarehouseError: no rule has that line or id."""
    with _opened() as warehouse:
        found = [rule for rule in warehouse.rules(source) if named == str(rule.rule_id) or _line(named) == rule.line]
        if not found:
            raise WarehouseError(f"no rule is {named!r}; `broadsheet rules list` shows them all")
        now = read_settings().clock()
        change = warehouse.unveto_rules if allow else warehouse.veto_rules
        change([rule.rule_id for rule in found], now)
    told = "allowed again; the next `broadsheet maintain` decides" if allow else "vetoed; the next run keeps the line"
    for rule in found:
        typer.echo(f"{rule.source}: {_cell(rule, 'line')}: {told}")


def _line(named: str) -> str:
    return "\n".join(normalised(line) for line in named.split("\n"))


def _cell(rule: LearnedRule, column: str) -> object:
    """A block in one line; an id as text, which no program rounds."""
    value = getattr(rule, column)
    return str(value).replace("\n", " / ") if column in {"line", "rule_id", "state"} else value


def _opened() -> AbstractContextManager[Warehouse]:
    settings = _settings()
    return open_warehouse(settings.data, now=settings.clock(), wait=settings.lock_wait)


def _settings() -> Settings:
    """The settings. WarehouseError: they lead to no warehouse."""
    settings = read_settings()
    if not (settings.data / "warehouse.duckdb").exists():
        raise WarehouseError(f"{settings.data}: no warehouse yet; run `broadsheet demo` or `broadsheet run` first")
    return settings
