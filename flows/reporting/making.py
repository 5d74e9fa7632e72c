"""A report made from a data folder's read copy, as its text, and what to say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows.reporting import wording
from flows.reporting.asking import gathered
from flows.reporting.page import charts, page

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from flows.reporting.asking import Facts


@dataclass(frozen=True, slots=True)
class Report:
    """A page and the facts that it tells."""

    facts: Facts
    text: str
    has_charts: bool

    def as_json(self) -> dict[str, Any]:
        """What a program wants to know of it; times and days are ISO 8601 in UTC."""
        totals = self.facts.totals
        span = self.facts.span
        return {
            "as_of": self.facts.as_of.isoformat(),
            "since": span.since.isoformat(),
            "until": span.until.isoformat(),
            "articles": totals["articles"],
            "came": totals["came"],
            "sources": totals["sources"],
            "charts": self.has_charts,
            "bytes": len(self.text.encode()),
        }

    def sentence(self) -> str:
        """What it tells, in a line."""
        totals = self.facts.totals
        return (
            f"{wording.counted(totals['articles'], 'article')} of {wording.counted(totals['sources'], 'source')} "
            f"as of {wording.moment(self.facts.as_of)}, {wording.number(totals['came'])} new in "
            f"{wording.counted(self.facts.span.days, 'day')}."
        )


def made(data: Path, days: int, now: datetime) -> Report:
    """The report of a data folder over its last `days` days, made at `now` (UTC). WarehouseError: see `gathered`."""
    facts = gathered(data, days, now)
    drawing = charts()
    return Report(facts, page(facts, made_at=now, drawing=drawing), drawing is not None)
