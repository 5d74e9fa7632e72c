"""A run's summary for its page in the Prefect UI: what came and what did not, beside the usual. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from broadsheet.model import Outcome
from flows.markdown import Raw, escaped, link, section, table
from flows.told import path, plain, seconds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadsheet.warehouse import RunFacts
    from flows.report import RunReport

COUNTED: Final = (Outcome.NEW, Outcome.EDITED, Outcome.REJECTED, Outcome.DEFERRED, Outcome.GONE)

Record = dict[str, Any]


def summary(report: RunReport, facts: RunFacts) -> str:
    """What was new, edited, rejected and why, by source, and the slowest hosts, beside the usual."""
    parts = [f"**{report.sentence()}**", _told(report, facts)]
    parts += [f"- **failed:** {escaped(line)}" for line in report.failed]
    parts += [f"- {escaped(line)}" for line in report.warnings]
    parts += section("Sources", _sources(report, facts), _usual_note(facts))
    parts += section("New and edited", _news(facts), _more(facts.news))
    parts += section("Rejected and put off", _reasons(facts), _to_failures(facts))
    parts += section("Endpoints that could not be read", _endpoints(facts))
    parts += section("Slowest hosts", _hosts(facts))
    return "\n\n".join(part for part in parts if part)


def _told(report: RunReport, facts: RunFacts) -> str:
    asked = f"{facts.endpoints} endpoint(s) asked, {facts.named} new URL(s) named. " if facts.endpoints else ""
    copy = "The read copy is renewed." if report.published else "The read copy stays as it was."
    return f"{asked}{_took(report, facts)}{copy}"


def _took(report: RunReport, facts: RunFacts) -> str:
    """How long it took, by the run's clock; nothing where that stands still, as in the demo."""
    if not report.seconds:
        return ""
    usual = f" (usual: {seconds(facts.usual_seconds)})" if facts.usual_seconds is not None else ""
    return f"It took {seconds(report.seconds)}{usual}. "


def _sources(report: RunReport, facts: RunFacts) -> str:
    usual = {(each["source"], each["outcome"]): each["attempts"] for each in facts.usual}
    outcomes = [each for each in Outcome if report.total(each) or (each in COUNTED and _is_usual(usual, each))]
    rows = [_source(source, counts, usual, outcomes) for source, counts in sorted(report.ledger.items())]
    return table(["source", "attempted#", *(f"{each}#" for each in outcomes)], rows) if rows else ""


def _source(
    source: str, counts: Mapping[str, int], usual: Mapping[tuple[str, str], float], outcomes: Sequence[Outcome]
) -> list[object]:
    known = any(name == source for name, _ in usual)
    before = sum(value for (name, _), value in usual.items() if name == source) if known else None
    cells = [_beside(counts.get(each, 0), usual.get((source, each), 0) if known else None) for each in outcomes]
    return [source, _beside(sum(counts.values()), before), *cells]


def _is_usual(usual: Mapping[tuple[str, str], float], outcome: Outcome) -> bool:
    return any(value for (_, name), value in usual.items() if name == outcome)


def _beside(count: int, usual: float | None) -> str:
    return f"{count}" if usual is None else f"{count} ({usual:g})"


def _usual_note(facts: RunFacts) -> str:
    runs = max((each["runs"] for each in facts.usual), default=0)
    return f"In brackets: the median of the last {runs} run(s) that attempted anything of the source." if runs else ""


def _news(facts: RunFacts) -> str:
    rows = (
        (each["outcome"], each["source"], link(each["title"] or each["url"], each["url"]), plain(each["published_at"]))
        for each in facts.news
    )
    return table(["", "source", "article", "published (UTC)"], rows) if facts.news else ""


def _more(news: Sequence[Record]) -> str:
    counts = {each["outcome"]: each["of_all"] for each in news}
    shown = {name: sum(each["outcome"] == name for each in news) for name in counts}
    more = [f"{counts[name] - shown[name]} more {name}" for name in counts if counts[name] > shown[name]]
    return f"And {', '.join(more)}." if more else ""


def _reasons(facts: RunFacts) -> str:
    columns = ["source", "outcome", "reason", "pages#", "one of them"]
    return table(columns, map(_reason, facts.reasons)) if facts.reasons else ""


def _reason(each: Record) -> tuple[object, ...]:
    example = each["example"]
    return each["source"], each["outcome"], each["reason"], each["attempts"], link(path(example), example)


def _to_failures(facts: RunFacts) -> str:
    return Raw("The artifact *failures* has them one by one.") if facts.failures else ""


def _endpoints(facts: RunFacts) -> str:
    rows = (
        (each["source"], link(each["url"], each["url"]), each["reason"], each["detail"])
        for each in facts.unread_endpoints
    )
    return table(["source", "endpoint", "reason", "detail"], rows) if facts.unread_endpoints else ""


def _hosts(facts: RunFacts) -> str:
    columns = ["host", "requests#", "median#", "longest#", "usual median#"]
    return table(columns, map(_host, facts.slow_hosts)) if facts.slow_hosts else ""


def _host(each: Record) -> tuple[object, ...]:
    times = (seconds(each[name]) for name in ("seconds", "longest", "usual_seconds"))
    return each["host"], each["requests"], *times
