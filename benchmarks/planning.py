"""Planning beside what is known: a plan's time with 10,000 to 1,000,000 known URLs of 200 sources, and what is due.

    python -m benchmarks.planning [KNOWN ...]

A plan here is all that a run asks of the warehouse before it fetches: how the endpoints stand, its beginning, the polls
kept, the claims, the commit. Each known URL has a claim and an attempt behind it; those of the last week are due later.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.figures import Figure
from broadsheet.model import DiscoveredUrl, Endpoint, EndpointKind, EndpointPoll, Run, Source
from broadsheet.warehouse import open_warehouse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.warehouse import Warehouse

NOW: Final = datetime(2026, 11, 20, 8, tzinfo=UTC)
KNOWN: Final = (10_000, 100_000, 1_000_000)
SOURCES: Final = 200
NAMED: Final = 30  # URLs that a feed names
TIMES: Final = 5

FILL: Final = (
    """
    insert into raw.url by name
    with known as (
        select
            'http://paper' || (range % $sources) || '.test/news/' || (range // $sources) as url,
            'paper' || (range % $sources) as source,
            $now - to_seconds(($known - range) * 10) as seen_at
        from range($known)
    )
    select
        core.stable_id(url) as url_id, url, source, source || ' on something' as hint_title, 'article' as class,
        0 as failures, sha256(url) as etag, seen_at as first_seen_at, seen_at as last_answer_at,
        1 as load_id,
        if(seen_at > $now - interval 7 days, $now + interval 1 day, null) as next_due_at
    from known
    """,
    """
    insert into ops.run
    select 'old' || range, 'ingest', [], 'completed', $now, $now from range(1000)
    """,
    """
    insert into ops.claim by name
    select
        url_id as claim_id, 'old' || (url_id % 1000) as run_id, url_id, url, source, 'new' as why, $now as claimed_at,
        1 as load_id
    from raw.url
    """,
    """
    insert into ops.attempt by name
    select
        claim_id, run_id, url_id, url, source, 'new' as outcome, '' as detail, 1 as tries, 0 as seconds,
        $now as attempted_at, 1 as load_id
    from ops.claim
    """,
    "insert into ops.load select 1, 'batch', 'old', 'old0', $known, 0, $now",
    "checkpoint warehouse",
)


@dataclass(slots=True)
class Planner:
    """A warehouse that is planned again and again, each time by a run of its own."""

    warehouse: Warehouse
    sources: tuple[Source, ...] = tuple(Source(f"paper{n}", f"http://paper{n}.test/") for n in range(SOURCES))
    runs: list[Run] = field(default_factory=list)

    def milliseconds(self, polls: Sequence[EndpointPoll]) -> tuple[float, int]:
        """The best time of a few plans, and how many URLs each claimed."""
        return min(self._planned(polls) for _ in range(TIMES))

    def _planned(self, polls: Sequence[EndpointPoll]) -> tuple[float, int]:
        run = Run(f"run-{len(self.runs)}", "ingest", NOW)
        self.runs.append(run)
        began = time.perf_counter()
        self.warehouse.endpoints([source.name for source in self.sources])
        self.warehouse.begin_run(run)
        claims = self.warehouse.plan(run, polls, self.sources, [], NOW)
        spent = time.perf_counter() - began
        self.warehouse.end_run(run.run_id, "completed", NOW)
        return spent * 1000, len(claims)


def filled(warehouse: Warehouse, known: int, sources: int = SOURCES) -> None:
    """Put so many known URLs of so many sources into an empty warehouse."""
    for statement in FILL:
        values = {"known": known, "sources": sources, "now": NOW}
        wanted = {name: value for name, value in values.items() if f"${name}" in statement}
        warehouse.session.connection.execute(statement, wanted)


def poll(source: Source, first: int) -> EndpointPoll:
    """A feed that names NAMED of the source's URLs from this number on."""
    feed = Endpoint(f"{source.home}feed", EndpointKind.FEED)
    named = (f"{source.home}news/{number}" for number in range(first, first + NAMED))
    return EndpointPoll(
        feed, source.name, NOW, 200, found=tuple(DiscoveredUrl(u, source.name, feed.url) for u in named)
    )


def figures() -> Iterator[Figure]:
    """Milliseconds of plans beside more and more known URLs."""
    for known in KNOWN:
        yield from measured(known)


def measured(known: int) -> Iterator[Figure]:
    """The times of plans beside so many known URLs."""
    with tempfile.TemporaryDirectory() as folder:
        with open_warehouse(Path(folder), now=NOW) as warehouse:
            filled(warehouse, known)
        with open_warehouse(Path(folder), now=NOW) as warehouse:
            planner = Planner(warehouse)
            polls = [poll(source, known // SOURCES - NAMED) for source in planner.sources]
            unchanged = [replace(each, status=304, found=()) for each in polls]
            yield _figure(known, "nothing polled, nothing due", planner.milliseconds([]))
            yield _figure(known, f"{SOURCES} polls answered 304", planner.milliseconds(unchanged))
            yield _figure(known, f"{SOURCES} polls of {NAMED} known URLs", planner.milliseconds(polls))
            for due in (1000, 10_000):
                _make_due(warehouse, due)
                yield _figure(known, f"nothing polled, {due:,} due", planner.milliseconds([]))


def _make_due(warehouse: Warehouse, count: int) -> None:
    warehouse.session.connection.execute(
        "update raw.url set next_due_at = $now where url_id in "
        "(select url_id from raw.url where next_due_at is not null order by first_seen_at desc limit $count)",
        {"now": NOW, "count": count},
    )


def _figure(known: int, what: str, measured: tuple[float, int]) -> Figure:
    milliseconds, claims = measured
    return Figure("planning", f"{known:,} known, {what}", milliseconds, "ms", "lower", note=f"{claims:,} claimed")


if __name__ == "__main__":
    for argument in sys.argv[1:] or KNOWN:
        for each in measured(int(argument)):
            print(each.line(), flush=True)
