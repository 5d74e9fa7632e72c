"""When runs ended last, in a small file beside the warehouse: the read copy, renewed only by news, does not know.

Whoever writes holds the warehouse's lock, so no two do at once; a reader finds the old file or the new one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from broadsheet.model import Run

NAME: Final = "last-runs.json"


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run of a kind that ended: as `completed` or `failed`, and when (UTC)."""

    state: str
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class LastRuns:
    """The last run of each kind, and when the last run over each source completed."""

    kinds: dict[str, LastRun] = field(default_factory=dict)
    sources: dict[str, datetime] = field(default_factory=dict)


def last_runs(data: Path) -> LastRuns:
    """What was noted in a data folder; nothing if none was, or if the file is damaged: the next run writes it anew."""
    try:
        told = json.loads((data / NAME).read_text("utf-8"))
        kinds = {kind: LastRun(each["state"], _time(each["ended_at"])) for kind, each in told["kinds"].items()}
        return LastRuns(kinds, {name: _time(when) for name, when in told["sources"].items()})
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return LastRuns()


def note_run(data: Path, run: Run, known: Iterable[str], *, state: str, now: datetime) -> None:
    """Note that a run over its sources has ended; sources that are not `known` any more are left out."""
    before = last_runs(data)
    fresh = dict.fromkeys(run.sources, now) if state == "completed" else {}
    wanted = set(known)
    seen = {name: when for name, when in (before.sources | fresh).items() if name in wanted}
    _write(data / NAME, LastRuns(before.kinds | {run.kind: LastRun(state, now)}, seen))


def _write(path: Path, last: LastRuns) -> None:
    kinds = {kind: {"state": each.state, "ended_at": each.ended_at.isoformat()} for kind, each in last.kinds.items()}
    told: dict[str, Any] = {"kinds": kinds, "sources": {name: at.isoformat() for name, at in last.sources.items()}}
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(told, indent=1), encoding="utf-8")
    part.replace(path)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
