"""The address guard: no socket to anything but a public address. It sits where the connection is made.

There it sees what names resolved to, literals in any spelling, and the target of every redirect. It lets through what
the IANA registries of special-purpose addresses (RFC 6890 and its successors) leave as plain public unicast, less what
clouds use inside: `ipaddress.is_global` passes several of these, so the lists are our own.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from aiohttp import AddrInfoType

REFUSED: Final = "not a public address"

REFUSED_V4: Final = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT; 100.100.100.200 is a cloud's metadata
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's inner services, on a public address
        "169.254.0.0/16",  # link-local; 169.254.169.254 is the metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # IETF protocol assignments; 192.0.0.192 is Oracle's metadata
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays, withdrawn
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
PUBLIC_V6: Final = ipaddress.IPv6Network("2000::/3")  # all unicast that IANA gives out; no mapped or NAT64 address
REFUSED_V6: Final = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # IETF protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "3ffe::/16",  # 6bone, returned
        "3fff::/20",  # documentation
    )
)


class AddressRefused(OSError):
    """The guard refused a connection. Its text is always the same: happy eyeballs keeps the class only then."""

    def __init__(self) -> None:
        super().__init__(REFUSED)


def is_public(address: str) -> bool:
    """Whether a literal IP address is public unicast. A text that is no address is not."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return not any(parsed in network for network in REFUSED_V4)
    return parsed.scope_id is None and parsed in PUBLIC_V6 and not any(parsed in network for network in REFUSED_V6)


def is_refused_literal(host: str) -> bool:
    """Whether a URL's host is an address (IPv6 in brackets) that the guard would refuse; False for a name."""
    literal = host.strip("[]")
    try:
        ipaddress.ip_address(literal)
    except ValueError:
        return False
    return not is_public(literal)


class Allowed(str):
    """An address that the guard lets through for the sake of the name that led to it."""

    __slots__ = ()


def guarded_socket(
    exempt: Container[tuple[str, int]], private: Container[str] = ()
) -> Callable[[AddrInfoType], socket.socket]:
    """A socket factory that raises AddressRefused unless the address is public or allowed.

    Allowed it is by the name that led to it (Allowed), with its port (`exempt`: a proxy's), or as the literal that a
    URL has for its host (`private`): the resolver hands over no other address that is not public.
    """

    def make(address: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, where = address
        host, port = str(where[0]), where[1]
        allowed = isinstance(where[0], Allowed) or host in private or (host, port) in exempt
        if not (allowed or is_public(host)):
            raise AddressRefused
        return socket.socket(family=family, type=kind, proto=protocol)

    return make
