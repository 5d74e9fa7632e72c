"""The stores of a data folder, and how each is made to forget: whatever keeps files there is named in STORES.

A store added later takes part by a row here; tests/test_forget.py runs the pipeline and fails for a file that no store
owns. The proof (`flows.forget`) searches every file, owned or not.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from broadsheet import __version__, archive
from broadsheet.archive import elsewhere, striking
from broadsheet.archive.records import records_of
from broadsheet.traces import Traces, plain
from broadsheet.urls import host, normalise
from broadsheet.warehouse import clusters, forgetting
from broadsheet.warehouse.files import replace_with_copy
from broadsheet.warehouse.tombstones import ids_of
from flows import copies_forgetting, mirror, prefect_store, search_index
from flows.backups import kept_backups
from flows.reporting import keeping

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from datetime import datetime
    from pathlib import Path

    from broadsheet.archive.records import Record
    from broadsheet.warehouse import Warehouse
    from broadsheet.warehouse.forgetting import Subject
    from flows.progress import Progress

MEBIBYTE = 1 << 20
LEFTOVERS = ("warehouse*.part", "broadsheet*.part", "forgetting*.part", ".sources*.part", "*.part.wal")


@dataclass(frozen=True, slots=True)
class Forgetting:
    """One forgetting at work: under the locks of the archive and the warehouse, while no run is at work."""

    data: Path
    warehouse: Warehouse
    what: Subject
    traces: Traces
    now: datetime
    progress: Progress
    stones: frozenset[int]  # the ids of its URLs, and of their plainest forms


@dataclass(frozen=True, slots=True)
class Store:
    """Some files of the data folder, and what makes them forget; each clearing is done again after a crash.

    `files` are patterns of their names relative to the data folder; `*` stands for folders too. `clear` answers how
    many things it took out.
    """

    name: str
    files: tuple[str, ...]
    clear: Callable[[Forgetting], int]

    def owns(self, file: str) -> bool:
        """Whether a file, named relative to the data folder, is this store's."""
        return any(fnmatch(file, pattern) for pattern in self.files)


