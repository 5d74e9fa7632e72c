"""Copies of one text are gathered into clusters when all of a run's batches are loaded, before it is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.warehouse.clusters import gather
from flows import load

if TYPE_CHECKING:
    from flows.scene import Scene


def clustered(stage: Scene) -> int:
    """Give each article of the run its cluster, and those that a dead run left without; how many got one or another."""
    with load.opened(stage) as warehouse:
        return gather(warehouse.session, now=stage.settings.clock())
