"""What the children of the tree find in their environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.config import Settings

HEARTBEAT = 30  # seconds, the least Prefect allows; a run silent for three of them is dead


def quiet(settings: Settings) -> dict[str, str]:
    """Prefect's settings for anything of ours: private, quiet, at home in the data folder. What is set stays."""
    return {
        "PREFECT_HOME": str((settings.data / "prefect").resolve()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "broadsheet",
        "PREFECT_LOGGING_LOGGERS_PREFECT_TASK_RUNS_LEVEL": "WARNING",  # a dozen lines a run, not two a task
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    }


def for_children(settings: Settings, api: str) -> dict[str, str]:
    """The environment of the server, the worker and its runs: ours, what keeps them healthy, and absolute paths.

    A run outlives a server that is away for two minutes (2 + 4 + ... + 64 s of retries).
    """
    wanted = quiet(settings) | {
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(settings.prefect_days * 86_400),
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT),
        # In memory, a restart would forget who holds a deployment's one place: the run at work would be ended.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        "PREFECT_CLIENT_MAX_RETRIES": "6",
        "PREFECT_WORKER_QUERY_SECONDS": "5",
        "PREFECT_WORKER_PREFETCH_SECONDS": "0",  # a run taken early would find the one before it still at work
        "PREFECT_LOGGING_COLORS": "false",
        "NO_COLOR": "1",
        "PYTHONUNBUFFERED": "1",
    }
    ours = {
        "PREFECT_API_URL": api,
        "BROADSHEET_DATA": str(settings.data.absolute()),
        "BROADSHEET_SOURCES": str(settings.sources.absolute()),
        **dict.fromkeys(("NO_PROXY", "no_proxy"), _unproxied()),
    }
    return wanted | _given() | ours


def _unproxied() -> str:
    """What is asked without a proxy: what was set, and a server of our own."""
    given = os.environ.get("no_proxy") or os.environ.get("NO_PROXY")
    return ",".join(filter(None, (given, "127.0.0.1,localhost")))


def _given() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"}
