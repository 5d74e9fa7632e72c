"""What Prometheus is told: counts, ages and health, from the read copy and the notes of runs. No run waits for it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, Final

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from broadsheet import __version__
from broadsheet.lastruns import last_runs
from broadsheet.warehouse import Files, Session, open_read_copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from prometheus_client import Metric

    from broadsheet.config import Settings

Record = dict[str, Any]

TABLES: Final = ("totals", "sources", "attempts", "checks")
STATES: Final = ("ok", "low", "silent", "blocked", "redirected")
AGES: Final = {
    "polled": "an endpoint of the source was asked, as the read copy knows",
    "captured": "a page of the source was read, as the read copy knows",
    "new": "the source brought a new article",
}


def measures(settings: Settings) -> Iterator[Metric]:
    """Every metric, with the names that docs/monitor.md explains; those of the read copy once there is one."""
    now = settings.clock()
    yield _gauge("broadsheet_build", "The version at work.", {"version": __version__}, 1)
    yield from _of_runs(settings.data, now)
    yield from _of_disk(settings.data)
    if Files(settings.data).read_copy.exists():
        yield from _of_read_copy(settings.data, now)


def _of_runs(data: Path, now: datetime) -> Iterator[Metric]:
    noted = last_runs(data)
    kinds = [([kind], (now - each.ended_at).total_seconds()) for kind, each in noted.kinds.items()]
    yield _gauges("broadsheet_run_age_seconds", "Since a run of the kind ended.", ["kind"], kinds)
    well = [([kind], float(each.state == "completed")) for kind, each in noted.kinds.items()]
    yield _gauges("broadsheet_run_completed", "1: the last run of the kind completed, 0: it failed.", ["kind"], well)
    ages = [([name], (now - when).total_seconds()) for name, when in noted.sources.items()]
    yield _gauges("broadsheet_source_run_age_seconds", "Since a run over the source completed.", ["source"], ages)


def _of_disk(data: Path) -> Iterator[Metric]:
    files = Files(data)
    paths = {"warehouse": files.warehouse, "evidence": files.evidence, "read_copy": files.read_copy}
    sizes = [([name], float(path.stat().st_size)) for name, path in paths.items() if path.exists()]
    archive = sum(each.stat().st_size for each in (data / "archive").rglob("*.warc*") if each.is_file())
    yield _gauges("broadsheet_file_bytes", "Size on disk.", ["file"], [*sizes, (["archive"], float(archive))])
    free = shutil.disk_usage(data).free
    yield _gauge("broadsheet_disk_free_bytes", "Room left on the disk of the data folder.", {}, free)


def _of_read_copy(data: Path, now: datetime) -> Iterator[Metric]:
    with open_read_copy(data) as connection:
        session = Session(connection)
        tables = {name: session.records(f"metrics/{name}", {"now": now}) for name in TABLES}
    yield from _totals(tables["totals"][0])
    yield from _sources(tables["sources"])
    yield from _attempts(tables["attempts"])
    rows = [([each["name"], each["severity"]], float(each["found"])) for each in tables["checks"]]
    yield _gauges("broadsheet_check_rows", "Rows that a check found last.", ["check", "severity"], rows)


def _totals(row: Record) -> Iterator[Metric]:
    for name in ("articles", "versions", "urls"):
        yield _gauge(f"broadsheet_{name}", f"How many {name} there are.", {}, row[name])
    if row["loaded"] is not None:
        yield _gauge("broadsheet_load_age_seconds", "Since the last load that the read copy has.", {}, row["loaded"])


def _sources(rows: Sequence[Record]) -> Iterator[Metric]:
    for name, label in (("articles", "Articles of the source."), ("new_this_week", "New articles of a week.")):
        yield _gauges(f"broadsheet_source_{name}", label, ["source"], [([r["source"]], float(r[name])) for r in rows])
    for name, since in AGES.items():
        known = [([row["source"]], row[name]) for row in rows if row[name] is not None]
        yield _gauges(f"broadsheet_source_{name}_age_seconds", f"Since {since}.", ["source"], known)
    states = [([row["source"], state], float(state == row["state"])) for row in rows for state in STATES]
    yield _gauges("broadsheet_source_state", "1 for the state the source is in.", ["source", "state"], states)


def _attempts(rows: Sequence[Record]) -> Iterator[Metric]:
    counted = CounterMetricFamily(
        "broadsheet_attempts", "Attempts that ended so.", labels=["source", "outcome", "reason"]
    )
    for row in rows:
        counted.add_metric([row["source"], row["outcome"], row["reason"]], row["attempts"])
    yield counted


def _gauge(name: str, told: str, labels: Mapping[str, str], value: float) -> Metric:
    return _gauges(name, told, list(labels), [(list(labels.values()), value)])


def _gauges(name: str, told: str, labels: Sequence[str], rows: Iterable[tuple[list[str], float]]) -> Metric:
    made = GaugeMetricFamily(name, told, labels=labels)
    for values, value in rows:
        made.add_metric(values, value)
    return made
