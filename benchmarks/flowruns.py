"""One run of the ingest flow in a process of its own, with Prefect or without, and the CPU of all that it begins.

python -m benchmarks.flowruns meter prefect|direct     prints {"wall": seconds, "client": seconds of CPU}
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from concurrent.futures import Executor, Future

SUBREAPER: Final = 36  # PR_SET_CHILD_SUBREAPER (prctl(2))


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
    command = [sys.executable, "-m", "benchmarks.flowruns", "child", how]
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


if __name__ == "__main__":
    {"child": child, "meter": meter}[sys.argv[1]](sys.argv[2])
