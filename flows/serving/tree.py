"""A data folder's process tree, as kept in `serving/tree.json` for `down`, `logs`, `doctor` and the next `up`."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from broadsheet.errors import Held
from flows.locks import held
from flows.serving.api import Api
from flows.serving.processes import Process, named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARTS = ("up", "server", "worker", "press")  # who writes a log


@dataclass(frozen=True, slots=True)
class Tree:
    """A process tree: who minds it, its children, where the server answers, and whether it is ready."""

    minder: Process
    api: str
    children: tuple[Process, ...] = ()
    demo: bool = False
    ready: bool = False
    begun_at: str = ""  # ISO 8601, UTC

    def child(self, name: str) -> Process | None:
        """The child of that name."""
        return next((each for each in self.children if each.name == name), None)

    def with_child(self, child: Process) -> Tree:
        """The tree in which this child takes the place of one of its name."""
        others = tuple(each for each in self.children if each.name != child.name)
        return replace(self, children=(*others, child))


def serving(data: Path) -> Path:
    """The folder of a tree's file, lock and logs, made if need be."""
    folder = data.absolute() / "serving"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def log_of(data: Path, part: str) -> Path:
    """Where a part of the tree writes what it says."""
    return serving(data) / f"{part}.log"


def read_tree(data: Path) -> Tree | None:
    """The tree as it was last written, alive or not; None: there never was one, or its file is no such."""
    try:
        told = json.loads((data / "serving" / "tree.json").read_text("utf-8"))
        children = tuple(Process(**each) for each in told.pop("children"))
        return Tree(minder=Process(**told.pop("minder")), children=children, **told)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def living_tree(data: Path) -> Tree | None:
    """The tree that is at work in this data folder."""
    tree = read_tree(data)
    return tree if tree and tree.minder.is_alive else None


def write_tree(data: Path, tree: Tree) -> None:
    """Keep the tree; whole or not at all."""
    path = serving(data) / "tree.json"
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(tree), indent=2), encoding="utf-8")
    part.rename(path)


def addresses(tree: Tree) -> dict[str, object]:
    """Where everything is, for a program."""
    pages = Api(tree.api).pages
    return {
        "process": tree.minder.pid,
        "demo": tree.demo,
        "begun_at": tree.begun_at,
        "api": tree.api,
        **{name: f"{pages}/{name}" for name in ("dashboard", "runs", "deployments", "artifacts")},
        "children": {child.name: child.pid for child in tree.children},
    }


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Be the only one who minds a tree here. Held: somebody does; the lock is freed by any death."""
    with held(serving(data) / "lock") as ours:
        if not ours:
            tree = read_tree(data)
            who = f" (process {tree.minder.pid}, {Api(tree.api).pages})" if tree else ""
            raise Held(f"{data}: Broadsheet is up already{who}; `broadsheet down` stops it")
        yield


def minder() -> Process:
    """This process, as the one that minds a tree."""
    return named("up", os.getpid())
