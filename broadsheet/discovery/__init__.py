"""Discovery: the bytes of an endpoint in, the articles it names out. Pure.

`discover` never raises: what is wrong with a body is told in `problem`. Rules and their sources:
docs/reference/discovery.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from broadsheet import urls, variants
from broadsheet.codings import content_decoded
from broadsheet.discovery.belonging import Belonging
from broadsheet.discovery.children import Child
from broadsheet.discovery.feeds import read_feed
from broadsheet.discovery.lists import read_list
from broadsheet.discovery.reading import Reading
from broadsheet.discovery.sections import read_section
from broadsheet.discovery.sitemaps import read_sitemap
from broadsheet.model import DiscoveredUrl, Endpoint, EndpointKind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.model import Source

__all__ = ["Child", "Discovery", "discover"]

LARGEST: Final = 50 << 20  # bytes unzipped: the bound of the sitemap protocol
GZIP_MAGIC: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Discovery:
    """What an endpoint named, and what was wrong with it.

    `found` are pages of the source in the endpoint's order; `children` the sitemaps of an index, newest first; `older`
    the pages of a feed that hold its earlier entries (RFC 5005).
    """

    found: tuple[DiscoveredUrl, ...] = ()
    children: tuple[Child, ...] = ()
    older: tuple[Endpoint, ...] = ()
    problem: str = ""

    @property
    def more(self) -> tuple[Endpoint, ...]:
        """The children as endpoints."""
        return tuple(Endpoint(child.url, EndpointKind.SITEMAP) for child in self.children)


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
    return Discovery(
        found=_found(reading, endpoint, source),
        children=tuple(_children(reading, endpoint, source)),
        older=tuple(_older(reading, endpoint, source)),
        problem=reading.problem,
    )


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
    belonging = Belonging(source, endpoint)
    found: dict[str, DiscoveredUrl] = {}
    for entry in reading.entries:
        url = belonging.article_url(entry.url, reading.base)
        if url and url not in found:
            found[url] = DiscoveredUrl(url, source.name, endpoint.url, entry.hints, variants.article_urls(url))
    return tuple(found.values())


def _children(reading: Reading, endpoint: Endpoint, source: Source) -> Iterator[Child]:
    """The children of an index, each once, on hosts of the source or of the index itself."""
    hosts = (*source.hosts, urls.host(source.home), urls.host(endpoint.url))
    seen = {urls.normalise(endpoint.url)}
    for child in reading.children:
        url = urls.normalise(child.url, endpoint.url)
        if url and url not in seen and urls.belongs(url, hosts):
            seen.add(url)
            yield replace(child, url=url)


def _older(reading: Reading, endpoint: Endpoint, source: Source) -> Iterator[Endpoint]:
    hosts = (*source.hosts, urls.host(source.home), urls.host(endpoint.url))
    for address in dict.fromkeys(urls.normalise(each, endpoint.url) for each in reading.older):
        if address and address != urls.normalise(endpoint.url) and urls.belongs(address, hosts):
            yield Endpoint(address, endpoint.kind)
