"""How endpoints stand: read before a run polls them, moved in the transaction that keeps their polls."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from broadsheet.model import Endpoint, EndpointKind, Reason, Source
from broadsheet.pacing import EndpointState, after_all, dropped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from broadsheet.model import EndpointPoll
    from broadsheet.pacing import Key
    from broadsheet.warehouse.statements import Session


def states(session: Session, sources: Sequence[str]) -> dict[Key, EndpointState]:
    """The endpoints of the sources that were ever asked."""
    rows = session.records("plan/endpoints", {"sources": list(sources)})
    return {state.key: state for state in map(_state, rows)}


def validators(session: Session, sources: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
    """ETag and Last-Modified of the last answer of each endpoint of the sources that could be read."""
    rows = session.run("plan/validators", {"sources": list(sources)})
    return {endpoint: (etag, last_modified) for endpoint, etag, last_modified in rows}


def move(session: Session, polls: Sequence[EndpointPoll], sources: Sequence[Source], *, load_id: int) -> None:
    """Move the state of the endpoints that were polled; what an index names no more is forgotten.

    Stands inside the plan's transaction, after the polls were compared with the URLs that are known. A source that is
    not among `sources` (a dead run's) moves by the default bounds.
    """
    if not polls:
        return
    known = states(session, sorted({poll.source for poll in polls})).values()
    news: dict[int, int] = dict(session.run("plan/news"))
    counted = [(poll, news.get(number, 0)) for number, poll in enumerate(polls, start=1)]
    paces = {poll.source: Source(poll.source, "") for poll in polls} | {each.name: each for each in sources}
    moved = after_all(known, counted, paces)
    removed = {*moved, *dropped(known, polls)}
    session.run("plan/endpoints_removed", {"moved": json.dumps([{"source": s, "endpoint": e} for s, e in removed])})
    session.run("plan/endpoints_kept", {"states": json.dumps(list(map(_row, moved.values()))), "load_id": load_id})


def _state(row: dict[str, Any]) -> EndpointState:
    endpoint = Endpoint(row.pop("endpoint"), EndpointKind(row.pop("kind")))
    reason = row.pop("reason")
    return EndpointState(endpoint=endpoint, reason=reason and Reason(reason), **row)


def _row(state: EndpointState) -> dict[str, Any]:
    return {
        "source": state.source,
        "endpoint": state.endpoint.url,
        "kind": state.endpoint.kind,
        "named_by": state.named_by,
        "etag": state.etag,
        "last_modified": state.last_modified,
        "reason": state.reason,
        "failures": state.failures,
        "news": state.news,
        "watched": state.watched,
        "read_at": _text(state.read_at),
        "news_at": _text(state.news_at),
        "polled_at": _text(state.polled_at),
        "next_due_at": _text(state.next_due_at),
    }


def _text(time: datetime | None) -> str | None:
    return time.isoformat() if time else None
