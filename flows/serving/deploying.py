"""What the server has to know before a worker helps: the pool and the deployments."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from broadsheet.errors import ConfigError, Transient
from flows.serving.api import Refused
from flows.serving.tree import serving

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.serving.api import Api

POOL = "broadsheet"
INGEST = "ingest/ingest"
EVERY = 30  # seconds between two runs of the demo
CONFLICT = 409
NOT_FOUND = 404


def deployments_file() -> Path:
    """`deployments/prefect.yaml` of this checkout or installation. ConfigError: it is not there."""
    path = Path(__file__).parents[2] / "deployments" / "prefect.yaml"
    if not path.exists():
        raise ConfigError(f"{path}: no such file; install Broadsheet anew, or work in a checkout")
    return path


def demo_file(data: Path) -> Path:
    """The same deployments, but ingest runs every 30 seconds and waits for one at work; in the data folder."""
    told = yaml.safe_load(deployments_file().read_text("utf-8"))
    for each in told["deployments"]:
        each["schedules"] = [{"interval": EVERY, "slug": "demo"}] if each["name"] == "ingest" else []
        each["concurrency_limit"]["collision_strategy"] = "ENQUEUE"  # whoever tries the form sees the run begin
    path = serving(data) / "prefect.yaml"
    path.write_text(json.dumps(told, indent=2), encoding="utf-8")  # JSON is YAML
    return path


def make_pool(api: Api) -> None:
    """Make the work pool, or set it to work again if it was paused by a `down`."""
    try:
        api.post("/work_pools/", {"name": POOL, "type": "process", "description": "Where Broadsheet's runs work."})
    except Refused as error:
        if error.status != CONFLICT:
            raise
        pause_pool(api, paused=False)


def pause_pool(api: Api, *, paused: bool) -> None:
    """Let the pool's workers take no new run, or again."""
    try:
        api.patch(f"/work_pools/{POOL}", {"is_paused": paused})
    except Refused as error:
        if error.status != NOT_FOUND:
            raise


def deploy(file: Path, environment: Mapping[str, str]) -> None:
    """Tell the server of every deployment, by Prefect's own command. Transient: it failed, and what it said."""
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(file)]
    done = subprocess.run(command, env=dict(environment), capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        told = (done.stdout + done.stderr).strip().splitlines()
        raise Transient(f"{file}: `prefect deploy` failed: {' '.join(told[-8:]) or 'no word'}; try `broadsheet doctor`")


def first_run(api: Api) -> str:
    """Start a run of the ingest deployment now; its id."""
    deployment = api.get(f"/deployments/name/{INGEST}")
    run: dict[str, Any] = api.post(
        f"/deployments/{deployment['id']}/create_flow_run",
        {"state": {"type": "SCHEDULED", "name": "Scheduled", "message": "the first run after `broadsheet up`"}},
    )
    return str(run["id"])
