"""`python -m press --port 0 --edition 1 --log FILE --port-file FILE`: serve the sample press until SIGTERM or Ctrl-C.

Prints the BROADSHEET_RESOLVE setting that leads the papers' names to it. SIGHUP turns to the next edition and back to
the first after the last. A port that cannot be had: one line, exit code 1.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from press.paper import NOW
from press.server import Press, serve


def main(argv: list[str] | None = None) -> int:
    """Run the command; its exit code."""
    given = _parser().parse_args(argv)
    try:
        asyncio.run(_serve(given.host, given.port, given.edition, log=given.log, port_file=given.port_file))
    except OSError as error:
        print(f"press: cannot serve on {given.host}:{given.port}: {error.strerror or error}", file=sys.stderr)  # noqa: T201 - a command
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m press", description="Serve three fictional papers over HTTP.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 takes a free one (default)")
    parser.add_argument("--edition", type=int, default=1, choices=sorted(NOW), help="edition to serve (default 1)")
    parser.add_argument("--log", type=Path, help="file for one JSON line a request")
    parser.add_argument("--port-file", type=Path, help="file to write the port to once it listens")
    return parser


async def _serve(host: str, port: int, edition: int, *, log: Path | None, port_file: Path | None) -> None:
    ended = asyncio.Event()
    async with serve(port=port, edition=edition, log=log, host=host) as press:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, ended.set)
        loop.add_signal_handler(signal.SIGHUP, _turn, press)
        if port_file:
            _write(port_file, f"{press.port}\n")
        print(f"BROADSHEET_RESOLVE={press.resolve}", flush=True)  # noqa: T201 - a command
        await ended.wait()


def _turn(press: Press) -> None:
    press.edition = press.edition % len(NOW) + 1


def _write(path: Path, text: str) -> None:
    """Whole or not at all: whoever waits for the file finds the port in it."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


if __name__ == "__main__":
    sys.exit(main())
