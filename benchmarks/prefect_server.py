"""A Prefect server in a process of its own, the CPU it takes, and the size of its database."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

IDLE: Final = 20.0  # seconds over which the idle server is watched
AGED: Final = {
    "flow_run": ("created", "updated", "start_time", "end_time", "expected_start_time"),
    "task_run": ("created", "updated", "start_time", "end_time"),
    "log": ("created", "updated", "timestamp"),
    "artifact": ("created", "updated"),
    "events": ("occurred", "received", "recorded"),
    "event_resources": ("occurred",),
}
"""The tables that grow with runs, and their times."""


class Server:
    """Prefect's server in a process of its own, its database in a folder."""

    def __init__(self, home: Path, **more: str) -> None:
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
            command, env=os.environ | quiet | more, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
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
        if self._process.poll() is None:
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
def served(home: Path, **more: str) -> Iterator[Server]:
    """A server, until the context ends."""
    server = Server(home, **more)
    try:
        yield server
    finally:
        server.end()


def aged(database: Path) -> None:
    """Make all that a database remembers older than is kept."""
    with closing(sqlite3.connect(database, timeout=60)) as connection:
        for table, columns in AGED.items():
            changed = ", ".join(f"{name} = strftime('%Y-%m-%d %H:%M:%f000', {name}, '-40 days')" for name in columns)
            connection.execute(f"update {table} set {changed}")
        connection.commit()


def rows(database: Path) -> dict[str, int]:
    """How many rows each table that grows still has; those with none are left out."""
    with closing(sqlite3.connect(database, timeout=60)) as connection:
        counts = {table: connection.execute(f"select count(*) from {table}").fetchone()[0] for table in AGED}
    return {table: count for table, count in counts.items() if count}
