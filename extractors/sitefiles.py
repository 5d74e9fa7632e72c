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
from types import MappingProxyType
from typing import TYPE_CHECKING

from pydantic import ValidationError

from broadsheet.errors import ConfigError
from broadsheet.model import SiteRules
from extractors.rules import site_of
from extractors.sitekeys import SiteEntry, mistake

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from extractors.sitekeys import VersionEntry

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
        entry = SiteEntry.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        raise ConfigError("; ".join(mistake(dict(detail), str(path)) for detail in error.errors())) from error
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


def _version(entry: VersionEntry, name: str, zone: str | None, code: str) -> Version:
    fields = {field: selectors for field, selectors in entry.fields.model_dump().items() if selectors}
    python = code if entry.python else ""
    rules = SiteRules(name, entry.body, entry.drop, fields, time_zone=zone, python=python)
    return Version(entry.begins, entry.ends, rules)
