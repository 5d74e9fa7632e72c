"""What `broadsheet up` keeps up: the tree, the server, its schedules, the worker, the runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

from flows.doctor.finding import fault, note, well
from flows.serving.api import Refused
from flows.serving.deploying import POOL
from flows.serving.healing import active_runs, late_runs, unattended
from flows.serving.processes import flow_processes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.doctor.finding import Finding
    from flows.serving.api import Api
    from flows.serving.tree import Tree

LATE: Final = timedelta(minutes=2)  # a run that is late for so long should have begun or been cancelled
SETTLING: Final = timedelta(minutes=2)  # in which a server has made the runs of a new schedule, busy as it may be
AGAIN: Final = "`broadsheet down`, then `broadsheet up`; `broadsheet logs` shows what it says"
NOT_FOUND: Final = 404


def tree(found: Tree | None) -> Iterator[Finding]:
    """The processes of `up`."""
    if not found or not (found.minder.is_alive or found.children):
        yield note("up", "Broadsheet is not up", "`broadsheet up --detach`")
        return
    if not found.minder.is_alive:
        left = ", ".join(f"{child.name} {child.pid}" for child in found.children if child.is_alive)
        told = f"`broadsheet up` was killed (process {found.minder.pid}){f'; it left {left}' if left else ''}"
        yield fault("up", told, "`broadsheet up --detach` takes up where it was")
        return
    gone = [child.name for child in found.children if not child.is_alive]
    if gone:
        yield fault("up", f"not running just now: {', '.join(gone)}", f"it is being begun again; if not: {AGAIN}")
    else:
        yield well("up", f"process {found.minder.pid}, {found.api}, since {found.begun_at}")


def server(api: Api) -> Finding:
    """Whether the server answers, in the version of the Prefect that is installed here."""
    version, ours = str(api.get("/admin/version")), metadata.version("prefect")
    if version != ours:
        return fault("server", f"{api.url} is Prefect {version}, here is {ours}", f"pip install prefect=={version}")
    return well("server", f"Prefect {version} answers at {api.url}")


def schedules(api: Api) -> Iterator[Finding]:
    """Whether each deployment with a schedule has runs ahead of it: a broken server makes none, and says nothing."""
    found = api.every("/deployments/filter", {"work_pools": {"name": {"any_": [POOL]}}})
    if not found:
        yield fault("schedules", "the server knows no deployment of ours", AGAIN)
    for deployment in found:
        if not any(schedule["active"] for schedule in deployment["schedules"]):
            continue
        if deployment["paused"]:
            yield note("schedules", f"{deployment['name']} is paused", "switch it on at its page in the UI")
        else:
            yield _ahead(api, deployment)


def _ahead(api: Api, deployment: Mapping[str, Any]) -> Finding:
    after = datetime.now(UTC).isoformat()
    wanted = {"state": {"type": {"any_": ["SCHEDULED"]}}, "expected_start_time": {"after_": after}}
    asked = {"flow_runs": wanted, "deployments": {"id": {"any_": [deployment["id"]]}}}
    runs = api.post("/flow_runs/filter", asked | {"sort": "EXPECTED_START_TIME_ASC", "limit": 1})
    if not runs and datetime.now(UTC) - max(_made(each) for each in deployment["schedules"]) < SETTLING:
        return note("schedules", f"{deployment['name']} is new to the server: its runs are to come", "ask again soon")
    if not runs:
        told = f"{deployment['name']} has a schedule, and the server creates no runs of it"
        return fault("schedules", told, f"SQLAlchemy 2.1 does that (see versions); once it is mended: {AGAIN}")
    return well("schedules", f"{deployment['name']}: next at {_minute(runs[0])}")


def _made(schedule: Mapping[str, Any]) -> datetime:
    """When the server was told of a schedule."""
    return datetime.fromisoformat(schedule["created"])


def worker(api: Api) -> Finding:
    """Whether somebody takes the runs."""
    try:
        pool = api.get(f"/work_pools/{POOL}")
    except Refused as error:
        if error.status != NOT_FOUND:
            raise
        return fault("worker", f"there is no work pool {POOL!r}", AGAIN)
    if pool["is_paused"]:
        told = f"the work pool {POOL!r} is paused: no run begins"
        return fault("worker", told, f"switch it on in the UI, or {AGAIN}")
    workers = [each["name"] for each in api.post(f"/work_pools/{POOL}/workers/filter") if each["status"] == "ONLINE"]
    if not workers:
        return fault("worker", "no worker is online: no run begins", AGAIN)
    return well("worker", ", ".join(workers))


def runs(api: Api) -> Iterator[Finding]:
    """Runs that are late, and runs that nobody works on."""
    now = datetime.now(UTC)
    late = [run for run in late_runs(api) if now - datetime.fromisoformat(run["expected_start_time"]) > LATE]
    active, at_work = active_runs(api), flow_processes()
    dead = unattended(active, at_work, now) if at_work is not None else []
    if late:
        yield fault("runs", f"{len(late)} late, the first since {_minute(late[-1])}", f"see worker; {AGAIN}")
    if dead:
        names = ", ".join(str(run["name"]) for run in dead)
        yield note("runs", f"nobody works on {names}", "`up` closes them by itself")
    if not late and not dead:
        yield well("runs", f"{len(active)} at work, none late")


def _minute(run: Mapping[str, Any]) -> str:
    """When a run should begin, as people read it."""
    return f"{datetime.fromisoformat(run['expected_start_time']):%Y-%m-%d %H:%M} UTC"
