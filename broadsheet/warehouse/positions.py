"""Where answers are kept: read to tidy and check the archive, and moved with it. The statements are `sql/archive`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.model import RecordPosition, stable_id
from broadsheet.warehouse.claiming import next_load, record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from broadsheet.warehouse.statements import Row, Session

MOVES = ("fetches_moved", "fetches_dropped", "polls_moved", "polls_dropped")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """What the warehouse knows of an archive file: answers by kind, their sources, the first and the last."""

    file: str
    sources: tuple[str, ...]
    pages: int
    polls: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer and where it lies; `target` and `payload_digest` are empty for an endpoint's."""

    position: RecordPosition
    target: str
    payload_digest: str
    captured_at: datetime


@dataclass(frozen=True, slots=True)
class KeptCapture:
    """A capture of a URL: what came and where it lies. `dropped_at` is set where it is not held any more."""

    url: str
    target: str
    source: str
    status: int | None
    content_type: str | None
    body_bytes: int | None
    payload_digest: str | None
    position: RecordPosition
    captured_at: datetime
    dropped_at: datetime | None = None
    dropped_why: str | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """The places of everything in the archive of a data folder, `root`. Files in it are named relative to it."""

    session: Session
    root: Path

    def uses(self, files: Sequence[str]) -> dict[tuple[str, int], datetime]:
        """The time of the last capture that each record of the files is the page of, by (file, offset)."""
        rows = self._run("uses", files=list(files))
        return {(file, offset): used_at for file, offset, used_at in rows}

    def originals(self, files: Sequence[str]) -> dict[tuple[str, int], RecordPosition]:
        """Records of the files, by (file, offset), whose page seems to be kept in another file too, and where."""
        rows = self._run("originals", files=list(files))
        return {(file, offset): RecordPosition(*place) for file, offset, *place in rows}

    def due(self, since: Mapping[str, datetime]) -> set[str]:
        """The files with a record that is older than its source keeps pages: `since`, by source."""
        if not since:
            return set()
        return {file for (file,) in self._run("due", sources=list(since), limits=list(since.values()))}

    def move(self, moves: Path, now: datetime) -> int:
        """Give every answer in a list of moves its new place, in one transaction; how many rows changed. Idempotent."""
        values = self._values(moves=str(moves), now=now, load_id=next_load(self.session))
        with self.session.transaction():
            self.session.run("archive/moved", values)
            changed = sum(self.session.change(f"archive/{name}", values) for name in MOVES)
            if changed:
                record(self.session, "archive", values, changed=changed)
        return changed

    def files(self) -> list[KeptFile]:
        """The files that answers are kept in, by name."""
        rows = self.session.records("archive/files", self._values())
        return [KeptFile(**row | {"sources": tuple(row["sources"])}) for row in rows]

    def answers(self, files: Sequence[str]) -> list[KeptAnswer]:
        """The answers that are kept in the files, in the order of their places."""
        rows = self._run("positions", files=list(files))
        return [KeptAnswer(RecordPosition(*row[:3]), *row[3:]) for row in rows]

    def captures(self, url: str) -> list[KeptCapture]:
        """The captures of a URL in its normalised form, the newest first; also those that are not held any more."""
        rows = self.session.records("archive/captures", {"url": url, "url_id": stable_id(url)})
        return [_capture(row) for row in rows]

    def _run(self, name: str, **values: Any) -> list[Row]:  # noqa: ANN401 - what DuckDB binds
        return self.session.run(f"archive/{name}", self._values(**values))

    def _values(self, **values: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
        """Values with what an absolute name of a file in the data folder begins with."""
        return {"root": f"{self.root.resolve()}/", **values}


def _capture(row: dict[str, Any]) -> KeptCapture:
    place = RecordPosition(row.pop("warc_file"), row.pop("warc_offset"), row.pop("warc_length"))
    return KeptCapture(**row, position=place)
