"""How worker processes come into the world and leave it: forked from a clean server, limited, bound to their parent.

multiprocessing's forkserver does the work. It differs here in one point: a child does not run the program's main module
again, which may be a console script, pytest, or a script of the user's without a guard.
"""

from __future__ import annotations

import fcntl
import io
import multiprocessing
import os
import resource
import signal
from multiprocessing import forkserver, popen_forkserver, reduction, spawn, util
from multiprocessing.context import ForkServerContext, ForkServerProcess, set_spawning_popen
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.process import BaseProcess


class _Popen(popen_forkserver.Popen):
    """The standard library's `_launch` (3.11 to 3.14 agree), but that the child is told of no main module."""

    _fds: list[int]  # what the child inherits, filled while its process object is pickled

    def _launch(self, process_obj: BaseProcess) -> None:
        known = spawn.get_preparation_data(process_obj.name)
        told = {key: value for key, value in known.items() if not key.startswith("init_main")}
        message = io.BytesIO()
        set_spawning_popen(self)
        try:
            reduction.dump(told, message)
            reduction.dump(process_obj, message)
        finally:
            set_spawning_popen(None)
        self.sentinel, writer = forkserver.connect_to_new_process(self._fds)
        kept = os.dup(writer)  # its closing, by our death at the latest, is what the child watches for
        self.finalizer = util.Finalize(self, _closed, (kept, self.sentinel))
        with open(writer, "wb") as pipe:  # noqa: PTH123 - a descriptor has no path
            pipe.write(message.getbuffer())
        self.pid = forkserver.read_signed(self.sentinel)


def _closed(*descriptors: int) -> None:
    for each in descriptors:
        os.close(each)


class _Process(ForkServerProcess):
    @staticmethod
    def _Popen(process_obj: BaseProcess) -> _Popen:  # noqa: N802 - multiprocessing's name
        return _Popen(process_obj)


class _Context(ForkServerContext):
    Process = _Process


def context(module: str) -> ForkServerContext:
    """A start method for processes in which `module` is loaded already, if no other server was started before."""
    made = _Context()
    made.set_forkserver_preload([module])
    return made


def module_of(task: Callable[..., Any]) -> str:
    """The module a callable is imported from. Raises ValueError if that is the program's main module."""
    module = getattr(getattr(task, "func", task), "__module__", None) or "builtins"
    if module == "__main__":
        raise ValueError(f"{task!r} must live in a module that workers can import")
    return str(module)


def prepared(memory: int) -> None:
    """What a worker does first: take its limits, and bind its life to its parent's. `memory` is in bytes."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # dies at once, also in the middle of C code
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CORE, 0)
    _die_with_parent()


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (allowed, allowed))


def _die_with_parent() -> None:
    """Have the kernel send SIGIO, which kills, when the pipe from the parent closes.

    PR_SET_PDEATHSIG would watch the fork server, which lives as long as its children do. A thread would wait for the
    interpreter's lock, which a regular expression can hold for minutes.
    """
    parent = multiprocessing.parent_process()
    assert parent is not None, "a worker has a parent"
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGIO})
    fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, fcntl.fcntl(parent.sentinel, fcntl.F_GETFL) | os.O_ASYNC)
    if not parent.is_alive():
        os._exit(1)
