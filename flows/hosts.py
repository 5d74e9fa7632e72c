"""Which hosts a backfill wants: those of a file, and those of sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.config import chosen_sources
from broadsheet.errors import ConfigError
from broadsheet.urls import host

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from broadsheet.model import Source


def hosts_of(file: str | None, names: Sequence[str], known: Iterable[Source]) -> frozenset[str]:
    """The hosts of a file (one a line, `.example.org` for all below it, `#` begins a remark) and of named sources.

    Empty where neither is given: every host is wanted. ConfigError: no such file or source, or no host in it.
    """
    chosen = chosen_sources(known, names) if names else ()
    listed = _lines(Path(file)) if file else ()
    return frozenset({*listed, *(name.lower() for source in chosen for name in source.hosts)})


def _lines(file: Path) -> list[str]:
    try:
        lines = [line.partition("#")[0].strip().lower() for line in file.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: the list of hosts cannot be read: {error}") from error
    if not any(lines):
        raise ConfigError(f"{file}: names no host; one a line is wanted, such as www.example.org or .example.org")
    return [_host(line) for line in lines if line]


def _host(line: str) -> str:
    """A host as it is compared; people put URLs into such lists too."""
    if "://" in line:
        return host(line)
    name = line.lstrip("*.") if line.startswith("*.") else line
    dotted = line.startswith((".", "*."))
    return "." * dotted + host(f"http://{name.lstrip('.')}/")
