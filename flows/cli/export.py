"""`broadsheet export`: articles as files, and what was written."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from broadsheet.config import read_settings
from flows.export import Exported, export
from flows.progress import shown

if TYPE_CHECKING:
    from broadsheet.exports.spec import Spec

MB = 1_000_000


def export_articles(target: str, spec: Spec | None, *, as_json: bool) -> None:
    """Write or renew an export, and say what was done."""
    with shown() as progress:
        done = export(read_settings().data, target, spec, progress)
    typer.echo(json.dumps(asdict(done)) if as_json else sentence(done))


def sentence(done: Exported) -> str:
    """What an export did, in a line."""
    files = f"{done.written} file(s) written, {done.kept} as they were"
    removed = f", {done.removed} removed" if done.removed else ""
    return f"{done.target}: {done.articles:,} articles, {done.bytes / MB:,.1f} MB; {files}{removed}"
