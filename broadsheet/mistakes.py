"""What is wrong with a configuration, in one line a mistake: place, key, what was found, what is allowed. Pure."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel, ValidationError

Loc = tuple[int | str, ...]
SAID: Final = {  # what pydantic says in words of its own
    "missing": "is missing",
    "model_type": "must be a table",
    "tuple_type": "must be a list",
}
HEADER: Final = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]?\]")


def told(error: ValidationError, where: str, *, table: type[BaseModel], prefix: str = "", text: str = "") -> str:
    """One line for each mistake of a validation.

    `where` names the file or the environment, `table` is the model that was validated, `prefix` goes before each key,
    and `text` is the TOML that was read: with it a mistake names its line as well.
    """
    return "; ".join(_mistake(dict(detail), where, table, prefix, text) for detail in error.errors())


def _mistake(detail: dict[str, Any], where: str, table: type[BaseModel], prefix: str, text: str) -> str:
    is_unknown = detail["type"] == "extra_forbidden"
    loc, table = _written(table, detail["loc"], is_unknown=is_unknown)
    place = ".".join(f"{part + 1}" if isinstance(part, int) else part for part in loc)
    key = f"{prefix}{place.upper()}" if prefix else place
    line = line_of(text, loc) if text else None
    at = f"{where}:{line}" if line else where
    if is_unknown:
        return f"{at}: {key}: unknown key; {_nearest(str(loc[-1]), list(table.model_fields))}"
    said = SAID.get(detail["type"], detail["msg"].removeprefix("Value error, "))
    found = "" if isinstance(detail["input"], dict) else f", not {detail['input']!r}"
    return f"{at}: {key or 'file'}: {said}{found}"


def _nearest(key: str, keys: Sequence[str]) -> str:
    near = get_close_matches(key.lower(), keys, n=1)
    return f"{f'did you mean {near[0]}? ' if near else ''}allowed are {', '.join(keys)}"


def _written(table: type[BaseModel], loc: Loc, *, is_unknown: bool) -> tuple[Loc, type[BaseModel]]:
    """A place as the file has it, without the variants that pydantic names in it, and the table it is a key of."""
    place: list[int | str] = []
    for number, part in enumerate(loc, start=1):
        is_last = number == len(loc)
        if isinstance(part, int) or part in table.model_fields or (is_last and is_unknown):
            place.append(part)
        if isinstance(part, str) and part in table.model_fields and not is_last:
            table = _within(table.model_fields[part].annotation) or table
    return tuple(place), table


def _within(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - any type at all
    """The model among the parts of a type such as `tuple[Model, ...]` or `Model | None`."""
    if hasattr(annotation, "model_fields"):
        return annotation  # type: ignore[no-any-return]
    return next((found for part in getattr(annotation, "__args__", ()) if (found := _within(part))), None)


def line_of(text: str, loc: Loc) -> int | None:
    """The line (from 1) of a place such as ("source", 1, "delay") in a TOML text, or of what holds it.

    Tables in brackets and inline tables are told by counting, which a brace within a string can mislead by a line.
    """
    lines = text.split("\n")  # as TOML counts them
    start, end = 0, len(lines)
    for depth, part in enumerate(loc):
        if isinstance(part, int):
            start, end = _nth(lines, start, end, ".".join(p for p in loc[:depth] if isinstance(p, str)), part)
        elif depth and (found := _key(lines, start, end, part)) is not None:
            start = found
    return start + 1 if lines and loc else None


def _nth(lines: Sequence[str], start: int, end: int, name: str, number: int) -> tuple[int, int]:
    """Where the table of that name and number begins and ends; of an inline table the line it opens on."""
    heads = [at for at in range(start, end) if (head := HEADER.match(lines[at])) and head[1] == name]
    if number < len(heads):
        return heads[number], heads[number + 1] if number + 1 < len(heads) else end
    opens = [at for at in range(start, end) for _ in range(_bare(lines[at]).count("{"))]
    return (opens[number], opens[number] + 1) if number < len(opens) else (start, end)


def _key(lines: Sequence[str], start: int, end: int, key: str) -> int | None:
    wanted = re.compile(rf"""(?:^|[\s,{{\[.])["']?{re.escape(key)}["']?\s*(?:=|\]|\.)""")
    return next((at for at in range(start, end) if wanted.search(_bare(lines[at]))), None)


def _bare(line: str) -> str:
    return line.split(" #", maxsplit=1)[0] if not line.lstrip().startswith("#") else ""
