"""robots.txt by RFC 9309: what it allows, by which line, and how slowly. The only door to protego.

Read as the standard says: a 4xx answer allows everything (2.3.1.3), 429 excepted; that, a 5xx
answer or none refuses everything (2.3.1.4);
an answer counts for 24 hours (2.4) and its first 500 KiB (2.5); groups are chosen by the bare product token (2.2.1).
`Crawl-delay` is outside the standard, and obeyed all the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from protego import Protego

from broadsheet import urls
from broadsheet.codings import content_prefix
from broadsheet.fetching.network import PRODUCT
from broadsheet.fetching.optouts import MINERS
from broadsheet.model import FetchedPage, Reason, RobotsAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

LONGEST_BODY: Final = 500 * 1024  # bytes, RFC 9309, 2.5
LONGEST_AGE: Final = timedelta(hours=24)  # RFC 9309, 2.4
OK: Final = range(200, 300)
TROUBLE: Final = frozenset({429, *range(500, 600)})  # 429 as Google has it: who is asked too much allows nothing
DIRECTIVE: Final = re.compile(r"\s*([A-Za-z][A-Za-z -]*?)\s*:\s*([^#]*?)\s*(?:#.*)?$")
CUT_SHORT: Final = frozenset({Reason.TIMEOUT, Reason.TRUNCATED, Reason.TOO_LARGE, Reason.BAD_ENCODING})
AGENT: Final = re.compile(r"^\s*user[ -]?agent\s*:\s*([^#]*?)\s*(?:#.*)?$", re.IGNORECASE)
NOBODY: Final = "0"  # no product token: those are letters, - and _
HOPELESS: Final = frozenset(
    {Reason.ADDRESS_REFUSED, Reason.NAME_NOT_RESOLVED, Reason.HOST_PAUSED, Reason.OVER_BUDGET, Reason.INTERNAL_ERROR}
)  # true of every page there


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a URL may be asked for (`reason` is None), the robots.txt line that decided, and why not."""

    reason: Reason | None = None
    line: str = ""
    detail: str = ""
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    allows: bool
    rule: Protego

    def matches(self, url: str) -> bool:
        return not self.rule.can_fetch(url, "*")


class Rules:
    """The rules of one origin for one product token; `failure` is the page that says why there is no answer."""

    def __init__(self, answer: RobotsAnswer, product: str, failure: FetchedPage | None = None) -> None:
        text = _addressed(_text(answer.body), product) if answer.status in OK else ""
        self._product = product
        self._refusal = _refusal(answer.status, failure)
        self._rules = Protego.parse(text)
        self._lines = tuple(_lines(text, product))
        self._told = _text(answer.body) if answer.status in OK else ""
        self._miners = MINERS & {name.lower() for name in _names(self._told)}
        self._for_miners = Protego.parse(self._told if self._miners else "")

    @property
    def delay(self) -> float:
        """The seconds between requests that the site asks of us; 0 if it does not."""
        return float(self._rules.crawl_delay(self._product) or 0.0)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that robots.txt names, for whoever asks (outside of groups, sitemaps.org)."""
        return tuple(self._rules.sitemaps)

    def refuses_miners(self, url: str) -> bool:
        """Whether a group for a crawler that gathers for AI refuses it the URL."""
        return any(not self._for_miners.can_fetch(url, name) for name in self._miners)

    def verdict(self, url: str) -> Verdict:
        """Whether the normalised URL may be asked for."""
        if self._refusal:
            return self._refusal
        if self._rules.can_fetch(url, self._product):
            return Verdict(line=self._decisive(url, allows=True))
        line = self._decisive(url, allows=False)
        return Verdict(Reason.ROBOTS_DISALLOWED, line, f"robots.txt says {line!r}")

    def _decisive(self, url: str, *, allows: bool) -> str:
        """The longest line of the verdict's kind that matches: the one that decides (RFC 9309, 2.2.2)."""
        return next((line.text for line in self._lines if line.allows is allows and line.matches(url)), "")


