"""What was forgotten stays away: its sources are not asked, and what a run kept of it goes before the run is over.

A page may turn out to be a forgotten one only when it is read (another address, whose canonical URL was forgotten), and
a feed goes on naming it for days, with its first lines: such an answer is not kept.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from broadsheet.archive.records import records_of
from broadsheet.archive.striking import text_of
from broadsheet.errors import ConfigError
from broadsheet.model import Role
from broadsheet.urls import normalise
from broadsheet.warehouse import Files, forgetting, open_warehouse
from broadsheet.warehouse.tombstones import is_among
from flows import load
from flows.folders import run_of
from flows.forgetting import without
from flows.locks import held
from flows.recover import segments

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from pathlib import Path

    from broadsheet.archive.records import Record
    from broadsheet.config import Settings
    from broadsheet.model import Source
    from flows.scene import Scene

LINK: Final = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)|(https?://[^\s"'<>\\]+)""", re.IGNORECASE)


def not_forgotten(settings: Settings, chosen: Sequence[Source]) -> list[Source]:
    """Those of the sources that nobody had forgotten. ConfigError: all of them were."""
    if not Files(settings.data).warehouse.exists():
        return list(chosen)
    with open_warehouse(settings.data, now=settings.clock(), wait=settings.lock_wait) as warehouse:
        forgotten = forgetting.forgotten_sources(warehouse)
    left = [source for source in chosen if source.name not in forgotten]
    if chosen and not left:
        told = "; ".join(f"{source.name} was forgotten ({forgotten[source.name]})" for source in chosen)
        raise ConfigError(f"{told}: take it out of sources.toml")
    return left


def struck(stage: Scene) -> int:
    """Take it out of what this run and those it adopted kept, and brought by reading; how many answers that were."""
    runs = (stage.run, *map(run_of, stage.dead))
    with load.opened(stage) as warehouse:
        forgotten = forgetting.forgotten_ids(warehouse)
        brought = forgetting.brought(warehouse, [run.run_id for run in runs]) if forgotten else set()
    if not forgotten:
        return 0
    named = {stage.data / file for file, _ in brought}
    paths = sorted({path for run in runs for path in segments(stage.data, run)} | {p for p in named if p.exists()})
    meant = {path: set(_meant(stage, path, forgotten, brought)) for path in paths}
    return _taken_out(stage, {path: ids for path, ids in meant.items() if ids})


def _meant(stage: Scene, path: Path, forgotten: Container[int], brought: Container[tuple[str, int]]) -> Iterator[str]:
    file = str(path.relative_to(stage.data))
    for record in records_of(path):
        named = record.role == Role.ENDPOINT and any(is_among(url, forgotten) for url in _links(record))
        if named or (file, record.offset) in brought:
            yield record.record_id


def _links(record: Record) -> Iterator[str]:
    """The addresses that an answer names."""
    for match in LINK.finditer(unescape(text_of(record))):
        if url := normalise(match[1] or match[2], record.target):
            yield url


def _taken_out(stage: Scene, meant: dict[Path, set[str]]) -> int:
    if not meant:
        return 0
    with held(stage.data / "archive" / ".lock") as ours, load.opened(stage) as warehouse:
        if not ours:
            stage.progress.say(
                "the archive is being tidied: say `broadsheet forget` again to clear what came meanwhile"
            )
            return 0
        return sum(without(stage.data, warehouse, path, ids, stage.settings.clock()) for path, ids in meant.items())
