"""`python -m benchmarks.warehouse [--articles N] [--folder DIR]`: the warehouse with many articles nobody wrote.

Tells bytes an article; what gathering all articles into clusters takes as they grow in number, and 1,000 more beside
them; what a batch of 1,000 articles takes to load beside a bare `insert ... select` of the same stage file into a table
of the same database, in turn; what publishing takes beside a plain copy of the same files; what all checks take, and
those of a run; and each mart's question (the median of five). `--articles 1000000` is the size that issue 5 speaks of
and takes an hour at first; a folder that is there is used again, and its articles are gathered already.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import time
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.batches import BATCH, NOW, stage
from benchmarks.clock import Clock, memory, took
from benchmarks.figures import Figure, ratio
from benchmarks.synthetic import fill
from broadsheet.model import LoadBatch, Run
from broadsheet.warehouse import Files, open_read_copy, open_warehouse, publish
from broadsheet.warehouse.clusters import AT_ONCE, gather_some
from broadsheet.warehouse.reference import questions
from broadsheet.warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duckdb import DuckDBPyConnection

    from broadsheet.warehouse import Warehouse

PART: Final = "warehouse"
ARTICLES: Final = 100_000
FOLDER: Final = Path("benchmarks/results/warehouse")
ROUNDS: Final = 7
COPIES: Final = 3


def figures(articles: int = ARTICLES, folder: Path = FOLDER) -> Iterator[Figure]:
    """Everything that is measured of a warehouse of so many articles, made first if it is not there."""
    data, note = folder / f"{articles}", f"{articles:,} articles"
    if not data.exists():
        with open_warehouse(data, now=NOW) as warehouse:
            yield Figure(PART, f"filling, {note}", took(lambda: fill(warehouse, articles)), "s")
    yield from sizes(Files(data), articles)
    with open_warehouse(data, now=NOW) as warehouse:
        for step in (gathered, partial(loads, folder=folder), joined, checked, partial(publishing, data=data)):
            yield from (replace(each, note=f"{note}; {each.note}".strip("; ")) for each in step(warehouse))
    yield from (replace(each, note=note) for each in asked(data))


def sizes(files: Files, articles: int) -> Iterator[Figure]:
    """Bytes an article."""
    apart = files.evidence.stat().st_size
    size = files.warehouse.stat().st_size + apart
    yield Figure(PART, "bytes an article", size / articles, "bytes", note=f"of which evidence {apart // articles:,}")


def loads(warehouse: Warehouse, folder: Path) -> Iterator[Figure]:
    """Batches of 1,000 articles beside a bare insert of the same rows, in turn."""
    session, connection = warehouse.session, warehouse.session.connection
    read = "select * exclude (extraction), unnest(extraction) from " + statement("load/stage")[0].split("\nfrom ", 1)[1]
    first = session.run("load/next_load")[0][0] * BATCH
    pairs = [_loaded(warehouse, stage(folder / f"stage-{n}.jsonl.gz", first + n * BATCH), read) for n in range(ROUNDS)]
    connection.execute("drop table bare")
    for name, at in (("seconds", 0), ("processor", 1)):
        both = [(load[at], bare[at]) for load, bare in pairs]
        middle = " beside ".join(f"{statistics.median(column):.3f}" for column in zip(*both, strict=True))
        title = f"load of {BATCH:,} articles / bare insert ... select, {name}"
        yield ratio(PART, title, both, better="lower", bar="under 3" if not at else "", note=f"{middle} s")


def _loaded(warehouse: Warehouse, path: Path, read: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Seconds and those of the processor of a load, and of the bare insert before it."""
    connection, values = warehouse.session.connection, {"stage": str(path)}
    run = Run(f"bench-{path.stem}-{time.time_ns()}", "warc", NOW)
    warehouse.begin_run(run)
    connection.execute(f"create or replace table bare as {read} limit 0", values)
    clock = Clock()
    connection.execute(f"insert into bare {read}", values)
    bare = clock.lap()
    warehouse.load(LoadBatch(f"{run.run_id}-batch", str(path)), run, NOW + timedelta(hours=1))
    return clock.lap(), bare


