"""What an examination found: well, worth knowing, or a fault with the way to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How grave it is."""

    WELL = "well"
    NOTE = "note"  # nothing is wrong, but somebody may wonder
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was examined: how it is, and, if it is a fault, what mends it."""

    name: str
    verdict: Verdict
    told: str
    mend: str = ""


def well(name: str, told: str) -> Finding:
    """It is as it should be."""
    return Finding(name, Verdict.WELL, told)


def note(name: str, told: str, mend: str = "") -> Finding:
    """It is no fault."""
    return Finding(name, Verdict.NOTE, told, mend)


def fault(name: str, told: str, mend: str) -> Finding:
    """It is not as it should be; `mend` is what to do."""
    return Finding(name, Verdict.FAULT, told, mend)
