"""Which files are meant by files, folders and globs, and what each of them is."""

from __future__ import annotations

import gzip
import io
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final, cast

from broadsheet.archive.streams import ZSTD_MAGIC, Damaged, Zstd
from broadsheet.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Form(StrEnum):
    """What a file's bytes are."""

    WARC = "warc"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    PARQUET = "parquet"
    HTML = "html"


ENDINGS: Final = {
    ".warc": Form.WARC, ".json": Form.JSON, ".jsonl": Form.JSONL, ".ndjson": Form.JSONL, ".csv": Form.CSV,
    ".tsv": Form.TSV, ".parquet": Form.PARQUET, ".html": Form.HTML, ".htm": Form.HTML, ".xhtml": Form.HTML,
}  # fmt: skip
PACKED: Final = (".gz", ".zst")
GZIP_MAGIC: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Holding:
    """A file with pages, and the folder that was named, under which a mirror's path tells URLs."""

    path: Path
    form: Form
    root: Path


def holdings(named: Iterable[str | Path]) -> list[Holding]:
    """The files that are meant, each once, in the order named and by name within a folder or glob.

    Of a folder those are taken whose names end as pages' do. ArchiveError: nothing is there, or a file named by itself
    is of no known kind.
    """
    found: dict[Path, Holding] = {}
    for each in named:
        for holding in _meant(Path(each)):
            found.setdefault(holding.path.resolve(), holding)
    return list(found.values())


def _meant(path: Path) -> Iterator[Holding]:
    if path.is_dir():
        yield from _of_folder(path)
    elif path.exists():
        yield _alone(path)
    else:
        matched = sorted(Path().glob(str(path)) if not path.is_absolute() else Path("/").glob(str(path)[1:]))
        if not matched:
            raise ArchiveError(f"{path}: no such file")
        for each in matched:
            yield from _meant(each)


def _of_folder(folder: Path) -> Iterator[Holding]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if bad := next((path for path in files if not str(path).isprintable()), None):
        raise ArchiveError(f"{str(bad)!r}: a file name that cannot be printed cannot be kept; rename it")
    found = [Holding(path, form, folder) for path in files if (form := _by_name(path))]
    if not found:
        raise ArchiveError(
            f"{folder}: no file of a known kind in it: {', '.join(ENDINGS)}, packed with gzip or zstd, or not"
        )
    told = {path for each in found if each.form is Form.JSON for path in beside(each.path)}
    yield from (each for each in found if each.form is not Form.HTML or each.path not in told)


def beside(path: Path) -> list[Path]:
    """Where the HTML of a JSON file may lie: beside `x.html.json` (news-please) or `x.json` that is `x.html`."""
    whole, stem = path.with_suffix(""), path.with_suffix(".html")
    return [whole, stem] if whole.suffix in {".html", ".htm"} else [stem]


def _alone(path: Path) -> Holding:
    if not path.is_file():
        raise ArchiveError(f"{path}: not a file; name the files with pages, or their folder")
    if not str(path).isprintable():
        raise ArchiveError(f"{str(path)!r}: a file name that cannot be printed cannot be kept; rename it")
    form = _by_name(path) or _by_content(path)
    if form is None:
        raise ArchiveError(f"{path}: not a WARC file, nor of another known kind: {', '.join(ENDINGS)}")
    return Holding(path, form, path.parent)


def _by_name(path: Path) -> Form | None:
    if path.name.endswith(".open") or path.name.startswith("."):
        return None
    name = path.name.lower()
    for packed in PACKED:
        name = name.removesuffix(packed)
    return ENDINGS.get(Path(name).suffix)


@contextmanager
def unpacked(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, out of gzip or zstd. Raises OSError, and EOFError or zlib.error while reading."""
    with path.open("rb") as raw:
        if raw.peek(4).startswith(ZSTD_MAGIC):
            yield cast("IO[bytes]", io.BufferedReader(_Frames(raw)))
            return
        if not raw.peek(2).startswith(GZIP_MAGIC):
            yield raw
            return
        with gzip.open(raw) as file:
            yield cast("IO[bytes]", file)


class _Frames(io.RawIOBase):
    """The bytes in a zstd file. Reading raises EOFError where they are damaged."""

    def __init__(self, raw: BinaryIO) -> None:
        self._frames = Zstd(raw)
        self._left = b""

    def readable(self) -> bool:
        """It is read, and nothing else."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any writable bytes
        """Fill a buffer as far as one step goes; 0 at the end."""
        try:
            found = self._left or self._frames.more()
        except Damaged as error:
            raise EOFError(str(error)) from error
        taken, self._left = found[: len(buffer)], found[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def _by_content(path: Path) -> Form | None:
    try:
        with unpacked(path) as file:
            head = file.read(512).lstrip().lower()
    except (OSError, EOFError, zlib.error):
        return Form.WARC  # reading will say what is wrong with it
    if head.startswith(b"warc/"):
        return Form.WARC
    return Form.HTML if head.startswith((b"<!doctype html", b"<html")) else None
