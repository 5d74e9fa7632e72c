"""What Prefect adds to a run of a thousand pages: seconds and CPU, client and server, beside the stages without it.

    python -m benchmarks.orchestration [PAGES [ROUNDS]]

Both runs are this project's ingest flow over the same served pages, in turn, delays off, each in a new process and an
empty folder. One has Prefect's server (started before, its idle CPU taken off), the other has every task replaced by
the function in it, and leaves no artifacts. CPU is that of all processes of a run, its pool's too.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.fetching import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from concurrent.futures import Executor, Future

PAGES: Final = 1000
ROUNDS: Final = 3
HOSTS: Final = 10
BAR: Final = 0.15  # of the run without Prefect
IDLE: Final = 20.0  # seconds over which the idle server is watched
SOURCES: Final = 50
DAY: Final = 96  # runs, a quarter of an hour apart
NIGHT_RUNS: Final = 12  # runs with nothing due, by which the database's growth is measured
SUBREAPER: Final = 36  # PR_SET_CHILD_SUBREAPER (prctl(2))


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the wall, and of CPU: of the run's own processes, and of the server less what it takes when idle."""

    wall: float
    client: float
    server: float = 0.0

    @property
    def cpu(self) -> float:
        """All CPU of a run."""
        return self.client + self.server


# ── In the processes of runs ─────────────────────────────────────────────────────────────────────────────────────────


def child(how: str) -> None:
    """One run in this process. Modules are loaded before the clock starts; prints the seconds it took."""
    from broadsheet.config import read_settings  # noqa: PLC0415 - likewise
    from flows.cli.runs import prepare  # noqa: PLC0415 - Prefect's settings come before Prefect

    prepare(read_settings())
    run = {"prefect": _with_prefect, "direct": _direct}[how]()
    began, before = time.perf_counter(), _own_cpu()
    run()
    print(json.dumps({"wall": time.perf_counter() - began, "begun_at": before}), flush=True)


def _with_prefect() -> Callable[[], Any]:
    import asyncio  # noqa: PLC0415 - in this process alone

    from flows.ingest import ingest  # noqa: PLC0415 - likewise

    return lambda: asyncio.run(ingest())


def _direct() -> Callable[[], Any]:
    """The same flow with functions in the place of its tasks, and nobody to leave artifacts with."""
    import asyncio  # noqa: PLC0415 - in this process alone
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - likewise
    from contextlib import asynccontextmanager  # noqa: PLC0415 - likewise

    from flows import conclude, ingest  # noqa: PLC0415 - likewise

    @asynccontextmanager
    async def unseen(inner: object) -> AsyncIterator[object]:
        yield inner

    async def nothing(*_: object) -> None:
        pass

    crew = ThreadPoolExecutor(conclude.AT_ONCE)
    bare: dict[Any, dict[str, Any]] = {
        ingest: {name: getattr(ingest, name).fn for name in ("discover", "plan", "fetch_share")}
        | {"progress_page": unseen},
        conclude: {name: getattr(conclude, name).fn for name in ("load_group", "cluster", "publish")}
        | {"extract": _Submitted(crew, conclude.extract.fn), "summarised": nothing},
    }
    for module, names in bare.items():
        for name, function in names.items():
            setattr(module, name, function)
    return lambda: asyncio.run(ingest.ingest.fn())


class _Submitted:
    """A function that threads call, as `task.submit` does."""

    def __init__(self, crew: Executor, function: Callable[..., Any]) -> None:
        self._crew = crew
        self._function = function

    def submit(self, *values: object) -> Future[Any]:
        from contextvars import copy_context  # noqa: PLC0415 - in this process alone

        future = self._crew.submit(copy_context().run, self._function, *values)
        future.wait = future.result  # type: ignore[attr-defined] # Prefect's futures are waited for
        return future


