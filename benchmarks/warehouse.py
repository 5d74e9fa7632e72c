"""`python -m benchmarks.warehouse [--articles N] [--folder DIR]`: the warehouse with many articles nobody wrote.

Prints bytes an article; what gathering all articles into clusters takes as they grow in number, and 1,000 more beside
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
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.batches import BATCH, NOW, stage
from benchmarks.clock import Clock, memory, took
from benchmarks.synthetic import fill
from broadsheet.model import LoadBatch, Run
from broadsheet.warehouse import Files, open_read_copy, open_warehouse, publish
from broadsheet.warehouse.clusters import AT_ONCE, gather_some
from broadsheet.warehouse.reference import questions
from broadsheet.warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

    from broadsheet.warehouse import Warehouse

ROUNDS = 7


def loads(warehouse: Warehouse, folder: Path) -> None:
    """A batch of 1,000 articles beside a bare insert of the same rows, in turn."""
    connection, session = warehouse.session.connection, warehouse.session
    read = "select * exclude (extraction), unnest(extraction) from " + statement("load/stage")[0].split("\nfrom ", 1)[1]
    first = session.run("load/next_load")[0][0] * BATCH
    pairs = []
    for number in range(ROUNDS):
        path = stage(folder / f"stage-{number}.jsonl.gz", first + number * BATCH)
        run = Run(f"bench-{first}-{number}", "warc", NOW)
        warehouse.begin_run(run)
        connection.execute(f"create or replace table bare as {read} limit 0", {"stage": str(path)})
        batch = LoadBatch(f"{run.run_id}-batch", str(path))
        bare = took(partial(connection.execute, f"insert into bare {read}", {"stage": str(path)}))
        load = took(partial(warehouse.load, batch, run, NOW + timedelta(hours=1)))
        pairs.append((bare, load))
    connection.execute("drop table bare")
    middle = [statistics.median(column) for column in zip(*pairs, strict=True)]
    ratio = statistics.median(load / bare for bare, load in pairs)
    print(f"load of {BATCH} articles: bare insert {middle[0]:.3f} s, load {middle[1]:.3f} s, ratio {ratio:.1f}")


def gathered(warehouse: Warehouse) -> None:
    """All articles that have no cluster yet, a line whenever they are ten times as many."""
    done, line, before = 0, BATCH, 0
    clock = Clock()
    while changed := gather_some(warehouse.session, now=NOW, most=max(BATCH, min(AT_ONCE, line - done))):
        done += changed
        if done >= line:
            wall, cpu = clock.lap()
            each = (done - before) / 1000
            print(f"  to {done:>9,} articles: {wall:7.1f} s, {cpu / each:.2f} ms of processor each, {memory()}")
            line, before = line * 10, done


def joined(warehouse: Warehouse) -> None:
    """Batches of articles that came since, each gathered beside all the others."""
    clock, laps = Clock(), []
    while gather_some(warehouse.session, now=NOW, most=BATCH):
        laps.append(clock.lap())
    wall, cpu = (statistics.median(column) for column in zip(*laps, strict=True))
    print(f"{BATCH} more gathered into clusters: {wall:.2f} s, processor {cpu:.2f} s, {memory()}")


def checked(warehouse: Warehouse) -> None:
    """All checks, then those of a run that brought a batch: the whole, and the slowest."""
    ((run_id,),) = warehouse.session.connection.execute("select max_by(run_id, load_id) from ops.load").fetchall()
    for what, run in (("all checks", None), ("checks of a run", run_id)):
        clock = Clock()
        warehouse.check(NOW + timedelta(hours=2), run)
        wall, cpu = clock.lap()
        print(f"{what}: {wall:.1f} s, processor {cpu:.1f} s")


def publishing(warehouse: Warehouse, data: Path) -> None:
    """Publishing beside a plain copy of the same files."""
    files = Files(data)
    whole = took(lambda: publish(data, warehouse, anyway=True))
    plain = took(partial(copied, files.warehouse)) + took(partial(copied, files.evidence))
    size = sum(path.stat().st_size for path in (files.warehouse, files.evidence))
    print(f"publish {size / 1e9:.2f} GB: {whole:.1f} s, a plain copy of the files {plain:.1f} s")


def copied(path: Path) -> None:
    """Copy a file as `cp` and `sync` do, and throw the copy away."""
    copy = path.with_name("copy")
    shutil.copyfile(path, copy)
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    copy.unlink()


def asked(data: Path) -> None:
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
            print(f"  mart.{mart:<20} {statistics.median(seconds):6.3f} s")


def _answered(connection: DuckDBPyConnection, text: str, values: dict[str, Any]) -> None:
    connection.execute(text, values).fetchall()


def main(words: Sequence[str] | None = None) -> None:
    """Print the figures of this machine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=Path("benchmarks/results/warehouse"))
    given = parser.parse_args(words)
    data = given.folder / f"{given.articles}"
    fresh = not data.exists()
    with open_warehouse(data, now=NOW) as warehouse:
        if fresh:
            print(f"filled in {took(lambda: fill(warehouse, given.articles)):.0f} s")
    size = sum(path.stat().st_size for path in (Files(data).warehouse, Files(data).evidence))
    apart = Files(data).evidence.stat().st_size
    print(f"bytes an article: {size // given.articles:,}, of which evidence {apart // given.articles:,}")
    with open_warehouse(data, now=NOW) as warehouse:
        print("gathered into clusters:")
        gathered(warehouse)
        loads(warehouse, given.folder)
        joined(warehouse)
        checked(warehouse)
        publishing(warehouse, data)
    print("questions:")
    asked(data)


if __name__ == "__main__":
    main()
