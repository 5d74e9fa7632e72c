"""Promotion and rollback of a re-extraction, with all that follows: clusters, checks, the read copy. No Prefect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.errors import CheckFailed
from broadsheet.warehouse import open_warehouse, promoting, publish_within
from broadsheet.warehouse.clusters import gather
from flows.load import limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.config import Settings
    from broadsheet.warehouse import Warehouse
    from broadsheet.warehouse.promoting import Order, Step


def nothing(_step: str) -> None:
    """What happens before a step unless somebody looks on."""


def promote(settings: Settings, order: Order, on_step: Callable[[str], None] = nothing) -> tuple[Step, str]:
    """Make the new readings current and renew the read copy; what was done, and why the copy stays if it does.

    WarehouseError: no such re-extraction, or not all read. CheckFailed: it is done and nothing is published.
    """
    now = settings.clock()
    with open_warehouse(settings.data, now=now, wait=settings.lock_wait, on_step=on_step) as warehouse:
        step = promoting.promote(warehouse, order, now=now)
        return step, _followed(settings, warehouse)


def rollback(settings: Settings, order: Order, on_step: Callable[[str], None] = nothing) -> tuple[Step, str]:
    """Make the readings current that stood before, and renew the read copy. Answers and raises as `promote`."""
    now = settings.clock()
    with open_warehouse(settings.data, now=now, wait=settings.lock_wait, on_step=on_step) as warehouse:
        step = promoting.rollback(warehouse, order, now=now)
        return step, _followed(settings, warehouse)


def _followed(settings: Settings, warehouse: Warehouse) -> str:
    """Settle clusters, prove, publish: also after a call that died before it came so far."""
    now = settings.clock()
    gather(warehouse.session, now=now)
    failed = [f"{each.name}: {each.count} row(s)" for each in warehouse.check(now) if each.failed]
    if failed:
        raise CheckFailed(f"it is done, and nothing is published, for checks fail: {'; '.join(failed)}")
    return publish_within(settings.data, warehouse, limits(settings), now=now)[1]
