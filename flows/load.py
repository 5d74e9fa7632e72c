"""Everything a run asks of the warehouse, each opening as short as its statements."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from broadsheet.lastruns import note_run
from broadsheet.warehouse import Limits, Schedule, open_warehouse, publish_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from broadsheet.config import Settings
    from broadsheet.model import Claim, EndpointPoll, LoadBatch, Outcome, RobotsAnswer, Run
    from broadsheet.pacing import EndpointState, Key
    from broadsheet.warehouse import CheckResult, RunFacts, Warehouse
    from flows.recover import Leftovers
    from flows.scene import Scene

FAILED_ROWS: Final = 3  # that are told of a check that fails a run; one of what is only reported


@dataclass(frozen=True, slots=True)
class Memory:
    """What the warehouse knows that a run needs before it asks anything."""

    states: dict[Key, EndpointState]
    robots: dict[str, RobotsAnswer]


@dataclass(frozen=True, slots=True)
class Publication:
    """How a run ended: its ledger, what it changed, the checks with rows by severity, the read copy renewed."""

    ledger: dict[str, dict[str, int]]
    changed_rows: int
    warnings: tuple[str, ...]
    failed: tuple[str, ...]
    renewed: bool
    facts: RunFacts


def opened(stage: Scene) -> AbstractContextManager[Warehouse]:
    """The warehouse, under its lock."""
    settings = stage.settings
    schedule = Schedule(ladder=settings.recheck, backoff=settings.retry, budget=settings.budget)
    return open_warehouse(stage.data, now=settings.clock(), wait=settings.lock_wait, schedule=schedule)


def remembered(stage: Scene) -> Memory:
    """How endpoints stand, and robots.txt answers that are still fresh.

    The scene learns the active rules, and which hosts still want to be left alone.
    """
    with opened(stage) as warehouse:
        stage.hosts.leave_alone(warehouse.pauses(stage.settings.clock()))
        stage.boilerplate.update(warehouse.active_rules())
        names = [source.name for source in stage.sources]
        return Memory(warehouse.endpoints(names), warehouse.robots(stage.settings.clock()))


def planned(
    stage: Scene,
    polls: Sequence[EndpointPoll],
    robots: Mapping[str, RobotsAnswer],
    left: Leftovers,
    kept: Sequence[tuple[str, str]],
) -> list[Claim]:
    """Close what dead runs had claimed, store the polls, and claim what this run attempts.

    `kept` are (URL, source) of pages that dead runs fetched and nobody loaded: they are claimed and not asked for.
    """
    now = stage.settings.clock()
    with opened(stage) as warehouse:
        _begun(warehouse, stage, left)
        warehouse.store_robots(robots.values(), stage.run.run_id, stage.settings.clock())
        return warehouse.plan(stage.run, polls, stage.sources, kept, now)


def begun(stage: Scene, left: Leftovers) -> None:
    """Open the ledger of a run over WARC files, and close that of the runs it adopts. The scene learns the rules."""
    with opened(stage) as warehouse:
        stage.boilerplate.update(warehouse.active_rules())
        _begun(warehouse, stage, left)


def _begun(warehouse: Warehouse, stage: Scene, left: Leftovers) -> None:
    for run in (*left.runs, stage.run):
        warehouse.begin_run(run)
    warehouse.adopt([run.run_id for run in left.runs], stage.settings.clock())


def unloaded(stage: Scene, keys: Sequence[str]) -> set[str]:
    """Those of the batch keys that are not loaded yet."""
    with opened(stage) as warehouse:
        return set(keys) - warehouse.loaded(keys)


def recalled(stage: Scene, urls: Iterable[str]) -> None:
    """Tell the scene how the URLs that are to be read were read before."""
    with opened(stage) as warehouse:
        stage.readings.update(warehouse.page_readings(urls))


def loaded(stage: Scene, batches: Iterable[LoadBatch], run: Run | None = None) -> Counter[Outcome]:
    """Load batches, one transaction each; returns what became of their attempts."""
    counts: Counter[Outcome] = Counter()
    with opened(stage) as warehouse:
        for batch in batches:
            counts.update(warehouse.load(batch, run or stage.run, stage.settings.clock()))
    return counts


def kept_robots(stage: Scene, robots: Mapping[str, RobotsAnswer]) -> None:
    """Remember robots.txt answers that came while fetching, and the pauses that hosts asked for."""
    now, run_id = stage.settings.clock(), stage.run.run_id
    with opened(stage) as warehouse:
        warehouse.store_robots(robots.values(), run_id, now)
        warehouse.store_pauses(stage.hosts.pauses(), run_id, now)


def published(stage: Scene) -> Publication:
    """Prove the ledger, end the run, renew the read copy unless a check of severity error has rows."""
    now, run_id = stage.settings.clock(), stage.run.run_id
    with opened(stage) as warehouse:
        broken = tuple(result for result in warehouse.check(now, run_id) if result.count)
        failed = tuple(_told(result) for result in broken if result.failed)
        state = "failed" if failed else "completed"
        warehouse.end_run(run_id, state, now)
        asked = replace(stage.run, sources=tuple(source.name for source in stage.sources))
        note_run(stage.data, asked, stage.known, state=state, now=now)
        facts = warehouse.facts(run_id)
        renewed, why = (False, "") if failed else publish_within(stage.data, warehouse, limits(stage.settings), now=now)
        told = [_told(result) for result in broken if not result.failed]
        told += [f"the read copy stays as it was: {why}"] if why else []
        ledger, changed = warehouse.ledger(run_id), warehouse.changed_rows(run_id)
        return Publication(ledger, changed, tuple(told), failed, renewed, facts)


def limits(settings: Settings) -> Limits:
    """When the read copy is not renewed in spite of news."""
    return Limits(settings.publish_minutes, settings.publish_most_mb, settings.publish_free_mb)


def _told(result: CheckResult) -> str:
    shown = result.rows[: FAILED_ROWS if result.failed else 1]
    return f"check {result.name}: {result.count} row(s), the first {'; '.join(map(str, shown))}"
