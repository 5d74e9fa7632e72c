"""Whether the article may be read by anybody: free, metered or paid, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.model import Producer
from extractors.evidence import Candidate, evidence
from extractors.jsonld import types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.model import Evidence
    from extractors.structured import Structured

_METAS = (
    "article:content_tier",
    "og:article:content_tier",
    "cxenseparse:recs:contenttype",
    "premium",
    "paywall",
    "adv:premium",
    "article:access",
)
_WORDS = {
    "locked": "paid", "paid": "paid", "premium": "paid", "subscriber": "paid", "plus": "paid", "closed": "paid",
    "true": "paid", "yes": "paid", "1": "paid", "metered": "metered", "meter": "metered", "registration": "metered",
    "free": "free", "false": "free", "no": "free", "0": "free", "open": "free", "public": "free",
}  # fmt: skip


def access(data: Structured, ruled: list[Candidate]) -> tuple[str, tuple[Evidence, ...]]:
    """Free, metered or paid. Order: site rule, JSON-LD `isAccessibleForFree`, meta; free where nothing is said."""
    read = [
        Candidate(c.producer, c.locator, c.raw, _WORDS.get(c.raw.strip().lower(), "")) for c in _stated(data, ruled)
    ]
    found = [candidate for candidate in read if candidate.value]
    return (found[0].value if found else "free"), evidence("access", found, found[:1])


def _stated(data: Structured, ruled: list[Candidate]) -> Iterator[Candidate]:
    for candidate in ruled[:1]:
        yield Candidate(candidate.producer, candidate.locator, candidate.raw or "paid", "")
    metered = data.first("article:content_tier").lower() == "metered"
    for node in (*data.articles, *data.pages[:5]):
        stated = node.get("isAccessibleForFree")
        if isinstance(stated, (bool, str)):
            is_free = str(stated).strip().lower().rsplit("/", 1)[-1] not in {"false", "no", "0"}
            raw = "free" if is_free else "metered" if metered else "paid"
            yield Candidate(Producer.JSON_LD, f"{'/'.join(types(node)[:1])}.isAccessibleForFree={stated}", raw, "")
    for name in _METAS:
        if data.first(name):
            yield Candidate(Producer.META, f"meta[{name}]", data.first(name), "")
