"""Everything is examined, in the order in which one thing rests on another."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from broadsheet.config import read_settings
from broadsheet.errors import ConfigError
from flows.doctor import house, machine, serving, versions
from flows.doctor.finding import fault, well
from flows.serving.api import Api, NoAnswer
from flows.serving.plan import others_server
from flows.serving.tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.config import Settings
    from flows.doctor.finding import Finding
    from flows.serving.tree import Tree


def examined() -> Iterator[Finding]:
    """Each finding as it comes."""
    yield versions.python()
    yield from versions.pins()
    try:
        settings = read_settings()
    except ConfigError as error:
        yield fault("settings", str(error), "see docs/reference/configuration.md")
        return
    yield from machine.disk(settings)
    yield machine.clock(settings, datetime.now(UTC))
    tree = read_tree(settings.data)
    yield well("sources", "the demo's own") if tree and tree.demo else house.sources(settings)
    yield house.archive(settings)
    yield from house.warehouse(settings)
    yield from _served(settings, tree)


def _served(settings: Settings, tree: Tree | None) -> Iterator[Finding]:
    yield from serving.tree(tree)
    url = tree.api if tree and tree.minder.is_alive else others_server()
    if url is None:
        yield versions.server_loads()
        yield machine.port(settings)
        return
    try:
        yield from _server(Api(url))
    except NoAnswer as error:
        yield fault("server", str(error), f"wait a minute if it has just begun; else {serving.AGAIN}")
        yield versions.server_loads()


def _server(api: Api) -> Iterator[Finding]:
    yield serving.server(api)
    yield from serving.schedules(api)
    yield serving.worker(api)
    yield from serving.runs(api)
