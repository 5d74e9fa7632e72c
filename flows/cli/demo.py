"""`broadsheet demo`: the whole pipeline against the sample press, on real HTTP, in a folder of its own."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import threading
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import typer

import press
from broadsheet.config import read_settings
from broadsheet.errors import Transient
from broadsheet.warehouse import open_read_copy
from flows.cli.runs import ingested, made, told
from flows.cli.tables import printed
from press.server import serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from press.server import Press

SAMPLE = """
select source, published_at, title, word_count
from mart.articles
qualify row_number() over (partition by source order by published_at desc) = 1
order by source
""".strip()


def demonstrate(data: Path, *, edition: int, port: int, as_json: bool) -> None:
    """Serve an edition, run the flow, print what came. Each run is an hour after the last, by the demo's own clock."""
    made(data)
    with _served(edition, port) as bound:
        os.environ.update(demo_environment(data, bound, demo_clock(data, edition)))
        report = ingested(read_settings())
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False))
        return
    told(report, as_json=False)
    _articles(data)
    _next(data, edition)


def demo_environment(data: Path, port: int, now: datetime) -> dict[str, str]:
    """The settings that lead a run to the press on that port, at that time; its sources are written into the folder."""
    sources = data / "sources.toml"
    sources.write_text(press.SOURCES_TOML, encoding="utf-8")
    return {
        "BROADSHEET_DATA": str(data),
        "BROADSHEET_SOURCES": str(sources),
        "BROADSHEET_RESOLVE": ",".join(f"{name}=127.0.0.1:{port}" for name in press.HOSTS),
        "BROADSHEET_NOW": now.isoformat(),
    }


def demo_clock(data: Path, edition: int) -> datetime:
    """The edition's morning, or an hour after the last run if that is later: then a part of the pages is due again."""
    first: datetime = press.NOW[edition]
    if not (data / "broadsheet.duckdb").exists():
        return first
    with open_read_copy(data) as connection:
        (last,) = connection.execute("select max(started_at) from ops.run").fetchone() or (None,)
    return max(first, last + timedelta(hours=1)) if last else first


def _articles(data: Path) -> None:
    typer.echo("\nIn the warehouse, by paper:")
    with open_read_copy(data) as connection:
        query = "select source, count(*) as articles, min(published_on) as earliest, max(published_on) as latest"
        counted = connection.execute(f"{query} from mart.articles group by all order by source").fetchall()
        sample = connection.execute(SAMPLE)
        columns, rows = [column[0] for column in sample.description], sample.fetchall()
    printed(["source", "articles", "earliest", "latest"], counted)
    typer.echo(f'\nA question and its answer:\n\n  broadsheet sql "\n{_indented(SAMPLE)}"\n')
    printed(columns, rows)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def _next(data: Path, edition: int) -> None:
    command = "broadsheet" if shutil.which("broadsheet") else sys.argv[0]  # `make demo` is not on the PATH
    at = f"BROADSHEET_DATA={data} {command}"
    lines = [
        f'{at} sql "from mart.source_health"',
        f"{at} status",
        f"{command} demo --data {data}" + ("   # again: asks what is due, changes nothing" if edition == 1 else ""),
        f"{command} demo --data {data} --edition 2   # the next morning: edits, a removal, new articles",
        "README.md, 'Point it at a site': your own sources",
    ]
    typer.echo("\nNext:\n" + "\n".join(f"  {line}" for line in lines))


@contextmanager
def _served(edition: int, port: int) -> Iterator[int]:
    """The sample press on loopback, in a thread with a loop of its own; yields the port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="sample press", daemon=True)
    thread.start()
    server = serve(port=port, edition=edition)
    try:
        yield _started(server, loop, port).port
        asyncio.run_coroutine_threadsafe(server.__aexit__(None, None, None), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def _started(server: AbstractAsyncContextManager[Press], loop: asyncio.AbstractEventLoop, port: int) -> Press:
    """The press at work. Transient: its port is in use."""
    try:
        return asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result()
    except OSError as error:
        raise Transient(f"port {port} is in use or forbidden; leave --port out to take a free one") from error
