"""Text that is longer than the screen goes through $PAGER, else `less`, else straight on."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LESS = ("less", "-SRX")  # long lines are chopped and can be scrolled to; the screen stays afterwards
KEPT_FREE = 3  # lines of the screen for the count of rows and the prompt


def paged(pieces: Iterator[str]) -> bool:
    """Print pieces of text (each ends its lines), paged if they are too many; whether all of them were taken.

    KeyboardInterrupt while the pager is open stops the pieces alone: what came can still be read.
    """
    height = max(shutil.get_terminal_size().lines - KEPT_FREE, 1)
    first, lines = [], 0
    for piece in pieces:
        first.append(piece)
        lines += piece.count("\n")
        if lines > height:
            break
    command = _pager() if lines > height else None
    if command is None:
        sys.stdout.writelines(chain(first, pieces))
        return True
    return _through(command, chain(first, pieces))


def _pager() -> list[str] | None:
    command = shlex.split(os.environ.get("PAGER", "")) or list(LESS)
    return command if shutil.which(command[0]) else None


def _through(command: list[str], pieces: Iterable[str]) -> bool:
    sys.stdout.flush()
    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True, encoding="utf-8") as pager:  # noqa: S603 - the user's
        assert pager.stdin
        try:
            pager.stdin.writelines(pieces)
        except (BrokenPipeError, KeyboardInterrupt):
            return False
        else:
            return True
        finally:
            with _undisturbed():
                with contextlib.suppress(BrokenPipeError):
                    pager.stdin.close()
                pager.wait()


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C is the pager's while it is open."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
