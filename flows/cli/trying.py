"""`broadsheet try`: what is read off one page, and with `--explain` why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import typer

from broadsheet.config import read_settings
from broadsheet.workers import Failed
from flows.cli.onepage import NOWHERE, in_pool, page_of, source_of
from flows.cli.reading import shown
from flows.extract import rules_of
from flows.read import failed_row, read_page

if TYPE_CHECKING:
    from broadsheet.config import Settings
    from broadsheet.model import FetchedPage, SiteRules
    from broadsheet.stages import Row

TOLD: Final = ("url", "target", "captured_at", "status", "content_type", "disposition", "reason", "detail")


def try_page(target: str, *, url: str | None, explain: bool, as_json: bool) -> None:
    """Read a page as a run would and print what is found. Exit code 1: it is no article; the first line says why."""
    settings = read_settings()
    page = page_of(target, url, settings)
    rules = rules_of(page, source_of(page.target, settings))
    row = tried(page, rules, settings)
    if as_json:
        typer.echo(_json(row, rules))
    else:
        shown(row, rules.name, explain=explain)
        if page.url == NOWHERE:
            typer.echo("The page's address is not known; name it with --url.", err=True)
    raise typer.Exit(row["disposition"] != "article")


def tried(page: FetchedPage, rules: SiteRules, settings: Settings) -> Row:
    """A page as a row of a stage file: what a run would hand over to the warehouse."""
    done = in_pool(read_page, (page, rules, settings.clock()), settings)
    return failed_row(page, done.reason, done.detail) if isinstance(done, Failed) else done.value


def _json(row: Row, rules: SiteRules) -> str:
    """One object; ids are 63 bits wide, which JavaScript's numbers cannot hold, so they are strings."""
    read: dict[str, Any] = row["extraction"] or {}
    ids = {name: str(value) for name, value in read.items() if name.endswith("_id")}
    told = {name: row[name] for name in TOLD} | {"rules": rules.name}
    text = json.dumps({**told, "extraction": {**read, **ids} or None}, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode()
