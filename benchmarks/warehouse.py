"""`python -m benchmarks.warehouse [--articles N] [--folder DIR]`: the warehouse with a million articles nobody wrote.

Prints what a batch of 1,000 articles takes to load beside a bare `insert ... select` of the same stage file into an
empty table of the same database, in turn; what publishing takes beside a plain copy of the same files; what each mart's
question takes (the median of five); what the checks take; and bytes an article. A folder that is there is used again.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import shutil
import statistics
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.synthetic import fill, sentences
from broadsheet.model import LoadBatch, Run, stable_id
from broadsheet.warehouse import Files, open_read_copy, open_warehouse, publish
from broadsheet.warehouse.reference import questions
from broadsheet.warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from duckdb import DuckDBPyConnection

    from broadsheet.warehouse import Warehouse

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
BATCH, ROUNDS = 1000, 7
FIELDS = ("title", "authors", "published_at", "section", "tags", "language", "description", "images")
LINES = 30  # candidates an article of a real paper has


def row(number: int, text: str) -> dict[str, Any]:
    """The stage row of a new article."""
    source = f"paper-{number % 100:02d}"
    url, title = f"https://{source}.test/2026/11/20/fresh-{number}", f"Fresh story {number} of {source}"
    digest = "sha256:" + hashlib.sha256(f"{title}{text}".encode()).hexdigest()
    evidence = [
        {"field": FIELDS[at % 8], "producer": "json-ld", "locator": f"meta[{at}]", "value": title, "raw": f"{title}!",
         "raw_hash": hashlib.sha256(f"{number} {at}".encode()).hexdigest(), "chosen": at < 8}
        for at in range(LINES)
    ]  # fmt: skip
    extraction = {
        "extraction_id": stable_id(f"{digest}|{url}|1"), "version": "1", "page_kind": "article", "kind_evidence": "og",
        "canonical_url": url, "canonical_id": stable_id(url), "title": title, "authors": ["Ann Lee"],
        "author_kinds": ["person"], "published_at": "2026-11-20T06:00:00+00:00", "published_on": "2026-11-20",
        "published_precision": "minute", "published_offset_minutes": 60, "published_zone_source": "page",
        "modified_at": None, "modified_on": None, "section": "City", "tags": ["bridges", "traffic"], "language": "en",
        "declared_language": "en", "description": text[:120],
        "images": [{"url": f"{url}/a.jpg", "caption": "", "credit": ""}], "site_name": source, "next_page": None,
        "access": "free", "text": text, "text_producer": "trafilatura", "word_count": len(text.split()),
        "dropped": [{"text": "Share this", "reason": "furniture"}], "evidence": evidence,
    }  # fmt: skip
    return {
        "url_id": stable_id(url), "url": url, "target": url, "source": source, "captured_at": NOW.isoformat(),
        "status": 200, "content_type": "text/html", "etag": f'"{number}"', "last_modified": None,
        "payload_digest": digest, "body_bytes": 20000, "tries": 1, "seconds": 0.25, "robots_line": "",
        "warc_file": "archive/a.warc.gz", "warc_offset": number * 1000, "warc_length": 900, "disposition": "article",
        "reason": None, "detail": "", "content_hash": hashlib.sha256(f"{title}{text}".encode()).hexdigest(),
        "extraction": extraction,
    }  # fmt: skip


def stage(path: Path, first: int) -> Path:
    """A stage file of BATCH new articles."""
    rng, known = random.Random(first), sentences()
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as file:
        for number in range(first, first + BATCH):
            text = " ".join(rng.choices(known, k=22)) + f" ({number})"
            file.write(json.dumps(row(number, text), separators=(",", ":")) + "\n")
    return path


def took(work: Callable[[], object]) -> float:
    """Seconds of the wall that a piece of work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def loads(warehouse: Warehouse, folder: Path) -> None:
    """A batch of 1,000 articles beside a bare insert of the same rows, in turn."""
    connection, session = warehouse.session.connection, warehouse.session
    read = statement("load/read")[0].split("as\n", 1)[1]
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
    parser.add_argument("--articles", type=int, default=1_000_000)
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
        loads(warehouse, given.folder)
        publishing(warehouse, data)
        print(f"all checks: {took(lambda: warehouse.check(NOW)):.1f} s")
    print("questions:")
    asked(data)


if __name__ == "__main__":
    main()
