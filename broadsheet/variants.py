"""Addresses of AMP, print and mobile forms of an article, by their spelling. Pure.

Kinds of knowledge, which must not be mixed:

- `origin_of`: an AMP cache or viewer serves somebody else's page and says whose, by a published format. That is
  certain, so such an address is replaced by the publisher's own wherever it is met.
- `article_urls`: a spelling such as `m.example.org` or `?outputType=amp` suggests where the article itself lies. That
  is a guess. It never renames an address; it folds one into an article that was seen under the suggested address.
- `folded` goes by all such guesses at once, where one too many does no harm: what was forgotten stays away in any form.

Sources of the spellings: docs/reference/discovery.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from broadsheet import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CACHE: Final = re.compile(  # AMP cache format: amp.dev, "AMP Cache URL format"; c is a document, v a viewer
    r"https?://(?:[^/]+\.)?(?:cdn\.ampproject\.org|bing-amp\.com)/(?:c|v|wp)/(s/)?(.+)"
)
VIEWER: Final = re.compile(r"https?://(?:www\.)?google\.[a-z.]{2,6}/amp/(s/)?(.+)")
TWIN_HOST: Final = re.compile(
    r"(https?://)((?:[\w-]+\.)*?)(?:m|mobile|mobil|touch|amp)\.((?:[\w-]+\.)+[\w-]+(?::\d+)?/.*)"
)
TWIN_PIECE: Final = re.compile(
    r"amp(?:=(?:1|true|yes)?)?|outputtype=amp|output=amp|(?:print|printable)(?:=(?:1|true|yes|y)?)?|view=print"
    r"|output=print|pagewanted=print|m=1|mobile=(?:1|true)|outputtype=mobile",
    re.IGNORECASE,
)
LAST_SEGMENT: Final = re.compile(r"(.*[^/])/(?:amp|print)(/?)")
FIRST_SEGMENT: Final = re.compile(r"/(?:amp|print|mobile|m)(/.+)")
ENDING: Final = re.compile(r"(.+)\.amp(\.html?)?")
HINTS: Final = ("amp", "print", "mobil", "//m.", ".m.", "/m/", "touch.", "m=1")  # no rule speaks of a URL without one
LAYERS: Final = 3  # a mobile host, a path and a query: spellings upon spellings


def origin_of(url: str) -> str:
    """The publisher's address of a page in an AMP cache or viewer; any other address as it is. `url` is normalised.

    `https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a` -> `https://www.example.org/a`
    """
    match = (CACHE.fullmatch(url) or VIEWER.fullmatch(url)) if "amp" in url else None
    if match is None:
        return url
    return urls.normalise(f"{'https' if match[1] else 'http'}://{match[2]}") or url


def article_urls(url: str) -> tuple[str, ...]:
    """Where the article of a variant is likely to lie, likeliest first; empty: nothing in the spelling says variant.

    `url` is normalised and so are they. `https://m.example.org/a?print=1` -> `https://www.example.org/a`, ...
    """
    small = url.lower()
    if not any(hint in small for hint in HINTS):
        return ()
    found: dict[str, None] = {}
    layer = [url]
    for _ in range(LAYERS):
        layer = [next_ for each in layer for next_ in _plainer(each) if next_ not in found and next_ != url]
        found.update(dict.fromkeys(layer))
    return tuple(reversed(found))  # the plainest, which was found last, is the likeliest


def folded(url: str) -> str:
    """The one address that all forms of a page share: https, no `www.`, no mobile, AMP or print form, no last slash.

    It is for comparing alone; no server need know it. `url` is normalised. Folding twice is folding once.
    """
    while (plain := _bare(next(iter(article_urls(origin_of(url))), url))) != url:
        url = plain
    return url


def _bare(url: str) -> str:
    address, mark, query = url.partition("?")
    scheme, rest = address.split("://", 1)
    host, _, path = rest.partition("/")
    name = f"{host.removeprefix('www.')}/{path.rstrip('/')}" if "." in host.removeprefix("www.") else rest
    return f"{scheme.removesuffix('s')}s://{name}{mark}{query}"


def _plainer(url: str) -> Iterator[str]:
    for rule in RULES:
        for spelling in rule(url):
            normal = urls.normalise(spelling)
            if normal and normal != url:
                yield normal


def _of_host(url: str) -> Iterator[str]:
    """`m.example.org` and `en.m.example.org`; the bare name comes first, so that `www.` is the likelier."""
    match = TWIN_HOST.fullmatch(url)
    if match:
        scheme, before, after = match.groups()
        yield f"{scheme}{before}{after}"
        if not before:
            yield f"{scheme}www.{after}"


def _of_query(url: str) -> Iterator[str]:
    address, _, query = url.partition("?")
    kept = [piece for piece in query.split("&") if not TWIN_PIECE.fullmatch(piece)]
    if query and len(kept) < len(query.split("&")):
        yield f"{address}?{'&'.join(kept)}"


def _of_path(url: str) -> Iterator[str]:
    """`/a/amp`, `/a/print/`, `/amp/a`, `/a.amp.html`, `/a.amp`; the last segment alone is no path of an article."""
    address, mark, query = url.partition("?")
    front, path = "/".join(address.split("/", 3)[:3]), "/" + address.split("/", 3)[3]
    rest = f"{mark}{query}"
    if match := LAST_SEGMENT.fullmatch(path):
        yield f"{front}{match[1]}{match[2]}{rest}"
        yield f"{front}{match[1]}{'' if match[2] else '/'}{rest}"
    if match := FIRST_SEGMENT.fullmatch(path):
        yield f"{front}{match[1]}{rest}"
    if match := ENDING.fullmatch(path):
        yield f"{front}{match[1]}{match[2] or ''}{rest}"


RULES: Final[tuple[Callable[[str], Iterator[str]], ...]] = (_of_host, _of_query, _of_path)
