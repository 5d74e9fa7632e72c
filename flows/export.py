"""Exports: chosen articles as files, a file a month, kept current by writing those months anew that changed.

    read copy → months and their marks → those that differ from the manifest → a file each → manifest

A file appears whole or not at all, and the manifest (`_export.json`) names it after that: a death costs the month that
was being written. What the system wrote is in `exports.json` of the data folder, so that forgetting finds it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from broadsheet import __version__
from broadsheet.errors import ConfigError
from broadsheet.exports import files
from broadsheet.exports.folders import Folder, folder_at
from broadsheet.exports.spec import Format, Part, Partition, Spec, ending, spec_of
from broadsheet.warehouse import Files, exporting, seeking
from flows import copies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from broadsheet.warehouse import Session
    from flows.progress import Progress

MANIFEST: Final = "_export.json"
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: files written, kept as they were and removed; what it holds now."""

    target: str
    written: int
    kept: int
    removed: int
    articles: int
    bytes: int


def export(data: Path, target: str, spec: Spec | None, progress: Progress) -> Exported:
    """Bring an export up to the read copy; `spec` None: as it was made, or all articles in Parquet.

    ConfigError: a column is unknown, the place holds files that are not an export's, or its name fits no format.
    Held: another export is at work. WarehouseError: there is no read copy.
    """
    with copies.locked(data):
        return brought_up(data, target, spec, progress)


def brought_up(data: Path, target: str, spec: Spec | None, progress: Progress) -> Exported:
    """`export`, by whoever holds the lock of exports."""
    try:
        return _single(data, target, spec, progress) if ending(target) else _folder(data, target, spec, progress)
    except OSError as error:
        raise ConfigError(f"{target} cannot be written: {error.strerror or error}") from error


def parts(target: str) -> list[str]:
    """The files that an export is known to hold, as they are named in its folder."""
    place, name = _placed(target)
    return ([name] if place.read(name) is not None else []) if name else [part.file for part in _manifest(place)[1]]


def _address(target: str) -> str:
    place, name = _placed(target)
    return f"{place.address}/{name}" if name else place.address


def _placed(target: str) -> tuple[Folder, str]:
    """The folder, and the file's name in it (empty: the folder itself is the export)."""
    if not ending(target):
        return folder_at(target), ""
    folder, _, name = target.rpartition("/")
    return folder_at(folder or "."), name


def _single(data: Path, target: str, spec: Spec | None, progress: Progress) -> Exported:
    place, name = _placed(target)
    told = spec or copies.spec_of(data, _address(target)) or Spec(Format(ending(name)), partition=Partition.NONE)
    if told.format != ending(name):
        raise ConfigError(f"{target}: a file of format {told.format} is named *.{told.format}, or leave --format out")
    progress.stage("export", 1, "files")
    with exporting.read_copy(Files(data)) as session, place.bench() as bench:
        _require(session, told)
        copies.note(data, "export", _address(target), told)
        rows = exporting.chosen(session, told.values(), told.columns)
        files.write(rows, bench / name, told)
        count, size = _count(session), (bench / name).stat().st_size
        place.put(bench / name, name)
    progress.advance()
    return Exported(_address(target), 1, 0, 0, count, size)


def _folder(data: Path, target: str, spec: Spec | None, progress: Progress) -> Exported:
    place, _ = _placed(target)
    before, known = _manifest(place)
    _require_ours(place, before)
    told = spec or before or Spec()
    kept = {part.file: part for part in known} if before == told else {}
    stale = {part.file for part in known}
    written = 0
    with exporting.read_copy(Files(data)) as session, place.bench() as bench:
        _require(session, told)
        copies.note(data, "export", place.address, told)
        wanted = list(_wanted(session, told))
        news = [each for each in wanted if kept.get(each[0]) is None or kept[each[0]].mark != each[2]]
        progress.stage("export", len(news), "files")
        now = {name: kept[name] for name, _, _ in wanted if name in kept}
        for name, month, mark in news:
            now[name] = _written(session, told, (name, month, mark), (place, bench))
            _keep(place, bench, told, now | {each: kept[each] for each in kept if each not in now}, session)
            written += 1
            progress.advance()
        removed = stale - set(now)
        _keep(place, bench, told, now, session)
        for name in removed:
            place.remove(name)
    size = sum(part.bytes for part in now.values())
    return Exported(place.address, written, len(now) - written, len(removed), sum(p.rows for p in now.values()), size)


def _wanted(session: Session, spec: Spec) -> Iterator[tuple[str, str | None, str]]:
    """The files that there should be: name, month, mark."""
    found = exporting.months(session, spec.values())
    if spec.partition is Partition.MONTH:
        yield from ((f"month={month}/articles.{spec.format}", month, mark) for month, _, mark in found)
    else:
        yield f"articles.{spec.format}", None, " ".join(f"{month} {count} {mark}" for month, count, mark in found)


def _written(session: Session, spec: Spec, wanted: tuple[str, str | None, str], where: tuple[Folder, Path]) -> Part:
    name, month, mark = wanted
    place, bench = where
    path = bench / name.replace("/", "-")
    files.write(exporting.chosen(session, spec.values(), spec.columns, month), path, spec)
    part = Part(name, month, _count(session), path.stat().st_size, files.digest(path), mark)
    place.put(path, name)
    return part


def _count(session: Session) -> int:
    return int(session.run("export/counted")[0][0])


def _keep(place: Folder, bench: Path, spec: Spec, now: Mapping[str, Part], session: Session) -> None:
    load_id, loaded_at = seeking.standing(session)
    told = {
        "format_version": FORMAT,
        "broadsheet": __version__,
        "spec": spec.as_json(),
        "load_id": load_id,
        "loaded_at": loaded_at,
        "parts": [asdict(now[name]) for name in sorted(now)],
    }
    path = bench / MANIFEST
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    place.put(path, MANIFEST)


def _manifest(place: Folder) -> tuple[Spec | None, list[Part]]:
    """What was written before; None: nothing, or it cannot be read, and everything is written anew."""
    body = place.read(MANIFEST)
    if body is None:
        return None, []
    try:
        told: dict[str, Any] = json.loads(body)
        return spec_of(told["spec"]), [Part(**part) for part in told["parts"]]
    except (ValueError, KeyError, TypeError):
        raise ConfigError(f"{place.address}/{MANIFEST} is damaged: remove the folder and export again") from None


def _require(session: Session, spec: Spec) -> None:
    known = exporting.columns(session)
    if unknown := [name for name in spec.columns if name not in known]:
        raise ConfigError(f"mart.articles has no column {unknown[0]!r}; there are: {', '.join(known)}")


def _require_ours(place: Folder, before: Spec | None) -> None:
    if before is None and not place.is_empty():
        raise ConfigError(f"{place.address} holds files that no export wrote: name an empty folder, or a new one")
