"""A database file written afresh: all that its tables hold, and nothing that they held before."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from broadsheet.warehouse.connecting import connected
from broadsheet.warehouse.files import PART, sync_folder

if TYPE_CHECKING:
    from pathlib import Path


def fresh_copy(path: Path) -> None:
    """Put a copy of a database in its own place, made table by table: blocks that were freed are left behind.

    The file is whole and nobody has it open. DuckDB overwrites a freed block only when it needs it again.
    """
    part = path.with_name(path.name + PART)
    part.unlink(missing_ok=True)
    with connected() as connection:
        connection.execute("attach $path as old (read_only)", {"path": str(path)})
        connection.execute("attach $path as fresh (storage_version 'v1.5.0')", {"path": str(part)})
        connection.execute("copy from database old to fresh")
        connection.execute("checkpoint fresh")
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(path)
    sync_folder(path.parent)
