"""Folders that exports and snapshots are put into, file by file, each whole or not at all: on disk, or by fsspec.

The only door to fsspec for exports. A store has no renames, but an object that is put there appears when it is whole.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from broadsheet.errors import ConfigError
from broadsheet.warehouse.files import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

PART: Final = ".part"


class Folder(Protocol):
    """A place for files; names are relative to it, with `/` between folders."""

    @property
    def address(self) -> str:
        """What it is known by: an absolute path, or a URL."""

    def names(self) -> list[str]:
        """The files in it and below, without those half written."""

    def is_empty(self) -> bool:
        """Whether there is no file in it, but what a death left half written."""

    def put(self, made: Path, name: str) -> None:
        """Move a file from the bench to its place."""

    def bench(self) -> Any:  # noqa: ANN401 - a context manager of a Path
        """A folder to make files in."""

    def read(self, name: str) -> bytes | None:
        """What a file holds; None: there is none."""

    def at_hand(self, name: str) -> Any:  # noqa: ANN401 - a context manager of a Path
        """A path by which the file can be read."""

    def remove(self, name: str) -> None:
        """Take a file away, and folders that it leaves empty."""


def folder_at(target: str) -> Folder:
    """The folder of a path or URL. ConfigError: there is no such kind of store, or its extra is not installed."""
    if "://" not in target:
        return Local(Path(target).resolve())
    import fsspec  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra

    try:
        system, root = fsspec.core.url_to_fs(target)
    except (ValueError, ImportError) as error:
        raise ConfigError(f"{target}: {error}; `pip install 'broadsheet[stores]'` brings s3://") from error
    return Remote(target.rstrip("/"), system, root.rstrip("/"))


@dataclass(frozen=True, slots=True)
class Local:
    """A folder on disk."""

    path: Path

    @property
    def address(self) -> str:
        """Its path."""
        return str(self.path)

    def names(self) -> list[str]:
        """The files in it and below, without those half written."""
        found = (path for path in self.path.rglob("*") if path.is_file() and path.suffix != PART)
        return sorted(path.relative_to(self.path).as_posix() for path in found)

    def is_empty(self) -> bool:
        """Whether there is nothing in it, but what a death left half written."""
        return not self.path.exists() or all(each.suffix == PART for each in self.path.iterdir())

    def put(self, made: Path, name: str) -> None:
        """Rename a file into its place, for good."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        made.replace(target)
        sync_folder(target.parent)

    @contextmanager
    def bench(self) -> Iterator[Path]:
        """A folder beside the files, so that a rename is enough; what a death left there goes."""
        bench = self.path / f".bench{PART}"
        shutil.rmtree(bench, ignore_errors=True)
        bench.mkdir(parents=True)
        try:
            yield bench
        finally:
            shutil.rmtree(bench, ignore_errors=True)

    def read(self, name: str) -> bytes | None:
        """What a file holds; None: there is none."""
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None

    @contextmanager
    def at_hand(self, name: str) -> Iterator[Path]:
        """The file's own path."""
        yield self.path / name

    def remove(self, name: str) -> None:
        """Take a file away, and folders that it leaves empty."""
        path = self.path / name
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == self.path or any(folder.iterdir()):
                break
            folder.rmdir()


@dataclass(frozen=True, slots=True)
class Remote:
    """A folder of a store, by fsspec."""

    address: str
    system: Any
    root: str

    def names(self) -> list[str]:
        """The files in it and below."""
        self.system.invalidate_cache()
        return sorted(str(path)[len(self.root) :].lstrip("/") for path in self.system.find(self.root))

    def is_empty(self) -> bool:
        """Whether there is no object under it."""
        return not self.names()

    def put(self, made: Path, name: str) -> None:
        """Upload a file: it is there when it is whole."""
        self.system.makedirs(f"{self.root}/{name}".rpartition("/")[0], exist_ok=True)
        self.system.put_file(str(made), f"{self.root}/{name}")

    @contextmanager
    def bench(self) -> Iterator[Path]:
        """A temporary folder on disk."""
        with tempfile.TemporaryDirectory(prefix="broadsheet-") as bench:
            yield Path(bench)

    def read(self, name: str) -> bytes | None:
        """What a file holds; None: there is none."""
        try:
            return bytes(self.system.cat_file(f"{self.root}/{name}"))
        except FileNotFoundError:
            return None

    @contextmanager
    def at_hand(self, name: str) -> Iterator[Path]:
        """The file, downloaded for as long as the block runs."""
        with self.bench() as bench:
            path = bench / name.rpartition("/")[2]
            self.system.get_file(f"{self.root}/{name}", str(path))
            yield path

    def remove(self, name: str) -> None:
        """Take a file away."""
        if self.system.exists(f"{self.root}/{name}"):
            self.system.rm_file(f"{self.root}/{name}")
