"""Ports of loopback: free or not, and who has one."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

from broadsheet.errors import Transient

LOOPBACK = "127.0.0.1"
PROC = Path("/proc")
LISTENS = "0A"  # the state in /proc/net/tcp


def free_port(wanted: int) -> int:
    """The port itself if it is free, any free one for 0. Transient: it is taken, by whom, and the way out."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, wanted))
        except OSError as error:
            who = holder(wanted)
            told = f"is held by {who}" if who else f"cannot be had ({error.strerror})"
            raise Transient(
                f"port {wanted} {told}; end that, or name another: --port N or BROADSHEET_PORT=N (0 takes a free one)"
            ) from error
        return int(probe.getsockname()[1])


def holder(port: int) -> str | None:
    """The process that listens on a port, as `python3 (process 42)`; None: none, or not ours to see."""
    sockets = {f"socket:[{inode}]" for inode in _inodes(port)}
    for link in PROC.glob("[0-9]*/fd/*") if sockets else ():
        with suppress(OSError):
            if str(link.readlink()) in sockets:
                folder = link.parent.parent
                return f"{(folder / 'comm').read_text('utf-8').strip()} (process {folder.name})"
    return None


def _inodes(port: int) -> set[str]:
    found = set()
    for table in ("tcp", "tcp6"):
        with suppress(OSError):
            for line in (PROC / "net" / table).read_text("ascii").splitlines()[1:]:
                words = line.split()
                if words[3] == LISTENS and int(words[1].rpartition(":")[2], 16) == port:
                    found.add(words[9])
    return found
