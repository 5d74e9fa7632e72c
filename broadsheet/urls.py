"""URLs as browsers read them, in one normal form. Pure; the only door to ada-url.

Rules and their sources:
- parsing, bases, hosts (IDNA, IPv4 spellings), default ports, dot segments: the WHATWG URL standard (ada-url);
- percent-encoding: unreserved characters are written out, hex digits in capitals (RFC 3986, 6.2.2.1 and 6.2.2.2);
- the fragment and credentials go: neither names another page;
- the query is sorted by name, repeated names keep their order, empty pieces go; its bytes are not re-encoded, because
  some servers tell `?a` from `?a=`;
- tracking parameters go, by the list in `broadsheet.tracking` only.

docs/reference/discovery.md tells them to users.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import ada_url
import tld

from broadsheet.tracking import is_tracking

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 8_000  # characters; RFC 9110 (4.1) asks every server for 8000 octets, and no article needs more

ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
LABEL = "[a-z0-9]+(?:-[a-z0-9]+)*"
SEGMENT = "[A-Za-z0-9_~-][A-Za-z0-9_~.-]*"
PLAIN = re.compile(  # what most addresses are: in normal form as they stand, so that nothing needs to be parsed
    rf"https?://(?:{LABEL}\.)*(?=[a-z]){LABEL}/(?:{SEGMENT}(?:/{SEGMENT})*/?)?", re.ASCII
)
UNRESERVED: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def normalise(url: str, base: str | None = None) -> str | None:
    """The one form in which a URL is compared and stored; None if it is no usable http(s) URL.

    `base` resolves a relative URL. Normalising twice is normalising once.
    """
    if PLAIN.fullmatch(url) and len(url) <= LONGEST:
        return url
    parsed = _parsed(url, base)
    if parsed is None or parsed.protocol not in {"http:", "https:"}:
        return None
    name = _name(parsed)
    if not name or name.endswith("."):
        return None
    port = f":{parsed.port}" if parsed.port else ""
    normal = f"{parsed.protocol}//{name}{port}{_escapes(parsed.pathname)}{_query(parsed.search)}"
    return normal if len(normal) <= LONGEST else None


def absolute(url: str, base: str) -> str | None:
    """Where a browser goes from `base`: the URL as it is written, less fragment and credentials; None if not http(s).

    A redirect is followed in this form: a server that asks for `?b&a` may answer `?a&b` with the same redirect again.
    """
    parsed = _parsed(url, base)
    if parsed is None or parsed.protocol not in {"http:", "https:"} or not parsed.hostname:
        return None
    return f"{parsed.protocol}//{parsed.host}{parsed.pathname}{parsed.search}"


def host(url: str) -> str:
    """The host in lower case without its port, as in the URL (IPv6 in brackets); empty if there is none."""
    parsed = _parsed(url)
    return _name(parsed) if parsed else ""


def origin(url: str) -> str:
    """`scheme://host[:port]`, the default port left out; empty if the URL is no http(s) URL."""
    normal = normalise(url)
    return "/".join(normal.split("/", 3)[:3]) if normal else ""


def bare_host(url: str) -> str:
    """The host without a leading `www.`: the same for both twins of a site."""
    return host(url).removeprefix("www.")


def belongs(url: str, hosts: Iterable[str]) -> bool:
    """Whether the URL lies on one of the hosts; `www.` makes no difference, `.example.org` admits every subdomain."""
    name = bare_host(url)
    return bool(name) and any(_admits(allowed.lower(), name) for allowed in hosts)


def same_site(a: str, b: str) -> bool:
    """Whether both lie under one registrable domain (public suffix list, private part included, bundled with `tld`)."""
    hosts = host(a), host(b)
    return all(hosts) and (hosts[0] == hosts[1] or site(a) == site(b))


def site(url: str) -> str:
    """The registrable domain of a URL; the whole host for an address or a name of one label."""
    name = host(url)
    if not name or name.startswith("[") or name.replace(".", "").isdigit():
        return name
    found = tld.get_fld(f"http://{name}/", fail_silently=True, search_private=True)
    return str(found) if found else ".".join(name.split(".")[-2:])


def _parsed(url: str, base: str | None = None) -> ada_url.URL | None:
    try:
        return ada_url.URL(url, base)
    except ValueError:  # UnicodeEncodeError of a lone surrogate is one too
        return None


def _name(parsed: ada_url.URL) -> str:
    """The host without the dot that ends an absolute name: with and without it, it is the same host."""
    return parsed.hostname.removesuffix(".")


def _admits(allowed: str, name: str) -> bool:
    if allowed.startswith((".", "*.")):
        parent = allowed.lstrip("*")
        return f".{name}".endswith(parent)
    return allowed.removeprefix("www.") == name


def _query(search: str) -> str:
    pieces = [piece for piece in search.removeprefix("?").split("&") if piece and not is_tracking(piece)]
    pieces = sorted(map(_escapes, pieces), key=lambda piece: piece.partition("=")[0])
    return f"?{'&'.join(pieces)}" if pieces else ""


def _escapes(text: str) -> str:
    """Escapes in normal form; a text with a stray `%` is left alone, as decoding it could make new escapes."""
    return text if STRAY_PERCENT.search(text) else ESCAPE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    byte = int(match[1], 16)
    return chr(byte) if byte in UNRESERVED else match[0].upper()
