"""What a prompt remembers between two statements."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.desk import Desk


@dataclass(slots=True)
class State:
    """The desk and how answers are wanted: format, the most seconds, a file, one line a value (None: where needed)."""

    desk: Desk
    fmt: str = "table"
    seconds: float | None = None
    output: Path | None = None
    expanded: bool | None = None
    timing: bool = False
    ended: bool = False


def history_file() -> Path:
    """Where statements are remembered: $XDG_STATE_HOME/broadsheet/sql-history, as the XDG base directories have it."""
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    path = Path(home) / "broadsheet" / "sql-history"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path
