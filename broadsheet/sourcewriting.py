"""Changes to sources.toml, text in and text out: entries added, removed and paused, all else as its owner wrote it.

Pure; the text must be a right one. New entries are made by tomlkit. Taking out and pausing go by lines, because tomlkit
counts the comment above a table as the end of the table before it; what they lead to is read again before it is given.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import tomlkit

from broadsheet.errors import ConfigError
from broadsheet.sourcefile import parsed_sources
from broadsheet.tomllines import lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tomlkit.items import Array, Table

    from broadsheet.model import Endpoint, Source
    from broadsheet.tomllines import Line

COMMENTED_OUT: Final = re.compile(r"[ \t]*#[#\s]*\[\[?[ \t]*[\w\"'.]+[ \t]*\]")
ONE_ARRAY: Final = (
    "its sources stand in one array (`source = [...]`), which is not changed here: write each as a [[source]] table, "
    "or edit the file by hand"
)
BY_HAND: Final = "this entry is written in a way that is not changed here: edit the file by hand"


def added(text: str, name: str, home: str, endpoints: Sequence[Endpoint], more: Mapping[str, Any] | None = None) -> str:
    """The text with one more source at its end; `more` are further keys. ConfigError: the result would be wrong."""
    if "source" in tomllib.loads(text) and not _heads(lines_of(text)):
        raise ConfigError(ONE_ARRAY)
    entry = _entry(name, home, endpoints, more or {})
    gap = "" if not text.strip() else "\n" if text.endswith("\n") else "\n\n"
    ours = f"{gap}[[source]]\n{entry.as_string()}"
    written = text + ours.replace("\n", _newline(text))
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
    """The text without the source of that name and the comment right above it.

    Every other comment stays, commented-out entries too. KeyError: it has none of that name. ConfigError: its sources
    are written in a way that is not changed here.
    """
    lines = lines_of(text)
    start, end = _range(text, lines, name)
    above = _above(lines, start) or start  # a comment that opens the file is the file's
    before, behind = lines[:above], lines[end:]
    while behind and behind[0].is_blank and (not before or before[-1].is_blank):
        behind.pop(0)
    while not behind and before and before[-1].is_blank:
        before.pop()
    after = "".join(line.text for line in [*before, *behind])
    return _proved(after, tuple(each for each in parsed_sources(text, name) if each.name != name))


def paused(text: str, name: str, *, pause: bool) -> str:
    """The text with the source of that name paused, or no longer. KeyError, ConfigError: as `removed` raises them."""
    lines = lines_of(text)
    start, end = _range(text, lines, name)
    end = next((at for at in range(start + 1, end) if lines[at].header), end)  # what follows is a table within it
    written = [line.text for line in lines]
    stated = next((at for at in range(start, end) if lines[at].states("paused")), None)
    if stated is not None:
        written[stated] = re.sub(r"=[ \t]*[^\s#]+", f"= {str(pause).lower()}", written[stated], count=1)
    elif pause:
        at = _end_of_name(lines, start, end)
        written[at - 1] = written[at - 1].rstrip("\r\n") + _newline(text)
        written.insert(at, "paused = true" + _newline(text))
    expected = (replace(each, paused=pause) if each.name == name else each for each in parsed_sources(text, name))
    return _proved("".join(written), tuple(expected))


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _proved(text: str, expected: tuple[Source, ...]) -> str:
    """The text, if it names just these sources. ConfigError: our way of changing it would have done something else."""
    try:
        if parsed_sources(text, "") == expected:
            return text
    except ConfigError:
        pass
    raise ConfigError(BY_HAND)


def _range(text: str, lines: Sequence[Line], name: str) -> tuple[int, int]:
    """Where the source's lines begin and end: after the last that is neither blank nor a comment."""
    names = [table["name"] for table in tomllib.loads(text).get("source", [])]
    if name not in names:
        raise KeyError(name)
    heads = _heads(lines)
    if len(heads) != len(names):
        raise ConfigError(ONE_ARRAY)
    start = heads[names.index(name)]
    follows = next((at for at in range(start + 1, len(lines)) if _opens_another(lines[at])), len(lines))
    said = (at for at in reversed(range(start, follows)) if not (lines[at].is_blank or lines[at].is_comment))
    return start, next(said) + 1


def _heads(lines: Sequence[Line]) -> list[int]:
    return [at for at, line in enumerate(lines) if line.header == {"source": [{}]}]


def _opens_another(line: Line) -> bool:
    """Whether it opens a table that is not within the source before it, as `[source.poll]` is."""
    return line.header is not None and not isinstance(line.header.get("source"), dict)


def _end_of_name(lines: Sequence[Line], start: int, end: int) -> int:
    """Behind the name of a source, or behind its header if the name is written in some odd way."""
    at = next((at for at in range(start, end) if lines[at].states("name")), start)
    return next((behind for behind in range(at + 1, end) if lines[behind].begins), end)


def _above(lines: Sequence[Line], header: int) -> int:
    """Where the comment begins that stands right above a header; the header itself if there is none.

    One with an entry commented out in it is no word on this source.
    """
    begin = header
    while begin > 0 and lines[begin - 1].is_comment:
        begin -= 1
    return header if any(COMMENTED_OUT.match(line.text) for line in lines[begin:header]) else begin
