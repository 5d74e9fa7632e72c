"""Rules of sites as data: `extractors/sites/<site>.toml`, read once into frozen values.

    hosts = ["www.example.org"]          # these and every host below them
    time_zone = "Europe/Berlin"

    [[version]]                          # oldest first; a redesign is a new one beside the old
    from = 2024-05-02                    # first day (UTC) of capture it is valid on; the first may leave it out
    until = 2026-01-15                   # first day it is not; left out: until the next one begins
    body = ["div.story"]
    drop = [".promo"]
    python = true                        # extractors/sites/<site>.py has more to say

    [version.fields]
    title = ["h1.headline"]

Every mistake is a ConfigError that names file and key.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import soupsieve
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from broadsheet.errors import ConfigError
from broadsheet.model import SiteRules
from extractors.rules import site_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

PACKAGE = "extractors.sites"
NOTHING = SiteRules()


@dataclass(frozen=True, slots=True)
class Version:
    """The rules of one layout of a site, for pages captured in [`begins`, `ends`); None: no bound."""

    begins: date | None
    ends: date | None
    rules: SiteRules


@dataclass(frozen=True, slots=True)
class Site:
    """One file of `extractors/sites/`; its versions stand oldest first."""

    name: str
    hosts: tuple[str, ...]
    versions: tuple[Version, ...]


@cache
def site_rules() -> Mapping[str, Site]:
    """Host -> what we know of its site, from the files in this package. ConfigError: one of them is wrong."""
    return MappingProxyType(read_sites(files(PACKAGE)))


def rules_at(host: str, when: datetime | None, sites: Mapping[str, Site] | None = None) -> SiteRules:
    """The rules for a page of a host as captured at an aware time (None: now). No site, no version then: empty."""
    site = site_of(host, site_rules() if sites is None else sites)
    if site is None:
        return NOTHING
    if when is None:
        return site.versions[-1].rules
    day = when.astimezone(UTC).date()
    return next((version.rules for version in site.versions if _holds(version, day)), NOTHING)


def read_sites(folder: Traversable) -> dict[str, Site]:
    """Host -> its site, from every TOML file of a folder. ConfigError: a file is wrong, or two name one host."""
    found: dict[str, Site] = {}
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            site = read_site(folder, file.name.removesuffix(".toml"))
            for host in site.hosts:
                if host in found:
                    raise ConfigError(f"{file}: hosts: {host!r} belongs to {found[host].name}.toml already")
                found[host] = site
    return found


def read_site(folder: Traversable, name: str) -> Site:
    """One site of a folder. ConfigError: its file is wrong; the message names file, key and what is allowed."""
    path = folder / f"{name}.toml"
    try:
        entry = _SiteEntry.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        raise ConfigError("; ".join(_mistake(dict(detail), str(path)) for detail in error.errors())) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML: {error}") from error
    if not name.isidentifier() or not name.islower():
        raise ConfigError(f"{path}: a site's file is named in a-z, 0-9 and underscores, as its Python file must be")
    code = _python(folder, name) if any(version.python for version in entry.version) else ""
    return Site(name, entry.hosts, tuple(_version(version, name, entry.time_zone, code) for version in entry.version))


def _holds(version: Version, day: date) -> bool:
    return (version.begins or date.min) <= day < (version.ends or date.max)


def _python(folder: Traversable, name: str) -> str:
    """A hash of a site's Python file: part of the rules, so that a changed file is another way of reading."""
    path = folder / f"{name}.py"
    if not path.is_file():
        raise ConfigError(f"{folder / name}.toml: version.python: there is no {path}")
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _version(entry: _VersionEntry, name: str, zone: str | None, code: str) -> Version:
    fields = {field: selectors for field, selectors in entry.fields.model_dump().items() if selectors}
    python = code if entry.python else ""
    rules = SiteRules(name, entry.body, entry.drop, fields, time_zone=zone, python=python)
    return Version(entry.begins, entry.ends, rules)


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _compiled(selectors: tuple[str, ...]) -> tuple[str, ...]:
    for selector in selectors:
        try:
            soupsieve.compile(selector)
        except (soupsieve.SelectorSyntaxError, NotImplementedError) as error:
            told = (str(error).splitlines() or [""])[0]
            raise ValueError(f"{selector!r} is no CSS selector: {told}") from error
    return selectors


def _zone(value: str | None) -> str | None:
    try:
        return value and ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("must be an IANA time zone such as Europe/Berlin") from error


Selectors = Annotated[tuple[str, ...], BeforeValidator(_as_list), AfterValidator(_compiled)]
HostName = Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _FieldEntry(_Entry):
    """`[version.fields]`: selectors for a field, tried in order; the first that finds anything counts."""

    title: Selectors = ()
    authors: Selectors = ()
    published: Selectors = ()
    modified: Selectors = ()
    section: Selectors = ()
    tags: Selectors = ()
    description: Selectors = ()
    canonical_url: Selectors = ()
    images: Selectors = ()
    site_name: Selectors = ()
    next_page: Selectors = ()
    access: Selectors = ()


class _VersionEntry(_Entry):
    """One `[[version]]`."""

    begins: date | None = Field(None, alias="from")
    ends: date | None = Field(None, alias="until")
    body: Selectors = ()
    drop: Selectors = ()
    python: bool = False
    fields: _FieldEntry = _FieldEntry()

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if self.begins and self.ends and self.begins >= self.ends:
            raise ValueError("'until' must be later than 'from'")
        return self


class _SiteEntry(_Entry):
    """One file."""

    hosts: tuple[HostName, ...] = Field(min_length=1)
    time_zone: Annotated[str | None, AfterValidator(_zone)] = None
    version: tuple[_VersionEntry, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for number, (older, newer) in enumerate(pairwise(self.version), 1):
            if newer.begins is None:
                raise ValueError(f"version {number + 1} needs 'from': only the first may lack it")
            if (older.ends or newer.begins) > newer.begins or (older.begins or date.min) >= newer.begins:
                raise ValueError(f"version {number + 1} begins before version {number} ends; the oldest stands first")
        return self.model_copy(update={"version": tuple(self._bounded())})

    def _bounded(self) -> list[_VersionEntry]:
        """The versions, each ending where the next begins unless it says so itself."""
        following = [*(newer.begins for newer in self.version[1:]), None]
        pairs = zip(self.version, following, strict=True)
        return [entry.model_copy(update={"ends": entry.ends or begins}) for entry, begins in pairs]


_TABLES: Mapping[str, type[_Entry]] = MappingProxyType({"version": _VersionEntry, "fields": _FieldEntry})


def _mistake(detail: dict[str, Any], where: str) -> str:
    loc = detail["loc"]
    key = ".".join(f"{part + 1}" if isinstance(part, int) else part for part in loc)
    if detail["type"] == "extra_forbidden":
        table = next((_TABLES[part] for part in reversed(loc[:-1]) if part in _TABLES), _SiteEntry)
        names = (field.alias or name for name, field in table.model_fields.items())
        return f"{where}: {key}: unknown key; allowed are {', '.join(names)}"
    return f"{where}: {key or 'file'}: {detail['msg'].removeprefix('Value error, ')}"
