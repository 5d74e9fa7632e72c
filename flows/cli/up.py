"""`broadsheet up`: the process tree brought up, here or behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from broadsheet.config import chosen_sources, read_settings, read_sources
from broadsheet.errors import ConfigError, Transient
from flows.cli.demo import demo_clock, demo_environment
from flows.cli.runs import made
from flows.fetch import require_contact
from flows.serving.api import Api
from flows.serving.deploying import demo_file, deployments_file
from flows.serving.plan import Demo, Plan, others_server, own_api
from flows.serving.ports import free_port
from flows.serving.rising import serve, sweep
from flows.serving.tree import addresses, alone, living_tree, log_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.serving.tree import Tree

STARTING: Final = 300.0  # seconds until a tree that comes up behind is given up on


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command asks for; None: as configured."""

    data: Path | None
    port: int | None
    deployments: Path | None
    demo: bool

    @property
    def folder(self) -> Path:
        """The data folder; the demo keeps to one of its own."""
        return self.data or (Path("demo-data") if self.demo else read_settings().data)

    def words(self) -> list[str]:
        """The same, as words of a command."""
        given = {"--port": self.port, "--deployments": self.deployments, "--data": self.folder}
        named = [word for name, value in given.items() if value is not None for word in (name, str(value))]
        return [*named, *(["--demo"] if self.demo else [])]


def bring_up(asked: Asked, *, behind: bool, as_json: bool) -> None:
    """`broadsheet up`: in this process until it is stopped. Held: it is up already."""
    folder = asked.folder
    made(folder)
    say = _sayer(folder, echo=not behind and not as_json)
    with alone(folder):
        sweep(folder, say)  # what a killed one left may hold the port
        serve(_planned(asked), say, lambda tree: None if behind else _told(tree, as_json=as_json))


def bring_up_behind(asked: Asked, *, as_json: bool) -> None:
    """`broadsheet up --detach`: in a process of its own, up on return. Transient: it did not come up, and why."""
    made(asked.folder)
    command = [sys.executable, "-m", "flows.cli", "up", "--behind", *asked.words()]
    log = log_of(asked.folder, "up")
    begin = log.stat().st_size if log.exists() else 0
    with log.open("ab") as out:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True)  # noqa: S603 - ourselves
    _told(_risen(asked.folder, child, log, begin), as_json=as_json)


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


def _planned(asked: Asked) -> Plan:
    folder = asked.folder
    os.environ["BROADSHEET_DATA"] = str(folder)
    demo = _played(folder) if asked.demo else None
    settings = read_settings()
    require_contact(settings, chosen_sources(read_sources(settings.sources), ()))
    file = _file(asked)
    if url := others_server():
        if not Api(url).is_healthy():
            raise Transient(f"no Prefect server answers at {url}; unset PREFECT_API_URL to have one of our own")
        return Plan(settings, Api(url), None, file, demo)
    number = free_port(settings.port if asked.port is None else asked.port)
    return Plan(settings, own_api(number), number, file, demo)


def _file(asked: Asked) -> Path:
    """The deployments. ConfigError: no such file."""
    if asked.deployments and not asked.deployments.is_file():
        raise ConfigError(f"{asked.deployments}: no such file; leave --deployments out to take Broadsheet's own")
    return demo_file(asked.folder) if asked.demo else asked.deployments or deployments_file()


def _played(folder: Path) -> Demo:
    """A port for the press, and the environment that leads there."""
    port, now = free_port(0), demo_clock(folder, 1)
    os.environ.update(demo_environment(folder, port, now))
    return Demo(port, now)


def _sayer(data: Path, *, echo: bool) -> Callable[[str], None]:
    """Says a line to whoever looks, and to the log with the time."""
    log = log_of(data, "up")

    def say(line: str) -> None:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {line}\n")
        if echo:
            typer.echo(line, err=True)

    return say


def _told(tree: Tree, *, as_json: bool) -> None:
    """Print where everything is."""
    told = addresses(tree)
    if as_json:
        typer.echo(json.dumps(told))
        return
    typer.echo(f"Broadsheet is up{'; a run every 30 seconds' if tree.demo else ''}; the first run begins now.")
    for name in ("dashboard", "runs", "deployments", "artifacts"):
        typer.echo(f"  {name:<12} {told[name]}")
    typer.echo("`broadsheet logs -f` follows it, `broadsheet doctor` examines it, `broadsheet down` stops it.")
