"""Which files are made into one, by their sizes alone. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DAY_PARTS: Final = 5  # of archive/YYYY/MM/DD/file: a segment as a fetch task left it


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of the archive: its name relative to the data folder, its size in bytes, when its first answer came.

    `due`: something in it is older than it may be kept.
    """

    file: str
    size: int
    begins: str = ""
    due: bool = False

    @property
    def is_fresh(self) -> bool:
        """Whether a fetch task left it and no night has seen it yet."""
        return len(self.file.split("/")) == DAY_PARTS

    @property
    def month(self) -> str:
        """`archive/YYYY/MM`."""
        return "/".join(self.file.split("/")[:3])


def groups(files: Iterable[Stored], target: int) -> list[list[Stored]]:
    """The files that become one each, in order of time, every group of one month and of about `target` bytes at most.

    Fresh files and those with something due are always in one. A file merged before joins only where the others weigh
    as much as it does, so that a byte is copied some log2(target) times in all, not once a night.
    """
    months: dict[str, list[Stored]] = defaultdict(list)
    for each in files:
        months[each.month].append(each)
    return [group for _, stored in sorted(months.items()) for group in _filled(_worth_it(stored, target), target)]


def _worth_it(files: Sequence[Stored], target: int) -> list[Stored]:
    """The month's files without those that are large enough, or too large for what came beside them."""
    needed = [each for each in files if each.is_fresh or each.due]
    weight = sum(each.size for each in needed)
    chosen = list(needed)
    for each in sorted((e for e in files if e not in needed and e.size < target), key=lambda e: (e.size, e.file)):
        if each.size > weight:
            break
        chosen.append(each)
        weight += each.size
    return sorted(chosen, key=lambda e: (e.begins, e.file))


def _filled(files: Sequence[Stored], target: int) -> Iterator[list[Stored]]:
    group: list[Stored] = []
    for each in files:
        if group and sum(e.size for e in group) + each.size > target:
            yield group
            group = []
        group.append(each)
    if group:
        yield group
