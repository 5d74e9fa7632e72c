"""`broadsheet archive verify`: the proof that what was kept is whole, and lies where the warehouse says it does."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING

import typer

from broadsheet import archive
from broadsheet.archive import Expected
from broadsheet.config import read_settings
from broadsheet.errors import Terminal
from flows.cli.places import NOTHING, kept_files, opened
from flows.progress import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from broadsheet.archive import Fault
    from flows.progress import Progress

AT_ONCE = 50_000  # positions held in memory
MEBIBYTE = 1 << 20


def verify(files: Sequence[Path], *, as_json: bool) -> None:
    """Check every record and every position of the files (all, if none is named). Exit code 1: something is wrong."""
    data = read_settings().data
    known = _known()
    chosen = _chosen(data, known, files)
    sizes = {file: _size(data / file) for file in chosen}
    counts = Counter(records=0, bytes=0, positions=0)
    faults: list[Fault] = []
    with shown() as progress:
        progress.stage("verify", -(-sum(sizes.values()) // MEBIBYTE), "MiB of archive")
        lists = _damaged_lists(data, chosen if files else ())
        for fault in chain(_checked(data, chosen, known, counts, progress), lists):
            faults.append(fault)
            if not as_json:
                typer.echo(f"{fault.file}: at {fault.offset}: {fault.what}")
    if as_json:
        told = {"files": len(chosen), **counts, "faults": [asdict(each) for each in faults]}
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        typer.echo(_sentence(len(chosen), counts, faults))
    raise typer.Exit(bool(faults))


def _damaged_lists(data: Path, named: Sequence[str]) -> Iterator[Fault]:
    """The lists of moved records that cannot be read: those beside the named files, or all."""
    lists = [archive.list_of(data / file) for file in named] or sorted((data / "archive").rglob(f"*{archive.MOVED}"))
    for path in lists:
        damage = archive.list_damage(path) if path.exists() else ""
        if damage:
            yield archive.Fault(archive.relative(data, str(path.resolve())), 0, damage.removeprefix(f"{path}: "))


def _known() -> dict[str, int]:
    """How many answers lie in each file by the warehouse."""
    return {each.file: each.pages + each.polls for each in kept_files()}


def _chosen(data: Path, known: dict[str, int], files: Sequence[Path]) -> list[str]:
    """The files to look at, as positions name them. Terminal: one that is named is not there."""
    on_disk = {str(path.relative_to(data)) for path in (data / "archive").rglob("*.warc.gz")}
    if not files:
        return sorted({*known, *on_disk})
    for path in files:
        if not path.is_file():
            raise Terminal(f"{path}: no such file; `broadsheet archive list` names them")
    return [archive.relative(data, str(path.resolve())) for path in files]


def _checked(
    data: Path, files: Sequence[str], known: dict[str, int], counts: Counter[str], progress: Progress
) -> Iterator[Fault]:
    for group in _groups(files, known):
        expected = _expected(group)
        for file in group:
            there = expected.get(file, [])
            counts["positions"] += len(there)
            yield from archive.faults(data, file, there, _Passing(counts, progress))


def _groups(files: Sequence[str], known: dict[str, int]) -> Iterator[list[str]]:
    """Files in groups of AT_ONCE positions, so that the warehouse is held for moments only."""
    group: list[str] = []
    for file in files:
        if group and sum(known.get(each, 0) for each in [*group, file]) > AT_ONCE:
            yield group
            group = []
        group.append(file)
    if group:
        yield group


def _expected(files: Sequence[str]) -> dict[str, list[Expected]]:
    with opened() as warehouse:
        answers = warehouse.places.answers(files)
    found: dict[str, list[Expected]] = {}
    for each in answers:
        told = Expected(each.position, each.target, each.payload_digest, each.captured_at)
        found.setdefault(each.position.file, []).append(told)
    return found


class _Passing:
    """Counts records and bytes, and moves the bar of MiB."""

    def __init__(self, counts: Counter[str], progress: Progress) -> None:
        self._counts, self._progress = counts, progress

    def __call__(self, size: int) -> None:
        before = self._counts["bytes"] // MEBIBYTE
        self._counts["records"] += 1
        self._counts["bytes"] += size
        self._progress.advance(self._counts["bytes"] // MEBIBYTE - before)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _sentence(files: int, counts: Counter[str], faults: Sequence[Fault]) -> str:
    if not files and not faults:
        return NOTHING
    seen = f"{files} file(s), {counts['records']} record(s), {counts['positions']} position(s)"
    if not faults:
        return f"{seen}: all is whole and in its place"
    return f"{seen}: {len(faults)} fault(s) in {len({each.file for each in faults})} file(s)"
