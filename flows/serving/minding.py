"""The loop that minds the tree: begins its children in order, begins again what died, heals, and ends all in order."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from flows.folders import is_at_work
from flows.serving import healing
from flows.serving.api import NoAnswer
from flows.serving.deploying import pause_pool
from flows.serving.processes import flow_processes
from flows.serving.server import await_server
from flows.serving.stopping import Ours, cancel_runs, end_processes
from flows.serving.tree import Tree, log_of, minder, write_tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from threading import Event

    from flows.serving.children import Child
    from flows.serving.demo import DemoClock
    from flows.serving.plan import Plan

TICK: Final = 1.0  # seconds between two looks at the children
HEALING: Final = 5  # ticks between two looks at the runs
MOST_LOG: Final = 20 << 20  # bytes of a log, after which it is begun anew and the old one kept beside it


@dataclass(slots=True)
class Minder:
    """A tree at work: its children in the order in which they begin, and what it says."""

    plan: Plan
    children: tuple[Child, ...]
    say: Callable[[str], None]
    stop: Event
    clock: DemoClock | None = None
    tree: Tree = field(init=False)
    _suspects: set[str] = field(default_factory=set)
    _away: bool = False  # the server does not answer, and it was said

    def __post_init__(self) -> None:
        """Nothing runs yet."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self.tree = Tree(minder(), self.plan.api.url, demo=self.plan.demo is not None, begun_at=now)

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.plan.settings.data

    def begin(self, name: str) -> None:
        """Begin the child of that name, if the tree has one, and keep that it runs."""
        for child in self.children:
            if child.name == name:
                self.tree = self.tree.with_child(child.begin(self.data))
                write_tree(self.data, self.tree)
                if name == "server":
                    await_server(self.plan.api, child, self.data, self.stop.is_set)

    def ready(self) -> None:
        """Keep that everything is up."""
        self.tree = replace(self.tree, ready=True)
        write_tree(self.data, self.tree)

    def mind(self) -> None:
        """Look after the tree until it is to stop."""
        ticks = 0
        while not self.stop.wait(TICK):
            for child in self.children:
                self._revive(child)
            ticks += 1
            if ticks % HEALING == 0:
                self.heal()
                self._turn_pages()
                self._turn_logs()

    def heal(self, *, at_once: bool = False) -> None:
        """Close runs that were found without a process twice (`at_once`: once), and cancel late ones but the newest.

        With a server of others, whose workers may be anywhere, that is left to the automation and to the deployments.
        """
        if self.plan.port is None or (at_work := flow_processes()) is None:
            return
        try:
            dead = healing.unattended(healing.active_runs(self.plan.api), at_work, datetime.now(UTC), at_once=at_once)
            if at_once and not is_at_work(self.data):
                dead += healing.loose_runs(self.plan.api)
            sure = [run for run in dead if at_once or run["id"] in self._suspects]
            self._suspects = {str(run["id"]) for run in dead}
            late = healing.superfluous(healing.late_runs(self.plan.api))
            healed = healing.Healed(healing.close(self.plan.api, sure), healing.cancel(self.plan.api, late))
            for line in healed.lines():
                self.say(line)
            self._away = False
        except NoAnswer as error:
            if not self._away:
                self.say(f"{error}; looking again every {HEALING * TICK:.0f} s")
            self._away = True

    def end(self) -> None:
        """End it all: runs, worker, server, press. The pool of others goes on without our worker."""
        alone = self.plan.port is not None
        cancel_runs(Ours(self.plan.api, self.data, alone), self.say)
        for child in reversed(self.children):
            if child.process and not child.end():
                self.say(f"{child.name} did not end by itself and was killed")
        if not alone:
            with suppress(NoAnswer):
                pause_pool(self.plan.api, paused=False)
        if end_processes(flow_processes(self.data) or {}):
            self.say("ended what still worked on runs; the next `broadsheet up` closes them")
        self.tree = replace(self.tree, children=(), ready=False)
        write_tree(self.data, self.tree)

    def _revive(self, child: Child) -> None:
        code = child.died()
        if code is not None:
            told = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
            self.say(f"{child.name} {told}; beginning it again in {child.put_off():.0f} s")
        elif child.process is None and time.monotonic() >= child.due:
            self.tree = self.tree.with_child(child.begin(self.data))
            write_tree(self.data, self.tree)
            self.say(f"{child.name} is running again (process {child.process.pid if child.process else '?'})")

    def _turn_pages(self) -> None:
        if self.clock:
            with suppress(NoAnswer):
                self.clock.turn(self.plan.api, self.tree.child("press"))

    def _turn_logs(self) -> None:
        for child in self.children:
            log = log_of(self.data, child.name)
            if log.exists() and log.stat().st_size > MOST_LOG:
                log.with_suffix(".1.log").write_bytes(log.read_bytes())
                with log.open("r+b") as held:  # its writers append: they go on at the new end
                    held.truncate()
