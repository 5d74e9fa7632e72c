r"""One statement at the prompt: put, shown (through the pager where it is long) or written to the file of `\o`."""

from __future__ import annotations

import shutil
import sys
import time
from typing import TYPE_CHECKING

from broadsheet.desk import Answer
from flows.cli.ask import Wanted, answer
from flows.cli.formats import written
from flows.cli.layout import counted, rows_told, table_lines
from flows.cli.shell.paging import paged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from flows.cli.shell.state import State


def answered(state: State, text: str, values: Mapping[str, Any] | None = None) -> None:
    """Answer one statement. StatementError: it is wrong or took too long. KeyboardInterrupt: it was stopped."""
    begun = time.monotonic()
    if state.output:
        wanted = Wanted(state.fmt if state.fmt != "table" else None, state.output, state.seconds)
        answer(text, values or {}, wanted, desk=state.desk)
        sys.stdout.write(f"written to {state.output}\n")
    else:
        _shown(state, state.desk.ask(text, values, seconds=state.seconds))
    if state.timing:
        sys.stdout.write(f"{time.monotonic() - begun:.3f} s\n")


def _shown(state: State, found: Answer) -> None:
    seen = [0]
    whole = paged(_pieces(state, Answer(found.columns, counted(found.rows, seen))))
    sys.stdout.write(f"({rows_told(seen[0])}{'' if whole else ' or more'})\n")


def _pieces(state: State, found: Answer) -> Iterator[str]:
    if state.fmt == "table":
        room = shutil.get_terminal_size().columns
        return (f"{line}\n" for line in table_lines(found, room, expanded=state.expanded))
    return written(found, state.fmt, None)
