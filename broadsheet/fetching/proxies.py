"""Proxies, as the environment names them (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY in either case), and the guard.

A proxy connects in our place, so the guard at our socket sees the proxy alone. The proxy is the operator's and may be
at a private address. What it is asked for is judged before: an address in the URL as ever, a name by what it resolves
to here, if it does; a name that only the proxy can resolve is the proxy's to refuse.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies_environment, proxy_bypass_environment  # type: ignore[attr-defined]

from broadsheet.errors import ConfigError

SCHEMES: Final = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy without its credentials, and those as a Proxy-Authorization header (RFC 9110, 11.7.2); empty: none."""

    url: str
    authorization: str = ""

    @property
    def place(self) -> tuple[str, int]:
        """Its name or address, and its port."""
        parts = urlsplit(self.url)
        return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


@dataclass(frozen=True, slots=True)
class Proxies:
    """Which proxy stands before which URL: by scheme (`all`: any), less the hosts that `direct` names."""

    by_scheme: tuple[tuple[str, Proxy], ...] = ()
    direct: str = ""

    def of(self, scheme: str, host: str) -> Proxy | None:
        """The proxy for a URL's scheme and host; None: ask it directly."""
        if not self.by_scheme or proxy_bypass_environment(host.strip("[]"), {"no": self.direct}):
            return None
        named = dict(self.by_scheme)
        return named.get(scheme, named.get("all"))

    @property
    def places(self) -> frozenset[tuple[str, int]]:
        """Where the proxies themselves are."""
        return frozenset(proxy.place for _, proxy in self.by_scheme)


def proxies_of_environment() -> Proxies:
    """The proxies that this process's environment names. ConfigError: one that is neither http nor https."""
    named = getproxies_environment()
    direct = named.pop("no", "")
    return Proxies(tuple((scheme, _proxy(scheme, url)) for scheme, url in named.items() if _concerns(scheme)), direct)


def _concerns(scheme: str) -> bool:
    return scheme in SCHEMES or scheme == "all"


def _proxy(scheme: str, text: str) -> Proxy:
    parts = urlsplit(text if "://" in text else f"http://{text}")
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ConfigError(f"{scheme.upper()}_PROXY: {parts.scheme}: allowed are http://host:port and https://host:port")
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    if parts.username is None:
        return Proxy(bare)
    secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
    return Proxy(bare, f"Basic {b64encode(secret).decode()}")
