"""A long backfill, killed at random and gone on with: beside one undisturbed pass, and its memory over time.

    python -m benchmarks.killed [--set FOLDER] [--files 20] [--records 50] [--bulk 2200000] [--kills 20]

The set is the press as an archive of years (benchmarks.collection), with broken records, foreign hosts, duplicates and
revisits. Each pass is the command itself in a process of its own, beside one Prefect server. Told are: whether the
tables are the same (`sql/checks/content_digest.sql`), how many batches were read again after a kill, and by how much
the memory of the whole process tree grew after the first batch.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import press
from benchmarks.collection import written
from benchmarks.figures import Figure
from broadsheet.warehouse import open_read_copy
from broadsheet.warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from broadsheet.model import FetchedPage
    from flows.read import PageWork
    from flows.scene import Scene

NOW: Final = "2026-03-20T12:00:00+00:00"
MEBIBYTE: Final = 1 << 20
EVERY: Final = 0.2  # seconds between two looks at the memory
PADDING: Final = 60_000  # bytes of script that a page of the press bears more
MOST: Final = 3  # batches that a killed pass begins
JITTER: Final = 1.0  # seconds into the last of them at which it is killed, at most


@dataclass(slots=True)
class Passes:
    """What came of a filling, however often it was begun. `memory` is of its last pass, MiB over time."""

    kills: int = 0
    begun: list[list[str]] = field(default_factory=list)  # the batches each pass began to read
    memory: list[float] = field(default_factory=list)

    @property
    def again(self) -> list[int]:
        """How many batches each pass but the first read that an earlier one had begun to read."""
        seen: set[str] = set()
        counts = []
        for batches in self.begun:
            counts.append(len(seen & set(batches)))
            seen |= set(batches)
        return counts[1:]

    @property
    def grown(self) -> float:
        """How far the memory rose above that of the first batch, in MiB."""
        return max(self.memory, default=0.0) - (self.memory[0] if self.memory else 0.0)


def filled(files: Sequence[Path], folder: Path, environment: Mapping[str, str], kills: int, seed: int = 20) -> Passes:
    """Fill a data folder to the end, killed so many times on the way. RuntimeError: a pass fails by itself."""
    folder.mkdir(parents=True, exist_ok=True)
    rng, done = random.Random(seed), Passes()
    while True:
        log = folder / f"pass-{len(done.begun)}.log"
        end = (rng.randint(1, MOST), rng.uniform(0, JITTER)) if done.kills < kills else (sys.maxsize, 0.0)
        code, done.memory = _pass(files, log, {**environment, "BROADSHEET_DATA": str(folder / "data")}, end)
        done.begun.append(log.read_text().split() if log.exists() else [])
        if code == 0:
            return done
        if code != -signal.SIGKILL:
            raise RuntimeError(f"a pass ended with {code}: {log.with_suffix('.err').read_text()[-2000:]}")
        done.kills += 1


def _pass(
    files: Sequence[Path], log: Path, environment: Mapping[str, str], end: tuple[int, float]
) -> tuple[int, list[float]]:
    """One pass, killed in the batch of that number, so many seconds in; how it ended, its memory since the first."""
    command = [sys.executable, "-m", "benchmarks.killed", "--log", str(log), *map(str, files)]
    memory: list[float] = []
    with log.with_suffix(".err").open("wb") as said:
        run = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=said)
        while run.poll() is None:
            time.sleep(EVERY)
            batches = log.read_text().count("\n") if log.exists() else 0
            if batches > 1:
                memory.append(sum(_resident(pid) for pid in _tree(run.pid)))
            if batches >= end[0]:
                time.sleep(end[1])
                run.kill()
        return run.wait(), memory


def _tree(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _tree(int(child))


def _resident(pid: int) -> float:
    """Memory of a process, in MiB; 0: it is gone."""
    with suppress(OSError, ValueError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / MEBIBYTE
    return 0.0


def digest(data: Path) -> str:
    """What the tables say."""
    with open_read_copy(data) as connection:
        return str(connection.execute(statement("checks/content_digest")[0]).fetchall())


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A Prefect server for all passes: one that each started for itself would outlive its kill."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    environment = os.environ | {"PREFECT_HOME": str(folder / "prefect"), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        while server.poll() is None:
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=2):
                break
            time.sleep(0.5)
        yield f"http://127.0.0.1:{port}/api"
    finally:
        server.terminate()
        server.wait(60)


def compared(files: Sequence[Path], folder: Path, kills: int, api: str) -> Iterator[Figure]:
    """One filling killed so often, one not, and how the two compare."""
    hosts = folder / "hosts.txt"
    hosts.write_text("\n".join(press.HOSTS))
    environment = os.environ | {
        "BROADSHEET_SOURCES": str(folder / "none.toml"),
        "BROADSHEET_NOW": NOW,
        "BROADSHEET_WORKERS": "2",
        "BROADSHEET_BATCH_PAGES": "20",
        "PREFECT_API_URL": api,
        "BROADSHEET_BENCH_HOSTS": str(hosts),
    }
    whole = filled(files, folder / "whole", environment, 0)
    yield Figure("backfill", "memory grows, undisturbed", whole.grown, "MiB", "lower", bar="at most 300")
    died = filled(files, folder / "killed", environment, kills)
    yield Figure("backfill", "memory grows, last pass", died.grown, "MiB", "lower", bar="at most 300")
    yield Figure("backfill", "kills", died.kills, "times")
    note = f"{Counter(died.again)} by kill; {len(whole.begun[0])} batches"
    yield Figure("backfill", "batches read again by a kill", max(died.again, default=0), "at most", "lower", note=note)
    same = digest(folder / "killed" / "data") == digest(folder / "whole" / "data")
    yield Figure("backfill", "the same tables as undisturbed", float(same), "1: yes", "higher", bar="1")


def logged(log: Path, files: Sequence[str]) -> None:
    """The command, each batch that it begins to read written down before; what `_pass` starts."""
    from flows import cli, extract  # noqa: PLC0415 - the command loads them when it runs

    works_of = extract.works_of

    def telling(stage: Scene, pages: Iterable[FetchedPage]) -> list[PageWork]:
        batch = list(pages)
        with log.open("a") as file:
            file.write(f"{extract.key_of(batch)}\n")
        return works_of(stage, batch)

    extract.works_of = telling
    sys.argv = ["broadsheet", "backfill", "files", *files, "--hosts", os.environ["BROADSHEET_BENCH_HOSTS"]]
    cli.main()


def main(words: Sequence[str] | None = None) -> None:
    """Make the set, fill it twice, and print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--set", type=Path, help="Folder in which the set is made, or was.")
    options.add_argument("--files", type=int, default=20)
    options.add_argument("--records", type=int, default=50, help="Records of a file.")
    options.add_argument("--bulk", type=int, default=2_200_000, help="Bytes of the foreign page after each record.")
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--log", type=Path, help=argparse.SUPPRESS)
    given, paths = options.parse_known_args(words)
    if given.log:
        logged(given.log, paths)
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        files = written(given.set or folder / "set", given.files, given.records, padding=PADDING, bulk=given.bulk)
        size = given.files * given.records * (given.bulk + PADDING) / MEBIBYTE
        print(f"{len(files)} files, {size:,.0f} MiB of pages", flush=True)
        with served(folder) as api:
            for figure in compared(files, folder, given.kills, api):
                print(f"{figure.name}: {figure.value:.0f} ({figure.unit}) {figure.note}", flush=True)


if __name__ == "__main__":
    main()
