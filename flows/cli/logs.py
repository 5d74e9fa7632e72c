"""`broadsheet logs`: what the tree and its parts say."""

from __future__ import annotations

import time
from collections import deque
from contextlib import ExitStack
from typing import TYPE_CHECKING, TextIO

import typer

from broadsheet.config import read_settings
from broadsheet.errors import ConfigError
from flows.serving.tree import PARTS, log_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def show_logs(data: Path | None, part: str | None, *, follow: bool, lines: int) -> None:
    """The last lines of a part's log, or of all; with `follow` what comes, too, until Ctrl-C."""
    folder = data or read_settings().data
    if part and part not in PARTS:
        raise ConfigError(f"no part is named {part!r}; there are: {', '.join(PARTS)}")
    found = [(name, log_of(folder, name)) for name in ([part] if part else PARTS)]
    there = [(name, path) for name, path in found if path.exists()]
    if not there:
        raise ConfigError(f"{folder}: no log yet; `broadsheet up` writes them")
    with ExitStack() as stack:
        opened = [(name, stack.enter_context(path.open(encoding="utf-8", errors="replace"))) for name, path in there]
        for name, file in opened:
            for line in deque(file, maxlen=lines):
                _told(name, line, alone=part is not None)
        if follow:
            _follow(opened, alone=part is not None)


def _follow(opened: Sequence[tuple[str, TextIO]], *, alone: bool) -> None:
    try:
        while True:
            news = [(name, line) for name, file in opened for line in _fresh(file)]
            for name, line in news:
                _told(name, line, alone=alone)
            if not news:
                time.sleep(0.2)
    except KeyboardInterrupt:
        return


def _fresh(file: TextIO) -> Iterator[str]:
    """Lines since the last look; a log that was begun anew is read from its beginning."""
    place = file.tell()
    if place > file.seek(0, 2):
        place = 0
    file.seek(place)
    yield from iter(file.readline, "")


def _told(name: str, line: str, *, alone: bool) -> None:
    typer.echo(line.rstrip("\n") if alone else f"{name:<6} {line.rstrip()}")