def gathered(warehouse: Warehouse) -> Iterator[Figure]:
    """All articles that have no cluster yet, a figure whenever they are ten times as many."""
    done, line, before = 0, BATCH, 0
    clock = Clock()
    while changed := gather_some(warehouse.session, now=NOW, most=max(BATCH, min(AT_ONCE, line - done))):
        done += changed
        if done >= line:
            wall, cpu = clock.lap()
            each = cpu / (done - before) * 1000
            yield Figure(
                PART, f"gathering to {done:,}, processor an article", each, "ms", note=f"{wall:.1f} s, {memory()}"
            )
            line, before = line * 10, done


def joined(warehouse: Warehouse) -> Iterator[Figure]:
    """Batches of articles that came since, each gathered beside all the others."""
    clock, laps = Clock(), []
    while gather_some(warehouse.session, now=NOW, most=BATCH):
        laps.append(clock.lap())
    if laps:
        wall, cpu = (statistics.median(column) for column in zip(*laps, strict=True))
        yield Figure(
            PART, f"{BATCH:,} more gathered", cpu, "s", note=f"processor; {wall:.2f} s by the clock, {memory()}"
        )


def checked(warehouse: Warehouse) -> Iterator[Figure]:
    """All checks, then those of a run that brought a batch."""
    ((run_id,),) = warehouse.session.connection.execute("select max_by(run_id, load_id) from ops.load").fetchall()
    for what, run in (("all checks", None), ("checks of a run", run_id)):
        clock = Clock()
        warehouse.check(NOW + timedelta(hours=2), run)
        wall, cpu = clock.lap()
        yield Figure(PART, what, wall, "s", note=f"processor {cpu:.1f} s")


def publishing(warehouse: Warehouse, data: Path) -> Iterator[Figure]:
    """Publishing beside a plain copy of the same files."""
    files = Files(data)
    size = sum(path.stat().st_size for path in (files.warehouse, files.evidence))
    pairs = [
        (took(lambda: publish(data, warehouse, anyway=True)), sum(took(partial(copied, path)) for path in both(files)))
        for _ in range(COPIES)
    ]
    note = f"{size / 1e9:.2f} GB; {statistics.median(whole for whole, _ in pairs):.1f} s"
    yield ratio(PART, "publish / a plain copy and sync of the files", pairs, better="lower", note=note)


def both(files: Files) -> tuple[Path, Path]:
    """The files that a warehouse is."""
    return files.warehouse, files.evidence


def copied(path: Path) -> None:
    """Copy a file as `cp` and `sync` do, and throw the copy away."""
    copy = path.with_name("copy")
    shutil.copyfile(path, copy)
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    copy.unlink()


def asked(data: Path) -> Iterator[Figure]:
    """The question of each mart, put to the read copy."""
    with open_read_copy(data) as connection:
        (url, source) = connection.execute(
            "select url, source from core.article where versions > 1 order by published_at desc limit 1"
        ).fetchall()[0]
        values = {"url": url, "source": source, "now": NOW}
        for mart, text in questions().items():
            (parsed,) = connection.extract_statements(text)
            given = {name: values[name] for name in parsed.named_parameters}
            seconds = [took(partial(_answered, connection, text, given)) for _ in range(5)]
            yield Figure(PART, f"the question of mart.{mart}", statistics.median(seconds), "s", bar="under 1 s")


def _answered(connection: DuckDBPyConnection, text: str, values: dict[str, Any]) -> None:
    connection.execute(text, values).fetchall()


def main(words: Sequence[str] | None = None) -> None:
    """Print the figures of this machine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    given = parser.parse_args(words)
    for figure in figures(given.articles, given.folder):
        print(f"{figure.line()}  ({figure.note})", flush=True)


if __name__ == "__main__":
    main()
