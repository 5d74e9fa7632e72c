"""What the report tells, as rows of `sql/report`, asked of the read copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import duckdb

from broadsheet.errors import WarehouseError
from broadsheet.warehouse import Files, Session, open_read_copy
from flows.reporting.span import Span, span_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

Rows = list[dict[str, Any]]

NAMES: Final = (
    "totals", "published", "came", "latency", "health", "yields", "attempts", "changes", "headlines", "clusters",
    "archive", "hosts", "newest", "checks",
)  # fmt: skip
MOST: Final = {"headlines": 12, "clusters": 10, "hosts": 12, "newest": 24}  # rows of lists that could go on


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a report tells: what the data are of (`as_of`, UTC), the time shown, the rows of each statement.

    `rows` goes by the names of sql/report. `files` are sizes on disk in bytes: archive, warehouse, read copy.
    """

    as_of: datetime
    span: Span
    rows: Mapping[str, Rows]
    files: Mapping[str, int]

    @property
    def totals(self) -> dict[str, Any]:
        """The one row of sql/report/totals.sql."""
        return self.rows["totals"][0]


def gathered(data: Path, days: int, now: datetime) -> Facts:
    """The facts of a data folder's read copy, over the last `days` days that it knows of.

    `now` (UTC) stands for the last load where nothing was loaded. WarehouseError: there is no read copy, or one that an
    older Broadsheet made.
    """
    with open_read_copy(data) as connection:
        session = Session(connection)
        try:
            as_of = session.run("report/as_of")[0][0] or now
            span = span_of(as_of, days)
            rows = {name: _asked(session, name, span) for name in NAMES}
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            raise WarehouseError(
                f"{Files(data).read_copy} was made by an older Broadsheet: `broadsheet run` makes it anew"
            ) from error
    return Facts(as_of, span, rows, sizes(data))


def sizes(data: Path) -> dict[str, int]:
    """Bytes on disk of the archive, of the private pair, and of the read copy with its evidence."""
    files = Files(data)
    return {
        "archive": sum(path.stat().st_size for path in (data / "archive").rglob("*") if path.is_file()),
        "warehouse": _size(files.warehouse) + _size(files.evidence),
        "read copy": _size(files.read_copy) + _size(files.read_evidence),
    }


def _asked(session: Session, name: str, span: Span) -> Rows:
    values = {"since": span.since, "until": span.until, "unit": span.unit, "most": MOST.get(name)}
    return session.records(f"report/{name}", values)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
