"""What was written for taking along, so that forgetting finds it: `exports.json` in the data folder, under one lock."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from broadsheet.errors import Held
from broadsheet.exports import spec as specs
from flows.locks import held

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REGISTRY: Final = "exports.json"
LOCK: Final = "exports.lock"

Entry = dict[str, Any]


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Hold the lock of exports. Held: another export or snapshot is at work."""
    with held(data / LOCK) as ours:
        if not ours:
            raise Held(f"{data / LOCK}: another export or snapshot is at work; try again when it has ended")
        yield


def entries(data: Path) -> list[Entry]:
    """What was written, and where: kind, address, and the spec of an export."""
    try:
        found: list[Entry] = json.loads((data / REGISTRY).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return found


def note(data: Path, kind: str, address: str, spec: specs.Spec | None = None) -> None:
    """Write down a place, in place of what was known of it; the lock is held."""
    others = [entry for entry in entries(data) if entry["address"] != address]
    _write(data, [*others, {"kind": kind, "address": address, "spec": spec and spec.as_json()}])


def forgotten(data: Path, address: str) -> None:
    """Strike out a place that is no more; the lock is held."""
    _write(data, [entry for entry in entries(data) if entry["address"] != address])


def spec_of(data: Path, address: str) -> specs.Spec | None:
    """How an export was last asked for; None: it is new."""
    found = next((entry["spec"] for entry in entries(data) if entry["address"] == address), None)
    return specs.spec_of(found) if found else None


def _write(data: Path, told: list[Entry]) -> None:
    part = data / f"{REGISTRY}.part"
    part.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(data / REGISTRY)
