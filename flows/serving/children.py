"""Children of the tree: begun with a log each, known by name, begun again when they die, ended in order."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.serving.processes import Process, ended, named
from flows.serving.tree import log_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

LONGEST = 60.0  # seconds between two beginnings of a child that dies at once
STEADY = 60.0  # seconds of life after which its next death is a first one again
PATIENCE = {"server": 20.0, "worker": 15.0, "press": 5.0}  # seconds that each has to end by itself


@dataclass(slots=True)
class Child:
    """A command that is to be running, its process, and how often it died lately."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    deaths: int = 0
    process: Process | None = None
    begun: float = field(default=0.0)
    due: float = field(default=0.0)
    _handle: subprocess.Popen[bytes] | None = None

    def begin(self, data: Path) -> Process:
        """Begin the process, in a session of its own: a Ctrl-C at the terminal is the minder's to hear."""
        with log_of(data, self.name).open("ab") as log:
            self._handle = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, *self.command],
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.begun = time.monotonic()
        self.process = named(self.name, self._handle.pid)
        return self.process

    def died(self) -> int | None:
        """The exit code of a process that has ended by itself, negative for a signal; None: it runs."""
        return self._handle.poll() if self._handle else None

    def put_off(self) -> float:
        """Note a death; in how many seconds the child may begin again."""
        self.deaths = 1 if time.monotonic() - self.begun > STEADY else self.deaths + 1
        wait = min(2.0 ** (self.deaths - 1), LONGEST)
        self.due = time.monotonic() + wait
        self._handle = self.process = None
        return wait

    def end(self) -> bool:
        """End the process; whether it did so by itself."""
        done = self.process is None or ended(self.process, seconds=PATIENCE.get(self.name, 10.0))
        if self._handle:
            self._handle.wait()
        self._handle = self.process = None
        return done
