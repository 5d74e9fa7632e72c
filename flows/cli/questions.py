"""`broadsheet ask`: the questions of the cookbook, listed, shown and put."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from broadsheet.config import read_settings
from broadsheet.desk import Desk, cookbook, question
from flows.cli.ask import Wanted, answer
from flows.cli.tables import printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.desk import Question


def list_questions(*, as_json: bool) -> None:
    """Print every question's name, what it asks, and its parameters."""
    known = cookbook()
    if as_json:
        typer.echo(json.dumps([_told(each) for each in known], ensure_ascii=False))
        return
    printed(["name", "question", "parameters"], [[each.name, each.title, _parameters(each)] for each in known])
    typer.echo("\nbroadsheet ask NAME [parameter=value...]; --show prints a question's SQL and an example answer")


def show_question(name: str, *, as_json: bool) -> None:
    """Print a question's file: what it asks, its parameters, an example, its SQL. ConfigError: there is none such."""
    found = question(name)
    typer.echo(
        json.dumps(_told(found) | {"sql": found.text}, ensure_ascii=False) if as_json else found.text, nl=as_json
    )


def ask_question(name: str, words: Sequence[str], wanted: Wanted) -> None:
    """Put a question with its values (`name=value`) and write the answer. ConfigError: name or values are off."""
    found = question(name)
    with Desk(read_settings().data) as desk:
        answer(found.text, found.values(desk, words), wanted, desk=desk)


def _told(found: Question) -> dict[str, object]:
    kept = ("name", "title", "grain", "parameters")
    return {key: value for key, value in asdict(found).items() if key in kept}


def _parameters(found: Question) -> str:
    return " ".join(f"{each.name}={each.default}" for each in found.parameters)
