"""When a URL is to be asked again, and how many a run asks: docs/reference/scheduling.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.model import Reason
from broadsheet.pacing import HOUR, RECHECK, RETRY, RUN_BUDGET
from broadsheet.policy import retry_later

if TYPE_CHECKING:
    from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Schedule:
    """The times at which URLs fall due, and the budget of a run.

    `ladder`: ages, since a URL was first seen or since its last edit, at which an article is read again; after the
    last, never.
    `backoff`: waits after the first, second, ... passing failure in a row; after the last, never.
    `passing`: the reasons that may pass by themselves.
    `budget`: the most pages that one run asks for, over all its sources.
    """

    ladder: tuple[timedelta, ...] = RECHECK
    backoff: tuple[timedelta, ...] = RETRY
    passing: tuple[Reason, ...] = tuple(filter(retry_later, Reason))
    budget: int = RUN_BUDGET

    def values(self) -> dict[str, Any]:
        """The values that `sql/load/urls_settled.sql` and the statements of `sql/plan` bind."""
        return {
            "ladder": list(self.ladder),
            "backoff": list(self.backoff),
            "soonest": min(self.ladder, default=HOUR),
            "transient": [each.value for each in self.passing],
            "budget": self.budget,
        }
