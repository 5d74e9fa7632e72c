"""`broadsheet sql` and `broadsheet ask`, once: a statement and its values; the answer on screen or in a file."""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.config import read_settings
from broadsheet.desk import Desk
from broadsheet.errors import ConfigError, Interrupted, Terminal
from flows.cli.formats import chosen, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an answer is wanted: its format (None: by the file's ending, else table), where, and within how long."""

    fmt: str | None = None
    output: Path | None = None
    seconds: float | None = None


def answer(text: str, values: Mapping[str, Any], wanted: Wanted, *, desk: Desk | None = None) -> None:
    """Put one statement to the read copy and write its answer.

    ConfigError: no such format. StatementError: the statement is wrong. Terminal: the file cannot be written.
    """
    fmt = chosen(wanted.fmt, wanted.output)
    with _stoppable():
        if fmt == "parquet":
            _parquet(text, values, wanted)
        elif desk:
            _text(desk, text, values, wanted)
        else:
            with Desk(read_settings().data) as own:
                _text(own, text, values, wanted)


@contextmanager
def _stoppable() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted("stopped; nothing was changed") from None


def _text(desk: Desk, text: str, values: Mapping[str, Any], wanted: Wanted) -> None:
    found = desk.ask(text, values, seconds=wanted.seconds)
    room = shutil.get_terminal_size().columns if wanted.output is None and sys.stdout.isatty() else None
    pieces = written(found, chosen(wanted.fmt, wanted.output), room)
    if wanted.output is None:
        sys.stdout.writelines(pieces)
        sys.stdout.flush()
        return
    with _in_place(wanted.output) as part, part.open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces)


def _parquet(text: str, values: Mapping[str, Any], wanted: Wanted) -> None:
    """Into the file, or through a temporary one into a pipe."""
    if wanted.output is None and sys.stdout.isatty():
        raise ConfigError("--format parquet: a terminal cannot show it; name a file with --output FILE")
    data = read_settings().data
    if wanted.output:
        with _in_place(wanted.output) as part, Desk(data, writable=(part,)) as desk:
            desk.write_parquet(text, part, values, seconds=wanted.seconds)
        return
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder, "answer.parquet")
        with Desk(data, writable=(part,)) as desk:
            desk.write_parquet(text, part, values, seconds=wanted.seconds)
        with part.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)


@contextmanager
def _in_place(path: Path) -> Iterator[Path]:
    """A file beside the path that takes its place at the end of the block; it is gone if that fails."""
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise Terminal(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
