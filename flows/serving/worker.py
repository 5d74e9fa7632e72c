"""Prefect's worker as a child: it takes runs from our pool and gives each a process."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from flows.serving.children import Child
from flows.serving.deploying import POOL

if TYPE_CHECKING:
    from collections.abc import Mapping


def worker(environment: Mapping[str, str]) -> Child:
    """The worker as a child of the tree, named after this machine."""
    name = f"broadsheet on {platform.node()}"
    command = ("-m", "prefect", "worker", "start", "--pool", POOL, "--type", "process", "--name", name)
    return Child("worker", command, environment)