def is_current(answer: RobotsAnswer | None, now: datetime) -> bool:
    """Whether a stored answer may be used: not older than 24 hours, and not one of a server in trouble."""
    if answer is None or answer.status is None or answer.status in TROUBLE:
        return False
    return abs(now - answer.fetched_at) <= LONGEST_AGE


def robots_answer(page: FetchedPage) -> RobotsAnswer:
    """What a fetched robots.txt says, to be stored: its first 500 KiB, decoded. One that broke off is unreachable."""
    status = None if page.reason in CUT_SHORT else page.status
    body = content_prefix(page.body, page.header("content-encoding"), limit=LONGEST_BODY)
    return RobotsAnswer(urls.origin(page.url), page.captured_at, status, body)


def _refusal(status: int | None, failure: FetchedPage | None) -> Verdict | None:
    """The verdict on every URL where robots.txt could not be read, else None."""
    if status is not None and status not in TROUBLE:
        return None
    detail = f"robots.txt: {failure.detail or failure.reason or status}" if failure else f"robots.txt: {status}"
    if failure and failure.reason in HOPELESS and failure.target == failure.url:
        return Verdict(failure.reason, detail=detail, retry_at=failure.retry_at)
    return Verdict(Reason.ROBOTS_UNREACHABLE, detail=detail)


def _text(body: bytes) -> str:
    """The text of the first 500 KiB; a line cut by that bound goes, as its beginning would match too much."""
    text = body[:LONGEST_BODY].decode("utf-8-sig", "replace")
    return text if len(body) < LONGEST_BODY else text.rpartition("\n")[0]


def _addressed(text: str, product: str) -> str:
    """The text with each group addressed to us, to all, or to nobody.

    protego finds a group's name at the beginning of any word of ours; the standard (2.2.1) compares whole tokens.
    """
    return "\n".join(AGENT.sub(lambda match: f"User-agent: {_meant(match[1], product)}", line) for line in _split(text))


def _names(text: str) -> Iterator[str]:
    """The product tokens that a text names."""
    for line in _split(text):
        if (match := AGENT.match(line)) and (token := PRODUCT.match(match[1])):
            yield token[0]


def _meant(name: str, product: str) -> str:
    if name == "*" or name.startswith("* "):
        return "*"
    token = PRODUCT.match(name)
    return product if token and token[0].lower() == product.lower() else NOBODY


def _split(text: str) -> list[str]:
    return re.split("\r\n|[\r\n]", text)  # the line ends of the standard, no others


def _lines(text: str, product: str) -> list[_Line]:
    """The rules that are meant for the product, the longest first, an Allow before a Disallow of its length."""
    groups = list(_groups(text))
    mine = [rules for agents, rules in groups if product in agents]
    chosen = mine or [rules for agents, rules in groups if "*" in agents]
    found = [(value, _Line(line, allows, _rule(value))) for rules in chosen for line, allows, value in rules if value]
    return [line for _, line in sorted(found, key=lambda pair: (-len(pair[0]), not pair[1].allows))]


def _groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, bool, str]]]]:
    """The groups of an addressed text: its agents, and (line, whether it allows, pattern) of each rule."""
    agents: set[str] = set()
    rules: list[tuple[str, bool, str]] = []
    for line in _split(text):
        match = DIRECTIVE.match(line)
        field, value = (match[1].lower(), match[2]) if match else ("", "")
        if field == "user-agent":
            if rules:
                yield agents, rules
                agents, rules = set(), []
            agents.add(value)
        elif field in {"allow", "disallow"}:
            rules.append((line.partition("#")[0].strip(), field == "allow", value))
    yield agents, rules


def _rule(pattern: str) -> Protego:
    return Protego.parse(f"User-agent: *\nDisallow: {pattern}\n")
