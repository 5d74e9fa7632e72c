"""Rules learned from what is kept: candidates, active ones, vetoes. The statements are `sql/rules`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.model import LearnedRule, PageReading, Reading, RecordPosition, RuleState, stable_id
from broadsheet.warehouse.claiming import next_load, record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from broadsheet.model import CandidateRule
    from broadsheet.warehouse.statements import Session

NEWEST = 5_000  # articles of a source that are counted: as many as bounded memory holds, months of most papers


@dataclass(frozen=True, slots=True)
class Learning:
    """What counting the lines of a source brought: how many rules are new, counted otherwise, active from now on."""

    fresh: int
    counted: int
    activated: int


def sources(session: Session) -> list[str]:
    """The sources that have articles, by name."""
    return [source for (source,) in session.run("rules/sources")]


def readings(session: Session, source: str) -> list[Reading]:
    """The lines that the newest articles of a source brought, a value for each way they were read."""
    rows = session.records("rules/readings", {"source": source, "articles": NEWEST})
    return [Reading(**row | {"lines": tuple(row["lines"]), "dropped": tuple(row["dropped"])}) for row in rows]


def keep(session: Session, source: str, candidates: Sequence[CandidateRule], *, now: datetime) -> Learning:
    """Keep the candidates of a source and activate the ripe ones that nobody vetoed, in one transaction.

    The same candidates again change nothing. A rule that is no candidate any more stands as it was last counted.
    """
    values = {"source": source, "now": now, "load_id": next_load(session)}
    values["candidates"] = json.dumps([asdict(each) for each in candidates], default=str)
    values["ripe"] = [each.line for each in candidates if each.ripe]
    with session.transaction():
        fresh = session.change("rules/candidates_kept", values)
        counted = session.change("rules/candidates_counted", values)
        activated = session.change("rules/activated", values)
        _recorded(session, fresh + counted + activated, values)
    return Learning(fresh, counted, activated)


def veto(session: Session, rule_ids: Iterable[int], *, allow: bool, now: datetime) -> int:
    """Forbid rules, or allow them again as candidates; how many stand otherwise than before."""
    values = {"rule_ids": list(rule_ids), "now": now, "load_id": next_load(session)}
    with session.transaction():
        changed = session.change("rules/unvetoed" if allow else "rules/vetoed", values)
        _recorded(session, changed, values)
    return changed


def active(session: Session) -> dict[str, tuple[str, ...]]:
    """The lines of the active rules by source, in alphabetical order."""
    return {source: tuple(lines) for source, lines in session.run("rules/active")}


def page_readings(session: Session, urls: Iterable[str]) -> dict[str, tuple[PageReading, ...]]:
    """The captures of each of the URLs that showed an article, in the order of their times."""
    found: dict[str, list[PageReading]] = {}
    for url, digest, version, when, *place in session.run(
        "rules/page_readings", {"url_ids": [stable_id(url) for url in urls]}
    ):
        found.setdefault(url, []).append(PageReading(digest, version, when, RecordPosition(*place)))
    return {url: tuple(readings) for url, readings in found.items()}


def listed(session: Session, source: str | None = None) -> list[LearnedRule]:
    """The rules of a source, or of all: by source, state, and how many articles show them."""
    rows = session.records("rules/listed", {"source": source})
    return [LearnedRule(**row | {"state": RuleState(row["state"])}) for row in rows]


def _recorded(session: Session, changed: int, values: dict[str, Any]) -> None:
    if changed:
        record(session, "rules", values, changed=changed)
