"""Work of DuckDB beside the caller's thread, which can be stopped, and whose errors know their place."""

from __future__ import annotations

import contextlib
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import duckdb

from broadsheet.errors import StatementError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


@dataclass(slots=True)
class Watch:
    """Runs the parts of one statement in the other thread, and stops it when its time is over or on Ctrl-C."""

    connection: duckdb.DuckDBPyConnection
    beside: ThreadPoolExecutor
    text: str
    seconds: float | None
    before: int = 0
    used: float = 0.0

    def run(self, work: Callable[[], T]) -> T:
        """What the work answers. KeyboardInterrupt and the end of the time stop the statement first."""
        begun = time.monotonic()
        future = self.beside.submit(work)
        try:
            with located(self.text, before=self.before):
                return future.result(None if self.seconds is None else max(self.seconds - self.used, 0))
        except TimeoutError as error:
            self._stop(future)
            raise StatementError(f"stopped after {self.seconds:g} s, the limit that was set") from error
        except KeyboardInterrupt:
            self._stop(future)
            raise
        finally:
            self.used += time.monotonic() - begun

    def _stop(self, future: Future[T]) -> None:
        while not future.done():
            self.connection.interrupt()
            with contextlib.suppress(TimeoutError, duckdb.Error, KeyboardInterrupt):
                future.result(0.1)


@contextlib.contextmanager
def located(text: str, before: int = 0) -> Iterator[None]:
    """Errors of DuckDB as StatementErrors that know their place; the text begins `before` bytes into the statement."""
    try:
        yield
    except duckdb.Error as error:
        raise _told(error, text, before) from error


def _told(error: duckdb.Error, text: str, before: int) -> StatementError:
    kind, _, rest = str(error).partition(": ")
    try:
        told = json.loads(rest)
    except ValueError:
        return StatementError(str(error))
    said, place = f"{kind}: {told['exception_message']}", told.get("position")
    if place is None:
        return StatementError(said)
    at = min(max(int(place) - before, 0), len(text.encode()))
    return StatementError(said, text, len(text.encode()[:at].decode(errors="ignore")))
