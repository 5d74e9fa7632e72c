"""What Prefect adds to a run of a thousand pages: seconds and CPU, client and server, beside the stages without it.

    python -m benchmarks.orchestration [PAGES [ROUNDS]]

Both runs are this project's ingest flow over the same served pages, in turn, delays off, each in a new process and an
empty folder. One has Prefect's server (started before, its idle CPU taken off), the other has every task replaced by
the function in it, and leaves no artifacts. CPU is that of all processes of a run, its pool's too.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.fetching import serving
from benchmarks.figures import Figure, ratio
from benchmarks.prefect_server import Server, aged, rows, served

if TYPE_CHECKING:
    from collections.abc import Iterator

PART: Final = "orchestration"
PAGES: Final = 1000
ROUNDS: Final = 2
HOSTS: Final = 10
BAR: Final = "at most 1.15"
SOURCES: Final = 50
DAY: Final = 96  # runs, a quarter of an hour apart
NIGHT_RUNS: Final = 6  # runs with nothing due, by which the database's growth is measured
KEPT: Final = 30 * 86_400  # seconds for which Prefect remembers runs, as `broadsheet up` sets it
HASTY: Final = {"RETENTION_PERIOD": str(KEPT), "LOOP_SECONDS": "2", "ORPHAN_CLEANUP_LOOP_SECONDS": "2"}
PATIENCE: Final = 120  # seconds


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the wall, and of CPU: of the run's own processes, of the server, and of it less what it takes idle."""

    wall: float
    client: float
    whole_server: float = 0.0
    server: float = 0.0

    @property
    def cpu(self) -> float:
        """All CPU of a run."""
        return self.client + self.server


def environment(folder: Path, port: int, pages: int, sources: int = HOSTS) -> dict[str, str]:
    """The settings of a run over so many pages, shared out over the hosts, each with a list of its own."""
    folder.mkdir(parents=True)
    hosts = [f"h{n}.test" for n in range(sources)]
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_API")},
        "BROADSHEET_DATA": str(folder / "data"),
        "BROADSHEET_SOURCES": str(_sources(folder, hosts, pages // sources)),
        "BROADSHEET_RESOLVE": ",".join(f"{host}=127.0.0.1:{port}" for host in hosts),
        "BROADSHEET_WORKERS": "2",
        "BROADSHEET_LEAST_FREE_MB": "0",
        "BROADSHEET_BUDGET": str(pages),
    }


def _sources(folder: Path, hosts: list[str], each: int) -> Path:
    entries = (
        f'[[source]]\nname = "{host.partition(".")[0]}"\nhome = "http://{host}/"\ndelay = 0\nconnections = 4\n'
        f'endpoints = [{{ url = "http://{host}/list/{each}/{number * each}", kind = "list" }}]\n'
        for number, host in enumerate(hosts)
    )
    path = folder / "sources.toml"
    path.write_text("\n".join(entries))
    return path


def measured(how: str, given: dict[str, str], server: Server) -> Cost:
    """One run."""
    before = server.cpu()
    address = {"PREFECT_API_URL": server.api} if how == "prefect" else {}
    command = [sys.executable, "-m", "benchmarks.flowruns", "meter", how]
    began = time.perf_counter()
    done = subprocess.run(command, env=given | address, check=True, capture_output=True, text=True)
    time.sleep(2)  # what the server does with events a moment later is the run's too
    spent = time.perf_counter() - began
    told = json.loads(done.stdout.splitlines()[-1])
    whole = server.cpu() - before if how == "prefect" else 0.0
    return Cost(told["wall"], told["client"], whole, max(0.0, whole - server.idle * spent))


def rounds(count: int, pages: int, port: int, server: Server, folder: Path) -> list[tuple[Cost, Cost]]:
    """Pairs of runs: with Prefect, and without."""
    pairs = []
    for number in range(count):
        costs = {}
        for how in ("prefect", "direct") if number % 2 else ("direct", "prefect"):
            place = folder / f"{how}-{number}"
            costs[how] = measured(how, environment(place, port, pages), server)
            shutil.rmtree(place)
        pairs.append((costs["prefect"], costs["direct"]))
        print(f"  round {number + 1}: {_pair(*pairs[-1])}", file=sys.stderr, flush=True)
    return pairs


def _pair(mine: Cost, bare: Cost) -> str:
    return (
        f"wall {mine.wall:.1f} s beside {bare.wall:.1f} s, CPU {mine.client:.1f} + {mine.server:.1f} s of the server "
        f"beside {bare.client:.1f} s"
    )


def figures(pages: int = PAGES, count: int = ROUNDS) -> Iterator[Figure]:
    """What Prefect adds to seconds and CPU, and how its database grows and is kept small."""
    with tempfile.TemporaryDirectory() as name, serving() as port, served(Path(name) / "prefect") as server:
        folder = Path(name)
        for how in ("prefect", "direct"):  # warms the disk's cache and the server
            measured(how, environment(folder / f"warm-{how}", port, HOSTS), server)
        server.watch_idle()
        yield from _added(rounds(count, pages, port, server, folder), f"{pages:,} pages")
        yield growth(port, server, folder)
        server.end()
        yield bounded(server.home)


def _added(pairs: list[tuple[Cost, Cost]], words: str) -> Iterator[Figure]:
    kinds = {
        "seconds": [(mine.wall, bare.wall) for mine, bare in pairs],
        "CPU, the server's too": [(mine.cpu, bare.cpu) for mine, bare in pairs],
        "CPU of the run's own processes": [(mine.client, bare.client) for mine, bare in pairs],
    }
    for name, both in kinds.items():
        yield ratio(PART, f"{name}, with Prefect beside without", both, better="lower", bar=BAR, note=words)
    spent = statistics.median(mine.whole_server for mine, _ in pairs)
    yield Figure(PART, "CPU of the server in a run", spent, "s", note=f"{words}, what it takes idle in it")


def growth(port: int, server: Server, folder: Path) -> Figure:
    """What a day of quarter-hourly runs with nothing due adds to Prefect's database."""
    given = environment(folder / "night", port, SOURCES, sources=SOURCES)
    measured("prefect", given, server)
    first, _ = server.size()
    for _ in range(NIGHT_RUNS):
        measured("prefect", given, server)
    last, _ = server.size()
    a_run = (last - first) / NIGHT_RUNS
    note = f"{DAY} runs over {SOURCES} sources with nothing due, {a_run / 1e3:.0f} KB each"
    return Figure(PART, "growth of Prefect's database a day", a_run * DAY / 1e6, "MB", note=note)


def bounded(home: Path) -> Figure:
    """What of a database is still in use once its vacuum has been at runs that are older than it keeps them."""
    database = home / "prefect.db"
    aged(database)
    hasty = {f"PREFECT_SERVER_SERVICES_DB_VACUUM_{name}": value for name, value in HASTY.items()}
    with served(home, **hasty) as server:
        before, _ = server.size()
        until = time.monotonic() + PATIENCE
        while rows(database).get("artifact") and time.monotonic() < until:
            time.sleep(1)
        after, _ = server.size()
    note = f"{before / 1e6:.2f} MB in use became {after / 1e6:.2f} MB; left: {rows(database)}"
    return Figure(PART, "of Prefect's database once runs are too old", after / before, "of it", note=note)


def main(arguments: list[str]) -> None:
    """Print the figures of this machine."""
    for figure in figures(*(int(each) for each in arguments)):
        print(figure.line(), figure.note, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
