"""The commands of the prompt, each begins with a backslash: what is there, how answers are wanted, files, questions."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit.shortcuts import prompt

from broadsheet.desk import cookbook, own_statement, question
from broadsheet.errors import ConfigError
from flows.cli.formats import chosen
from flows.cli.shell.answering import answered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flows.cli.shell.state import State


def obeyed(state: State, text: str) -> None:
    """Obey one command. ConfigError: there is none such, or its words are off."""
    name, _, rest = text.partition(" ")
    if name not in COMMANDS:
        raise ConfigError(f"{name}: no such command; \\? lists them")
    try:
        words = shlex.split(rest)
    except ValueError as error:
        raise ConfigError(f"{text}: {error}") from error
    COMMANDS[name][0](state, words)


def _tables(state: State, words: Sequence[str]) -> None:
    r"""`\d`: all tables, or the columns of one."""
    if not words:
        answered(state, own_statement("tables"))
        return
    name = words[0].rstrip(";")
    schema, _, table = name.rpartition(".")
    values = {"schema_name": schema or None, "table_name": table}
    if not list(state.desk.ask(own_statement("columns_of"), values).rows):
        raise ConfigError(f"{name}: no such table; \\d lists them")
    answered(state, own_statement("columns_of"), values)


def _leave(state: State, _: Sequence[str]) -> None:
    state.ended = True


def _help(_: State, __: Sequence[str]) -> None:
    for name, (_command, told) in COMMANDS.items():
        sys.stdout.write(f"  {name:<10} {told}\n")
    sys.stdout.write("  Tab completes, Ctrl-R looks back, Ctrl-X Ctrl-E opens $EDITOR, Ctrl-C stops a statement\n")


def _timing(state: State, words: Sequence[str]) -> None:
    state.timing = _switched(words, now=state.timing)
    sys.stdout.write(f"timing is {'on' if state.timing else 'off'}\n")


def _expanded(state: State, words: Sequence[str]) -> None:
    wanted = words[0] if words else ("auto" if state.expanded else "on")
    if wanted not in {"on", "off", "auto"}:
        raise ConfigError(f"\\x {wanted}: on, off or auto")
    state.expanded = {"on": True, "off": False, "auto": None}[wanted]
    sys.stdout.write(f"one line a value: {wanted}\n")


def _format(state: State, words: Sequence[str]) -> None:
    state.fmt = chosen(words[0], None) if words else state.fmt
    sys.stdout.write(f"format is {state.fmt}\n")


def _output(state: State, words: Sequence[str]) -> None:
    state.output = Path(words[0]).expanduser() if words else None
    sys.stdout.write(f"answers go to {state.output or 'the screen'}\n")


def _limit(state: State, words: Sequence[str]) -> None:
    try:
        state.seconds = (float(words[0]) or None) if words else state.seconds
    except ValueError as error:
        raise ConfigError(f"\\timeout {words[0]}: a number of seconds; 0: no limit") from error
    sys.stdout.write(f"a statement may take {f'{state.seconds:g} s' if state.seconds else 'any time'}\n")


def _include(state: State, words: Sequence[str]) -> None:
    if not words:
        raise ConfigError("\\i FILE: name a file of statements")
    try:
        text = Path(words[0]).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{words[0]}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    for each in state.desk.statements(text):
        answered(state, each)


def _ask(state: State, words: Sequence[str]) -> None:
    if not words:
        width = max(len(each.name) for each in cookbook())
        sys.stdout.writelines(f"  {each.name:<{width}}  {each.title}\n" for each in cookbook())
        return
    found = question(words[0])
    answered(state, found.text, found.values(state.desk, words[1:]))


def _edit(state: State, _: Sequence[str]) -> None:
    """A statement written in $EDITOR, and put."""
    os.environ.setdefault("EDITOR", "vi")
    text = prompt("", enable_open_in_editor=True, pre_run=_opened)
    for each in state.desk.statements(text):
        answered(state, each)


def _opened() -> None:
    from prompt_toolkit.application import get_app  # noqa: PLC0415 - of the prompt that runs

    get_app().current_buffer.open_in_editor(validate_and_handle=True)


def _switched(words: Sequence[str], *, now: bool) -> bool:
    return {"on": True, "off": False}.get(words[0], now) if words else not now


Command = "Callable[[State, Sequence[str]], None]"
COMMANDS: dict[str, tuple[Callable[[State, Sequence[str]], None], str]] = {
    "\\?": (_help, "this help"),
    "\\d": (_tables, "tables; \\d TABLE: its columns, what they are"),
    "\\dt": (_tables, "the same"),
    "\\ask": (_ask, "questions of the cookbook; \\ask NAME [parameter=value...]: the answer of one"),
    "\\format": (_format, "table, csv, json, jsonl or markdown"),
    "\\x": (_expanded, "one line a value: on, off, auto (where a table would not fit)"),
    "\\o": (_output, "\\o FILE: answers go to a file; \\o: to the screen again"),
    "\\i": (_include, "\\i FILE: put the statements of a file"),
    "\\e": (_edit, "write a statement in $EDITOR"),
    "\\timing": (_timing, "say how long each answer took: on or off"),
    "\\timeout": (_limit, "\\timeout SECONDS: the most that a statement may take; 0: any"),
    "\\q": (_leave, "leave (or Ctrl-D)"),
}
