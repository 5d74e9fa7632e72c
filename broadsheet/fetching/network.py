"""What the fetching room is asked: how to behave on the network, and which pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from broadsheet import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, MutableMapping

    from broadsheet.model import Role, Source

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
    `seconds` bounds one exchange from the first byte out to the last byte in. `max_bytes` bounds a body both as
    received and decoded. `tries` is the most requests for one URL. `backoff` is the pause in seconds before the second
    try, doubled before each further one. `longest_wait` (seconds) bounds every pause a server may ask for; a longer one
    ends the work on that host. `connections` bounds the exchanges under way on all hosts together.
    `asked` notes when each host was last asked: hand the same one to later calls, so that they keep the host's delay.
    """

    user_agent: str
    resolve: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    seconds: float = 30.0
    max_bytes: int = 20 * MIB
    max_redirects: int = 5
    tries: int = 3
    backoff: float = 1.0
    longest_wait: float = 60.0
    connections: int = 100
    clock: Callable[[], datetime] = utc_now
    asked: MutableMapping[str, float] = field(default_factory=dict, compare=False)

    @property
    def product(self) -> str:
        """The bare product token that robots.txt knows us by (RFC 9309, 2.2.1); `*` if the user agent has none."""
        match = PRODUCT.match(self.user_agent)
        return match[0] if match else "*"


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One page to ask for, with the validators of its last answer. `url` is normalised; `role` PAGE or ENDPOINT."""

    url: str
    role: Role
    source: Source
    etag: str | None = None
    last_modified: str | None = None


def needs_contact(requests: Iterable[PageRequest], network: Network) -> bool:
    """Whether a host outside the resolve map is to be asked by a user agent that names no address to complain to."""
    if CONTACT.search(network.user_agent):
        return False
    return any(urls.host(request.url) not in network.resolve for request in requests)
