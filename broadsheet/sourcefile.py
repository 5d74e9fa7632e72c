"""sources.toml as it is written: its tables and keys, each with what it may hold, and the nouns they describe."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    field_validator,
    model_validator,
)

from broadsheet.errors import ConfigError
from broadsheet.mistakes import told
from broadsheet.model import Endpoint, EndpointKind, Keep, Keeping, OptOut, Source
from broadsheet.urls import host, normalise

if TYPE_CHECKING:
    from pathlib import Path

HOST = re.compile(r"(?:\*?\.)?[\w-]+(\.[\w-]+)*", re.ASCII)
SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|m|h|d)?")
SECONDS = {"s": 1, None: 1, "min": 60, "m": 60, "h": 3600, "d": 86400}
NAME = r"^[a-z0-9][a-z0-9._-]*$"
LONGEST_NAME = 64


def _span(value: object) -> timedelta:
    """A length of time: a number of seconds, or a text such as `90 s`, `15 min`, `6 h`, `1 d`."""
    if isinstance(value, timedelta):
        return value
    match = None if isinstance(value, bool) else SPAN.fullmatch(str(value).strip().lower())
    if match is None:
        raise ValueError('must be a length of time such as "15 min", "6 h" or "1 d"')
    return timedelta(seconds=float(match[1]) * SECONDS[match[2]])


Span = Annotated[timedelta, BeforeValidator(_span)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EndpointEntry(_Table):
    """`{ url = "https://...", kind = "feed" }`."""

    url: str = Field(description="Its address.")
    kind: EndpointKind = Field(
        description=(
            "What it is: `feed` (RSS, Atom, RDF, JSON Feed), `sitemap` (or index, or news sitemap), `section` "
            "(a page of links), `list` (a URL a line)."
        )
    )

    @field_validator("url")
    @classmethod
    def _url(cls, value: str) -> str:
        if normalise(value) is None:
            raise ValueError("must be an http or https URL")
        return value


class KeepEntry(_Table):
    """`{ days = 30 }`."""

    days: int = Field(ge=1, le=36500, description="All pages stay for so many days.")


def _variant(value: object) -> str | None:
    if isinstance(value, (dict, KeepEntry)):
        return "table"
    return "word" if value in ("all", "changed") else None


KeepChoice = Annotated[
    Annotated[Literal["all", "changed"], Tag("word")] | Annotated[KeepEntry, Tag("table")],
    Discriminator(
        _variant, custom_error_type="keep", custom_error_message='must be "all", "changed" or a table such as days = 30'
    ),
]


class PollEntry(_Table):
    """`{ shortest = "10 min", longest = "1 d" }`."""

    shortest: Span = Field(
        timedelta(minutes=10),
        description="Least time between two questions to one endpoint: seconds, or a number with `s`, `min`, `h`, `d`.",
    )
    longest: Span = Field(timedelta(days=1), description="Most time between two questions to one endpoint.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.shortest > self.longest:
            raise ValueError("shortest must not be longer than longest")
        return self


class SourceEntry(_Table):
    """One `[[source]]` table of sources.toml."""

    name: str = Field(max_length=LONGEST_NAME, pattern=NAME, description="Short name: a-z, 0-9, dot, dash, underscore.")
    home: str = Field(description="The site's home page; its host belongs to the source.")
    endpoints: tuple[EndpointEntry, ...] = Field(
        min_length=1, description="Where new articles are announced: a list of `{ url, kind }`."
    )
    include: tuple[str, ...] = Field((), description="Regular expressions; a URL must match one of them.")
    exclude: tuple[str, ...] = Field((), description="Regular expressions; a URL that matches one is left out.")
    hosts: tuple[str, ...] = Field(
        (),
        description=(
            "Further hosts whose pages belong to the source; `www.` makes no difference, `.example.org` admits "
            "every subdomain."
        ),
    )
    delay: float = Field(
        1.0, ge=0, le=3600, description="Seconds between two requests to one host; robots.txt may ask for more."
    )
    connections: int = Field(2, ge=1, le=16, description="Requests in flight to one host.")
    budget: int = Field(1000, ge=1, le=1_000_000, description="The most pages asked for in one run.")
    time_zone: str | None = Field(None, description="IANA zone of times that pages print without one.")
    language: str | None = Field(None, pattern=r"^[a-z]{2,3}$", description="ISO 639 code of its articles.")
    since: date | None = Field(
        None,
        description=(
            "A day, `2026-01-31`: pages older than it are left out ([how a page's day is told](discovery.md#history))."
        ),
    )
    keep: KeepChoice = Field(
        "all",
        description=(
            'What the archive keeps of its pages: `"all"`, `"changed"` (the first of each URL, then each that '
            "differs from the one before), or `{ days = N }`."
        ),
    )
    poll: PollEntry = Field(
        PollEntry(),
        description=(
            "Bounds of the pace at which its endpoints are asked; in between the pace is learned from how often "
            "they change."
        ),
    )
    obey: tuple[OptOut, ...] = Field(
        (),
        description=(
            "Opt-outs from mining that keep its pages from being taken, beside robots.txt's rules for us, which "
            'always hold: `"robots-groups"` (robots.txt refuses crawlers known to gather for AI), `"tdm"` (TDM '
            'Reservation Protocol), `"noai"` (`noai` in X-Robots-Tag or the page). Recorded whether obeyed or '
            "not."
        ),
    )
    paused: bool = Field(default=False, description="`true`: left out of runs, unless named.")

    @field_validator("since", mode="before")
    @classmethod
    def _since(cls, value: object) -> object:
        try:
            return value if isinstance(value, date | None) else date.fromisoformat(str(value))
        except ValueError as error:
            raise ValueError("must be a day such as 2026-01-31") from error

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, value: str | None) -> str | None:
        try:
            return value and ZoneInfo(value).key
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("must be an IANA time zone such as Europe/Berlin") from error

    @field_validator("include", "exclude")
    @classmethod
    def _patterns(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is no regular expression ({error})") from error
        return value

    @field_validator("hosts")
    @classmethod
    def _hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if not HOST.fullmatch(name):
                raise ValueError(f"{name!r} is no host name such as www.example.org")
        return value

    @field_validator("home")
    @classmethod
    def _home(cls, value: str) -> str:
        if normalise(value) is None:
            raise ValueError("must be an http or https URL")
        return value

    def source(self) -> Source:
        """The noun this entry describes."""
        values = self.model_dump(exclude={"endpoints", "hosts", "keep", "poll"})
        return Source(
            **values,
            hosts=tuple(dict.fromkeys((host(self.home), *self.hosts))),
            endpoints=tuple(Endpoint(each.url, each.kind) for each in self.endpoints),
            keep=self._kept(),
            poll_shortest=self.poll.shortest,
            poll_longest=self.poll.longest,
        )

    def _kept(self) -> Keep:
        return Keep(Keeping.DAYS, self.keep.days) if isinstance(self.keep, KeepEntry) else Keep(Keeping(self.keep))


class SourcesFile(_Table):
    """The whole of sources.toml."""

    source: tuple[SourceEntry, ...] = ()

    @model_validator(mode="after")
    def _unique(self) -> Self:
        names = [entry.name for entry in self.source]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two sources are named {twice[0]!r}; names must differ")
        return self


def read_sources(path: Path) -> tuple[Source, ...]:
    """The sources a file names, in its order. ConfigError: no such file, not TOML, or a key that is wrong."""
    return parsed_sources(toml_text(path), str(path))


def parsed_sources(text: str, where: str) -> tuple[Source, ...]:
    """The sources that a text names; `where` names it in errors. ConfigError: not TOML, or a key that is wrong."""
    try:
        return tuple(entry.source() for entry in SourcesFile.model_validate(_toml(text, where)).source)
    except ValidationError as error:
        raise ConfigError(told(error, where, table=SourcesFile, text=text)) from error


def toml_text(path: Path) -> str:
    """The text of the file. ConfigError: there is none, or it is no UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        hint = "write one (`broadsheet source add URL` does) or name another by BROADSHEET_SOURCES"
        raise ConfigError(f"{path}: no such file; {hint}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error


def _toml(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where}: cannot be read as TOML: {error}") from error
