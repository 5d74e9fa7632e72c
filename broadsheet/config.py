"""Settings and sources, read once at the rim into frozen values.

Settings come from the environment (`BROADSHEET_*`), sources from a TOML file (`deployments/sources.toml`).
Every mistake is a ConfigError that names the file or variable, the key, what was found and what is allowed.
"""

from __future__ import annotations

import os
import re
import tomllib
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from broadsheet import __version__
from broadsheet.errors import ConfigError
from broadsheet.model import Endpoint, EndpointKind, Source
from broadsheet.urls import host, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

PREFIX = "BROADSHEET_"
HOST = re.compile(r"\.?[\w-]+(\.[\w-]+)*", re.ASCII)


class Settings(BaseSettings):
    """How this process works; each field is the environment variable BROADSHEET_<NAME>."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    data: Path = Field(Path("data"), description="Folder of archive, stages, warehouse and read copy.")
    sources: Path = Field(Path("deployments/sources.toml"), description="The file that names the sources.")
    contact: str = Field("", description="URL or mail address in the User-Agent; needed to ask any public site.")
    now: AwareDatetime | None = Field(None, description="A fixed clock (ISO 8601 with offset), for tests.")
    resolve: Annotated[dict[str, tuple[str, int]], NoDecode] = Field(
        default_factory=dict, description="Names served elsewhere: host=ip:port,... They alone may be private."
    )
    workers: int = Field(os.cpu_count() or 1, ge=1, le=256, description="Processes that extract pages.")
    page_seconds: float = Field(10, gt=0, le=600, description="Wall time one page's extraction may take.")
    page_memory_mb: int = Field(2048, ge=256, description="Memory one extracting process may take, MiB.")
    batch_pages: int = Field(200, ge=1, le=5000, description="Pages in one extract and load batch.")
    fetch_tasks: int = Field(8, ge=1, le=64, description="Fetch tasks a run; hosts are shared out over them.")
    fetch_seconds: float = Field(30, gt=0, le=600, description="Total time one request may take.")
    lock_wait: float = Field(60, ge=0, description="Seconds to wait for another process at the warehouse.")

    @field_validator("resolve", mode="before")
    @classmethod
    def _names(cls, value: object) -> object:
        return dict(_resolved(part) for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @property
    def user_agent(self) -> str:
        """The User-Agent header: product, version and how to reach whoever runs it (RFC 9110, 10.1.5)."""
        return f"broadsheet/{__version__}" + (f" (+{self.contact})" if self.contact else "")

    def clock(self) -> datetime:
        """The time, in UTC: the fixed one if set, else the machine's."""
        return self.now.astimezone(UTC) if self.now else datetime.now(UTC)


def _resolved(part: str) -> tuple[str, tuple[str, int]]:
    """`host=ip:port` -> (host, (ip, port)); an IPv6 address stands in brackets."""
    name, _, address = part.strip().partition("=")
    ip, _, port = address.rpartition(":")
    if not name or not port.isdigit():
        raise ValueError(f"{part!r} is not host=ip:port")
    return name.lower(), (str(ip_address(ip.strip("[]"))), int(port))


