"""The archive made tidy: what policy does not keep goes, segments become large files, and positions go with them.

    look round → merge beside → name the list → name the file → move positions (one transaction) → remove the old files

A death at any point loses nothing: before the file has its name, what was written is swept away; after, the next call
finishes the move. Whoever holds an old position is led to the new one (`broadsheet.archive.moved`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from broadsheet import __version__, archive
from broadsheet.config import known_sources
from broadsheet.errors import ArchiveError, DiskFull, Held
from broadsheet.warehouse import open_warehouse
from flows.folders import living
from flows.locks import held

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from broadsheet.archive import Stored
    from broadsheet.config import Settings
    from broadsheet.model import Keep
    from broadsheet.warehouse import Warehouse
    from flows.progress import Progress

MEBIBYTE = 1 << 20


def nothing(_step: str) -> None:
    """What happens before a step unless somebody looks on."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """What came of it: files before and after, their bytes, answers that refer to an equal one, answers left out.

    `skipped` says which files stand as they were, and why.
    """

    files_before: int = 0
    files_after: int = 0
    bytes_before: int = 0
    bytes_after: int = 0
    repeated: int = 0
    left_out: int = 0
    skipped: tuple[str, ...] = ()

    def __add__(self, other: Tidied) -> Tidied:
        mine, theirs = asdict(self), asdict(other)
        return Tidied(**{name: mine[name] + theirs[name] for name in mine})

    def sentence(self) -> str:
        """What happened, in a line."""
        left = f" {len(self.skipped)} thing(s) left as they are: {'; '.join(self.skipped)}." if self.skipped else ""
        return f"{self._done()}{left}"

    def _done(self) -> str:
        if not self.files_before:
            return "The archive had nothing to tidy."
        sizes = f"{self.bytes_before / MEBIBYTE:.1f} to {self.bytes_after / MEBIBYTE:.1f} MiB"
        return (
            f"{self.files_before} archive file(s) became {self.files_after} ({sizes}); "
            f"{self.repeated} repeated answer(s), {self.left_out} left out."
        )


def tidied(settings: Settings, progress: Progress, on_step: Callable[[str], None] = nothing) -> Tidied:
    """Tidy the archive of the data folder. Held: another process is at it. `on_step` is told of each step before it."""
    folder = settings.data / "archive"
    if not folder.exists():
        return Tidied()
    with held(folder / ".lock") as ours:
        if not ours:
            raise Held(f"{folder}: another process is tidying it; try again when it has ended")
        return _Tidying(settings, progress, on_step).run()


@dataclass(frozen=True, slots=True)
class _Tidying:
    """One tidying at work, under the archive's lock."""

    settings: Settings
    progress: Progress
    on_step: Callable[[str], None]

    def run(self) -> Tidied:
        """Finish what a death left, then every group of files in turn, but for the months of damaged lists."""
        archive.swept(self._data)
        closed = archive.damaged_months(self._data)
        left = tuple(f"{month} is left as it is: {damage}" for month, damage in closed.items())
        for line in left:
            self.progress.say(line)
        for moves in archive.unfinished(self._data):
            self._finish(moves)
        keep = {source.name: source.keep for source in known_sources(self.settings.sources)}
        found = self._groups(keep, closed)
        self.progress.stage(
            "tidy", -(-sum(each.size for group in found for each in group) // MEBIBYTE), "MiB of archive"
        )
        return sum((self._merged(group, keep) for group in found), Tidied(skipped=left))

    @property
    def _data(self) -> Path:
        return self.settings.data

    def _groups(self, keep: Mapping[str, Keep], closed: Container[str]) -> list[list[Stored]]:
        now = self.settings.clock()
        since = {name: now - timedelta(days=each.days) for name, each in keep.items() if each.days is not None}
        with self._opened() as warehouse:
            due = warehouse.places.due(since)
        found = archive.segments(self._data, lambda: living(self._data), due, closed)
        return archive.groups(found, self.settings.archive_file_mb * MEBIBYTE)

    def _merged(self, group: Sequence[Stored], keep: Mapping[str, Keep]) -> Tidied:
        """One group made into one file; where a file of it is damaged, that stands and the others are."""
        try:
            return self._one(group, keep)
        except DiskFull:
            raise
        except ArchiveError:
            archive.swept(self._data)
            sound, skipped = self._sorted_out(group)
            return Tidied(skipped=skipped) + (self._one(sound, keep) if sound else Tidied())

    def _sorted_out(self, group: Sequence[Stored]) -> tuple[list[Stored], tuple[str, ...]]:
        """Those of the files that are whole, and a line on each of the others."""
        damage = {each.file: archive.damage(self._data / each.file) for each in group}
        skipped = tuple(f"left as it is: {what}" for what in damage.values() if what)
        for line in skipped:
            self.progress.say(line)
        return [each for each in group if not damage[each.file]], skipped

    def _one(self, group: Sequence[Stored], keep: Mapping[str, Keep]) -> Tidied:
        files, before = [each.file for each in group], sum(each.size for each in group)
        self._require_room(before)
        self.on_step("merge")
        made = archive.merge(
            self._data, files, self._policy(files, keep), software=f"broadsheet/{__version__}", on_record=self._passed()
        )
        if len(files) == 1 and not group[0].is_fresh and not made.changed:
            archive.dismissed(made)
            return Tidied()
        archive.put_in_place(made, self.on_step)
        self._finish(made.list)
        after = made.path.stat().st_size
        return Tidied(len(files), 1, before, after, made.repeated, made.left_out)

    def _policy(self, files: Sequence[str], keep: Mapping[str, Keep]) -> archive.Policy:
        with self._opened() as warehouse:
            uses, originals = warehouse.places.uses(files), warehouse.places.originals(files)
        return archive.Policy(keep, self.settings.clock(), uses, originals)

    def _finish(self, moves: Path) -> None:
        """Move the positions, then remove the old files; a second time changes nothing."""
        self.on_step("move positions")
        with self._opened() as warehouse:
            warehouse.places.move(moves, self.settings.clock())
        archive.finished(self._data, moves, self.on_step)

    def _require_room(self, size: int) -> None:
        """The new file lies beside the old ones until they go."""
        try:
            archive.require_room(self._data, self.settings.least_free_mb * MEBIBYTE + size)
        except DiskFull as full:
            raise DiskFull(f"{full}; the archive stands as it was") from full

    def _passed(self) -> Callable[[int], None]:
        passed = _Mebibytes(self.progress)
        return passed.add

    def _opened(self) -> AbstractContextManager[Warehouse]:
        settings = self.settings
        return open_warehouse(settings.data, now=settings.clock(), wait=settings.lock_wait, on_step=self.on_step)


class _Mebibytes:
    """Bytes told to a bar that counts MiB."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._rest = 0

    def add(self, size: int) -> None:
        """So many bytes more are done."""
        full, self._rest = divmod(self._rest + size, MEBIBYTE)
        if full:
            self._progress.advance(full)
