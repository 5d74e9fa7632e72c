"""The cookbook: each file of `sql/queries` is a question with its parameters, an answer, and the statement.

A file begins with comment lines: the grain and the question; a paragraph `Parameters` with a line each
(`$name type = default: meaning`; the default is an expression of DuckDB's, on the read copy); a paragraph
`Example` with the call and its answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from broadsheet.desk.parameters import typed_values
from broadsheet.errors import ConfigError
from broadsheet.warehouse.statements import scripts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.desk.desk import Desk
    from broadsheet.warehouse.statements import Script

PARAMETER = re.compile(r"\$(?P<name>\w+) (?P<type>[\w\[\]]+) = (?P<default>.+?): (?P<meaning>.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question takes: name, type and default as DuckDB writes them, and what it means."""

    name: str
    type: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the cookbook: its name, what it asks, what a row of its answer is, and how it is asked."""

    name: str
    grain: str
    title: str
    parameters: tuple[Parameter, ...]
    example: str
    text: str

    def values(self, desk: Desk, words: Iterable[str]) -> dict[str, Any]:
        """Every parameter's value: of the words (`name=value`), else its default. ConfigError: the words are off."""
        types = {each.name: each.type for each in self.parameters}
        given = typed_values(words, types)
        for name in given.keys() - types.keys():
            known = ", ".join(types) or "none"
            raise ConfigError(f"{self.name} has no parameter {name}; it has: {known}")
        return {each.name: given[each.name] if each.name in given else _default(desk, each) for each in self.parameters}


def cookbook() -> list[Question]:
    """Every question, in the order of their names."""
    return [_read(each) for each in scripts("queries")]


def question(name: str) -> Question:
    """The question of a name (dashes as underscores, with or without `.sql`). ConfigError: there is none."""
    known = {each.name: each for each in cookbook()}
    wanted = name.removesuffix(".sql").replace("-", "_").lower()
    if wanted in known:
        return known[wanted]
    near = get_close_matches(wanted, known, n=3) or [each for each in known if wanted in each]
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise ConfigError(f"no question is called {name}{hint} `broadsheet ask` lists them all")


def _default(desk: Desk, parameter: Parameter) -> Any:  # noqa: ANN401 - any type
    text = f"select ({parameter.default})::{parameter.type}"
    ((value,),) = desk.ask(text).rows
    return value


def _read(script: Script) -> Question:
    lines = script.text.splitlines()
    head = [line.removeprefix("--").removeprefix(" ") for line in lines if line.startswith("--")]
    paragraphs = {part.split("\n", 1)[0].rstrip(":"): part for part in "\n".join(head).split("\n\n")}
    grain, _, title = head[0].partition(": ")
    told = paragraphs.get("Parameters", "").replace("\n    ", " ")
    example = next((part for name, part in paragraphs.items() if name.startswith("Example")), "")
    parameters = tuple(Parameter(**each.groupdict()) for each in PARAMETER.finditer(told))
    return Question(script.name, grain, title, parameters, example, script.text)
