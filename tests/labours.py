"""Tasks for worker processes, good and bad; a module of their own, so that workers load nothing else."""

import itertools
import os
import re
import resource
import signal
import sys
import time


def work(item):
    """The item itself, or what its name says."""
    return DEEDS[item]() if isinstance(item, str) else item


def loop():
    while True:
        pass


def kill_at_leisure():
    time.sleep(0.05)
    return os.getpid()


def fail():
    raise KeyError("no such thing")


def deep():
    return deep() + 1


DEEDS = {
    "loop": loop,
    "stuck in C": lambda: sum(itertools.repeat(0)),  # keeps the interpreter's lock and looks at no signal
    "stuck in a regular expression": lambda: re.match(r"(a+)+b", "a" * 60),
    "exit": lambda: os._exit(3),
    "exit well": lambda: os._exit(0),
    "leave": lambda: sys.exit(4),
    "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "eat": lambda: bytes(8 << 30),
    "eat bit by bit": lambda: [bytes(1 << 20) for _ in range(8 << 10)],
    "fail": fail,
    "recurse": deep,
    "interrupt": lambda: os.kill(os.getpid(), signal.SIGINT),
    "pid": kill_at_leisure,
    "unpicklable": lambda: lambda: None,
    "limits": lambda: (resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CORE)),
    "modules": lambda: sorted(sys.modules),
}
