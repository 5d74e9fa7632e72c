"""Changes to sources.toml, text in and text out: entries added, removed and paused, all else as its owner wrote it.

Pure. New entries are made by tomlkit. Taking out and pausing go by lines, because tomlkit counts the comment above a
table as the end of the table before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import tomlkit
from tomlkit.items import AoT

from broadsheet.errors import ConfigError
from broadsheet.mistakes import line_of
from broadsheet.sourcefile import parsed_sources

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tomlkit.items import Array, Table

    from broadsheet.model import Endpoint

HEADER: Final = re.compile(r"\s*\[\[\s*source\s*\]\]")
PAUSED: Final = re.compile(r"""\s*["']?paused["']?\s*=""")


def added(text: str, name: str, home: str, endpoints: Sequence[Endpoint], more: Mapping[str, Any] | None = None) -> str:
    """The text with one more source at its end; `more` are further keys. ConfigError: the result would be wrong."""
    document = tomlkit.parse(text)
    tables = document.get("source")
    if tables is not None and not isinstance(tables, AoT):
        raise ConfigError("its sources stand in one array; write them as [[source]] tables to have more added")
    entry = _entry(name, home, endpoints, more or {})
    gap = "" if not text.strip() else "\n" if text.endswith("\n") else "\n\n"
    ours = f"{gap}[[source]]\n{entry.as_string()}"
    written = text + (ours.replace("\n", "\r\n") if "\r\n" in text else ours)
    parsed_sources(written, name)
    return written


def _entry(name: str, home: str, endpoints: Sequence[Endpoint], more: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    table.add("name", name)
    table.add("home", home)
    table.add("endpoints", _array(endpoints))
    for key, value in more.items():
        table.add(key, value)
    return table


def _array(endpoints: Sequence[Endpoint]) -> Array:
    array = tomlkit.array()
    for endpoint in endpoints:
        each = tomlkit.inline_table()
        each.update({"url": endpoint.url, "kind": str(endpoint.kind)})
        array.append(each)
    return array.multiline(multiline=True)


def removed(text: str, name: str) -> str:
    """The text without the source of that name and the comment right above it. KeyError: it has none of that name."""
    lines = text.splitlines(keepends=True)
    start, end = _range(text, lines, name)
    above = _above(lines, start)
    kept = [*lines[: above or start], *lines[end:]]  # a comment that opens the file is the file's
    while end == len(lines) and kept and not kept[-1].strip():
        kept.pop()
    return "".join(kept)


def paused(text: str, name: str, *, pause: bool) -> str:
    """The text with the source of that name paused, or no longer. KeyError: it has none of that name."""
    lines = text.splitlines(keepends=True)
    start, end = _range(text, lines, name)
    stated = next((at for at in range(start, end) if PAUSED.match(lines[at])), None)
    if stated is not None:
        lines[stated] = re.sub(r"=\s*(?:true|false)", f"= {str(pause).lower()}", lines[stated], count=1)
    elif pause:
        at = (line_of(text, ("source", _number(text, name), "name")) or start + 1) - 1
        lines.insert(at + 1, "paused = true\r\n" if "\r\n" in text else "paused = true\n")
    return "".join(lines)


def _number(text: str, name: str) -> int:
    names = [table["name"] for table in tomlkit.parse(text).unwrap().get("source", [])]
    if name not in names:
        raise KeyError(name)
    return names.index(name)


def _range(text: str, lines: Sequence[str], name: str) -> tuple[int, int]:
    """Where the source's lines begin and end: up to the next one's header, less the comment that stands above that."""
    number = _number(text, name)
    heads = [at for at, line in enumerate(lines) if HEADER.match(line)]
    if number >= len(heads):
        raise KeyError(name)
    end = _above(lines, heads[number + 1]) if number + 1 < len(heads) else len(lines)
    return heads[number], end


def _above(lines: Sequence[str], header: int) -> int:
    """Where the comment begins that stands right above a header; the header itself if there is none."""
    while header > 0 and lines[header - 1].lstrip().startswith("#"):
        header -= 1
    return header
