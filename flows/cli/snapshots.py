"""What `broadsheet snapshot` does and prints."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from broadsheet.config import read_settings
from flows.cli.tables import printed
from flows.progress import shown
from flows.sealed import show, verify
from flows.snapshot import create

if TYPE_CHECKING:
    from broadsheet.exports.seals import Manifest
    from flows.snapshot import Wanted

MB = 1_000_000


def make(folder: str, wanted: Wanted, *, as_json: bool) -> None:
    """Freeze, and print the digest that is worth noting elsewhere."""
    settings = read_settings()
    wanted = replace(wanted, sql=sys.stdin.read()) if wanted.sql == "-" else wanted
    with shown() as progress:
        manifest = create(settings.data, folder, wanted, settings.clock(), progress)
    if as_json:
        typer.echo(json.dumps(manifest, ensure_ascii=False))
    else:
        size = sum(each["bytes"] for each in manifest["files"]) / MB
        typer.echo(f"{folder}: {manifest['articles']:,} articles, {size:,.1f} MB, sealed\ndigest {manifest['digest']}")


def prove(folder: str, digest: str, *, as_json: bool) -> None:
    """Print each fault, or that there is none. Exit code 1: there is one."""
    faults = verify(folder, digest)
    if as_json:
        typer.echo(json.dumps({"folder": folder, "sound": not faults, "faults": faults}, ensure_ascii=False))
    else:
        typer.echo("\n".join(faults) or f"{folder}: every byte is as it was sealed")
    if faults:
        raise typer.Exit(1)


def told(folder: str, *, as_json: bool) -> None:
    """Print the manifest: as it is, or as tables."""
    manifest = show(folder)
    if as_json:
        typer.echo(json.dumps(manifest, ensure_ascii=False))
        return
    printed(["what", "which"], _facts(manifest))
    typer.echo()
    printed(
        list(manifest["sources"][0]) if manifest["sources"] else ["source"],
        [list(e.values()) for e in manifest["sources"]],
    )
    typer.echo()
    printed(
        ["file", "rows", "bytes", "sha256"],
        [(e["file"], e["rows"], e["bytes"], e["sha256"]) for e in manifest["files"]],
    )
    typer.echo(f"\n{manifest['rights']}")


def _facts(manifest: Manifest) -> list[tuple[str, str]]:
    return [
        ("made", f"{manifest['made_at']} by broadsheet {manifest['made_by']['broadsheet']}"),
        ("as of", f"load {manifest['load_id']}, {manifest['loaded_at']}"),
        ("articles", f"{manifest['articles']:,}"),
        ("selected by", " ".join(str(manifest["sql"]).split())),
        ("with", json.dumps(manifest["values"], ensure_ascii=False)),
        ("read by", ", ".join(f"{version} ({count:,})" for version, count in manifest["extractors"].items())),
        (
            "forgotten since",
            "; ".join(f"{e['articles']} on {e['at'][:10]}" for e in manifest["tombstones"]) or "nothing",
        ),
        ("digest", manifest["digest"]),
    ]
