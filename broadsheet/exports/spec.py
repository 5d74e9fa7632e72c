"""What an export holds, and what was written of it: plain values that a JSON file keeps. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Format(StrEnum):
    """How articles are written."""

    PARQUET = "parquet"
    JSONL = "jsonl"
    CSV = "csv"


class Partition(StrEnum):
    """How they are divided into files."""

    MONTH = "month"  # of publication, in the publisher's calendar; of the first capture (UTC) where that is unknown
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Spec:
    """What is exported and how. Empty: all. `guard`: no cell of a CSV file can be taken for a formula."""

    format: Format = Format.PARQUET
    columns: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    partition: Partition = Partition.MONTH
    guard: bool = False

    def values(self) -> dict[str, Any]:
        """The values that `sql/export` binds."""
        return {"sources": list(self.sources), "since": self.since, "until": self.until}

    def as_json(self) -> dict[str, Any]:
        """As a JSON file keeps it."""
        days = {name: day and day.isoformat() for name, day in (("since", self.since), ("until", self.until))}
        return asdict(self) | days | {"columns": list(self.columns), "sources": list(self.sources)}


def spec_of(told: dict[str, Any]) -> Spec:
    """A spec as `as_json` wrote it. ValueError or KeyError: nothing it wrote."""
    return Spec(
        format=Format(told["format"]),
        columns=tuple(told["columns"]),
        sources=tuple(told["sources"]),
        since=_day(told["since"]),
        until=_day(told["until"]),
        partition=Partition(told["partition"]),
        guard=bool(told["guard"]),
    )


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def ending(target: str) -> str:
    """The format that a target's name ends in; empty: it is a folder."""
    name = target.rpartition("/")[2].removesuffix(".gz")
    end = name.rpartition(".")[2]
    return end if "." in name and end in set(Format) else ""


@dataclass(frozen=True, slots=True)
class Part:
    """A file that was written. `mark` changes when an article of it does; `sha256` is in hex."""

    file: str
    month: str | None
    rows: int
    bytes: int
    sha256: str
    mark: str
