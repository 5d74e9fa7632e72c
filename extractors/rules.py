"""Which rules a page is read by, and their name."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.model import SiteRules

T = TypeVar("T")

CODE = "2026.11.7"  # raised by hand whenever the same page and rules would be read differently


def version(rules: SiteRules) -> str:
    """The name of a way of reading: the code's version and a hash of that site's rules."""
    stated = json.dumps(asdict(rules), sort_keys=True, ensure_ascii=True)
    return f"{CODE}+{hashlib.sha256(stated.encode()).hexdigest()[:12]}"


def site_of(host: str, sites: Mapping[str, T]) -> T | None:
    """What `sites` has for a host, or for the nearest domain above it; None: nothing."""
    labels = host.lower().split(".")
    names = (".".join(labels[start:]) for start in range(len(labels)))
    return next((sites[name] for name in names if name in sites), None)
