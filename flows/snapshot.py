"""Snapshots: chosen articles frozen in a folder under a seal, proved by `verify`, and opened by forgetting alone.

A folder without SHA256SUMS is no snapshot yet, or one that is being sealed anew: the same command goes on with it.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import duckdb

from broadsheet import __version__
from broadsheet.errors import ConfigError
from broadsheet.exports import seals
from broadsheet.exports.files import digest
from broadsheet.exports.folders import Folder, folder_at
from broadsheet.exports.seals import MANIFEST, SUMS, Manifest
from broadsheet.traces import Traces, plain
from broadsheet.warehouse import Files, exporting, freezing, seeking
from flows import copies, sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from broadsheet.warehouse.forgetting import Subject
    from flows.progress import Progress

    Meant = tuple[list[int], Callable[[str], bool]]

FORMAT: Final = 1
RIGHTS: Final = (
    "The texts belong to those who published them; this file grants no right to them. They were fetched under each "
    "site's robots.txt; `opted_out` counts articles whose site keeps its pages from mining, `paid` and `metered` those "
    "it sells. Ask what you mean to do with them to be lawful where you are before you pass them on."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is frozen: by a statement that gives article_id, or else by sources and days; with the evidence or not."""

    sql: str | None = None
    sources: tuple[str, ...] = ()
    since: Any = None
    until: Any = None
    evidence: bool = False


def create(data: Path, target: str, wanted: Wanted, now: datetime, progress: Progress) -> Manifest:
    """Freeze what is wanted in an empty folder; the sealed manifest.

    ConfigError: the folder holds other files. WarehouseError: there is no read copy, or the statement is wrong.
    """
    place = folder_at(target)
    with copies.locked(data), _explained(target):
        _require_empty(place)
        bare = {"sources": list(wanted.sources), "since": wanted.since, "until": wanted.until}
        text, values = (wanted.sql, {}) if wanted.sql else freezing.selecting(bare)
        ids = freezing.ids(data, text, {} if wanted.sql else bare)
        with exporting.read_copy(Files(data)) as session, place.bench() as bench:
            copies.note(data, "snapshot", place.address)
            tables = freezing.TABLES if wanted.evidence else freezing.TABLES[:2]
            progress.stage("freeze", len(tables), "files")
            written = []
            for table in tables:
                name = f"{table}.parquet"
                rows = freezing.frozen(session, table, ids, bench / name)
                written.append(_moved(place, bench, name, rows))
                progress.advance()
            told = _described(session, ids, now) | {"sql": text, "values": values, "files": written}
            return _seal(place, bench, told)


@contextmanager
def _explained(target: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConfigError(f"{target} cannot be written: {error.strerror or error}") from error


def forget(address: str, what: Subject, now: datetime) -> int:
    """Take what is forgotten out of a snapshot, quotations too, and seal it anew with a tombstone; how many went.

    Unsealed, or an OSError of the store: it cannot be read, and what is forgotten may still stand in it.
    """
    place = folder_at(address)
    body = place.read(MANIFEST)
    if body is None:
        return 0
    told = seals.opened(body)
    with place.at_hand("articles.parquet") as articles:
        named = {"article_ids": list(what.article_ids), "urls": list(what.urls), "source": what.source}
        ids = freezing.meant(articles, named)
    begun = told.get("forgetting")
    ids = sorted({*ids, *(int(each) for each in begun["articles"])}) if begun else ids
    says = _sayer(what)
    if ids or any(_says(place, each["file"], says) for each in told["files"]):
        _without(place, told, (ids, says), begun or _tombstone(address, told, ids, now))
        return max(1, len(ids))
    return 0


def _sayer(what: Subject) -> Callable[[str], bool]:
    """Whether a text says one of the sentences or headlines that are forgotten."""
    traces = Traces.of(what.words)
    return lambda text: bool(traces.found(plain(text)))


def _says(place: Folder, file: str, says: Callable[[str], bool]) -> bool:
    with place.at_hand(file) as path:
        return any(map(says, freezing.texts(path)))


def _tombstone(address: str, told: Manifest, ids: list[int], now: datetime) -> dict[str, Any]:
    """What is kept of a forgetting: when, how many, the digest before, and what was wrong with the snapshot then."""
    faults = sealed.verify(address)
    return {"at": now.isoformat(), "articles": [str(each) for each in ids], "digest": told["digest"], "faults": faults}


def _without(place: Folder, told: Manifest, meant: Meant, stone: dict[str, Any]) -> None:
    with place.bench() as bench:
        _seal(place, bench, told | {"forgetting": stone}, whole=False)
        written = []
        for each in sorted(told["files"], key=lambda file: str(file["file"]) == "articles.parquet"):
            with place.at_hand(each["file"]) as path:
                rows = freezing.without(path, *meant, bench / each["file"])
            written.append(_moved(place, bench, each["file"], rows))
        count = next(int(each["rows"]) for each in written if each["file"] == "articles.parquet")
        stones = [*told.get("tombstones", []), stone | {"articles": len(stone["articles"])}]
        kept = {name: value for name, value in told.items() if name != "forgetting"}
        _seal(
            place,
            bench,
            kept | {"files": written, "articles": count, "tombstones": stones, "sources": _fewer(kept, place)},
        )


def _fewer(told: Manifest, place: Folder) -> list[dict[str, Any]]:
    with place.at_hand("articles.parquet") as path:
        return freezing.sources_left(path, told["sources"])


def _described(session: Any, ids: list[int], now: datetime) -> Manifest:  # noqa: ANN401 - a Session
    load_id, loaded_at = seeking.standing(session)
    return {
        "format_version": FORMAT,
        "made_at": now.isoformat(),
        "made_by": {"broadsheet": __version__, "duckdb": duckdb.__version__},
        "load_id": load_id,
        "loaded_at": loaded_at,
        "articles": len(ids),
        "rights": RIGHTS,
        "tombstones": [],
    } | freezing.provenance(session, ids)


def _moved(place: Folder, bench: Path, name: str, rows: int) -> dict[str, Any]:
    path = bench / name
    told = {"file": name, "rows": rows, "bytes": path.stat().st_size, "sha256": digest(path)}
    place.put(path, name)
    return told


def _seal(place: Folder, bench: Path, told: Mapping[str, Any], *, whole: bool = True) -> Manifest:
    """Put the manifest in place, and SHA256SUMS after it; while it is not `whole`, there is none."""
    body = seals.sealed(told)
    if not whole:
        place.remove(SUMS)
    (bench / MANIFEST).write_bytes(body)
    place.put(bench / MANIFEST, MANIFEST)
    if whole:
        (bench / SUMS).write_bytes(seals.sums(body, seals.opened(body)))
        place.put(bench / SUMS, SUMS)
    return seals.opened(body)


def _require_empty(place: Folder) -> None:
    """ConfigError: there are files that an interrupted `create` did not leave."""
    ours = {MANIFEST, *(f"{table}.parquet" for table in freezing.TABLES)}
    if strange := [name for name in place.names() if name not in ours]:
        raise ConfigError(f"{place.address} is not empty ({strange[0]}): a snapshot is made in a folder of its own")
