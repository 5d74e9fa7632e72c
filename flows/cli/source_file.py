"""The file that names the sources, changed in place: what its owner wrote stays, and it is whole at every moment."""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager, suppress
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from broadsheet.archive.writing import sync_folder
from broadsheet.errors import ConfigError
from broadsheet.sourcefile import parsed_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from broadsheet.model import Source

HEAD: Final = (
    "# The sites that `broadsheet run` asks: one [[source]] table each. Every key: docs/reference/configuration.md.\n"
)
MARK: Final = "\ufeff"  # a byte order mark, which some editors write


def edited(path: Path, change: Callable[[str], str]) -> tuple[Source, ...]:
    """Change the file (made where there is none); the sources it names then. One edit waits for another to end.

    ConfigError: it is wrong before or would be after, or may not be written; nothing is changed then.
    """
    real = path.resolve()
    with _locked(path, real):
        before = _text(path)
        mark, text = (MARK, before[1:]) if before.startswith(MARK) else ("", before)
        parsed_sources(text, str(path))
        after = change(text)
        sources = parsed_sources(after, str(path))
        if after != text:
            _write(path, real, mark + after)
    return sources


@contextmanager
def _locked(path: Path, real: Path) -> Iterator[None]:
    """Hold the lock file beside the file, which stays: taken away, two could hold one of that name each."""
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        lock = real.with_name(f".{real.name}.lock").open("ab")
    except OSError as error:
        raise _unwritable(path, error) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _text(path: Path) -> str:
    """The file's text with its own line ends and byte order mark."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return HEAD
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error


def _write(path: Path, real: Path, text: str) -> None:
    """Put the text in place for good: written beside under a name of its own, synced, renamed over the file."""
    beside = real.with_name(f".{real.name}.{token_hex(8)}.part")
    try:
        with beside.open("xb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        if real.exists():
            _made_like(real, beside)
        beside.replace(real)
        sync_folder(real.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        beside.unlink(missing_ok=True)


def _made_like(real: Path, beside: Path) -> None:
    """Give it the file's owner, where we may, and its mode."""
    owned = real.stat()
    with suppress(PermissionError):
        os.chown(beside, owned.st_uid, owned.st_gid)
    shutil.copymode(real, beside)


def _unwritable(path: Path, error: OSError) -> ConfigError:
    return ConfigError(f"{path}: cannot be written ({error.strerror}); name another by BROADSHEET_SOURCES")
