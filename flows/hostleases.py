"""Hosts leased from other processes: no two of them ask one host, for whichever sources they do it."""

from __future__ import annotations

import hashlib
import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

from broadsheet.fetching import allow_files
from broadsheet.urls import bare_host
from flows.locks import held, leased

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from broadsheet.model import Source

LONGEST_NAME: Final = 200  # characters of a host in a file's name; a longer one stands there as its hash


class HostLeases:
    """The hosts of a data folder that this process alone may ask, until `stack` is closed.

    A lease is taken or not, never waited for: no two processes can wait for each other.
    """

    def __init__(self, data: Path, stack: ExitStack) -> None:
        self._data = data
        self._stack = stack
        self._ours: set[str] = set()

    def lease(self, host: str) -> str | None:
        """Lease a host (without `www.`), once or again; None: it is ours, else who is asking it."""
        return self.lease_all([host])

    def lease_all(self, hosts: Iterable[str]) -> str | None:
        """Lease all of these hosts or none; None: they are ours, else who is asking one of them."""
        wanted = sorted(set(hosts) - self._ours)
        with ExitStack() as taken:
            for host in wanted:
                path = self._data / "leases" / f"host-{_named(host)}.lock"
                if not taken.enter_context(held(path)):
                    return f"process {path.read_text('utf-8') or 'unknown'} is asking {host}"
                path.write_text(str(os.getpid()), "utf-8")
            self._stack.push(taken.pop_all())
        self._ours.update(wanted)
        return None


@contextmanager
def host_leases(data: Path) -> Iterator[HostLeases]:
    """Leases of hosts, given back at the end."""
    allow_files()  # each lease holds one open
    with ExitStack() as stack:
        yield HostLeases(data, stack)


def leased_sources(data: Path, sources: Iterable[Source], hosts: HostLeases, stack: ExitStack) -> dict[str, str]:
    """Lease each source with the hosts of its home and endpoints, or neither; by name who has it, empty: we."""
    return {source.name: _leased(data, source, hosts, stack) or "" for source in sources}


def _leased(data: Path, source: Source, hosts: HostLeases, stack: ExitStack) -> str | None:
    with ExitStack() as ours:
        if not ours.enter_context(leased(data, [source.name])):
            return "another run is working on it"
        if told := hosts.lease_all(_asked(source)):
            return told
        stack.push(ours.pop_all())
    return None


def _asked(source: Source) -> set[str]:
    return {bare_host(url) for url in (source.home, *(endpoint.url for endpoint in source.endpoints))} - {""}


def _named(host: str) -> str:
    return host if len(host) <= LONGEST_NAME else hashlib.sha256(host.encode()).hexdigest()
