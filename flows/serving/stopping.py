"""How runs end before the tree does: drained (no new one begins, those at work finish) or cancelled."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flows.serving.api import NoAnswer
from flows.serving.deploying import pause_pool
from flows.serving.healing import active_runs, close
from flows.serving.processes import flow_processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from flows.serving.api import Api

PATIENCE: Final = 20.0  # seconds that a cancelled run has to end by itself


@dataclass(frozen=True, slots=True)
class Ours:
    """The runs that a tree answers for: all of the pool at a server of its own, else those that work in its folder."""

    api: Api
    data: Path
    alone: bool

    def runs(self) -> list[dict[str, Any]]:
        """Those that are pending, running or being cancelled."""
        runs = active_runs(self.api)
        here = flow_processes(self.data) or {}
        return runs if self.alone else [run for run in runs if run["id"] in here]


def drain(ours: Ours, say: Callable[[str], None]) -> None:
    """Let no new run begin, and wait for those at work; interrupted, the pool goes on as before."""
    api = ours.api
    pause_pool(api, paused=True)
    told = -1
    try:
        while runs := ours.runs():
            if len(runs) != told:
                told = len(runs)
                say(f"waiting for {told} run(s): {', '.join(str(run['name']) for run in runs)}; --now cancels them")
            time.sleep(1)
    except BaseException:
        pause_pool(api, paused=False)
        raise


def cancel_runs(ours: Ours, say: Callable[[str], None]) -> None:
    """Cancel the runs at work, end their processes, and leave none open. A server that is away changes nothing."""
    api = ours.api
    with suppress(NoAnswer):
        pause_pool(api, paused=True)
        if runs := ours.runs():
            say(f"cancelling {len(runs)} run(s); what they kept is taken up by the next")
            for run in runs:
                state = {"type": "CANCELLING", "name": "Cancelling", "message": "Broadsheet is being stopped"}
                api.post(f"/flow_runs/{run['id']}/set_state", {"state": state, "force": True})
            _wait(ours)
            end_processes(flow_processes(ours.data) or {})
            close(api, [run for run in active_runs(api) if run["id"] in {each["id"] for each in runs}])


def _wait(ours: Ours) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and ours.runs():
        time.sleep(0.5)


def end_processes(at_work: Mapping[str, Iterable[int]]) -> int:
    """Kill what still works on these runs, for everything they do survives that; how many processes."""
    pids = [pid for found in at_work.values() for pid in found]
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return len(pids)