def _own_cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def meter(how: str) -> None:
    """Run a child and wait for all that it leaves behind: pools of processes outlive whoever began them."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    command = [sys.executable, "-m", "benchmarks.orchestration", "child", how]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        lines = process.stdout.read().splitlines()
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    told = json.loads(lines[-1])
    print(json.dumps({"wall": told["wall"], "client": _own_cpu() - told["begun_at"]}), flush=True)


# ── Around them ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Server:
    """Prefect's server in a process of its own, its database in a folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = _free_port()
        quiet = {
            "PREFECT_HOME": str(home),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_UI_ENABLED": "false",
            "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        }
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(
            command, env=os.environ | quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._until_well()
        self.idle = 0.0

    @property
    def api(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/api"

    def cpu(self) -> float:
        """Seconds of CPU that it has taken so far, its children's too."""
        ticks = sum(_ticks(pid) for pid in _family(self._process.pid))
        return ticks / os.sysconf("SC_CLK_TCK")

    def watch_idle(self) -> None:
        """Learn how much CPU a second it takes while nobody asks anything."""
        before = self.cpu()
        time.sleep(IDLE)
        self.idle = (self.cpu() - before) / IDLE

    def size(self) -> tuple[int, int]:
        """Bytes of its database that are used, and of all of it."""
        with closing(sqlite3.connect(self.home / "prefect.db", timeout=60)) as database:
            pages, free, size = (
                database.execute(f"pragma {name}").fetchone()[0]
                for name in ("page_count", "freelist_count", "page_size")
            )
        return (pages - free) * size, pages * size

    def end(self) -> None:
        """Stop it."""
        self._process.terminate()
        self._process.wait(60)

    def _until_well(self) -> None:
        while True:
            try:
                with urllib.request.urlopen(f"{self.api}/health", timeout=2):
                    return
            except OSError:
                if self._process.poll() is not None:
                    raise
                time.sleep(0.2)


def _free_port() -> int:
    import socket  # noqa: PLC0415 - for this alone

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return sum(int(each) for each in fields[11:15])  # utime, stime, and those of children that were waited for


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [pid, *(each for child in children for each in _family(int(child)))]


@contextmanager
def served(home: Path) -> Iterator[Server]:
    """A server, warm and watched."""
    server = Server(home)
    try:
        yield server
    finally:
        server.end()


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
    command = [sys.executable, "-m", "benchmarks.orchestration", "meter", how]
    began = time.perf_counter()
    done = subprocess.run(command, env=given | address, check=True, capture_output=True, text=True)
    time.sleep(2)  # what the server does with events a moment later is the run's too
    spent = time.perf_counter() - began
    told = json.loads(done.stdout.splitlines()[-1])
    theirs = max(0.0, server.cpu() - before - server.idle * spent) if how == "prefect" else 0.0
    return Cost(told["wall"], told["client"], theirs)


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
        print(f"  round {number + 1}: {_pair(*pairs[-1])}", flush=True)
    return pairs


def _pair(mine: Cost, bare: Cost) -> str:
    return (
        f"wall {mine.wall:.1f} s beside {bare.wall:.1f} s, CPU {mine.client:.1f} + {mine.server:.1f} s of the server "
        f"beside {bare.client:.1f} s"
    )


def growth(port: int, server: Server, folder: Path) -> None:
    """Print what a day of quarter-hourly runs with nothing due adds to Prefect's database."""
    given = environment(folder / "night", port, SOURCES, sources=SOURCES)
    measured("prefect", given, server)
    first, _ = server.size()
    for _ in range(NIGHT_RUNS):
        measured("prefect", given, server)
    last, whole = server.size()
    a_day = (last - first) / NIGHT_RUNS * DAY / 1e6
    print(f"Prefect's database: {a_day:.1f} MB a day of {DAY} runs over {SOURCES} sources with nothing due", end="")
    print(f" ({(last - first) / NIGHT_RUNS / 1e3:.0f} KB a run; {whole / 1e6:.1f} MB now)")


def main(arguments: list[str]) -> None:
    """Print the figures of this machine."""
    pages, count = (int(each) for each in [*arguments, *map(str, (PAGES, ROUNDS)[len(arguments) :])])
    with tempfile.TemporaryDirectory() as name, serving() as port, served(Path(name) / "prefect") as server:
        folder = Path(name)
        for how in ("prefect", "direct"):  # warms the disk's cache and the server
            measured(how, environment(folder / f"warm-{how}", port, HOSTS), server)
        server.watch_idle()
        print(f"{pages} pages, {count} rounds in turn; the idle server takes {server.idle:.3f} s of CPU a second")
        pairs = rounds(count, pages, port, server, folder)
        for what, ratios in {
            "seconds": [mine.wall / bare.wall - 1 for mine, bare in pairs],
            "CPU, server's too": [mine.cpu / bare.cpu - 1 for mine, bare in pairs],
            "CPU of the client": [mine.client / bare.client - 1 for mine, bare in pairs],
        }.items():
            print(f"Prefect adds {statistics.median(ratios):.1%} of {what} (bar: {BAR:.0%})", flush=True)
        growth(port, server, folder)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["child", how]:
            child(how)
        case ["meter", how]:
            meter(how)
        case arguments:
            main(arguments)
