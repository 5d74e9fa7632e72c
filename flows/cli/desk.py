"""The commands of the analyst's desk: `sql` and `ask`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from broadsheet.errors import ConfigError

Fmt = Annotated[
    str | None,
    typer.Option("--format", help="table, csv, json, markdown, parquet, jsonl. None: by FILE.", metavar="FORMAT"),
]
Output = Annotated[Path | None, typer.Option(help="Write the answer to a file.", metavar="FILE")]
Limit = Annotated[float | None, typer.Option(min=0.001, help="The most seconds it may take. None: any.", metavar="S")]
Params = Annotated[
    list[str] | None,
    typer.Option(help="A value of $NAME: NAME=VALUE or NAME:TYPE=VALUE; may be repeated.", metavar="NAME=VALUE"),
]


def sql(  # noqa: PLR0913, PLR0917 - its options
    query: Annotated[
        str | None, typer.Argument(help="One SQL statement; `-`: standard input. None, on a terminal: a prompt.")
    ] = None,
    fmt: Fmt = None,
    output: Output = None,
    file: Annotated[Path | None, typer.Option(help="Read the statement from a file.", metavar="FILE")] = None,
    param: Params = None,
    timeout: Limit = None,
) -> None:
    """Ask the newest read copy; nothing can be written. Without a statement, on a terminal: a prompt."""
    from broadsheet.desk import typed_values
    from flows.cli.ask import Wanted, answer
    from flows.cli.shell import run_shell

    if query is not None and file is not None:
        raise typer.BadParameter("give a statement or a file, not both", param_hint="--file")
    if query is None and file is None and sys.stdin.isatty() and sys.stdout.isatty():
        run_shell(fmt, timeout)
        return
    text = _read(file) if file else sys.stdin.read() if query in {None, "-"} else query
    answer(text or "", typed_values(param or []), Wanted(fmt, output, timeout))


def _names(incomplete: str) -> list[str]:
    from broadsheet.desk import cookbook

    return [each.name for each in cookbook() if each.name.startswith(incomplete)]


def ask(  # noqa: PLR0913, PLR0917 - its options
    name: Annotated[
        str | None, typer.Argument(help="A question's name. None: list them.", autocompletion=_names)
    ] = None,
    values: Annotated[
        list[str] | None, typer.Argument(help="Values of its parameters.", metavar="NAME=VALUE...")
    ] = None,
    param: Params = None,
    fmt: Fmt = None,
    output: Output = None,
    timeout: Limit = None,
    show: Annotated[bool, typer.Option("--show", help="Print the question, its parameters and its SQL.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")] = False,
) -> None:
    """Ask a question of the cookbook (sql/queries); without a name, list them all."""
    from flows.cli.ask import Wanted
    from flows.cli.questions import ask_question, list_questions, show_question

    if name is None:
        list_questions(as_json=as_json)
    elif show:
        show_question(name, as_json=as_json)
    else:
        ask_question(
            name, [*(values or []), *(param or [])], Wanted(fmt or ("json" if as_json else None), output, timeout)
        )


COMMANDS = (
    (sql, 'Example: `broadsheet sql "select source, count(*) from mart.articles group by all" --output counts.csv`'),
    (ask, "Example: `broadsheet ask topic_by_day topic=bridge --format csv`; `broadsheet ask` lists the questions"),
)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
