"""What `broadsheet source` prints: findings, checks and lists, for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

from broadsheet.model import EndpointKind
from flows.cli.source_advice import advice
from flows.cli.tables import printed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from broadsheet.model import Source
    from flows.cli.source_adding import Finding
    from flows.cli.source_asking import Probe


def told(value: object) -> None:
    """One JSON document."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def finding_json(finding: Finding, entry: str, path: str, *, written: bool, now: datetime) -> dict[str, Any]:
    """A finding for a program."""
    chosen = set(finding.source.endpoints)
    endpoints = [_probe_json(probe, now) | {"chosen": probe.endpoint in chosen} for probe in finding.probes]
    told_ = {"name": finding.source.name, "home": finding.source.home, "language": finding.source.language}
    return told_ | {"file": path, "written": written, "endpoints": endpoints, "entry": entry}


def show_finding(finding: Finding, now: datetime) -> None:
    """A table: each endpoint that was named or answered, how much it names, how new, and whether it is taken."""
    chosen = set(finding.source.endpoints)
    rows = [
        (*_columns(probe, now), "taken" if probe.endpoint in chosen else _left(probe, finding.source, now))
        for probe in sorted(finding.probes, key=lambda probe: probe.endpoint not in chosen)
    ]
    printed(("kind", "endpoint", "articles", "newest", ""), rows)


def _left(probe: Probe, source: Source, now: datetime) -> str:
    return "adds nothing to those" if probe.is_well else advice(probe, source, now)[0]


def show_checks(probes: Mapping[str, Sequence[Probe]], sources: Mapping[str, Source], now: datetime) -> None:
    """A table: each endpoint of each source, what is wrong with it, and the way out."""
    rows = [
        (name, *_columns(probe, now), *(advice(probe, sources[name], now)))
        for name, found in probes.items()
        for probe in found
    ]
    printed(("source", "kind", "endpoint", "articles", "newest", "wrong", "way out"), rows)


def checks_json(
    probes: Mapping[str, Sequence[Probe]], sources: Mapping[str, Source], now: datetime
) -> list[dict[str, Any]]:
    """Checks for a program."""
    return [
        {"source": name}
        | _probe_json(probe, now)
        | dict(zip(("wrong", "way_out"), advice(probe, sources[name], now), strict=True))
        for name, found in probes.items()
        for probe in found
    ]


def _columns(probe: Probe, now: datetime) -> tuple[str, str, int, str]:
    newest = probe.newest(now)
    return probe.endpoint.kind, probe.endpoint.url, len(probe.found), f"{newest:%Y-%m-%d %H:%M}" if newest else ""


def _probe_json(probe: Probe, now: datetime) -> dict[str, Any]:
    newest = probe.newest(now)
    return {
        "url": probe.endpoint.url,
        "kind": probe.endpoint.kind,
        "status": probe.status,
        "articles": len(probe.found),
        "sitemaps": len(probe.children),
        "newest": newest and newest.isoformat(),
        "reason": probe.reason,
        "detail": probe.detail,
    }


def show_sources(sources: Sequence[Source]) -> None:
    """A table: a row a source."""
    printed(
        ("source", "home", "feeds", "sitemaps", "sections", "lists", "delay", "budget", "keep", "state"),
        [(s.name, s.home, *_counts(s), s.delay, s.budget, _keep(s), "paused" if s.paused else "runs") for s in sources],
    )


def _counts(source: Source) -> list[int]:
    kinds = [endpoint.kind for endpoint in source.endpoints]
    return [kinds.count(kind) for kind in EndpointKind]


def _keep(source: Source) -> str:
    return f"{source.keep.days} days" if source.keep.days else str(source.keep.what)


def sources_json(sources: Sequence[Source]) -> list[dict[str, Any]]:
    """Sources for a program, every key of sources.toml."""
    return [
        {
            "name": s.name,
            "home": s.home,
            "endpoints": [{"url": each.url, "kind": each.kind} for each in s.endpoints],
            "include": s.include,
            "exclude": s.exclude,
            "hosts": s.hosts,
            "delay": s.delay,
            "connections": s.connections,
            "budget": s.budget,
            "time_zone": s.time_zone,
            "language": s.language,
            "since": s.since and s.since.isoformat(),
            "keep": {"days": s.keep.days} if s.keep.days else s.keep.what,
            "poll": {"shortest": s.poll_shortest.total_seconds(), "longest": s.poll_longest.total_seconds()},
            "obey": s.obey,
            "paused": s.paused,
        }
        for s in sources
    ]
