"""Runs and what they take upon themselves: `sql/plan`."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from broadsheet.model import Claim, EndpointPoll, HostPause, Reason, RobotsAnswer, Run, Source, Why, stable_id
from broadsheet.warehouse import endpoints
from broadsheet.warehouse.tombstones import forgotten_among

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from broadsheet.model import DiscoveredUrl
    from broadsheet.warehouse.schedule import Schedule
    from broadsheet.warehouse.statements import Row, Session

Leftover = tuple[str, str]


def begin_run(session: Session, run: Run) -> None:
    """Write down that a run has begun; a second time changes nothing."""
    values = {"run_id": run.run_id, "kind": run.kind, "sources": list(run.sources), "started_at": run.started_at}
    session.run("plan/begin_run", values)


def open_runs(session: Session) -> list[Run]:
    """The runs that began and have not ended, oldest first: those that live, and those that died."""
    return [
        Run(run_id, kind, started_at, tuple(sources))
        for run_id, kind, started_at, sources in session.run("plan/open_runs")
    ]


def open_claims(session: Session, run_ids: Sequence[str]) -> list[Claim]:
    """The claims of these runs that no attempt has settled."""
    return [_claim(row) for row in session.run("plan/open_claims", {"run_ids": list(run_ids)})]


def adopt(session: Session, run_ids: Sequence[str], *, now: datetime) -> int:
    """Close what dead runs left open, as deferred because the run died; how many claims that were."""
    values = {"run_ids": list(run_ids), "now": now, "load_id": next_load(session)}
    with session.transaction():
        session.run("plan/adopt_urls", values)
        closed = session.change("plan/adopt_claims", values)
        session.run("plan/adopt_runs", values)
        if closed:
            record(session, "adopt", values)
    return closed


def robots(session: Session, *, now: datetime) -> dict[str, RobotsAnswer]:
    """Each origin's last robots.txt that is less than a day old."""
    return {
        origin: RobotsAnswer(origin, fetched_at, status, body)
        for origin, fetched_at, status, body in session.run("plan/robots", {"now": now})
    }


def store_robots(session: Session, answers: Sequence[RobotsAnswer], run_id: str, *, now: datetime | None) -> int:
    """Keep robots.txt answers; how many were not kept before. Without `now`, the last of their times is the load's."""
    if not answers:
        return 0
    at = now or max(each.fetched_at for each in answers)
    values = {"answers": json.dumps([_answer(each) for each in answers]), "run_id": run_id, "now": at}
    values["load_id"] = next_load(session)
    with session.transaction():
        fresh = session.change("plan/robots_kept", values)
        if fresh:
            record(session, "robots", values)
    return fresh


def pauses(session: Session, *, now: datetime) -> list[HostPause]:
    """The hosts that want to be left alone for longer than now."""
    rows = session.run("plan/pauses", {"now": now})
    return [HostPause(host, until, Reason(reason), detail) for host, until, reason, detail in rows]


def store_pauses(session: Session, asked_for: Sequence[HostPause], run_id: str, *, now: datetime) -> None:
    """Keep what hosts asked for in a run."""
    if not asked_for:
        return
    told = [{**asdict(each), "until": each.until.isoformat()} for each in asked_for]
    values = {"pauses": json.dumps(told), "run_id": run_id, "now": now, "load_id": next_load(session)}
    with session.transaction():
        if session.change("plan/pauses_kept", values):
            record(session, "pauses", values)


def plan(  # noqa: PLR0913, PLR0917 - what a plan rests on
    session: Session,
    run: Run,
    polls: Sequence[EndpointPoll],
    sources: Sequence[Source],
    leftovers: Sequence[Leftover],
    schedule: Schedule,
    *,
    now: datetime,
) -> list[Claim]:
    """Keep what the endpoints said and claim what the run attempts, in one transaction; once for each run."""
    values: dict[str, Any] = {"run_id": run.run_id, "now": now}
    if not session.run("plan/planned", values):
        values |= {"load_id": next_load(session)} | schedule.values() | _asked(polls, sources, leftovers)
        values["forgotten"] = forgotten_among(session, {each.url for poll in polls for each in poll.found})
        with session.transaction():
            _heard(session, polls, sources, values)
            session.run("plan/claims", values)
            record(session, "plan", values)
    return [_claim(row) for row in session.run("plan/claimed", values)]


def _heard(session: Session, polls: Sequence[EndpointPoll], sources: Sequence[Source], values: dict[str, Any]) -> None:
    """Keep what the endpoints said: the polls, the URLs they named, and when each endpoint is asked next."""
    for step in ("polls", "named", "polls_kept", "urls_modified"):
        session.run(f"plan/{step}", values)
    endpoints.move(session, polls, sources, load_id=values["load_id"])
    for step in ("urls_kept", "references_kept"):
        session.run(f"plan/{step}", values)


def _asked(polls: Sequence[EndpointPoll], sources: Sequence[Source], leftovers: Sequence[Leftover]) -> dict[str, str]:
    budgets = [{"source": each.name, "budget": each.budget} for each in sources if not each.paused]
    return {
        "polls": json.dumps([_poll(number, each) for number, each in enumerate(polls, start=1)]),
        "sources": json.dumps(budgets),
        "leftovers": json.dumps([{"url": url, "source": source} for url, source in leftovers]),
    }


def next_load(session: Session) -> int:
    """The number of the load that comes next."""
    return int(session.run("load/next_load")[0][0])


def record(
    session: Session, kind: str, values: dict[str, Any], *, batch_key: str | None = None, changed: int = 0
) -> None:
    """Write down a load, as the last statement of its transaction."""
    defaults = {"run_id": None, "load_kind": kind, "batch_key": batch_key, "changed_rows": changed}
    session.run("load/record", defaults | values)


def _claim(row: Row) -> Claim:
    url, source, why, etag, last_modified = row
    return Claim(url, source, Why(why), etag, last_modified)


def _poll(number: int, poll: EndpointPoll) -> dict[str, Any]:
    place = poll.position
    return {
        "number": number,
        "source": poll.source,
        "endpoint": poll.endpoint.url,
        "kind": poll.endpoint.kind,
        "status": poll.status,
        "etag": poll.etag,
        "last_modified": poll.last_modified,
        "reason": poll.reason,
        "detail": poll.detail,
        "warc_file": place and place.file,
        "warc_offset": place and place.offset,
        "warc_length": place and place.length,
        "polled_at": poll.polled_at.isoformat(),
        "found": [_named(each) for each in poll.found],
    }


def _named(found: DiscoveredUrl) -> dict[str, Any]:
    hints = found.hints
    return {
        "url_id": stable_id(found.url),
        "url": found.url,
        "title": hints.title,
        "published_at": hints.published_at and hints.published_at.isoformat(),
        "modified_at": hints.modified_at and hints.modified_at.isoformat(),
        "authors": list(hints.authors),
        "language": hints.language,
        "guid": hints.guid,
        "variants": [stable_id(each) for each in found.variant_of],
    }


def _answer(answer: RobotsAnswer) -> dict[str, Any]:
    body = base64.b64encode(answer.body).decode()
    return {"origin": answer.origin, "status": answer.status, "body": body, "fetched_at": answer.fetched_at.isoformat()}
