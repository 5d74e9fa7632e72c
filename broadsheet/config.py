"""Settings and sources, read once at the rim into frozen values.

Settings come from the environment (`BROADSHEET_*`), sources from a TOML file (`deployments/sources.toml`).
Every mistake is a ConfigError that names the file or variable, the key, what was found and what is allowed.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AwareDatetime, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from broadsheet import __version__
from broadsheet.errors import ConfigError
from broadsheet.mistakes import told
from broadsheet.pacing import RECHECK, RETRY, RUN_BUDGET
from broadsheet.sourcefile import EndpointEntry, SourceEntry, Span, read_sources

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.model import Source

__all__ = [
    "EndpointEntry",
    "Settings",
    "SourceEntry",
    "chosen_sources",
    "known_sources",
    "read_settings",
    "read_sources",
]

PREFIX = "BROADSHEET_"


class Settings(BaseSettings):
    """How this process works; each field is the environment variable BROADSHEET_<NAME>."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    data: Path = Field(Path("data"), description="Folder of archive, stages, warehouse and read copy.")
    sources: Path = Field(Path("deployments/sources.toml"), description="The file that names the sources.")
    contact: str = Field(
        "", description="URL or mail address in the User-Agent; needed before any public site is asked."
    )
    now: AwareDatetime | None = Field(None, description="A fixed clock (ISO 8601 with offset), for tests.")
    resolve: Annotated[dict[str, tuple[str, int]], NoDecode] = Field(
        default_factory=dict,
        description="Names served elsewhere, `host=ip:port,...`; these addresses alone may be private.",
    )
    private_hosts: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(),
        description=(
            "Names and addresses that [may be private](fetching.md#the-address-guard), divided by commas: an "
            "intranet's."
        ),
    )
    workers: int = Field(os.cpu_count() or 1, ge=1, le=256, description="Processes that extract pages.")
    runner: Literal["local", "dask"] = Field(
        "local", description="What reads pages: `local` processes, or [`dask`](../how-to/many-machines.md) workers."
    )
    dask_address: str = Field(
        "",
        description=(
            "Address of a Dask scheduler, `tcp://host:8786`; empty: a cluster of `BROADSHEET_WORKERS` processes "
            "on this machine."
        ),
    )
    page_seconds: float = Field(10, gt=0, le=600, description="Wall time that reading one page may take.")
    page_memory_mb: int = Field(2048, ge=256, description="Memory that one extracting process may take, MiB.")
    batch_pages: int = Field(200, ge=1, le=5000, description="Pages in one extract and load batch.")
    fetch_tasks: int = Field(8, ge=1, le=64, description="Fetch tasks a run; hosts are shared out over them.")
    fetch_seconds: float = Field(30, gt=0, le=600, description="Total time one request may take.")
    run_minutes: float = Field(
        30,
        gt=0,
        description=(
            "Minutes after which a run of sources asks no more: what still waits is `deferred` as "
            "`over_budget`, and what came is loaded."
        ),
    )
    archive_file_mb: int = Field(
        1024, ge=1, description="Size up to which archive files are merged at night, MiB ([how](archive.md))."
    )
    least_free_mb: int = Field(
        512,
        ge=0,
        description=(
            "Room left on the disk, MiB, at which a run stops fetching and puts the rest off, and below which "
            "none begins."
        ),
    )
    budget: int = Field(
        RUN_BUDGET,
        ge=1,
        description="The most pages one run asks for, [shared fairly](scheduling.md) among its sources.",
    )
    recheck: Annotated[tuple[Span, ...], NoDecode] = Field(
        RECHECK,
        description="Ages at which an article is [asked for again](scheduling.md), to find edits; empty: never.",
    )
    retry: Annotated[tuple[Span, ...], NoDecode] = Field(
        RETRY, description="Waits after the first, second, ... passing failure of a page; empty: none is tried again."
    )
    archive: str = Field(
        "",
        description=(
            "URL of a [second place of the archive](archive.md#elsewhere), `s3://...`, which maintenance keeps "
            "as the first; empty: none."
        ),
    )
    export: str = Field(
        "",
        description=(
            "A folder or URL whose [export](export.md) `broadsheet maintain` keeps current, Parquet by month; "
            "empty: none."
        ),
    )
    lock_wait: float = Field(60, ge=0, description="Seconds to wait for another process at the warehouse.")
    backups: Path | None = Field(
        None, description="Folder of the [nightly](#the-data-folder) backups; better on another disk."
    )
    backups_kept: int = Field(3, ge=0, le=1000, description="Nightly backups that are kept; 0: none is made.")
    prefect_days: int = Field(30, ge=1, description="Days for which Prefect remembers runs, their logs and artifacts.")
    port: int = Field(
        4200, ge=0, le=65535, description="Port on loopback of the Prefect server of `broadsheet up`; 0: a free one."
    )
    publish_minutes: float = Field(
        0,
        ge=0,
        description=(
            "The read copy is renewed at most every so many minutes; news wait for the next run after that. 0: "
            "with every run that brings some."
        ),
    )
    publish_most_mb: int = Field(0, ge=0, description="A read copy larger than that is not made, MB. 0: any size.")
    publish_free_mb: int = Field(
        500, ge=0, description="So much of the disk stays free when the read copy is made, MB: loads need room."
    )
    notify_url: SecretStr | None = Field(
        None,
        description=(
            "Who is told of runs that fail ([how](../monitor.md#to-be-told)): a web address, or one of Apprise "
            "(`mailto://...`); a secret."
        ),
    )

    @field_validator("resolve", mode="before")
    @classmethod
    def _names(cls, value: object) -> object:
        return dict(_resolved(part) for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("recheck", "retry", mode="before")
    @classmethod
    def _spans(cls, value: object) -> object:
        return tuple(part for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("recheck", "retry")
    @classmethod
    def _growing(cls, value: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
        if any(later <= earlier for earlier, later in pairwise((timedelta(0), *value))):
            raise ValueError("must grow, as 1 h, 6 h, 1 d does")
        return value

    @field_validator("private_hosts", mode="before")
    @classmethod
    def _hosts(cls, value: object) -> object:
        named = value.split(",") if isinstance(value, str) else value
        return frozenset(name.strip().strip("[]").lower() for name in named if name.strip())  # type: ignore[attr-defined]

    @property
    def user_agent(self) -> str:
        """The User-Agent header: product, version and how to reach whoever runs it (RFC 9110, 10.1.5)."""
        return f"broadsheet/{__version__}" + (f" (+{self.contact})" if self.contact else "")

    @property
    def backup_folder(self) -> Path:
        """Where the nightly backups lie."""
        return self.backups or self.data / "backups"

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
        raise ConfigError(told(error, "environment", table=Settings, prefix=PREFIX)) from error


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
        raise ConfigError("no source is configured: `broadsheet source add URL` writes one")
    if wanted:
        return tuple(known[name] for name in dict.fromkeys(wanted))
    return tuple(source for source in known.values() if not source.paused)
