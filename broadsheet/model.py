"""The nouns of the pipeline, in the order they flow. Standard library only.

    Source ─discover→ DiscoveredUrl ─plan→ Claim ─fetch→ FetchedPage ─extract→ Extraction ─accept→ Article | Rejection

Every value is frozen; every time is an aware `datetime` in UTC unless a field says otherwise.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta, timezone
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

ID_BITS = 63


def stable_id(text: str) -> int:
    """63 bits of SHA-256 of a text: the same number on every machine, and never negative in a BIGINT."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> (64 - ID_BITS)


# ── Where pages come from ────────────────────────────────────────────────────────────────────────────────────────────


class EndpointKind(StrEnum):
    """What an endpoint's body is read as."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One feed, sitemap, section page or URL list of a source."""

    url: str
    kind: EndpointKind


class Keeping(StrEnum):
    """Which answers to requests for pages stay in the archive."""

    ALL = "all"
    CHANGED = "changed"  # the first of a URL, and each that differs from the one before
    DAYS = "days"  # all, for so many days


@dataclass(frozen=True, slots=True)
class Keep:
    """What the archive keeps of a source; `days` is set with `Keeping.DAYS` alone, and counted from the capture."""

    what: Keeping = Keeping.ALL
    days: int | None = None


class OptOut(StrEnum):
    """Ways in which a site says no to machines that read it for mining or training."""

    ROBOTS_GROUPS = "robots-groups"  # robots.txt refuses crawlers that are known to gather for AI
    TDM = "tdm"  # the TDM Reservation Protocol: header, meta element, /.well-known/tdmrep.json
    NOAI = "noai"  # `noai` or `noimageai` in X-Robots-Tag or <meta name="robots">


