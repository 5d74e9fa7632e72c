"""Forgetting in what was taken along: exports are brought up to the read copy, snapshots opened and sealed anew.

What cannot be reached or read is told with the proof, as left: to delete it is up to its owner.
"""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Final

import duckdb

from broadsheet.errors import BroadsheetError
from broadsheet.exports.folders import folder_at
from broadsheet.exports.seals import MANIFEST
from broadsheet.exports.spec import ending
from broadsheet.traces import Traces, plain
from broadsheet.warehouse import freezing
from flows import copies, export, sealed, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from broadsheet.warehouse.forgetting import Subject
    from flows.progress import Progress

UNREADABLE: Final = (BroadsheetError, duckdb.Error, OSError, ValueError)


def cleared(data: Path, what: Subject, now: datetime, progress: Progress) -> int:
    """Take what is forgotten out of every export and snapshot; how many files and articles that concerned."""
    if not copies.entries(data):
        return 0
    count = 0
    with copies.locked(data):
        for entry in copies.entries(data):
            try:
                count += _cleared(data, entry, what, now, progress)
            except UNREADABLE as error:
                progress.say(f"{entry['address']}: {str(error).splitlines()[0]}")
    return count


def standing(data: Path, what: Subject) -> Iterator[str]:
    """Where in exports and snapshots something forgotten still stands, or what cannot be looked through."""
    traces = Traces.of(what.words)
    for entry in copies.entries(data):
        address = entry["address"]
        try:
            yield from (f"{address}/{name}: a sentence of it" for name in _files(entry) if _says(address, name, traces))
        except UNREADABLE as error:
            yield f"{address}: it cannot be looked through ({str(error).splitlines()[0]}); delete it"


def _cleared(data: Path, entry: copies.Entry, what: Subject, now: datetime, progress: Progress) -> int:
    address = entry["address"]
    if not _files(entry):
        copies.forgotten(data, address)
        return 0
    if entry["kind"] == "snapshot":
        return snapshot.forget(address, what, now)
    return export.brought_up(data, address, None, progress).written


def _files(entry: copies.Entry) -> list[str]:
    """The files of an export or snapshot, by their names in its folder; none: it is gone."""
    address = entry["address"]
    if entry["kind"] == "export":
        return export.parts(address)
    if folder_at(address).read(MANIFEST) is None:
        return []
    return [str(each["file"]) for each in sealed.show(address)["files"]]


def _says(address: str, name: str, traces: Traces) -> bool:
    place = folder_at(address.rpartition("/")[0] if ending(address) else address)
    with place.at_hand(name) as path:
        return any(traces.found(plain(text)) for text in _texts(path))


def _texts(path: Path) -> Iterator[str]:
    if path.suffix == ".parquet":
        yield from freezing.texts(path)
        return
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from file
