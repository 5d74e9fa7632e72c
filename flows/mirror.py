"""The archive in a second place, kept as the first is: what is whole goes there, what was merged or struck out goes.

A file there was read back and found equal. Nothing is removed from it but what a list of moved records says is merged
into another file: a lost disk takes nothing with it, and `archive.read_one` fetches from there what is missing here.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from broadsheet.archive import MOVED, elsewhere
from broadsheet.archive.moved import merged_files
from broadsheet.archive.shelves import RUN
from broadsheet.errors import ArchiveError
from broadsheet.exports.files import digest
from broadsheet.exports.folders import folder_at
from flows.folders import living

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadsheet.exports.folders import Folder
    from flows.progress import Progress

ENDINGS: Final = (".warc.gz", MOVED)


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What was done: files sent, and removed."""

    sent: int
    removed: int


def mirrored(data: Path, address: str, progress: Progress) -> Mirrored:
    """Bring the second place up to the archive. ArchiveError: what was sent does not come back as it was."""
    place = folder_at(address)
    here, there = _here(data), {name for name in place.names() if name.endswith(ENDINGS)}
    (data / "archive").mkdir(parents=True, exist_ok=True)
    elsewhere.note(data, address)
    missing = sorted(set(here) - there)
    progress.stage("mirror", len(missing), "files")
    for name in missing:
        _sent(place, here[name], name)
        progress.advance()
    stale = sorted(there & _merged(data) - set(here))
    for name in stale:
        place.remove(name)
    return Mirrored(len(missing), len(stale))


def brought_home(data: Path, progress: Progress) -> None:
    """Fetch every file that the second place has and the disk lacks: whoever changes the archive changes all of it."""
    if not (address := elsewhere.place_of(data)):
        return
    there = {name for name in folder_at(address).names() if name.endswith(ENDINGS)}
    missing = sorted(there - set(_here(data)) - _merged(data))
    progress.stage("fetch the archive", len(missing), "files")
    for name in missing:
        elsewhere.brought(data, f"archive/{name}")
        progress.advance()


def _here(data: Path) -> dict[str, Path]:
    """The files of the archive that no run at work writes: name below `archive/`, path."""
    folder = data / "archive"
    files = (path for path in folder.rglob("*") if path.name.endswith(ENDINGS))
    found = {path.relative_to(folder).as_posix(): path for path in files}
    alive = living(data)
    return {name: path for name, path in found.items() if not ((run := RUN.match(path.name)) and run[0] in alive)}


def _merged(data: Path) -> set[str]:
    """The names of files that were merged into others."""
    return {name.removeprefix("archive/") for name in _names(data)}


def _names(data: Path) -> Iterator[str]:
    for moves in (data / "archive").rglob(f"*{MOVED}"):
        yield from merged_files(moves)


def _sent(place: Folder, path: Path, name: str) -> None:
    with place.bench() as bench:
        copy = bench / path.name
        shutil.copyfile(path, copy)
        place.put(copy, name)
    with place.at_hand(name) as found:
        if digest(found) != digest(path):
            place.remove(name)
            raise ArchiveError(f"{place.address}/{name} did not come back as it was sent: it is sent again next time")
