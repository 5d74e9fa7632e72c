"""The prompt itself: lines are gathered to a statement, put to the desk, and what goes wrong ends nothing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import PostgresLexer

from broadsheet.errors import BroadsheetError, StatementError
from flows.cli.shell.answering import answered
from flows.cli.shell.commands import obeyed
from flows.cli.shell.completing import Names
from flows.cli.shell.state import history_file

if TYPE_CHECKING:
    from prompt_toolkit.history import History
    from prompt_toolkit.key_binding import KeyPressEvent

    from flows.cli.shell.state import State

WELCOME = r"Statements end with ; and are put to the newest read copy. \? for help, \q to leave."


def converse(state: State) -> None:
    r"""Read and answer until `\q` or the end of input. Ctrl-C drops what was typed, or stops the running statement."""
    session = _session(state)
    sys.stdout.write(f"{WELCOME}\n")
    while not state.ended:
        try:
            text = session.prompt("broadsheet> ", prompt_continuation=_continued)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        take(state, text)


def take(state: State, text: str) -> None:
    """Obey a command, or answer each statement of a text; errors are printed, the statement's with a caret."""
    try:
        if state.desk.renew():
            sys.stdout.write("(a newer read copy has come; temporary tables went with the old one)\n")
        if text.lstrip().startswith("\\"):
            obeyed(state, text.strip())
        else:
            for each in state.desk.statements(text) if text.strip() else []:
                answered(state, each)
    except StatementError as error:
        sys.stderr.write(f"{error.pointed()}\n")
    except BroadsheetError as error:
        sys.stderr.write(f"{error}\n")
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")


def _session(state: State) -> PromptSession[str]:
    return PromptSession(
        lexer=PygmentsLexer(PostgresLexer),
        completer=Names(state.desk),
        complete_while_typing=False,
        history=_history(),
        auto_suggest=AutoSuggestFromHistory(),
        multiline=Condition(lambda: True),
        key_bindings=_keys(),
        enable_open_in_editor=True,
    )


def _history() -> History:
    try:
        return FileHistory(str(history_file()))
    except OSError:
        return InMemoryHistory()  # a home that cannot be written is no reason to refuse


def _keys() -> KeyBindings:
    """Enter ends what is whole (`;` at its end, a command, nothing), and begins a line in what is not."""
    keys = KeyBindings()

    @keys.add("enter")
    def _enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if is_whole(buffer.text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    return keys


def is_whole(text: str) -> bool:
    """Whether a text can be taken: it is empty, a command of one line, or ends with `;`."""
    stripped = text.strip()
    return not stripped or stripped.startswith("\\") or stripped.endswith(";")


def _continued(width: int, _line: int, _wrapped: int) -> str:
    return "-> ".rjust(width)
