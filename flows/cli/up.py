"""`broadsheet up`: the process tree brought up, here or behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import typer

from broadsheet.config import chosen_sources, read_settings, read_sources
from broadsheet.errors import Transient
from flows.cli.demo import demo_clock, demo_environment
from flows.cli.runs import made
from flows.fetch import require_contact
from flows.serving.api import Api
from flows.serving.plan import Demo, Plan, others_server, own_api
from flows.serving.ports import free_port
from flows.serving.rising import serve
from flows.serving.tree import living_tree, log_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flows.serving.tree import Tree

STARTING: Final = 300.0  # seconds until a tree that comes up behind is given up on


def bring_up(data: Path | None, port: int | None, *, demo: bool, behind: bool, as_json: bool) -> None:
    """`broadsheet up`: in this process until it is stopped."""
    plan = _planned(data, port, demo=demo)
    serve(plan, _sayer(plan.settings.data, echo=not behind and not as_json), _teller(as_json=as_json, quiet=behind))


def bring_up_behind(data: Path | None, port: int | None, *, demo: bool, as_json: bool) -> None:
    """`broadsheet up --detach`: in a process of its own, up on return. Transient: it did not come up, and why."""
    folder = _folder(data, demo=demo)
    made(folder)
    command = [sys.executable, "-m", "flows.cli", "up", "--behind", "--data", str(folder)]
    command += ["--demo"] * demo + (["--port", str(port)] if port is not None else [])
    log = log_of(folder, "up")
    begin = log.stat().st_size if log.exists() else 0
    with log.open("ab") as out:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True)  # noqa: S603 - ourselves
    _teller(as_json=as_json)(_risen(folder, child, log, begin))


def _risen(data: Path, child: subprocess.Popen[bytes], log: Path, begin: int) -> Tree:
    until = time.monotonic() + STARTING
    while time.monotonic() < until:
        tree = living_tree(data)
        if tree and tree.minder.pid == child.pid and tree.ready:
            return tree
        if child.poll() is not None:
            said = log.read_bytes()[begin:].decode("utf-8", "replace").splitlines()
            told = next((line for line in reversed(said) if line.startswith("broadsheet: ")), " ".join(said[-3:]))
            raise Transient(told.removeprefix("broadsheet: "))
        time.sleep(0.1)
    raise Transient(f"it did not come up in {STARTING:.0f} s; `broadsheet logs` shows what it says")


def _folder(data: Path | None, *, demo: bool) -> Path:
    from pathlib import Path  # noqa: PLC0415 - for a value, not only a type

    return data or (Path("demo-data") if demo else read_settings().data)


def _planned(data: Path | None, port: int | None, *, demo: bool) -> Plan:
    folder = _folder(data, demo=demo)
    made(folder)
    os.environ["BROADSHEET_DATA"] = str(folder)
    if tree := living_tree(folder):
        raise Transient(
            f"{folder}: Broadsheet is up already (process {tree.minder.pid}, {Api(tree.api).pages}); "
            "`broadsheet down` stops it"
        )
    played = _played(folder) if demo else None
    settings = read_settings()
    if not demo:
        require_contact(settings, chosen_sources(read_sources(settings.sources), ()))
    if url := others_server():
        return Plan(settings, Api(url), None, played)
    number = free_port(settings.port if port is None else port)
    return Plan(settings, own_api(number), number, played)


def _played(folder: Path) -> Demo:
    port = free_port(0)
    now = demo_clock(folder, 1)
    os.environ.update(demo_environment(folder, port, now))
    return Demo(port, now)


def _sayer(data: Path, *, echo: bool) -> Callable[[str], None]:
    """Says a line to whoever looks, and to the log with the time."""
    log = log_of(data, "up")

    def say(line: str) -> None:
        told = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {line}"
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{told}\n")
        if echo:
            typer.echo(line, err=True)

    return say


def _teller(*, as_json: bool, quiet: bool = False) -> Callable[[Tree], None]:
    """Prints where everything is."""

    def tell(tree: Tree) -> None:
        if quiet:
            return
        typer.echo(json.dumps(addresses(tree)) if as_json else _words(tree))

    return tell


def addresses(tree: Tree) -> dict[str, object]:
    """Where everything is, for a program."""
    pages = Api(tree.api).pages
    return {
        "process": tree.minder.pid,
        "demo": tree.demo,
        "begun_at": tree.begun_at,
        "api": tree.api,
        "dashboard": f"{pages}/dashboard",
        "runs": f"{pages}/runs",
        "deployments": f"{pages}/deployments",
        "artifacts": f"{pages}/artifacts",
        "children": {child.name: child.pid for child in tree.children},
    }


def _words(tree: Tree) -> str:
    told = addresses(tree)
    every = "every 30 seconds" if tree.demo else "every 15 minutes"
    lines = [f"Broadsheet is up; a run {every}, the first one now."]
    lines += [f"  {name:<12} {told[name]}" for name in ("dashboard", "runs", "deployments", "artifacts")]
    return "\n".join(
        [*lines, "`broadsheet logs -f` follows it, `broadsheet doctor` examines it, `broadsheet down` stops it."]
    )
