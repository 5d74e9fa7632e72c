"""Prefect's server as a child, and the moment when it answers."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from broadsheet.errors import Transient
from flows.serving.children import Child
from flows.serving.ports import LOOPBACK
from flows.serving.tree import log_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from flows.serving.api import Api

STARTING: Final = 180.0  # seconds a server may take to answer, on a busy machine with a database to bring up


def server(port: int, environment: Mapping[str, str]) -> Child:
    """The server as a child of the tree, on loopback."""
    command = ("-m", "prefect", "server", "start", "--host", LOOPBACK, "--port", str(port))
    return Child("server", command, environment)


def await_server(api: Api, child: Child, data: Path, stopped: Callable[[], bool]) -> None:
    """Wait until the server answers, or somebody stops us. Transient: it ended or took too long, and its last words."""
    until = time.monotonic() + STARTING
    while not api.is_healthy() and not stopped():
        code = child.died()
        if code is not None or time.monotonic() > until:
            told = f"ended with exit code {code}" if code is not None else f"did not answer in {STARTING:.0f} s"
            raise Transient(f"the Prefect server {told}: {_last(data)}; `broadsheet doctor` looks for the cause")
        time.sleep(0.2)


def _last(data: Path) -> str:
    """The last words of its log, which name the error."""
    lines = [line for line in log_of(data, "server").read_text("utf-8", "replace").splitlines() if line.strip()]
    return " ".join(lines[-2:])[-400:] or "it said nothing"
