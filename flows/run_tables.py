"""A run's failures and sources as table artifacts of the Prefect UI. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flows.markdown import escaped, link
from flows.told import plain

if TYPE_CHECKING:
    from broadsheet.warehouse import RunFacts

LINKED: Final = 10  # failures with a link: cells of tables have none in the Prefect UI
DETAIL: Final = 120  # characters

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TableArtifact:
    """A table artifact: rows of plain values, and the Markdown above them."""

    description: str
    rows: list[Record]


def failures(facts: RunFacts) -> TableArtifact:
    """The attempts that brought no article, the worst first; the first of them as links."""
    if not facts.failures:
        return TableArtifact("No page failed in this run.", [])
    count, rows = facts.failures[0]["of_all"], [_failure(each) for each in facts.failures]
    more = f" The first {len(rows)} are here; `mart.attempts` has all." if count > len(rows) else ""
    links = [f"- {escaped(each['reason'])}: {link(each['url'], each['url'])}" for each in facts.failures[:LINKED]]
    return TableArtifact("\n".join([f"**{count} page(s) brought no article.**{more}", "", *links]), rows)


def health(facts: RunFacts) -> TableArtifact:
    """How the sources do, those that are not well first."""
    ill = sum(each["state"] != "ok" for each in facts.health)
    told = f"**{ill} of {len(facts.health)} source(s) are not well.**" if ill else "**Every source is well.**"
    return TableArtifact(told, [{name: plain(value) for name, value in each.items()} for each in facts.health])


def _failure(each: Record) -> Record:
    named = {name: each[name] for name in ("outcome", "reason", "source", "url")}
    detail = " ".join(each["detail"].split())[:DETAIL]
    return named | {"detail": detail, "tries": each["tries"], "seconds": each["seconds"]}
