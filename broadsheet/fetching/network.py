"""What the fetching room is asked: how to behave on the network, and which pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from broadsheet import urls
from broadsheet.fetching.hosts import Hosts
from broadsheet.fetching.proxies import Proxies
from broadsheet.model import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from broadsheet.model import Source

MIB: Final = 1 << 20
CONTACT: Final = re.compile(r"https?://\w|[\w.+-]+@\w")
PRODUCT: Final = re.compile(r"[A-Za-z_-]+")  # RFC 9309, 2.2.1


def utc_now() -> datetime:
    """The time by the machine's clock, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Network:
    """How to behave on the network.

    `resolve` maps a host to the address and port that stand for it, past DNS and past the address guard.
    `private` are names and addresses that may be private all the same: an intranet's. `proxies` are asked in our place.
    `seconds` bounds one exchange from the first byte out to the last byte in. `max_bytes` bounds a body both as
    received and decoded, `max_endpoint_bytes` that of an endpoint. `tries` is the most requests for one URL; after
    `longest_retry` seconds there is no other. `backoff` is the pause in seconds before the second try, doubled before
    each further one. `longest_wait` (seconds) bounds every pause that a server may ask for; a longer one ends the work
    on that host.
    `connections` bounds the exchanges under way on all hosts together.
    `hosts` is what is known of hosts: hand the same one to all fetching of a run, so that it keeps their delays.
    """

    user_agent: str
    resolve: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    private: frozenset[str] = frozenset()
    proxies: Proxies = field(default_factory=Proxies)
    seconds: float = 30.0
    max_bytes: int = 20 * MIB
    max_endpoint_bytes: int = 50 * MIB  # what sitemaps.org allows a sitemap
    max_redirects: int = 5
    tries: int = 3
    backoff: float = 1.0
    longest_wait: float = 60.0
    longest_retry: float = 120.0
    connections: int = 100
    clock: Callable[[], datetime] = utc_now
    hosts: Hosts = field(default_factory=Hosts, compare=False)

    @property
    def product(self) -> str:
        """The bare product token that robots.txt knows us by (RFC 9309, 2.2.1); `*` if the user agent has none."""
        match = PRODUCT.match(self.user_agent)
        return match[0] if match else "*"

    def most(self, role: Role) -> int:
        """The bytes that a body of this role may have."""
        return self.max_endpoint_bytes if role is Role.ENDPOINT else self.max_bytes

    def may_ask(self, url: str) -> bool:
        """Whether the user agent tells enough to ask this URL: beyond this machine it must name a contact."""
        if CONTACT.search(self.user_agent):
            return True
        host = urls.host(url)
        return _is_loopback(self.resolve[host][0] if host in self.resolve else host)


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One page to ask for, with the validators of its last answer. `url` is normalised; `role` PAGE or ENDPOINT."""

    url: str
    role: Role
    source: Source
    etag: str | None = None
    last_modified: str | None = None


def needs_contact(requests: Iterable[PageRequest], network: Network) -> bool:
    """Whether a host beyond this machine is to be asked by a user agent that names no address to complain to."""
    return not all(network.may_ask(request.url) for request in requests)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
