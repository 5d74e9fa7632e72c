"""Which records stay in the archive: what the sources' `keep` in sources.toml comes to for one record. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from broadsheet.model import Keep, Keeping

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.archive.records import Record
    from broadsheet.model import RecordPosition

UNCHANGED: Final = "it said that nothing had changed, and only what changed is kept"

Place = tuple[str, int]
"""File and offset of a record."""

Refusal = Callable[["Record"], str]
"""Why a record must go whatever the policy says; empty: it need not."""


def _nothing_against(record: Record) -> str:
    del record
    return ""


@dataclass(frozen=True, slots=True)
class Policy:
    """What stays: each source's `keep`; a source that is not configured keeps all.

    Age counts from the last capture that a record is the page of (`last_use`), else from its own time. Only age, or a
    refusal, takes the page of a capture away: a repeated page is left out where the same bytes stay. `originals` are
    places in other files where the page of a record may be kept already; whoever copies looks whether it is the same.
    """

    keep: Mapping[str, Keep]
    now: datetime
    last_use: Mapping[Place, datetime] = field(default_factory=dict)
    originals: Mapping[Place, RecordPosition] = field(default_factory=dict)
    refused: Refusal = _nothing_against

    def left_out(self, file: str, record: Record) -> str:
        """Why an answer is not kept any more; empty: it stays."""
        if why := self.refused(record):
            return why
        keep = self._keep(record)
        if keep.days is not None and self._is_older(file, record, keep.days):
            return f"older than {keep.days} days"
        if keep.what is Keeping.CHANGED and record.is_not_modified:
            return UNCHANGED
        return ""

    def spares_repeats(self, record: Record) -> bool:
        """Whether a repeated answer leaves no record of its own, not even one that refers to the first."""
        return self._keep(record).what is Keeping.CHANGED

    def _keep(self, record: Record) -> Keep:
        return self.keep.get(record.source, Keep())

    def _is_older(self, file: str, record: Record, days: int) -> bool:
        when = max(filter(None, (self.last_use.get((file, record.offset)), record.captured_at)), default=None)
        return when is not None and self.now - when > timedelta(days=days)
