"""How a run tells what it is doing: bars on a terminal, plain lines elsewhere, nothing in tests."""

from __future__ import annotations

import logging
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import TaskID


class Progress(Protocol):
    """Told of each stage as it starts, of each unit of work done, and of what is worth a line."""

    def stage(self, name: str, total: int, unit: str) -> None:
        """A stage begins: so many units of that kind."""

    def advance(self, count: int = 1) -> None:
        """That many units of the stage are done."""

    def say(self, line: str) -> None:
        """A line for whoever watches."""

    def note(self, line: str) -> None:
        """A line for the log of the run alone."""


class Logged:
    """Says each line to the log, which Prefect shows with the run."""

    def stage(self, name: str, total: int, unit: str) -> None:
        """One line a stage."""
        self.say(f"{name}: {total} {unit}")

    def advance(self, count: int = 1) -> None:
        """A log has no use for it."""

    def say(self, line: str) -> None:
        """Log the line."""
        self.note(line)

    def note(self, line: str) -> None:
        """Log the line."""
        logger = logging.getLogger("broadsheet")  # PREFECT_LOGGING_EXTRA_LOGGERS names it, and leaves its level unset
        if logger.level == logging.NOTSET:
            logger.setLevel(logging.INFO)
        logger.info(line)


class Lines(Logged):
    """Plain lines on standard error too: each stage once, when it begins."""

    def say(self, line: str) -> None:
        """Log the line and print it at once."""
        super().say(line)
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - this is what the class is for


class Bars(Logged):
    """A bar a stage, on a terminal."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._task: TaskID | None = None

    def stage(self, name: str, total: int, unit: str) -> None:
        """Close the bar of the last stage and open one for this."""
        super().say(f"{name}: {total} {unit}")
        self._close()
        self._task = self._bar.add_task(name, total=total)

    def advance(self, count: int = 1) -> None:
        """Move the bar."""
        if self._task is not None:
            self._bar.advance(self._task, count)

    def say(self, line: str) -> None:
        """Log the line and print it above the bars."""
        super().say(line)
        self._bar.console.print(line, highlight=False)

    def _close(self) -> None:
        if self._task is not None:
            done = self._bar.tasks[self._bar.task_ids.index(self._task)].completed
            self._bar.update(self._task, total=max(done, 1), completed=max(done, 1))


_WATCHER: ContextVar[Progress] = ContextVar("watcher")


def watcher() -> Progress:
    """Whoever watches this run: what `watched` set, else the log."""
    return _WATCHER.get(Logged())


@contextmanager
def watched(progress: Progress) -> Iterator[None]:
    """Runs begun inside report to `progress`."""
    token = _WATCHER.set(progress)
    try:
        yield
    finally:
        _WATCHER.reset(token)


@contextmanager
def shown() -> Iterator[Progress]:
    """The progress that fits where standard error goes."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True)) as bar:
        yield Bars(bar)
