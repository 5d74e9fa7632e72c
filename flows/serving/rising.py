"""A tree comes up, is minded, and goes down, in this process."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

from flows.serving.automations import make_automations
from flows.serving.children import PATIENCE
from flows.serving.demo import DemoClock, press_child
from flows.serving.deploying import deploy, first_run, make_pool
from flows.serving.minding import Minder
from flows.serving.notices import make_notices
from flows.serving.processes import ended
from flows.serving.server import server
from flows.serving.tree import read_tree
from flows.serving.worker import worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flows.serving.children import Child
    from flows.serving.plan import Plan
    from flows.serving.tree import Tree


def serve(plan: Plan, say: Callable[[str], None], when_ready: Callable[[Tree], None]) -> None:
    """Bring the tree up, say so, and mind it until SIGTERM or Ctrl-C; whoever calls is `alone`."""
    with stopped() as stop:
        clock = DemoClock(plan.demo.now) if plan.demo else None
        minder = Minder(plan, _children(plan), say, stop, clock)
        try:
            for step in (_server, _told, _worker):
                if not stop.is_set():
                    step(minder)
            if not stop.is_set():
                minder.ready()
                when_ready(minder.tree)
            minder.mind()
        finally:
            say("stopping")
            minder.end()
            say("stopped")


def sweep(data: Path, say: Callable[[str], None]) -> None:
    """End the children of a tree whose minder died; what worked for a run goes on, and tells its end by itself."""
    tree = read_tree(data)
    for child in reversed(tree.children) if tree else ():
        if child.is_alive:
            say(f"ending a {child.name} that was left behind (process {child.pid})")
            ended(child, seconds=PATIENCE.get(child.name, 10))


@contextmanager
def stopped() -> Iterator[Event]:
    """An event that SIGTERM, SIGINT and a closed terminal set; a second signal changes nothing."""
    stop = Event()
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in numbers}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _children(plan: Plan) -> tuple[Child, ...]:
    served = (press_child(plan.demo.port, plan.demo.now, plan.environment),) if plan.demo else ()
    ours = () if plan.port is None else (server(plan.port, plan.environment),)
    return (*served, *ours, worker(plan.environment))


def _server(minder: Minder) -> None:
    minder.say("starting" + (" the sample press and" if minder.plan.demo else "") + " Prefect's server")
    minder.begin("press")
    minder.begin("server")


def _told(minder: Minder) -> None:
    plan = minder.plan
    minder.heal(at_once=True)
    make_pool(plan.api)
    deploy(plan.deployments, plan.environment)
    make_automations(plan.api)
    secret = plan.settings.notify_url
    make_notices(plan.api, secret.get_secret_value() if secret else None)
    minder.heal()


def _worker(minder: Minder) -> None:
    minder.begin("worker")
    first_run(minder.plan.api)
