"""The file that names the sources, changed in place: what its owner wrote stays, and it is whole at every moment."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final

from broadsheet.errors import ConfigError
from broadsheet.sourcefile import parsed_sources

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from broadsheet.model import Source

HEAD: Final = (
    "# The sites that `broadsheet run` asks: one [[source]] table each. Every key: docs/reference/configuration.md.\n"
)


def edited(path: Path, change: Callable[[str], str]) -> tuple[Source, ...]:
    """Change the file (made where there is none); the sources it names then.

    ConfigError: it is wrong before or would be after, or may not be written; nothing is changed then.
    """
    before = _text(path)
    parsed_sources(before, str(path))
    after = change(before)
    sources = parsed_sources(after, str(path))
    if after != before:
        _write(path, after)
    return sources


def _text(path: Path) -> str:
    """The file's text with its own line ends and byte order mark."""
    try:
        return path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except FileNotFoundError:
        return HEAD
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error


def _write(path: Path, text: str) -> None:
    """Put the text in place: written beside, synced, renamed over what a link leads to."""
    real = path.resolve()
    beside = real.with_name(f".{real.name}.part")
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        if real.exists():
            shutil.copymode(real, beside)
        beside.replace(real)
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be written ({error.strerror}); name another by BROADSHEET_SOURCES"
        ) from error
