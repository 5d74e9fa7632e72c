"""Candidates for a field, and the record of who stated what."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.model import Producer

MAX_RAW = 300  # characters of a raw value that are kept
MAX_LOSERS = 12  # losing candidates kept for one field
HASH_LENGTH = 16  # hexadecimal digits: enough to tell raw values apart


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one place on the page says of a field: `raw` as printed there, `value` as we read it."""

    producer: Producer
    locator: str
    raw: str
    value: str


def evidence(field: str, candidates: Iterable[Candidate], chosen: Iterable[Candidate]) -> tuple[Evidence, ...]:
    """The candidates of a field as evidence, in their order of trust; `chosen` are the winners among them."""
    winners = {id(candidate) for candidate in chosen}
    kept: list[Evidence] = []
    for candidate in candidates:
        won = id(candidate) in winners
        if won or len(kept) < MAX_LOSERS:
            kept.append(_recorded(field, candidate, won=won))
    return tuple(kept)


def _recorded(field: str, candidate: Candidate, *, won: bool) -> Evidence:
    raw = candidate.raw
    digest = hashlib.sha256(raw[:1_000_000].encode("utf-8", "replace")).hexdigest()[:HASH_LENGTH]
    value = candidate.value[:MAX_RAW]
    return Evidence(field, candidate.producer, candidate.locator[:MAX_RAW], value, raw[:MAX_RAW], digest, chosen=won)
