"""One page for the commands that look at one: from the network or a file, read in a process that can be killed."""

from __future__ import annotations

import asyncio
import sys
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from broadsheet.config import read_sources
from broadsheet.errors import NoContact, Terminal
from broadsheet.fetching import PageRequest, fetch_all, needs_contact
from broadsheet.model import FetchedPage, Reason, Role, Source
from broadsheet.urls import belongs, host, normalise
from broadsheet.workers import WorkerPool
from flows.fetch import network_of
from flows.read import PAGE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from broadsheet.config import Settings
    from broadsheet.workers import Done, Failed

    Item = TypeVar("Item")
    Value = TypeVar("Value")

NOWHERE: Final = "https://page.invalid/"  # where a file's page is taken to stand if nobody says
GZIP: Final = b"\x1f\x8b"


def is_url(target: str) -> bool:
    """Whether a command's TARGET names a page on the network."""
    return target.lower().startswith(("http://", "https://"))


def page_of(target: str, url: str | None, settings: Settings) -> FetchedPage:
    """The page at a URL, asked for once, or in a file (`-`: standard input; gzip or plain) that came from `url`.

    NoContact: no contact is configured. Terminal: no usable URL, no such file.
    """
    if is_url(target):
        return asyncio.run(_fetched(_usable(target), settings))
    return _kept(_bytes(target), _usable(url) if url else NOWHERE, settings)


def source_of(page_url: str, settings: Settings) -> Source:
    """The source in sources.toml that has the page's host; if there is none, one that knows the host alone."""
    known = read_sources(settings.sources) if settings.sources.is_file() else ()
    found = (source for source in known if belongs(page_url, source.hosts))
    return next(found, Source("page", page_url, hosts=(host(page_url),)))


def in_pool(task: Callable[[Item], Value], item: Item, settings: Settings) -> Done[Value] | Failed:
    """What a task makes of an item, within the limits of one page."""
    memory = settings.page_memory_mb << 20
    with WorkerPool(task, workers=1, seconds=settings.page_seconds, memory=memory) as pool:
        return pool.run([item])[0]


async def _fetched(url: str, settings: Settings) -> FetchedPage:
    """The one answer that is the page's; robots.txt and redirects on the way to it are not kept."""
    network = network_of(settings)
    request = PageRequest(url, Role.PAGE, source_of(url, settings))
    if needs_contact([request], network):
        raise NoContact
    async with aclosing(fetch_all([request], network, {})) as pages:
        found = [page async for page in pages if page.role is Role.PAGE]
    return found[0]


def _kept(body: bytes, url: str, settings: Settings) -> FetchedPage:
    headers = (("content-encoding", "gzip"),) if body.startswith(GZIP) else ()
    reason = Reason.TOO_LARGE if len(body) > PAGE_LIMIT else None
    return FetchedPage(url, url, Role.PAGE, "", settings.clock(), 200, headers, body, reason=reason)


def _bytes(target: str) -> bytes:
    """A file's bytes, at most one more than a page may have."""
    if target == "-":
        return sys.stdin.buffer.read(PAGE_LIMIT + 1)
    try:
        with Path(target).open("rb") as file:
            return file.read(PAGE_LIMIT + 1)
    except OSError as error:
        hint = "" if "." in Path(target).name else " (an address begins with https://)"
        raise Terminal(f"{target}: {error.strerror or error}{hint}") from error


def _usable(url: str) -> str:
    normal = normalise(url)
    if normal is None:
        raise Terminal(f"{url}: not an http or https URL")
    return normal
