"""DNS, asked in threads of its own: names that are slow hold up neither other names nor the end of the process.

asyncio's own pool has a handful of threads, and its loop waits for them at its end; `getaddrinfo` cannot be stopped.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from aiohttp.abc import ResolveResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

THREADS: Final = 64  # names that are looked up at once
SECONDS: Final = 10.0  # that one of them may take

Found = list[tuple[Any, ...]]


class Lookups:
    """Looks names up, each in a thread that nobody waits for in the end. Lives in one event loop."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._free = asyncio.Semaphore(THREADS)
        self._seconds = seconds

    async def found(self, host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
        """The addresses of a name; raises OSError if it has none, or DNS gives none in time."""
        await self._free.acquire()
        answer: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        _in_a_thread(lambda: _infos(host, port, family), answer, self._free.release)
        try:
            async with asyncio.timeout(self._seconds):
                found = list(_results(host, await answer))
        except TimeoutError as error:
            raise socket.gaierror(socket.EAI_AGAIN, f"DNS gave no answer in {self._seconds:g} s") from error
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no address of a known family")
        return found


def _in_a_thread(work: Callable[[], Found], answer: asyncio.Future[Found], over: Callable[[], None]) -> None:
    """Has the work done in a thread that may outlive its loop; `over` is called when it has ended."""
    loop = answer.get_loop()

    def told(found: Found, error: OSError | None) -> None:
        over()
        if not answer.done():
            answer.set_exception(error) if error else answer.set_result(found)

    def worked() -> None:
        found, error = _tried(work)
        with suppress(RuntimeError):  # the loop is closed: nobody asks any more
            loop.call_soon_threadsafe(told, found, error)

    threading.Thread(target=worked, name="dns", daemon=True).start()


def _tried(work: Callable[[], Found]) -> tuple[Found, OSError | None]:
    try:
        return work(), None
    except OSError as error:
        return [], error
    except Exception as error:  # noqa: BLE001 - a label too long for DNS is a UnicodeError
        return [], socket.gaierror(socket.EAI_NONAME, str(error))


def _infos(host: str, port: int, family: socket.AddressFamily) -> Found:
    return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family, flags=socket.AI_ADDRCONFIG))


def _results(host: str, infos: Sequence[tuple[Any, ...]]) -> Iterator[ResolveResult]:
    for family, _, proto, _, (address, port, *scope) in infos:
        if family in {socket.AF_INET, socket.AF_INET6}:
            zone = f"%{scope[1]}" if scope and scope[1] else ""  # of a link-local address
            yield ResolveResult(
                hostname=host,
                host=f"{address}{zone}",
                port=port,
                family=family,
                proto=proto,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
