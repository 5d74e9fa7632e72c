"""`python docs/commands.py`: writes docs/reference/commands.md from the commands' own help.

What does not fit a help text is in docs/reference/_commands.md, a section a command (after `<!-- prose -->`).
"""

import re
from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import get_args

from pages import filled, frame, table, write
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from flows.cli.app import app

Command = TyperCommand | TyperGroup
Parameter = TyperArgument | TyperOption
HELD = {datetime: "DATE", Path: "PATH", int: "N", float: "NUMBER"}


def reference() -> str:
    """The whole of docs/reference/commands.md."""
    page, _, prose = frame("commands").partition("<!-- prose -->")
    told, found = sections(prose), dict(commands(get_command(app)))
    summary = table(("command", "what it does"), *[_row(name, each) for name, each in found.items()])
    parts = [summary, *(_section(name, each, told.get(name, "")) for name, each in found.items())]
    return filled(page, commands="\n\n".join(parts))


def sections(prose: str) -> dict[str, str]:
    """What is written by hand, by the command it is about."""
    parts = re.split(r"^## (.+)\n", prose, flags=re.MULTILINE)
    return {name: text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def commands(command: object, *path: str) -> Iterator[tuple[str, Command]]:
    """Every command that does something and is not hidden, by its words, in the order of `--help`."""
    for name, each in getattr(command, "commands", {}).items():
        if not each.hidden and (not isinstance(each, TyperGroup) or each.invoke_without_command):
            yield " ".join((*path, name)), each
        if isinstance(each, TyperGroup):
            yield from commands(each, *path, name)


def _row(name: str, command: Command) -> tuple[str, str]:
    anchor = f"broadsheet-{name.replace(' ', '-')}"
    words = " ".join(["broadsheet", name, *map(_synopsis, _parameters(command))])
    return f"`{words}`", f"{_paragraphs(command.help)[0]} [More](#{anchor})"


def _section(name: str, command: Command, told: str) -> str:
    rows = [(_called(each), _default(each), _meaning(each)) for each in _parameters(command)]
    listed = [table(("argument or option", "default", "what it is"), *rows)] if rows else []
    example = [command.epilog] if command.epilog else []
    return "\n\n".join(
        [f"## broadsheet {name}", *_paragraphs(command.help), *([told] if told else []), *listed, *example]
    )


def _paragraphs(text: str | None) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", (text or "").strip())]


def _parameters(command: Command) -> list[Parameter]:
    known = [each for each in command.params if isinstance(each, Parameter)]
    shown = [each for each in known if not each.hidden and each.name != "help"]
    return sorted(shown, key=lambda each: each.param_type_name != "argument")


def _held(each: Parameter) -> str:
    """The word that stands for a value: the one its command gives, its choices, or one for its type."""
    annotation = each.type_descriptor.annotation
    kind = next(iter(get_args(annotation)), annotation)
    if each.metavar:
        return str(each.metavar)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "|".join(str(choice.value) for choice in kind)
    return HELD.get(kind, str(each.name).upper()) if each.param_type_name == "option" else str(each.name).upper()


def _synopsis(each: Parameter) -> str:
    option = each.param_type_name == "option"
    value = "" if getattr(each, "is_flag", False) else _held(each)
    words = f"{each.opts[0]} {value}".strip() if option else value
    more = "..." if (getattr(each, "multiple", False) or each.nargs == -1) and not words.endswith("...") else ""
    return f"{words}{more}" if each.required or words.startswith("[") else f"[{words}]{more}"


def _called(each: Parameter) -> str:
    if each.param_type_name == "argument":
        return f"`{_held(each)}`"
    names = ", ".join(f"`{name}`" for name in (*each.opts, *each.secondary_opts))
    return names if getattr(each, "is_flag", False) else f"{names} `{_held(each)}`"


def _default(each: Parameter) -> str:
    if each.required:
        return "required"
    value = each.default.value if isinstance(each.default, Enum) else each.default
    return "" if callable(value) or value in (None, False, "", (), []) else f"`{value}`"


def _meaning(each: Parameter) -> str:
    info = each.type_descriptor.parameter_info
    low, high = (getattr(info, name, None) for name in ("min", "max"))
    bounds = [f"≥ {low}"] * (low is not None) + [f"≤ {high}"] * (high is not None)
    variables = [each.envvar] if isinstance(each.envvar, str) else each.envvar or []
    asides = [*bounds, *(f"from `{name}` if not given" for name in variables)]
    return f"{each.help or ''} ({', '.join(asides)})" if asides else each.help or ""


if __name__ == "__main__":
    write("commands", reference())
