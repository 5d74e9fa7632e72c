"""`broadsheet down`: the tree is stopped, when its runs have ended or at once."""

from __future__ import annotations

import json
import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import typer

from broadsheet.config import read_settings
from broadsheet.errors import Interrupted, Transient
from flows.serving.api import Api, NoAnswer
from flows.serving.processes import flow_processes, waited
from flows.serving.rising import sweep
from flows.serving.stopping import Ours, drain, end_processes
from flows.serving.tree import read_tree

if TYPE_CHECKING:
    from pathlib import Path

    from flows.serving.tree import Tree

ENDING: Final = 120.0  # seconds the minder may take to end all its children in order


def take_down(data: Path | None, *, now: bool, as_json: bool) -> None:
    """Drain (or, with `now`, cancel) and stop. Nothing to stop is no error."""
    folder = data or read_settings().data
    tree = read_tree(folder)
    if tree and tree.minder.is_alive:
        if not now:
            _drained(Ours(Api(tree.api), folder, alone=tree.child("server") is not None))
        _ended(tree)
        told = "down"
    else:
        told = "was not up"
        sweep(folder, lambda line: typer.echo(line, err=True))
        end_processes(flow_processes(folder) or {})
    typer.echo(json.dumps({"data": str(folder), "stopped": told == "down"}) if as_json else f"{folder}: {told}")


def _drained(ours: Ours) -> None:
    """Wait for the runs; where the server is away there are none to wait for."""
    with suppress(NoAnswer):
        try:
            drain(ours, lambda line: typer.echo(line, err=True))
        except KeyboardInterrupt as error:
            raise Interrupted("everything goes on as before; `broadsheet down --now` cancels what runs") from error


def _ended(tree: Tree) -> None:
    with suppress(ProcessLookupError):
        os.kill(tree.minder.pid, signal.SIGTERM)
    if not waited(tree.minder, ENDING):
        raise Transient(
            f"process {tree.minder.pid} has not ended in {ENDING:.0f} s; `broadsheet logs` shows what it does"
        )