def read_settings(**given: object) -> Settings:
    """Settings from the environment; what is given by keyword (not None) wins. ConfigError on a bad value."""
    try:
        return Settings(**{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        raise ConfigError(_told(error, "environment", prefix=PREFIX)) from error


class EndpointEntry(BaseModel):
    """`{ url = "https://...", kind = "feed" }`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(description="Address of the feed, sitemap, section page or URL list.")
    kind: EndpointKind = Field(description="feed, sitemap, section or list.")

    @field_validator("url")
    @classmethod
    def _url(cls, value: str) -> str:
        if normalise(value) is None:
            raise ValueError("must be an http or https URL")
        return value


class SourceEntry(BaseModel):
    """One `[[source]]` table of sources.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(
        max_length=64,
        pattern=r"^[a-z0-9][a-z0-9._-]*$",
        description="Short name: a-z, 0-9, dot, dash, underscore.",
    )
    home: str = Field(description="The site's home page.")
    endpoints: tuple[EndpointEntry, ...] = Field(min_length=1, description="Where its new articles are announced.")
    include: tuple[str, ...] = Field((), description="Regular expressions; a URL must match one, if any are given.")
    exclude: tuple[str, ...] = Field((), description="Regular expressions; a URL that matches one is left out.")
    hosts: tuple[str, ...] = Field((), description="Hosts whose pages belong to it, beside its home's.")
    delay: float = Field(1.0, ge=0, le=3600, description="Seconds between two requests to one host.")
    connections: int = Field(2, ge=1, le=16, description="Requests in flight to one host.")
    budget: int = Field(1000, ge=1, le=1_000_000, description="The most pages asked for in one run.")
    time_zone: str | None = Field(None, description="IANA zone of times printed without one.")
    language: str | None = Field(None, pattern=r"^[a-z]{2,3}$", description="ISO 639 code of its articles.")
    paused: bool = Field(default=False, description="true: leave it out of runs.")

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

    @model_validator(mode="after")
    def _home(self) -> Self:
        if normalise(self.home) is None:
            raise ValueError("home must be an http or https URL")
        return self

    def source(self) -> Source:
        """The noun this entry describes."""
        values = self.model_dump(exclude={"endpoints", "hosts"})
        hosts = tuple(dict.fromkeys((host(self.home), *self.hosts)))
        return Source(**values, hosts=hosts, endpoints=tuple(Endpoint(e.url, e.kind) for e in self.endpoints))


class SourcesFile(BaseModel):
    """The whole of sources.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: tuple[SourceEntry, ...] = ()

    @model_validator(mode="after")
    def _unique(self) -> Self:
        names = [entry.name for entry in self.source]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two sources are named {twice[0]!r}; names must differ")
        return self


def read_sources(path: Path) -> tuple[Source, ...]:
    """The sources a file names, in its order. ConfigError: no such file, not TOML, or a key that is wrong."""
    try:
        return tuple(e.source() for e in SourcesFile.model_validate(_toml(path)).source)
    except ValidationError as error:
        raise ConfigError(_told(error, str(path))) from error


def known_sources(path: Path) -> tuple[Source, ...]:
    """The sources a file names; none where there is no such file. ConfigError: it is there and wrong."""
    return read_sources(path) if path.exists() else ()


def chosen_sources(sources: Iterable[Source], names: Iterable[str]) -> tuple[Source, ...]:
    """The sources of these names (all that are not paused, if none is named). ConfigError on an unknown name."""
    known = {source.name: source for source in sources}
    wanted = tuple(names)
    for name in wanted:
        if name not in known:
            raise ConfigError(f"no source is named {name!r}; there are: {', '.join(known) or 'none'}")
    if not known:
        raise ConfigError("no source is configured: name one (README, 'Point it at a site')")
    if wanted:
        return tuple(known[name] for name in dict.fromkeys(wanted))
    return tuple(source for source in known.values() if not source.paused)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        hint = "write one (README, 'Point it at a site') or name another by BROADSHEET_SOURCES"
        raise ConfigError(f"{path}: no such file; {hint}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML: {error}") from error


def _told(error: ValidationError, where: str, prefix: str = "") -> str:
    """One line a mistake: file, key, what was found, what is allowed."""
    return "; ".join(_mistake(dict(detail), where, prefix) for detail in error.errors())


def _mistake(detail: dict[str, Any], where: str, prefix: str) -> str:
    place = ".".join(f"{part + 1}" if isinstance(part, int) else part for part in detail["loc"])
    key = f"{prefix}{place.upper()}" if prefix else place
    if detail["type"] == "extra_forbidden":
        return f"{where}: {key}: unknown key; allowed are {', '.join(_allowed(detail['loc']))}"
    found = "" if isinstance(detail["input"], dict) else f", not {detail['input']!r}"
    return f"{where}: {key or 'file'}: {detail['msg'].removeprefix('Value error, ')}{found}"


def _allowed(loc: tuple[str | int, ...]) -> list[str]:
    table: type[BaseModel] = SourcesFile
    tables: dict[str, type[BaseModel]] = {"source": SourceEntry, "endpoints": EndpointEntry}
    for part in loc[:-1]:
        table = tables.get(str(part), table)
    return list(table.model_fields)
