"""The proof of a snapshot: what its manifest says, and every byte that is not as it was sealed, told with its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.errors import ConfigError
from broadsheet.exports import seals
from broadsheet.exports.files import digest
from broadsheet.exports.folders import Folder, folder_at
from broadsheet.exports.seals import MANIFEST, SUMS, Manifest, Unsealed

if TYPE_CHECKING:
    from collections.abc import Iterator


def verify(target: str, known_digest: str = "") -> list[str]:
    """What is wrong with a snapshot, a line a fault, each with its file; none: it is as it was sealed.

    `known_digest` is the manifest's, as it was noted elsewhere; empty: it was not. ConfigError: there is no snapshot.
    """
    place = folder_at(target)
    body, listed = place.read(MANIFEST), place.read(SUMS)
    if body is None and listed is None:
        raise ConfigError(f"{place.address} holds no snapshot: there is no {MANIFEST}")
    if body is None:
        return [f"{MANIFEST}: it is missing"]
    try:
        told = seals.opened(body)
    except Unsealed as error:
        return [f"{MANIFEST}: {error}", *_against_sums(place, listed)]
    return list(_faults(place, body, told, listed, known_digest))


def show(target: str) -> Manifest:
    """What the manifest of a snapshot says. ConfigError: there is none, or it was changed."""
    place = folder_at(target)
    body = place.read(MANIFEST)
    if body is None:
        raise ConfigError(f"{place.address} holds no snapshot: there is no {MANIFEST}")
    try:
        return seals.opened(body)
    except Unsealed as error:
        raise ConfigError(
            f"{place.address}/{MANIFEST}: {error}; `broadsheet snapshot verify` says what else"
        ) from error


def _faults(place: Folder, body: bytes, told: Manifest, listed: bytes | None, known: str) -> Iterator[str]:
    if known and told["digest"] != known:
        yield f"{MANIFEST}: its digest is {told['digest']}, not the one that was noted"
    if "forgetting" in told:
        yield f"{MANIFEST}: a forgetting was interrupted; say `broadsheet forget` again"
    if listed != seals.sums(body, told):
        yield f"{SUMS}: it is missing" if listed is None else f"{SUMS}: it was changed"
    names = set(place.names())
    for each in told["files"]:
        if each["file"] not in names:
            yield f"{each['file']}: it is missing"
        else:
            yield from _changed(place, each)
    yield from (f"{name}: no part of the snapshot" for name in sorted(names - _parts(told)))


def _parts(told: Manifest) -> set[str]:
    return {MANIFEST, SUMS, *(each["file"] for each in told["files"])}


def _changed(place: Folder, each: dict[str, Any]) -> Iterator[str]:
    with place.at_hand(each["file"]) as path:
        size, found = path.stat().st_size, digest(path)
    if size != each["bytes"]:
        yield f"{each['file']}: it has {size:,} bytes, {each['bytes']:,} were sealed"
    elif found != each["sha256"]:
        yield f"{each['file']}: it was changed (SHA-256 {found}, {each['sha256']} was sealed)"


def _against_sums(place: Folder, listed: bytes | None) -> Iterator[str]:
    """What SHA256SUMS says of the files, where the manifest says nothing."""
    names = set(place.names())
    for line in (listed or b"").decode("utf-8", "replace").splitlines():
        wanted, _, name = line.partition("  ")
        if name == MANIFEST:
            continue
        if name not in names:
            yield f"{name}: it is missing"
            continue
        with place.at_hand(name) as path:
            if digest(path) != wanted:
                yield f"{name}: it was changed, or {SUMS} was"
