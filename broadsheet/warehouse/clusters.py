"""Gathering copies of one text into clusters: `sql/clusters` finds and keeps them, `broadsheet.likeness` settles ids.

A step of its own after the load (docs/decisions/0020-clusters.md): it takes the articles that have no cluster yet, so
it goes on wherever a crash stopped it, and a second time changes nothing.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from broadsheet.credits import credited
from broadsheet.likeness import Kin, Member, settled
from broadsheet.warehouse.claiming import next_load, record

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.likeness import Settlement
    from broadsheet.warehouse.statements import Session

AT_ONCE = 5_000  # articles of one transaction: what their shingles take fits into memory many times over

COMPARE = (
    *("no_shingles", "no_figures", "fresh_texts", "shingles", "figures", "marks_kept"),
    *("candidates", "rival_texts", "shingles", "figures"),
)
SETTLE = ("members_removed", "members_kept", "articles_settled", "changes_kept")
ALIASES = ("aliases_moved", "aliases_kept", "aliases_removed")


def gather(session: Session, *, now: datetime, at_once: int = AT_ONCE) -> int:
    """Give every article its cluster; how many got one or another. A transaction for each `at_once`."""
    total = 0
    while changed := gather_some(session, now=now, most=at_once):
        total += changed
    return total


def gather_some(session: Session, *, now: datetime, most: int = AT_ONCE) -> int:
    """One transaction's worth of `gather`; how many articles got a cluster, 0: all had theirs."""
    values: dict[str, Any] = {"now": now, "most": most}
    if not session.change("clusters/unsettled", values):
        return 0
    values["load_id"] = next_load(session)
    with session.transaction():
        for step in (*COMPARE, "likenesses_kept", "touched"):
            session.run(f"clusters/{step}", values)
        values |= _settlement(session)
        for step in SETTLE[:2]:
            session.run(f"clusters/{step}", values)
        changed = session.change("clusters/articles_settled", values)
        for step in (*SETTLE[3:], *ALIASES):
            session.run(f"clusters/{step}", values)
        record(session, "cluster", values, changed=changed)
    return changed


def _settlement(session: Session) -> dict[str, str]:
    """What the touched articles' clusters are to be, as the values that the statements bind."""
    members = [Member(*row) for row in session.run("clusters/members")]
    kin = [Kin(*row) for row in session.run("clusters/kin")]
    found = settled(members, session.run("clusters/same"), kin)
    together = _together(found)
    credits_ = _credits(session, list(together))
    rows = [
        {"article_id": article, "cluster_id": cluster, "credit": credits_[article]}
        for article, cluster in together.items()
    ]
    return {"members": json.dumps(rows), "changes": json.dumps([asdict(each) for each in found.changes])}


def _together(found: Settlement) -> dict[int, int]:
    """The articles that share a cluster, or are in one that another article founded."""
    return {
        article: cluster
        for article, cluster in found.cluster_of.items()
        if found.sizes[cluster] > 1 or article != cluster
    }


def _credits(session: Session, articles: list[int]) -> dict[int, str | None]:
    rows = session.run("clusters/credits", {"article_ids": articles}) if articles else []
    return {article: credited(*said) for article, *said in rows}
