"""Which rules a page is read by, and their name."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.model import SiteRules

CODE = "2026.11.1"  # raised by hand whenever the same page and rules would be read differently


def version(rules: SiteRules) -> str:
    """The name of a way of reading: the code's version and a hash of that site's rules."""
    stated = json.dumps(asdict(rules), sort_keys=True, ensure_ascii=True)
    return f"{CODE}+{hashlib.sha256(stated.encode()).hexdigest()[:12]}"


def rules_for(host: str, sites: Mapping[str, SiteRules], default: SiteRules) -> SiteRules:
    """The rules of the site a host belongs to: its own, or those of the nearest domain above it."""
    labels = host.lower().split(".")
    names = (".".join(labels[start:]) for start in range(len(labels)))
    return next((sites[name] for name in names if name in sites), default)