def strike(work: Forgetting) -> int:
    """Leave its pages out of the archive, endpoints' answers and others' pages with a sentence of it too."""
    mirror.brought_home(work.data, work.progress)
    _settle_merges(work)
    paths = sorted((work.data / "archive").rglob("*.warc.gz"))
    work.progress.stage("archive", sum(path.stat().st_size for path in paths) // MEBIBYTE, "MiB of archive")
    meant = striking.struck(paths, lambda record: _is_meant(work, record), lambda _: None)
    return sum(without(work.data, work.warehouse, path, meant, work.now) for path in paths) if meant else 0


def _settle_merges(work: Forgetting) -> None:
    """Finish what a merge that died began: every record is in one place then."""
    archive.swept(work.data)
    for month, damage in archive.damaged_months(work.data).items():
        work.progress.say(f"{month}: {damage}; its files are looked through one by one")
    for moves in archive.unfinished(work.data):
        work.warehouse.places.move(moves, work.now)
        archive.finished(work.data, moves, work.warehouse.session.on_step)


def _is_meant(work: Forgetting, record: Record) -> bool:
    ids = {each for url in (normalise(record.target), record.header("Broadsheet-Url")) if url for each in ids_of(url)}
    what = work.what
    if not ids.isdisjoint(work.stones) or (what.source and record.source == what.source):
        return True
    if host(record.target) in what.hosts:
        return True
    return bool(work.traces.anchors) and bool(work.traces.found(plain(striking.text_of(record))))


def without(data: Path, warehouse: Warehouse, path: Path, meant: Container[str], now: datetime) -> int:
    """Write an archive file anew without the answers of these ids, if it has any; positions move with the rest."""
    if not any(record.record_id in meant for record in records_of(path)):
        return 0
    policy = archive.Policy({}, now, refused=lambda record: "forgotten" if record.record_id in meant else "")
    on_step = warehouse.session.on_step
    file = str(path.relative_to(data))
    made = archive.merge(data, [file], policy, software=f"broadsheet/{__version__}", on_record=lambda _: None)
    archive.put_in_place(made, on_step)
    warehouse.places.move(made.list, now)
    archive.finished(data, made.list, on_step)
    return made.left_out


def erase_rows(work: Forgetting) -> int:
    """Take its rows out of the private pair, settle the clusters it was in, and write both files afresh."""
    rows = forgetting.erase(work.warehouse, work.what, now=work.now)
    clusters.gather(work.warehouse.session, now=work.now)
    forgetting.renew_files(work.warehouse)
    return rows


def renew_read_copy(work: Forgetting) -> int:
    """Put the private pair in the read copy's place; where a check of severity error fails, take the read copy away."""
    files = work.warehouse.files
    pairs = [(files.evidence, files.read_evidence), (files.warehouse, files.read_copy)]
    if not any(copy.exists() for _, copy in pairs):
        return 0
    if any(result.failed for result in work.warehouse.check(work.now)):
        for _, copy in pairs:
            copy.unlink(missing_ok=True)
        work.progress.say("a check fails: the read copy is taken away until the next run that passes")
        return 0
    with work.warehouse.closed():
        for private, copy in pairs:
            work.warehouse.session.on_step(f"publish {copy.name}")
            replace_with_copy(private, copy)
    return 0


def remove_leftovers(work: Forgetting) -> int:
    """Remove what copies that died, and loads that needed room, left behind."""
    for pattern in LEFTOVERS:
        for path in work.data.glob(pattern):
            path.unlink()
    shutil.rmtree(work.warehouse.files.spill, ignore_errors=True)
    return 0


def remove_backups(work: Forgetting) -> int:
    """Take the nightly backups away: each holds it, and the next night makes a new one."""
    found = kept_backups(work.data / "backups")
    for folder in found:
        shutil.rmtree(folder)
    return len(found)


def empty_logs(work: Forgetting) -> int:
    """Empty the logs in which a sentence of it stands; whoever writes them goes on."""
    logs = sorted((work.data / "serving").glob("*.log"))
    found = [path for path in logs if work.traces.found(plain(path.read_text("utf-8", "replace")))]
    for path in found:
        path.write_text("", encoding="utf-8")
    return len(found)


def remove_downloads(work: Forgetting) -> int:
    """Remove the files of archives afar that a backfill brought here and did not read to their end; it asks again."""
    brought = [path for path in (work.data / "backfill" / "files").glob("**/*") if path.is_file()]
    for path in brought:
        path.unlink()
    return len(brought)


def remove_index(work: Forgetting) -> int:
    """Take the search index away: the next search builds it anew, without it."""
    return int(search_index.remove(work.data))


def remove_reports(work: Forgetting) -> int:
    """Take the pages of `broadsheet report` away, for they quote headlines: the next night makes a new one."""
    return keeping.remove(work.data)


def renew_mirror(work: Forgetting) -> int:
    """Bring the archive's second place up to the first, out of which it was taken; how many files went there."""
    address = elsewhere.place_of(work.data)
    return mirror.mirrored(work.data, address, work.progress).removed if address else 0


def clear_copies(work: Forgetting) -> int:
    """Take it out of exports and snapshots that the system wrote, wherever they lie."""
    return copies_forgetting.cleared(work.data, work.what, work.now, work.progress)


def clear_prefect(work: Forgetting) -> int:
    """Take its sentences out of the records that Prefect keeps in the data folder."""
    return prefect_store.cleared(work.data / "prefect", work.traces)


def nothing(_: Forgetting) -> int:
    """Files that hold nothing of any article."""
    return 0


STORES = (
    Store("the archive", ("archive/*.warc.gz", "archive/*.moved.jsonl.gz"), strike),
    Store("the warehouse", ("warehouse.duckdb", "warehouse-evidence.duckdb"), erase_rows),
    Store("the read copy", ("broadsheet.duckdb", "broadsheet-evidence.duckdb"), renew_read_copy),
    Store("the archive's second place", ("archive/elsewhere.txt*",), renew_mirror),
    Store("the search index", ("search/*",), remove_index),
    Store("the reports", ("reports/*",), remove_reports),
    Store("exports and snapshots", ("exports.json*", "exports.lock", "exports/*", "snapshots/*"), clear_copies),
    Store("what copies and loads left", (*LEFTOVERS, "warehouse.tmp/*"), remove_leftovers),
    Store("what a backfill brought here to be read", ("backfill/files/*",), remove_downloads),
    Store("a backfill's marks: digests and places", ("backfill/notes.sqlite*",), nothing),
    Store("Prefect's records", ("prefect/*",), clear_prefect),
    Store("hand-over files, of which a quiet folder has none", ("stages/*",), nothing),
    Store("the nightly backups", ("backups/*",), remove_backups),
    Store("what `broadsheet up` said", ("serving/*",), empty_logs),
    Store("locks and leases", ("warehouse.lock", "warehouse.lock.queue*", "leases/*.lock", "archive/.lock"), nothing),
    Store("how the last runs ended, in counts", ("last-runs.json*",), nothing),
    Store("your sources", ("sources.toml",), nothing),
)
