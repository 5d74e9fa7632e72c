"""The replay flow: what was rejected is read again from the archive by today's rules. No network.

Only what ends otherwise than it did is loaded, with an attempt of its own in the ledger, so a second replay by the same
rules finds nothing to do. What ends the same way stays as it is.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from prefect import flow, runtime, task
from prefect.artifacts import acreate_markdown_artifact
from prefect.cache_policies import NO_CACHE

from broadsheet import archive, stages
from broadsheet.config import known_sources, read_settings
from broadsheet.errors import ArchiveError
from broadsheet.model import LoadBatch, Reason
from broadsheet.warehouse.replaying import Quarantined, quarantined
from flows import load
from flows.again import neighbour_works
from flows.conclude import conclude
from flows.extract import rows_of, works_of
from flows.progress import watcher
from flows.recover import leftovers
from flows.scene import Scene, finished, opened, scene

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.model import FetchedPage
    from broadsheet.stages import Row

STILL = "still"
NOT_KEPT = "not kept"

Became = Counter[tuple[str, str]]
"""How many answers of which reason became what: article, another reason, `still` the same, `not kept` any more."""


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """What became of the answers, by the reason they had; whether that was loaded, and the read copy renewed."""

    became: Became
    run_id: str
    loaded: bool
    published: bool

    @property
    def changed(self) -> int:
        """How many ended otherwise than before."""
        return sum(count for (_, now), count in self.became.items() if now not in {STILL, NOT_KEPT})

    def as_json(self) -> dict[str, Any]:
        """The report as a program reads it."""
        became: dict[str, dict[str, int]] = {}
        for (before, now), count in sorted(self.became.items()):
            became.setdefault(before, {})[now] = count
        told = {"run_id": self.run_id, "read": self.became.total(), "changed": self.changed, "became": became}
        return told | {"loaded": self.loaded, "published": self.published}

    def sentence(self) -> str:
        """What happened, in a line."""
        would = "ended" if self.loaded else "would end"
        return f"{self.became.total()} rejected answer(s) read again: {self.changed} {would} otherwise."

    def markdown(self) -> str:
        """The table for the run page."""
        rows = [f"| {before} | {now} | {count} |" for (before, now), count in sorted(self.became.items())]
        return "\n".join(
            [f"**{self.sentence()}**", "", "| was rejected as | is now | answers |", "|---|---|---:|", *rows]
        )


def _run_name() -> str:
    reasons = ", ".join(runtime.flow_run.parameters["reasons"] or ["what was rejected"])
    return f"replay {reasons} · {read_settings().clock():%d %b %H:%M}"


@flow(name="replay", flow_run_name=_run_name)
async def replay(
    reasons: list[Reason] | None = None,
    sources: list[str] | None = None,
    since: date | None = None,
    dry_run: bool = False,  # noqa: FBT001, FBT002 - Prefect makes a form of it
) -> ReplayReport:
    """Read what was rejected again from the archive, by today's rules, and load what ends otherwise.

    Args:
        reasons: Reasons of rejection; none means all that reading decides.
        sources: Names of sources; none means all.
        since: Only answers captured on that day (UTC) or later.
        dry_run: Read and count, load nothing.
    """
    settings = read_settings()
    with opened(settings, "replay", (), known_sources(settings.sources), watcher()) as stage:
        load.begun(stage, leftovers(stage))
        found = _found(stage, reasons or (), sources or (), since)
        stage.progress.stage("replay", len(found), "pages")
        became = await asyncio.to_thread(_all, stage, found, dry_run=dry_run)
        report = ReplayReport(became, stage.run.run_id, loaded=not dry_run, published=False)
        if dry_run:
            _abandoned(stage)
        else:
            report = replace(report, published=(await conclude(stage)).published)
        await acreate_markdown_artifact(report.markdown(), key="replay", description=report.sentence())
        return report


def _found(stage: Scene, reasons: Sequence[Reason], sources: Sequence[str], since: date | None) -> list[Quarantined]:
    instant = datetime(since.year, since.month, since.day, tzinfo=UTC) if since else None
    with load.opened(stage) as warehouse:
        found = quarantined(warehouse, reasons, sources, instant)
    load.recalled(stage, {each.url for each in found})
    return found


def _all(stage: Scene, found: Sequence[Quarantined], *, dry_run: bool) -> Became:
    size = stage.settings.batch_pages
    parts = (found[start : start + size] for start in range(0, len(found), size))
    return sum((read_again(list(part), dry_run) for part in parts), Counter())


def _abandoned(stage: Scene) -> None:
    """A rehearsal leaves its run in the ledger, with nothing attempted."""
    with load.opened(stage) as warehouse:
        warehouse.end_run(stage.run.run_id, "completed", stage.settings.clock())
    finished(stage)


@task(cache_policy=NO_CACHE, persist_result=False, task_run_name="replay")
def read_again(part: list[Quarantined], dry_run: bool) -> Became:  # noqa: FBT001 - a task's plain value
    """Read one batch of rejected answers, and load those that end otherwise."""
    stage = scene()
    pages = [(each, page) for each in part if (page := _page(stage, each))]
    works = works_of(stage, (page for _, page in pages))
    rows = list(rows_of(stage, works))
    told = [(each.reason, _became(each, row)) for (each, _), row in zip(pages, rows, strict=True)]
    paired = zip(rows, pages, told, strict=True)
    changed = {each: row for row, (each, _), (_, now) in paired if now != STILL}
    if changed and not dry_run:
        wanted = {row["url"] for row in changed.values()}
        _load(
            stage, changed, list(rows_of(stage, list(neighbour_works(stage, (w for w in works if w[0].url in wanted)))))
        )
    stage.progress.advance(len(part))
    lost = Counter((each.reason.value, NOT_KEPT) for each in part) - Counter(
        (e.reason.value, NOT_KEPT) for e, _ in pages
    )
    return Counter((reason.value, now) for reason, now in told) + lost


def _page(stage: Scene, each: Quarantined) -> FetchedPage | None:
    """The page in the archive, under the URL and source that it was attempted for; None: it is not there any more."""
    try:
        return replace(archive.read_one(stage.data, each.position), url=each.url, source=each.source)
    except ArchiveError as error:
        stage.progress.say(f"not read again: {error}")
        return None


def _became(before: Quarantined, row: Row) -> str:
    if row["disposition"] == "rejected":
        return STILL if row["reason"] == before.reason else f"rejected: {row['reason']}"
    return str(row["disposition"])


def _load(stage: Scene, changed: Mapping[Quarantined, Row], earlier: Sequence[Row]) -> None:
    """One stage file and its load, as of a WARC file's records: each is an attempt, also of one URL twice."""
    key = batch_key(changed)
    path = stage.folder / f"{key}.jsonl.gz"
    if earlier:
        stages.write(stages.earlier_file(path), earlier)
    stages.write(path, changed.values())
    load.loaded(stage, [LoadBatch(key, str(path))], replace(stage.run, kind="warc"))


def batch_key(changed: Mapping[Quarantined, Row]) -> str:
    """The same outcomes in place of the same attempts, the same key: they are loaded once.

    Rules that went there and back, and there again, replace other attempts than the first time.
    """
    told = hashlib.sha256(b"replay")
    for before, row in changed.items():
        told.update("\n".join((str(before.load_id), *_outcome(row))).encode())
    return told.hexdigest()[:32]


def _outcome(row: Row) -> Iterator[str]:
    reading = row["extraction"]["extraction_id"] if row["extraction"] else ""
    return (str(each) for each in (row["url"], row["captured_at"], row["disposition"], row["reason"], reading, ""))
