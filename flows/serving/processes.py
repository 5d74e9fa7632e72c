"""Processes known by number and time of birth, so that a number given anew is never taken for the old process."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """A process: what it is for, its number, and when it was born, in the system's own words."""

    name: str
    pid: int
    born: str

    @property
    def is_alive(self) -> bool:
        """Whether it still runs; one whose number another process has got since does not."""
        return born(self.pid) == self.born


def named(name: str, pid: int) -> Process:
    """The process of that number, as it is now."""
    return Process(name, pid, born(pid) or "gone")


def born(pid: int) -> str | None:
    """When a process was born: ticks since a named boot on Linux, else what `ps` says; None: none such, or it ended."""
    if not PROC.exists():
        return _born_by_ps(pid)
    try:
        words = (PROC / str(pid) / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return None
    boot = (PROC / "sys/kernel/random/boot_id").read_text("utf-8").strip()
    return None if words[0] in "ZX" else f"{boot} {words[19]}"


def _born_by_ps(pid: int) -> str | None:
    done = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607 - the system's own
    return done.stdout.strip() or None


def ended(process: Process, *, seconds: float) -> bool:
    """Ask a process to end, and make it if it has not after so many seconds; whether it ended by itself."""
    _signalled(process, signal.SIGTERM)
    if waited(process, seconds):
        return True
    _signalled(process, signal.SIGKILL)
    waited(process, 10)
    return False


def waited(process: Process, seconds: float) -> bool:
    """Wait for the end of a process that need not be our child; whether it came."""
    until = time.monotonic() + seconds
    while process.is_alive:
        if time.monotonic() > until:
            return False
        with suppress(ChildProcessError):
            os.waitpid(process.pid, os.WNOHANG)
        time.sleep(0.05)
    return True


def _signalled(process: Process, number: signal.Signals) -> None:
    """To the process alone: a worker's runs are ended by their own numbers, in their own order."""
    with suppress(ProcessLookupError):
        if process.is_alive:
            os.kill(process.pid, number)


def flow_processes(data: Path | None = None) -> dict[str, list[int]] | None:
    """The processes of this machine that work on a Prefect run, by the run's id; None: it cannot be told here.

    With `data`, those that work in that data folder.
    """
    if not PROC.exists():
        return None
    found: dict[str, list[int]] = {}
    for folder in PROC.glob("[0-9]*"):
        told = _environment(folder)
        run_id = told.get("PREFECT__FLOW_RUN_ID")
        ours = data is None or told.get("BROADSHEET_DATA") == str(data.absolute())
        if run_id and ours and born(int(folder.name)):
            found.setdefault(run_id, []).append(int(folder.name))
    return found


def _environment(folder: Path) -> dict[str, str]:
    try:
        text = (folder / "environ").read_bytes().decode("utf-8", "replace")
    except OSError:
        return {}
    pairs = (part.partition("=") for part in text.split("\0"))
    return {name: value for name, _, value in pairs}
