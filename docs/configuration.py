"""`python docs/configuration.py`: writes docs/reference/configuration.md from the settings and keys of sources.toml."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import NoneType
from typing import get_args

from pages import filled, frame, table, write
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from broadsheet.config import PREFIX, Settings
from broadsheet.sourcefile import EndpointEntry, KeepEntry, PollEntry, SourceEntry

TABLES: dict[str, type[BaseModel]] = {"Each of `endpoints`": EndpointEntry, "`keep`": KeepEntry, "`poll`": PollEntry}
SPOKEN = {"workers": "all cores", "backups": "`backups` in the data folder", "hosts": "home's", "include": "all"}
"""Defaults that depend on the machine or on another value."""

WRITTEN = {
    "resolve": "`host=ip:port`, by commas", "private_hosts": "names, by commas", "recheck": "spans, by commas",
    "retry": "spans, by commas", "keep": "`all`, `changed` or table", "since": "day", "poll": "table",
    "endpoints": "list of tables",
}  # fmt: skip
"""How values of several parts are written."""

KINDS = (
    (bool, "true or false"), (int, "whole number"), (float, "number"), (Path, "path"), (SecretStr, "text, secret"),
    (timedelta, "span"), (datetime, "time"), (date, "day"), (str, "text"),
)  # fmt: skip
BOUNDS = {
    "ge": "≥",
    "gt": ">",
    "le": "≤",
    "lt": "<",
    "min_length": "at least",
    "max_length": "length ≤",
    "pattern": "as",
}
UNITS = ((86400, "d"), (3600, "h"), (60, "min"), (1, "s"))


def reference() -> str:
    """The whole of docs/reference/configuration.md."""
    settings = _table("variable", ((f"{PREFIX}{name.upper()}", name, field) for name, field in _fields(Settings)))
    return filled(frame("configuration"), settings=settings, sources=_sources())


def _sources() -> str:
    of = [f"### {title}\n\n{_keys(model)}" for title, model in TABLES.items()]
    return "\n\n".join([f"### `[[source]]`\n\n{_keys(SourceEntry)}", *of])


def _keys(model: type[BaseModel]) -> str:
    return _table("key", ((name, name, field) for name, field in _fields(model)))


def _fields(model: type[BaseModel]) -> Iterable[tuple[str, FieldInfo]]:
    return model.model_fields.items()


def _table(head: str, fields: Iterable[tuple[str, str, FieldInfo]]) -> str:
    rows = [
        (f"`{shown}`", _kind(name, field), _default(name, field), field.description or "")
        for shown, name, field in fields
    ]
    return table((head, "type", "default", "what it is"), *rows)


def _kind(name: str, field: FieldInfo) -> str:
    bounds = [
        f"{sign} {f'`{value}`' if key == 'pattern' else value}"
        for each in field.metadata
        for key, sign in BOUNDS.items()
        if (value := getattr(each, key, None)) is not None
    ]
    return ", ".join([WRITTEN.get(name) or _type(field.annotation), *bounds])


def _type(annotation: object) -> str:
    """The words for a type: of several the first that is not None."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return " or ".join(f"`{each.value}`" for each in annotation)
    for known, words in KINDS:
        if isinstance(annotation, type) and issubclass(annotation, known):
            return words
    parts = [part for part in get_args(annotation) if part not in {NoneType, Ellipsis}]
    if parts and all(isinstance(part, str) for part in parts):
        return " or ".join(f"`{part}`" for part in parts)
    many = getattr(annotation, "__origin__", None) is tuple
    return f"list of {_type(parts[0])}" if many else _type(parts[0]) if parts else "time with offset"


def _default(name: str, field: FieldInfo) -> str:
    if name in SPOKEN:
        return SPOKEN[name]
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    return f"`{_shown(value)}`" if value not in (None, "", (), {}, frozenset()) else "none"


def _shown(value: object) -> str:
    if isinstance(value, timedelta):
        return _span(value)
    if isinstance(value, PollEntry):
        return f'{{ shortest = "{_span(value.shortest)}", longest = "{_span(value.longest)}" }}'
    if isinstance(value, tuple):
        return ", ".join(map(_shown, value))
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def _span(value: timedelta) -> str:
    seconds = int(value.total_seconds())
    size, unit = next((size, unit) for size, unit in UNITS if seconds % size == 0)
    return f"{seconds // size} {unit}"


if __name__ == "__main__":
    write("configuration", reference())
