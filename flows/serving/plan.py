"""What a tree is to be: whose data, which server, and what is served for a demo."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.serving.api import Api
from flows.serving.environment import for_children
from flows.serving.ports import LOOPBACK

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from broadsheet.config import Settings


@dataclass(frozen=True, slots=True)
class Demo:
    """The sample press is served on this port, and the clock of the first run says this."""

    port: int
    now: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """How the tree is meant; `port` is free, and None with a server of others, which `api` then names."""

    settings: Settings
    api: Api
    port: int | None
    deployments: Path
    demo: Demo | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What its children find in their environment."""
        return for_children(self.settings, self.api.url)


def others_server() -> str | None:
    """The address of a Prefect server that is there already, by PREFECT_API_URL."""
    return os.environ.get("PREFECT_API_URL") or None


def own_api(port: int) -> Api:
    """Where a server of ours answers."""
    return Api(f"http://{LOOPBACK}:{port}/api")
