"""Making versions and articles from captures, by the statements of `sql/load`: for a load, and for a promotion.

What cannot be there is not looked for. Most of a batch's articles are new, and to plan a statement over no rows takes
as long as to run it over a thousand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.warehouse.statements import Session


def steps(session: Session, names: Sequence[str], values: dict[str, Any]) -> int:
    """Run statements of `sql/load` that write, in order; how many rows they wrote."""
    return sum(session.change(f"load/{name}", values) for name in names)


def history(session: Session, values: dict[str, Any]) -> None:
    """All captures of the articles in `address`, each beside the reading it is to be compared with: `history`."""
    steps(session, ("paired",), values)
    ((mixed,),) = session.run("load/mixed")
    steps(session, ("history",), values | {"mixed": mixed})


def derived(session: Session, values: dict[str, Any]) -> int:
    """Make versions and articles anew from their captures, those in `history`; how many rows changed."""
    steps(session, ("versions",), values)
    known_versions = steps(session, ("versions_before",), values)
    steps(session, ("versions_made", "present"), values)
    known_articles = steps(session, ("articles_before",), values)
    values |= _wanting(session, values)
    changed = steps(session, ("changes",), values) if values["compared"] else 0
    changed += steps(session, ("versions_past", "versions_removed"), values) if known_versions else 0
    changed += steps(session, ("articles_moved", "articles_removed"), values) if known_articles else 0
    return changed + steps(session, ("versions_kept", "articles_kept"), values)


def _wanting(session: Session, values: dict[str, Any]) -> dict[str, int]:
    """Fetch the readings that versions and articles need: how many, and how many pairs are to be compared."""
    missing = steps(session, ("places",), values)
    steps(session, ("older",), values | {"missing": missing})
    session.run("load/needed")
    return {"compared": session.run("load/wanting")[0][0]}
