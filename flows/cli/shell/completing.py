"""Completion: tables, the columns of the tables a statement names, functions, keywords, commands, questions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prompt_toolkit.completion import Completer, Completion

from broadsheet.desk import cookbook, own_statement
from flows.cli.shell.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document

    from broadsheet.desk import Desk

WORD = re.compile(r"[\w.]*$")
TABLE_BEFORE = re.compile(
    r"\b(from|join|describe|summarize|table)\s+[\w.]*$|,\s*(mart|core|raw|ops|evidence)\.\w*$", re.IGNORECASE
)
NAMED = re.compile(r"\b(?:from|join)\s+([\w.]+)", re.IGNORECASE)


class Names(Completer):
    """What may stand at the cursor; the names are those of the read copy that is open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, list[str]] = {}
        self._words: list[tuple[str, str]] = []

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """The names that begin with the word before the cursor."""
        del complete_event
        before = document.text_before_cursor
        word = WORD.search(before)
        begun = word.group() if word else ""
        found = _of_commands(before) if before.startswith("\\") else self._of_sql(before, document.text)
        seen = set()
        for name, kind in found:
            if name.lower().startswith(begun.lower()) and name not in seen:
                seen.add(name)
                yield Completion(name, -len(begun), display_meta=kind)
        if before.startswith("\\d"):
            yield from (Completion(name, -len(begun)) for name in self._tables() if name.startswith(begun))

    def _of_sql(self, before: str, text: str) -> Iterator[tuple[str, str]]:
        tables = self._tables()
        if TABLE_BEFORE.search(before):
            yield from ((name, "table") for name in tables)
            return
        named = [name for name in NAMED.findall(text) if name in tables] or ["mart.articles"]
        yield from ((column, name) for name in named for column in tables[name])
        yield from ((name, "table") for name in tables)
        yield from self._others()

    def _tables(self) -> dict[str, list[str]]:
        if not self._known:
            for schema, name, column in self._desk.ask(own_statement("columns")).rows:
                self._known.setdefault(f"{schema}.{name}", []).append(column)
        return self._known

    def _others(self) -> list[tuple[str, str]]:
        if not self._words:
            self._words = [(name, kind) for name, kind in self._desk.ask(own_statement("words")).rows]
        return self._words


def _of_commands(before: str) -> Iterable[tuple[str, str]]:
    if before.startswith("\\ask "):
        return [(each.name, each.title) for each in cookbook()]
    return [] if " " in before else [(name.removeprefix("\\"), told) for name, (_, told) in COMMANDS.items()]
