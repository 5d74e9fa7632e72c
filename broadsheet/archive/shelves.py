"""The files of an archive folder, and what a merge that died left among them.

    archive/YYYY/MM/DD/<run>-<task>.warc.gz      a segment, as a fetch task left it
    archive/YYYY/MM/merged-<hash>.warc.gz        what segments were merged into
    archive/YYYY/MM/merged-<hash>.moved.jsonl.gz where each of their records went

A merge takes its list's name, then its file's, then moves the positions in the warehouse, then removes the old files.
So a list whose file is not there and whose old files are was never valid; one whose file is there is to be finished.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from broadsheet.archive.grouping import Stored
from broadsheet.archive.moved import MOVED, PART, WARC, file_of, merged_files, read_moves
from broadsheet.archive.records import records_of
from broadsheet.archive.writing import sync_folder
from broadsheet.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator
    from pathlib import Path

RUN: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=-)")
MONTHS: Final = "archive/[0-9][0-9][0-9][0-9]/[0-9][0-9]"
DAYS: Final = f"{MONTHS}/[0-9][0-9]"


def segments(
    data: Path, living: Callable[[], Container[str]], due: Container[str] = (), closed: Container[str] = ()
) -> list[Stored]:
    """The files that may be merged: all of ours but those of runs that are at work or left work behind.

    `living` answers the ids of those runs. It is asked after the files were listed: a run's folder is there before its
    first segment, and goes after its last one was loaded. `due` are the files in which something is too old. `closed`
    are the months (`archive/YYYY/MM`) that stay as they are.
    """
    found = [*sorted(data.glob(f"{MONTHS}/merged-*{WARC}")), *sorted(data.glob(f"{DAYS}/*{WARC}"))]
    alive = living()
    stored = [_stored(data, path, due) for path in found if _may_move(path, alive)]
    return [each for each in stored if each.month not in closed]


def swept(data: Path) -> None:
    """Remove what merges that died had not put in place. For whoever holds the archive's lock."""
    for path in data.glob(f"{MONTHS}/*{PART}"):
        path.unlink()
    for path in data.glob(f"{MONTHS}/*{MOVED}"):
        files = _named(path)
        if files and not file_of(path).exists() and all((data / file).exists() for file in files):
            path.unlink()


def unfinished(data: Path) -> Iterator[Path]:
    """The lists of merges that were put in place and whose old files are not all gone, but for damaged ones."""
    for path in _lists(data):
        if _is_unfinished(data, path) and not list_damage(path):
            yield path


def damaged_months(data: Path) -> dict[str, str]:
    """The months (`archive/YYYY/MM`) that a list cannot be read of, each with the damage.

    Whether a merge of theirs is finished, and which files it was made from, nobody knows then. A list is read to its
    end only where it is still to be acted upon.
    """
    found = ((path, list_damage(path, only_names=not _is_unfinished(data, path))) for path in _lists(data))
    return {str(path.parent.relative_to(data)): damage for path, damage in found if damage}


def list_damage(path: Path, *, only_names: bool = False) -> str:
    """What is wrong with a list of moved records, or with its first line alone; empty: nothing is."""
    try:
        merged_files(path)
        for _ in () if only_names else read_moves(path):
            pass
    except ArchiveError as error:
        return str(error)
    return ""


def finished(data: Path, moves: Path, on_step: Callable[[str], None]) -> None:
    """Remove the old files of a merge, and the folders that are empty then. The warehouse knows the new places."""
    for file in merged_files(moves):
        on_step(f"remove {file}")
        path = data / file
        path.unlink(missing_ok=True)
        if path.parent.exists():
            sync_folder(path.parent)
            _removed_if_done(data, path.parent)


def _lists(data: Path) -> list[Path]:
    return sorted(data.glob(f"{MONTHS}/*{MOVED}"))


def _named(path: Path) -> list[str]:
    """The files that a list names; none where it is damaged."""
    return [] if list_damage(path, only_names=True) else merged_files(path)


def _is_unfinished(data: Path, path: Path) -> bool:
    return file_of(path).exists() and any((data / file).exists() for file in _named(path))


def _may_move(path: Path, alive: Container[str]) -> bool:
    run = RUN.match(path.name)
    return path.name.startswith("merged-") or (run is not None and run[0] not in alive)


def _stored(data: Path, path: Path, due: Container[str]) -> Stored:
    file = str(path.relative_to(data))
    return Stored(file, path.stat().st_size, _begins(path), file in due)


def _begins(path: Path) -> str:
    """The time of its first answer, empty where there is none to be read."""
    try:
        times = (record.captured_at for record in records_of(path))
        return next((when.isoformat() for when in times if when), "")
    except ArchiveError:
        return ""


def _removed_if_done(data: Path, folder: Path) -> None:
    """Remove a day's folder that is empty, but for the newest: a run may be about to put its first segment there."""
    newest = max(data.glob(DAYS), default=None)
    if folder != newest and not any(folder.iterdir()):
        folder.rmdir()
