"""`broadsheet up --demo`: the sample press as a child, and a clock that jumps three hours a run.

A run's clock stands still while it works, as in `broadsheet demo`; the next run of the deployment finds a later one in
its environment. When the clock reaches the second morning, the press turns to its second edition: edits arrive.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import press
from flows.serving.children import Child
from flows.serving.deploying import INGEST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from flows.serving.api import Api
    from flows.serving.processes import Process

JUMP: Final = timedelta(hours=3)
LAST: Final = max(press.NOW)  # the last edition


@dataclass(slots=True)
class DemoClock:
    """The demo's time: so many jumps after its beginning as runs have ended since."""

    start: datetime
    before: int = -1  # runs that had ended when the demo began
    told: datetime | None = None

    def turn(self, api: Api, press_: Process | None) -> None:
        """Let the next run begin later, if one has ended; the press turns the page with the day."""
        deployment = api.get(f"/deployments/name/{INGEST}")
        ended = _ended(api, deployment["id"])
        self.before = ended if self.before < 0 else self.before
        now = self.start + JUMP * (ended - self.before)
        if now != self.told:
            variables = deployment["job_variables"] | {"env": {"BROADSHEET_NOW": now.isoformat()}}
            api.patch(f"/deployments/{deployment['id']}", {"job_variables": variables})
            if self.told and edition(self.told) != edition(now) and press_:
                with suppress(ProcessLookupError):
                    os.kill(press_.pid, signal.SIGHUP)
            self.told = now


def edition(now: datetime) -> int:
    """The edition that is out."""
    return max((number for number, out in press.NOW.items() if out <= now), default=1)


def resolve(port: int) -> str:
    """The setting that leads the papers' names to the press."""
    return ",".join(f"{name}=127.0.0.1:{port}" for name in press.HOSTS)


def press_child(port: int, now: datetime, environment: Mapping[str, str]) -> Child:
    """The press, serving the edition of that time."""
    command = ("-m", "press", "--port", str(port), "--edition", str(edition(now)))
    return Child("press", command, environment)


def _ended(api: Api, deployment: str) -> int:
    """Completed runs of a deployment."""
    wanted: dict[str, Any] = {"deployments": {"id": {"any_": [deployment]}}}
    count: int = api.post("/flow_runs/count", wanted | {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}})
    return count
