"""What the report's template shows: rows, their sums, and the pictures of those that have something to show. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flows.reporting import counting, marking, wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from types import ModuleType

    from flows.reporting.asking import Facts, Rows
    from flows.reporting.drawing import Picture
    from flows.reporting.span import Span

SOURCES_DRAWN: Final = 8  # rows of bars
SOURCES_LISTED: Final = 250  # rows of a table; those without trouble and with few articles are left out
EVERY: Final = "all sources"
FIELD_NAMES: Final = {"published_on": "day", "published_at": "time"}


@dataclass(frozen=True, slots=True)
class Charts:
    """flows.reporting.charts, for one span of time; every picture is None where it is not installed."""

    module: ModuleType | None
    span: Span

    def over_time(self, kind: str, values: Any) -> Picture | None:  # noqa: ANN401 - what the chart of that name takes
        """A chart over the stretches of the span."""
        drawn: Picture | None = (
            getattr(self.module, kind)(values, self.span.stretches(), self.span.unit)
            if self.module and values
            else None
        )
        return drawn

    def tally(self, counts: Sequence[tuple[str, int]], noun: str) -> Picture | None:
        """Bars of counts by name."""
        drawn: Picture | None = self.module.tally(counts, noun) if self.module and counts else None
        return drawn


def view(facts: Facts, charts: Charts) -> dict[str, Any]:
    """What the template shows: the rows, their sums, and the pictures of those that have something to show."""
    rows, stretches = facts.rows, facts.span.stretches()
    changes = [(row["change_kind"], row["changes"]) for row in rows["changes"]]
    return {
        "as_of": facts.as_of,
        "span": facts.span,
        "unit": facts.span.unit,
        "stretches": stretches,
        "totals": facts.totals,
        "files": facts.files,
        "every": EVERY,
        "drawn": charts.module is not None,
        "trouble": [row for row in rows["health"] if row["state"] != "ok"],
        "known": len(rows["health"]),
        "more_sources": max(0, len(rows["health"]) - SOURCES_LISTED),
        "checks": rows["checks"],
        "overall": next((row for row in rows["latency"] if row["day"] is None and row["source"] is None), None),
        "published": _published(rows["published"], charts),
        "latency": _latency(rows["latency"], charts),
        "sources": _sources(facts),
        "fields": [FIELD_NAMES.get(field, field) for field in counting.FIELDS],
        "yields": _yields(rows["yields"], stretches),
        "outcomes": counting.outcomes(rows["attempts"]),
        "reasons": _reasons(rows["attempts"], charts),
        "changes": rows["changes"],
        "changed": charts.tally(changes, "changes"),
        "headlines": [_marked(row) for row in rows["headlines"]],
        "clusters": rows["clusters"],
        "archive": _archive(rows["archive"], charts),
        "hosts": rows["hosts"],
        "newest": rows["newest"],
    }


def _published(rows: Rows, charts: Charts) -> dict[str, Any] | None:
    """Articles by the day of publication, of all sources and of the largest; None: none was published."""
    if not rows:
        return None
    stretches = charts.span.stretches()
    counts = counting.series(rows, stretches, "articles")
    groups, others = counting.largest(rows, SOURCES_DRAWN)
    series = [(name, counting.series(group, stretches, "articles")) for name, group in groups]
    return {
        "total": sum(counts),
        "counts": counts,
        "series": series,
        "others": counting.series(others, stretches, "articles") if others else None,
        "other_sources": len(counting.by_source(others)),
        "picture": charts.over_time("articles", counts),
        "by_source": charts.over_time("by_source", series) if len(series) > 1 else None,
    }


def _latency(rows: Rows, charts: Charts) -> dict[str, Any] | None:
    """Minutes from publication to the table; None: no article of the time shown says when it was published."""
    days = [row for row in rows if row["day"] is not None and row["timed"]]
    if not days:
        return None
    sources = [row for row in rows if row["source"] is not None and row["timed"]]
    slowest = sorted(sources, key=lambda row: (-row["median_minutes"], row["source"]))
    return {"days": days, "sources": slowest, "picture": charts.over_time("latency", days)}


def _sources(facts: Facts) -> list[dict[str, Any]]:
    """The rows of source health with what came in each stretch; trouble first, then the largest."""
    stretches = facts.span.stretches()
    came = counting.by_source(facts.rows["came"])
    found = [
        row | {"series": counting.series(came.get(row["source"], ()), stretches, "articles")}
        for row in facts.rows["health"]
    ]
    return sorted(found, key=lambda row: (row["state"] == "ok", -row["articles"], row["source"]))[:SOURCES_LISTED]


def _yields(rows: Rows, stretches: Sequence[date]) -> list[tuple[str, list[counting.Yield]]]:
    """Of all sources and of each, how often each field was found; the largest sources first."""
    groups, _ = counting.largest(rows, SOURCES_LISTED)
    if len(groups) > 1:
        groups = [(EVERY, list(rows)), *groups]
    return [(name, counting.yields(group, stretches)) for name, group in groups]


def _reasons(attempts: Rows, charts: Charts) -> dict[str, Any] | None:
    """Why attempts were rejected; None: none was."""
    found = counting.reasons(attempts, charts.span.stretches())
    tally = [(each.name, each.attempts) for each in found]
    return {"rows": found, "picture": charts.tally(tally, "rejections")} if found else None


def _marked(row: Mapping[str, Any]) -> dict[str, Any]:
    before, after = marking.marked(wording.plain(row["earlier_title"]), wording.plain(row["title"]))
    return {**row, "before": before, "after": after}


def _archive(rows: Rows, charts: Charts) -> dict[str, Any] | None:
    """The archive's records and their growth; None: nothing is kept."""
    if not rows:
        return None
    sizes = counting.growth(rows, charts.span.stretches())
    return {
        "records": sum(row["records"] for row in rows),
        "bytes": sum(row["bytes"] for row in rows),
        "came": sum(row["bytes"] for row in rows if row["day"] is not None),
        "sizes": sizes,
        "picture": charts.over_time("growth", sizes) if len(sizes) > 1 and sizes[-1] else None,
    }
