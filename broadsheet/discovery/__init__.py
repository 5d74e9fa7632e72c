"""Discovery: the bytes of an endpoint in, the articles it names out. Pure.

`discover` never raises: what is wrong with a body is told in `problem`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from broadsheet import urls
from broadsheet.codings import content_decoded
from broadsheet.discovery.feeds import read_feed
from broadsheet.discovery.lists import read_list
from broadsheet.discovery.reading import Reading
from broadsheet.discovery.sections import read_section
from broadsheet.discovery.sitemaps import read_sitemap
from broadsheet.model import DiscoveredUrl, Endpoint, EndpointKind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.model import Source

__all__ = ["Discovery", "discover"]

LARGEST: Final = 50 << 20  # bytes unzipped: the bound of the sitemap protocol
GZIP_MAGIC: Final = b"\x1f\x8b"
NO_PAGE: Final = re.compile(  # files that are no page, by the end of their path
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|pdf|mp[34]|m4a|wav|ogg|webm|mov|avi|zip|gz|rar|exe|apk|docx?|xlsx?|pptx?"
    r"|css|js|json|rss|atom|xml|ics|epub)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Discovery:
    """What an endpoint named: pages of the source in its order, further endpoints to poll, and what was wrong."""

    found: tuple[DiscoveredUrl, ...] = ()
    more: tuple[Endpoint, ...] = ()
    problem: str = ""


def discover(body: bytes, *, endpoint: Endpoint, source: Source, content_type: str | None) -> Discovery:
    """What a body (its Content-Encoding undone; gzipped files are opened here) names of its source.

    A page is named once, in its normal form; only pages on the source's hosts that `include` and `exclude` admit.
    """
    if body.startswith(GZIP_MAGIC):
        opened = content_decoded(body, "gzip", limit=LARGEST)
        if isinstance(opened, Reason):
            return Discovery(problem=f"gzip: {opened}")
        body = opened
    reading = _read(body, endpoint, source, content_type)
    return Discovery(_found(reading, endpoint, source), _more(reading, endpoint, source), reading.problem)


def _read(body: bytes, endpoint: Endpoint, source: Source, content_type: str | None) -> Reading:
    if not body.strip():
        return Reading(problem="empty")
    match endpoint.kind:
        case EndpointKind.FEED:
            return read_feed(body, endpoint.url, content_type, source.time_zone)
        case EndpointKind.SITEMAP:
            return read_sitemap(body, endpoint.url, content_type, source.time_zone)
        case EndpointKind.SECTION:
            return read_section(body, endpoint.url, content_type)
        case EndpointKind.LIST:
            return read_list(body, content_type)


def _found(reading: Reading, endpoint: Endpoint, source: Source) -> tuple[DiscoveredUrl, ...]:
    found: dict[str, DiscoveredUrl] = {}
    for entry in reading.entries:
        url = urls.normalise(entry.url, reading.base or endpoint.url)
        if url and url not in found and _is_of(url, endpoint, source):
            found[url] = DiscoveredUrl(url, source.name, endpoint.url, entry.hints)
    return tuple(found.values())


def _is_of(url: str, endpoint: Endpoint, source: Source) -> bool:
    """Whether a page belongs to the source: its hosts, no file that is no page, no front page, the patterns."""
    if not urls.belongs(url, (*source.hosts, urls.host(source.home))) or NO_PAGE.search(url.partition("?")[0]):
        return False
    if url in {f"{urls.origin(url)}/", urls.normalise(source.home), urls.normalise(endpoint.url)}:
        return False
    included = not source.include or any(re.search(pattern, url) for pattern in source.include)
    return included and not any(re.search(pattern, url) for pattern in source.exclude)


def _more(reading: Reading, endpoint: Endpoint, source: Source) -> tuple[Endpoint, ...]:
    """The children of an index, on hosts of the source or of the index itself."""
    hosts = (*source.hosts, urls.host(source.home), urls.host(endpoint.url))
    return tuple(Endpoint(url, endpoint.kind) for url in _children(reading, endpoint) if urls.belongs(url, hosts))


def _children(reading: Reading, endpoint: Endpoint) -> Iterator[str]:
    seen = {urls.normalise(endpoint.url)}
    for child in reading.children:
        url = urls.normalise(child, endpoint.url)
        if url and url not in seen:
            seen.add(url)
            yield url
