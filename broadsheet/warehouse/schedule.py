"""When a URL is to be asked again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from broadsheet.model import Reason
from broadsheet.policy import retry_later

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The times at which URLs fall due.

    `ladder`: ages, since a URL was first seen, at which an article is read again; after the last, never.
    `backoff`: waits after the first, second, ... passing failure in a row; after the last, never.
    `passing`: the reasons that may pass by themselves.
    """

    ladder: tuple[timedelta, ...] = (HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY)
    backoff: tuple[timedelta, ...] = (HOUR, 6 * HOUR, DAY)
    passing: tuple[Reason, ...] = tuple(filter(retry_later, Reason))

    def values(self) -> dict[str, Any]:
        """The values that `sql/load/url_state.sql` binds."""
        return {
            "ladder": list(self.ladder),
            "backoff": list(self.backoff),
            "transient": [each.value for each in self.passing],
        }
