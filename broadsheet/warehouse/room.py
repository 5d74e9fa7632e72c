"""The warehouse while it is open: everything the pipeline does with it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.warehouse import checking, claiming, endpoints, loading, rules, standing, telling
from broadsheet.warehouse.connecting import attach_private, detach_private
from broadsheet.warehouse.positions import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from broadsheet.model import (
        CandidateRule,
        Claim,
        EndpointPoll,
        FetchedPage,
        HostPause,
        LearnedRule,
        LoadBatch,
        Outcome,
        PageReading,
        Reading,
        RobotsAnswer,
        Run,
        Source,
    )
    from broadsheet.pacing import EndpointState, Key
    from broadsheet.warehouse.checking import CheckResult
    from broadsheet.warehouse.files import Files
    from broadsheet.warehouse.rules import Learning
    from broadsheet.warehouse.schedule import Schedule
    from broadsheet.warehouse.standing import Status
    from broadsheet.warehouse.statements import Session
    from broadsheet.warehouse.telling import RunFacts


@dataclass(frozen=True, slots=True)
class Warehouse:
    """The open warehouse; made by `open_warehouse` alone, which holds its lock."""

    session: Session
    files: Files
    schedule: Schedule

    def begin_run(self, run: Run) -> None:
        """Write down that a run has begun; a second time changes nothing."""
        claiming.begin_run(self.session, run)

    def end_run(self, run_id: str, state: str, now: datetime) -> None:
        """Write down that a run has ended, as `completed` or `failed`; a second time changes nothing."""
        self.session.run("plan/end_run", {"run_id": run_id, "state": state, "now": now})

    def open_runs(self) -> list[Run]:
        """The runs that began and have not ended, oldest first: those that live, and those that died."""
        return claiming.open_runs(self.session)

    def open_claims(self, run_ids: Sequence[str]) -> list[Claim]:
        """The claims of these runs that no attempt has settled."""
        return claiming.open_claims(self.session, run_ids)

    def adopt(self, dead_run_ids: Sequence[str], now: datetime) -> int:
        """End runs that died; their open claims become attempts deferred because of it, due at once. How many."""
        return claiming.adopt(self.session, dead_run_ids, now=now)

    def validators(self, sources: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
        """ETag and Last-Modified of the last answer (200 or 304) of each endpoint of the sources."""
        return endpoints.validators(self.session, sources)

    def endpoints(self, sources: Sequence[str]) -> dict[Key, EndpointState]:
        """How the endpoints of the sources stand that were ever asked, and when each is to be asked again."""
        return endpoints.states(self.session, sources)

    def robots(self, now: datetime) -> dict[str, RobotsAnswer]:
        """Each origin's last robots.txt that is less than a day old."""
        return claiming.robots(self.session, now=now)

    def store_robots(self, answers: Iterable[RobotsAnswer], run_id: str, now: datetime | None = None) -> int:
        """Keep robots.txt answers; how many were not kept before. Without `now`, their own times are the load's."""
        return claiming.store_robots(self.session, list(answers), run_id, now=now)

    def pauses(self, now: datetime) -> list[HostPause]:
        """The hosts that want to be left alone for longer than now."""
        return claiming.pauses(self.session, now=now)

    def store_pauses(self, pauses: Iterable[HostPause], run_id: str, now: datetime) -> None:
        """Keep the pauses that hosts asked for; one that is kept already is not kept twice."""
        claiming.store_pauses(self.session, list(pauses), run_id, now=now)

    def plan(
        self,
        run: Run,
        polls: Sequence[EndpointPoll],
        sources: Sequence[Source],
        leftovers: Sequence[tuple[str, str]],
        now: datetime,
    ) -> list[Claim]:
        """Keep what the endpoints said, and claim what the run attempts: docs/reference/scheduling.md.

        Each source gets its fair share of the schedule's budget, and no more than its own. `leftovers` are
        (url, source) of pages that a dead run kept and did not load: they are claimed over any budget. Paused sources
        get nothing. A second call answers the same claims.
        """
        return claiming.plan(self.session, run, polls, sources, leftovers, self.schedule, now=now)

    def loaded(self, keys: Iterable[str]) -> set[str]:
        """Which of these batch keys were loaded."""
        return loading.loaded(self.session, keys)

    def kept(self, pages: Sequence[FetchedPage]) -> set[tuple[int, datetime, str]]:
        """What was loaded of these pages' URLs in the span of their times: URL id, time of capture, payload digest."""
        return loading.kept(self.session, pages)

    def answered(self, urls: Iterable[str]) -> set[str]:
        """Those of the URLs that were answered, if not by a failure that may pass."""
        return loading.answered(self.session, urls, self.schedule)

    def load(self, batch: LoadBatch, run: Run, now: datetime) -> dict[Outcome, int]:
        """Load a stage file in one transaction; its outcomes. Empty, and nothing changes, if it was loaded before."""
        return loading.load(self.session, batch, run, self.schedule, now=now)

    def sources(self) -> list[str]:
        """The sources that have articles, by name."""
        return rules.sources(self.session)

    def readings(self, source: str) -> list[Reading]:
        """The lines that the newest articles of a source brought, a value for each way they were read."""
        return rules.readings(self.session, source)

    def keep_rules(self, source: str, candidates: Sequence[CandidateRule], now: datetime) -> Learning:
        """Keep what recurs in a source, and activate what is ripe and not vetoed, in one transaction; idempotent."""
        return rules.keep(self.session, source, candidates, now=now)

    def veto_rules(self, rule_ids: Iterable[int], now: datetime) -> int:
        """Forbid rules, active ones too; how many were allowed before."""
        return rules.veto(self.session, rule_ids, allow=False, now=now)

    def unveto_rules(self, rule_ids: Iterable[int], now: datetime) -> int:
        """Make vetoed rules candidates again; how many were vetoed."""
        return rules.veto(self.session, rule_ids, allow=True, now=now)

    def active_rules(self) -> dict[str, tuple[str, ...]]:
        """The lines of the active rules by source, in alphabetical order."""
        return rules.active(self.session)

    def page_readings(self, urls: Iterable[str]) -> dict[str, tuple[PageReading, ...]]:
        """The captures of each of these URLs that showed an article, oldest first: page, version, time and place."""
        return rules.page_readings(self.session, urls)

    def rules(self, source: str | None = None) -> list[LearnedRule]:
        """The rules of a source, or of all: by source, state, and how many articles show them."""
        return rules.listed(self.session, source)

    @property
    def places(self) -> Places:
        """Where what was kept lies in the archive."""
        return Places(self.session, self.files.data)

    def changed_rows(self, run_id: str) -> int:
        """How many rows of core the loads of a run inserted, changed or removed."""
        return int(self.session.run("inner/changed_rows", {"run_id": run_id})[0][0])

    def ledger(self, run_id: str) -> dict[str, dict[str, int]]:
        """What became of a run's attempts: source -> outcome -> how many."""
        return standing.run_ledger(self.session, run_id)

    def facts(self, run_id: str) -> RunFacts:
        """What there is to tell of a run, beside the runs before it."""
        return telling.run_facts(self.session, run_id)

    def check(self, now: datetime, run_id: str | None = None, *, small: int = checking.SMALL) -> list[CheckResult]:
        """Make every check and keep what it found. The ledger of `run_id` must balance as if it had ended.

        With a run, and more than `small` attempts, checks of severity error look at what came since they were clean.
        """
        return checking.check(self.session, now=now, run_id=run_id, small=small)

    def content_digest(self) -> str:
        """One text for all that the tables say, equal whatever the order of loading, the names of runs and the hour."""
        return checking.content_digest(self.session)

    def status(self, now: datetime, runs: int = 10) -> Status:
        """How sources and the last runs stand."""
        return standing.status(self.session, now=now, runs=runs)

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Let go of the files while the block runs, so that they are whole and can be copied; the lock stays held."""
        detach_private(self.session.connection)
        try:
            yield
        finally:
            attach_private(self.session.connection, self.files)
