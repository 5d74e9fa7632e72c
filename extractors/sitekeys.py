"""What a file of `extractors/sites/` may say, key by key; a mistake names the key and what is allowed."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import soupsieve
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

if TYPE_CHECKING:
    from collections.abc import Mapping


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


class FieldEntry(_Entry):
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


class VersionEntry(_Entry):
    """One `[[version]]`."""

    begins: date | None = Field(None, alias="from")
    ends: date | None = Field(None, alias="until")
    body: Selectors = ()
    drop: Selectors = ()
    python: bool = False
    fields: FieldEntry = FieldEntry()

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if self.begins and self.ends and self.begins >= self.ends:
            raise ValueError("'until' must be later than 'from'")
        return self


class SiteEntry(_Entry):
    """One file."""

    hosts: tuple[HostName, ...] = Field(min_length=1)
    time_zone: Annotated[str | None, AfterValidator(_zone)] = None
    version: tuple[VersionEntry, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for number, (older, newer) in enumerate(pairwise(self.version), 1):
            if newer.begins is None:
                raise ValueError(f"version {number + 1} needs 'from': only the first may lack it")
            if (older.ends or newer.begins) > newer.begins or (older.begins or date.min) >= newer.begins:
                raise ValueError(f"version {number + 1} begins before version {number} ends; the oldest stands first")
        return self.model_copy(update={"version": tuple(self._bounded())})

    def _bounded(self) -> list[VersionEntry]:
        """The versions, each ending where the next begins unless it says so itself."""
        following = [*(newer.begins for newer in self.version[1:]), None]
        pairs = zip(self.version, following, strict=True)
        return [entry.model_copy(update={"ends": entry.ends or begins}) for entry, begins in pairs]


_TABLES: Mapping[str, type[_Entry]] = MappingProxyType({"version": VersionEntry, "fields": FieldEntry})


def mistake(detail: dict[str, Any], where: str) -> str:
    """One of pydantic's errors as a line: file, key, and what is allowed."""
    loc = detail["loc"]
    key = ".".join(f"{part + 1}" if isinstance(part, int) else part for part in loc)
    if detail["type"] == "extra_forbidden":
        table = next((_TABLES[part] for part in reversed(loc[:-1]) if part in _TABLES), SiteEntry)
        names = (field.alias or name for name, field in table.model_fields.items())
        return f"{where}: {key}: unknown key; allowed are {', '.join(names)}"
    return f"{where}: {key or 'file'}: {detail['msg'].removeprefix('Value error, ')}"
