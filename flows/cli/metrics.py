"""`broadsheet metrics`: a text for Prometheus once, or as long as somebody asks on loopback."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

import typer
from prometheus_client import CollectorRegistry, generate_latest, start_http_server

from broadsheet.config import read_settings
from broadsheet.errors import ConfigError, Transient
from flows.measures import measures

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from prometheus_client import Metric

    from broadsheet.config import Settings


class Measuring:
    """What a registry asks each time that somebody asks it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def collect(self) -> Iterable[Metric]:
        """Every metric, as things stand."""
        return measures(self._settings)


def show_metrics(*, output: Path | None, port: int | None, host: str) -> None:
    """Print the metrics, write them to a file, or serve them until stopped. ConfigError: there is no data folder."""
    settings = read_settings()
    if not settings.data.is_dir():
        raise ConfigError(f"{settings.data}: no such folder; BROADSHEET_DATA names it, `broadsheet up` fills it")
    registry = CollectorRegistry(auto_describe=False)
    if port is not None:
        _serve(registry, settings, host, port)
        return
    registry.register(Measuring(settings))
    text = generate_latest(registry)
    if output:
        _write(output, text)
    else:
        typer.echo(text.decode(), nl=False)


def _write(path: Path, text: bytes) -> None:
    """In one step: the node exporter must never read half a file."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(text)
        part.replace(path)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error.strerror}); name another file") from error


def _serve(registry: CollectorRegistry, settings: Settings, host: str, port: int) -> None:
    registry.register(Measuring(settings))
    try:
        server, thread = start_http_server(port, addr=host, registry=registry)
    except OSError as error:
        raise Transient(f"{host}:{port}: {error.strerror}; name another --port, or 0 for a free one") from error
    typer.echo(f"http://{host}:{server.server_port}/metrics", err=True)
    over = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: over.set())
    over.wait()
    server.shutdown()
    server.server_close()
    thread.join()