@dataclass(frozen=True, slots=True)
class Source:
    """A configured place that publishes articles.

    `include` and `exclude` are regular expressions searched in a discovered URL; an empty `include` admits all.
    `hosts` are the hosts whose pages belong to the source (its home's host is always one of them).
    `delay` is in seconds between two requests to one host; `budget` is the most pages asked for in one run.
    `time_zone` (IANA name) and `language` (ISO 639-1) are hints for pages that state neither.
    `poll_shortest` and `poll_longest` bound the time between two questions put to one of its endpoints.
    `since` is the day (UTC) before which none of its pages is taken, None: all are.
    `obey` are the opt-outs that are obeyed, beside robots.txt's rules for us, which always are.
    """

    name: str
    home: str
    endpoints: tuple[Endpoint, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    delay: float = 1.0
    connections: int = 2
    budget: int = 1000
    time_zone: str | None = None
    language: str | None = None
    since: date | None = None
    keep: Keep = Keep()
    poll_shortest: timedelta = timedelta(minutes=10)
    poll_longest: timedelta = timedelta(days=1)
    obey: tuple[OptOut, ...] = ()
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Hints:
    """What an endpoint says of an article before anybody has read it. None or empty: it did not say.

    `guid` is the id that a feed gives its entry (RSS guid, Atom id, JSON Feed id), whatever it is made of.
    """

    title: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    guid: str | None = None


@dataclass(frozen=True, slots=True)
class DiscoveredUrl:
    """A frontier entry: a normalised URL, the endpoint that named it, and what that endpoint said of it.

    `variant_of`: if its spelling is that of an AMP, print or mobile form, where the article itself may lie (normalised,
    likeliest first). One of them that is known makes this URL no page of its own.
    """

    url: str
    source: str
    endpoint: str
    hints: Hints = field(default_factory=Hints)
    variant_of: tuple[str, ...] = ()


# ── What is asked for ────────────────────────────────────────────────────────────────────────────────────────────────


class Why(StrEnum):
    """Why a run attempts a URL."""

    NEW = "new"
    DUE = "due"
    LEFTOVER = "leftover"  # a run that died had claimed it


@dataclass(frozen=True, slots=True)
class Claim:
    """A URL that a run has taken upon itself to attempt, with the validators of its last answer (RFC 9110, 8.8)."""

    url: str
    source: str
    why: Why
    etag: str | None = None
    last_modified: str | None = None

    @property
    def url_id(self) -> int:
        """The URL's stable id."""
        return stable_id(self.url)


# ── What came ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Role(StrEnum):
    """What a kept record is of."""

    PAGE = "page"
    ENDPOINT = "endpoint"
    ROBOTS = "robots"
    POLICY = "policy"  # an origin's TDM file
    REDIRECT = "redirect"


class Reason(StrEnum):
    """The closed list of why an attempt brought no article. `broadsheet.reasons` explains each."""

    # The network
    TIMEOUT = "timeout"
    CONNECTION_FAILED = "connection_failed"
    NAME_NOT_RESOLVED = "name_not_resolved"
    TLS_FAILED = "tls_failed"
    ADDRESS_REFUSED = "address_refused"  # the address guard: not a public address
    HOST_PAUSED = "host_paused"  # the host failed too often or asked to be left alone: not asked in this run
    HTTP_ERROR = "http_error"
    SERVER_ERROR = "server_error"
    RATE_LIMITED = "rate_limited"
    BLOCKED = "blocked"
    ROBOTS_DISALLOWED = "robots_disallowed"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    OPTED_OUT = "opted_out"  # of mining, by a way that the source obeys
    TOO_MANY_REDIRECTS = "too_many_redirects"
    REDIRECT_OUTSIDE = "redirect_outside"  # to a host the source does not allow
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    BAD_ENCODING = "bad_encoding"
    # Gone
    NOT_FOUND = "not_found"
    GONE = "gone"
    # The page
    NOT_HTML = "not_html"
    EMPTY = "empty"
    NOT_ARTICLE = "not_article"
    LISTING = "listing"
    GALLERY = "gallery"
    VIDEO = "video"
    LIVE_BLOG = "live_blog"
    SOFT_404 = "soft_404"
    CONSENT_WALL = "consent_wall"
    LOGIN_WALL = "login_wall"
    PAY_WALL = "pay_wall"
    NEEDS_JAVASCRIPT = "needs_javascript"
    NO_TITLE = "no_title"
    TEXT_TOO_SHORT = "text_too_short"
    # The work
    EXTRACTION_OVERRAN = "extraction_overran"  # its process took too long or died
    OUT_OF_MEMORY = "out_of_memory"
    BROKEN_RECORD = "broken_record"
    RUN_DIED = "run_died"
    OVER_BUDGET = "over_budget"
    DISK_FULL = "disk_full"  # too little room to keep an answer
    FORGOTTEN = "forgotten"  # somebody had it forgotten: it is not read again
    INTERNAL_ERROR = "internal_error"  # nobody foresaw it: the run fails at its end


@dataclass(frozen=True, slots=True)
class RecordPosition:
    """Where a WARC record lies: file (relative to the data folder, or absolute for a file of the user's), bytes."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """One answer of the network, as a WARC record keeps it; also a failure that brought no answer (`reason` set).

    `url` is the normalised URL that was asked for, `target` the one that answered (after redirects).
    `body` is as received, still in its Content-Encoding. `status` is None where no HTTP answer came.
    `headers` keep their order and may repeat.
    `opt_outs` are the ways in which the site keeps the page from being mined, obeyed or not.
    `retry_at` is when the host asked to be asked again; None: it did not say.
    """

    url: str
    target: str
    role: Role
    source: str
    captured_at: datetime
    status: int | None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    reason: Reason | None = None
    detail: str = ""
    tries: int = 1
    seconds: float = 0.0
    robots_line: str = ""  # the robots.txt line that allowed or refused it, empty: no rule matched
    opt_outs: tuple[OptOut, ...] = ()
    retry_at: datetime | None = None
    position: RecordPosition | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class EndpointPoll:
    """One question put to an endpoint and what it named. `reason` is set where it could not be read.

    `more` are the sitemaps that an index names, `quiet` the URLs of those that have not changed lately by its word, and
    `is_unfinished` says that some of them were never asked. `fresh_for` is how long the server wants not to be asked
    again.
    """

    endpoint: Endpoint
    source: str
    polled_at: datetime
    status: int | None
    etag: str | None = None
    last_modified: str | None = None
    found: tuple[DiscoveredUrl, ...] = ()
    more: tuple[Endpoint, ...] = ()
    quiet: tuple[str, ...] = ()
    is_unfinished: bool = False
    reason: Reason | None = None
    detail: str = ""
    fresh_for: timedelta = timedelta(0)
    position: RecordPosition | None = None


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """A robots.txt as it was answered. `origin` is scheme://host[:port]; `status` None: unreachable."""

    origin: str
    fetched_at: datetime
    status: int | None
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class HostPause:
    """A host (without `www.`) that asked to be left alone until a time, and what it answered then."""

    host: str
    until: datetime
    reason: Reason
    detail: str


# ── What was read off it ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Page:
    """What extraction reads: decoded-content bytes, where they came from, their Content-Type, and when."""

    html: bytes
    url: str
    content_type: str | None = None
    captured_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SiteRules:
    """What we know of one site beyond its pages: selectors, zone, learned boilerplate. Empty: nothing.

    `body` and `drop` are CSS selectors, `fields` maps a field's name to selectors for it.
    `time_zone` comes from a site rule, `source_time_zone` from sources.toml; both are IANA names.
    `python` is a hash of the site's Python file, extractors/sites/<name>.py; empty: these rules have none.
    """

    name: str = ""
    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    boilerplate: tuple[str, ...] = ()
    time_zone: str | None = None
    source_time_zone: str | None = None
    source_language: str | None = None
    python: str = ""


class PageKind(StrEnum):
    """What kind of page it is; only an article is loaded as one."""

    ARTICLE = "article"
    LIVE_BLOG = "live_blog"
    GALLERY = "gallery"
    VIDEO = "video"
    LISTING = "listing"
    SOFT_404 = "soft_404"
    CONSENT_WALL = "consent_wall"
    LOGIN_WALL = "login_wall"
    PAY_WALL = "pay_wall"
    NEEDS_JAVASCRIPT = "needs_javascript"
    NOT_HTML = "not_html"
    OTHER = "other"


class Producer(StrEnum):
    """Who stated a value."""

    JSON_LD = "json-ld"
    OPENGRAPH = "opengraph"
    META = "meta"
    MICRODATA = "microdata"
    DOM = "dom"
    SITE_RULE = "site rule"
    FEED = "feed"
    URL = "url"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One candidate for one field: who stated it, where on the page, and the raw value (cut; with its hash).

    `value` is what we made of it; `chosen` tells the winner from the losers, which stay.
    """

    field: str
    producer: Producer
    locator: str
    value: str
    raw: str
    raw_hash: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class DroppedLine:
    """A line of the engine's text that does not belong to the article, and why we think so."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the article. Empty: the page does not say."""

    url: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as a publisher printed it.

    `at` is the instant in UTC; None where only a day is known. `on` is the date in the publisher's calendar.
    `precision`: day, minute, second. `offset_minutes` is the publisher's offset from UTC, None if unknown.
    `zone_source`: page, site, source, unknown (then `at` was read as UTC).
    """

    at: datetime | None
    on: date
    precision: str
    offset_minutes: int | None
    zone_source: str

    @property
    def printed(self) -> datetime | date:
        """The instant with the publisher's own offset, as the page prints it; UTC if unknown; the day if no more is."""
        if self.at is None:
            return self.on
        return self.at.astimezone(timezone(timedelta(minutes=self.offset_minutes or 0)))


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a page says, by the rules of `version`. An empty text or tuple: the page does not say.

    `forms` are the addresses of its AMP and mobile forms, normalised.
    """

    url: str
    version: str
    page_kind: PageKind
    kind_evidence: str = ""
    canonical_url: str | None = None
    title: str = ""
    authors: tuple[str, ...] = ()
    author_kinds: tuple[str, ...] = ()  # person or organisation, beside each author
    published: Moment | None = None
    modified: Moment | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    declared_language: str | None = None
    description: str | None = None
    images: tuple[Image, ...] = ()
    site_name: str | None = None
    next_page: str | None = None
    forms: tuple[str, ...] = ()
    access: str = "free"  # free, metered, paid
    text: str = ""
    text_producer: str = "trafilatura"
    word_count: int = 0
    dropped: tuple[DroppedLine, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def published_at(self) -> datetime | date | None:
        """The instant of publication with the publisher's offset; a date where the page gives only the day."""
        return self.published.printed if self.published else None

    @property
    def modified_at(self) -> datetime | date | None:
        """The instant of the last change with the publisher's offset; a date where the page gives only the day."""
        return self.modified.printed if self.modified else None


# ── What was learned from it ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines that one reading of an article's page brought: those of its text, and those taken out of it.

    Readings of the same `article` (its other URLs, versions) count as one. `first_day` and `last_day` are those of the
    captures that were read so.
    """

    article: str
    url: str
    first_day: date
    last_day: date
    title: str = ""
    lines: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CandidateRule:
    """A line, or block of lines, that recurs over a site's articles, as `extractors.boilerplate` writes it.

    `share` is the part of the articles read from `first_day` to `last_day` that have it. `ripe`: it recurs so widely
    that it may be left out of texts without anybody's asking.
    """

    line: str
    first_day: date
    last_day: date
    articles: int
    share: float
    example_url: str
    ripe: bool = False


class RuleState(StrEnum):
    """How a learned rule stands."""

    CANDIDATE = "candidate"
    ACTIVE = "active"
    VETOED = "vetoed"


@dataclass(frozen=True, slots=True)
class LearnedRule:
    """A rule as it is kept. `activated_at` None: it never was active."""

    rule_id: int
    source: str
    line: str
    state: RuleState
    first_day: date
    last_day: date
    articles: int
    share: float
    example_url: str
    activated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PageReading:
    """A capture that showed an article: which page it was, by which version it was read, when (UTC) it was captured."""

    payload_digest: str
    version: str
    captured_at: datetime
    position: RecordPosition


# ── What we make of it ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Article:
    """An extraction that was accepted; `content_hash` covers headline and text, so equal hashes mean no edit."""

    extraction: Extraction
    content_hash: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why an attempt brought no article."""

    reason: Reason
    detail: str = ""


class Outcome(StrEnum):
    """What became of an attempt; the ledger's columns. attempted = the sum of these."""

    NEW = "new"
    EDITED = "edited"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    GONE = "gone"
    REJECTED = "rejected"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class LoadBatch:
    """A stage file to be loaded; `key` is the same whenever the same records are handed over."""

    key: str
    path: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the pipeline: over sources ("ingest") or over WARC files ("warc")."""

    run_id: str
    kind: str
    started_at: datetime
    sources: tuple[str, ...] = ()
