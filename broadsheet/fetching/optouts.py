"""How sites say no to mining and training, besides robots.txt's rules for us. Pure.

Read are, each recorded and obeyed where a source's `obey` names it:
- the TDM Reservation Protocol (W3C community group report): `tdm-reservation` as a header, as a meta element, and in
  `/.well-known/tdmrep.json`; the element speaks before the header, the header before the file;
- `noai` and `noimageai` in X-Robots-Tag and `<meta name="robots">` (DeviantArt's words of 2022, used widely since);
- groups of robots.txt for crawlers that gather for AI, by the names that their operators publish.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlsplit

from protego import Protego

from broadsheet.model import OptOut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEAD: Final = 1 << 17  # bytes at the beginning of a page in which its meta elements are looked for
END_OF_HEAD: Final = b"</head>"
TDM: Final = "tdm-reservation"
NOAI: Final = frozenset({"noai", "noimageai"})
LONGEST_META: Final = 2_000  # bytes
META: Final = re.compile(rb"<meta\s([^>]{1,%d})>" % LONGEST_META, re.IGNORECASE)
ATTRIBUTE: Final = re.compile(r"""([a-z:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
FOR_ANOTHER: Final = re.compile(r"\s*(?!unavailable_after|max-)[\w-]+\s*:", re.ASCII)  # "googlebot: noai" is not for us

MINERS: Final = frozenset(
    {
        "ai2bot", "amazonbot", "anthropic-ai", "applebot-extended", "bytespider", "ccbot", "claude-web", "claudebot",
        "cohere-ai", "cohere-training-data-crawler", "diffbot", "facebookbot", "google-cloudvertexbot",
        "google-extended", "gptbot", "imagesiftbot", "img2dataset", "meta-externalagent", "mistralai-user",
        "oai-searchbot", "omgili", "omgilibot", "pangubot", "perplexitybot", "timpibot", "webzio-extended", "youbot",
    }
)  # fmt: skip
"""Product tokens, in small letters, of crawlers that gather for AI."""


def stated(
    headers: Iterable[tuple[str, str]], head: bytes, before: frozenset[OptOut] = frozenset()
) -> frozenset[OptOut]:
    """The opt-outs that hold for an answer: those known `before` it, and what its headers and the page's head state."""
    named = [(name.lower(), value) for name, value in headers]
    metas = list(_metas(head))
    found: set[OptOut] = {each for each in before if each is not OptOut.TDM}
    if _reserved((value for name, value in (*metas, *named) if name == TDM), otherwise=OptOut.TDM in before):
        found.add(OptOut.TDM)
    directives = [value for name, value in named if name == "x-robots-tag" and not FOR_ANOTHER.match(value)]
    directives += [value for name, value in metas if name == "robots"]
    if any(NOAI & {word.strip().lower() for word in value.split(",")} for value in directives):
        found.add(OptOut.NOAI)
    return frozenset(found)


def _reserved(values: Iterable[str], *, otherwise: bool) -> bool:
    """What the first of the values says that is one of the protocol's two."""
    return next((value.strip() == "1" for value in values if value.strip() in {"0", "1"}), otherwise)


def _metas(head: bytes) -> Iterator[tuple[str, str]]:
    """Names and contents of a page's meta elements, where it has one that matters."""
    head = head.partition(END_OF_HEAD)[0]
    lowered = head.lower()
    if TDM.encode() not in lowered and not _forbids_ai(lowered):
        return
    for match in META.finditer(head):
        pairs = ATTRIBUTE.findall(match[1].decode("latin-1"))
        found = {name.lower(): html.unescape("".join(values)) for name, *values in pairs}
        yield found.get("name", "").strip().lower(), found.get("content", "")


def _forbids_ai(head: bytes) -> bool:
    """Whether one of NOAI stands near the name of the element it belongs to: the longer word is found sooner."""
    at = head.find(b"robots")
    while at >= 0:
        near = head[max(0, at - LONGEST_META) : at + LONGEST_META]
        if b"noai" in near or b"noimageai" in near:
            return True
        at = head.find(b"robots", at + 1)
    return False


@dataclass(frozen=True, slots=True)
class TdmFile:
    """The rules of a tdmrep.json: (location pattern, whether mining is reserved). None: nothing is reserved."""

    rules: tuple[tuple[str, bool], ...] = ()

    @classmethod
    def read(cls, body: bytes) -> Self:
        """The rules that a file holds; what is not in its form is passed over."""
        try:
            entries = json.loads(body.decode("utf-8-sig", "replace"))
        except (ValueError, RecursionError):
            return cls()
        rules = (_rule(entry) for entry in (entries if isinstance(entries, list) else [entries]))
        return cls(tuple(rule for rule in rules if rule))

    def reserves(self, url: str) -> bool:
        """Whether mining the URL is reserved: the longest location that matches decides, as in robots.txt."""
        matching = [(len(location), reserved) for location, reserved in self.rules if _matches(location, url)]
        return max(matching, default=(0, False))[1]


def _rule(entry: Any) -> tuple[str, bool] | None:  # noqa: ANN401 - any JSON value
    if not isinstance(entry, dict) or not isinstance(entry.get("location"), str):
        return None
    value = entry.get(TDM)
    return (entry["location"], str(value) == "1") if str(value) in {"0", "1"} else None


def _matches(location: str, url: str) -> bool:
    """Whether a location, a pattern of robots.txt, matches the path of a URL."""
    path = urlsplit(location)._replace(scheme="", netloc="").geturl() if "://" in location else location
    rules = Protego.parse(f"User-agent: *\nDisallow: {path if path.startswith(('/', '*')) else '/' + path}\n")
    return not rules.can_fetch(url, "*")
