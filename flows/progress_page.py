"""How far a run is, on its page in the Prefect UI: a progress artifact, renewed every few seconds by a thread.

Whoever is told of the progress is a loop or a pool that must not wait for a server.
"""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager
from contextvars import copy_context
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from httpx import HTTPError
from prefect.artifacts import acreate_progress_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import ArtifactUpdate

from flows.artifacts import put

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from uuid import UUID

    from flows.progress import Progress

EVERY: Final = 5.0  # seconds
SHARES: Final = {"discover": (0.0, 10.0), "fetch": (10.0, 70.0), "extract": (70.0, 95.0)}
"""From and up to which percentage a stage of an ingest run leads: most of its time goes by while it fetches."""
OTHERWISE: Final = (0.0, 95.0)


@dataclass(slots=True)
class Shown:
    """Progress as a percentage that never falls, and a line; all that is told is passed on to `inner`."""

    inner: Progress
    percent: float = 0.0
    name: str = ""
    unit: str = ""
    total: int = 0
    done: int = 0

    def stage(self, name: str, total: int, unit: str) -> None:
        """A stage begins."""
        self.name, self.unit, self.total, self.done = name, unit, total, 0
        self.advance(0)
        self.inner.stage(name, total, unit)

    def advance(self, count: int = 1) -> None:
        """That many units of the stage are done."""
        self.done += count
        begin, end = SHARES.get(self.name, OTHERWISE)
        part = min(1.0, self.done / self.total) if self.total else 0.0
        self.percent = max(self.percent, begin + (end - begin) * part)
        if count:
            self.inner.advance(count)

    def say(self, line: str) -> None:
        """A line for whoever watches."""
        self.inner.say(line)

    def note(self, line: str) -> None:
        """A line for the log of the run alone."""
        self.inner.note(line)

    def line(self) -> str:
        """Where the run is: `fetch: 40 of 99 pages`."""
        return f"{self.name}: {self.done} of {self.total} {self.unit}" if self.name else "beginning"


@asynccontextmanager
async def progress_page(inner: Progress) -> AsyncIterator[Shown]:
    """Show progress on the page of the flow run that this is in, until the block ends."""
    shown = Shown(inner)
    artifact = await put(lambda: acreate_progress_artifact(0.0, key="progress", description="beginning"))
    if artifact is None:
        yield shown
        return
    teller = _Teller(shown, artifact)
    thread = threading.Thread(target=copy_context().run, args=(teller.tell,), name="progress", daemon=True)
    thread.start()
    try:
        yield shown
        shown.percent, teller.last = 100.0, "done"
    finally:
        teller.over.set()
        thread.join(EVERY)


class _Teller:
    """What the thread does. `last` is the line of a run that came to its end; another says where it stopped."""

    def __init__(self, shown: Shown, artifact: UUID) -> None:
        self.over = threading.Event()
        self.last = ""
        self._shown = shown
        self._artifact = artifact
        self._told = (0.0, "beginning")

    def tell(self) -> None:
        """Renew the artifact as long as the run lasts, and once more; a server that is away is asked again later."""
        while not self.over.wait(EVERY):
            self._renew(self._shown.line())
        self._renew(self.last or f"stopped at {self._shown.line()}")

    def _renew(self, line: str) -> None:
        now = (round(self._shown.percent, 1), line)
        if now == self._told:
            return
        try:
            with get_client(sync_client=True) as client:
                client.update_artifact(self._artifact, ArtifactUpdate(data=now[0], description=line))
        except HTTPError:
            return
        self._told = now
