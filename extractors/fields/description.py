"""What the publisher says the article is about, in a sentence or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.model import Producer
from extractors.evidence import Candidate, evidence
from extractors.fields.texts import clean
from extractors.jsonld import text_of, types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.model import Evidence
    from extractors.structured import Structured

MAX_DESCRIPTION = 2000
_METAS = (
    "description",
    "twitter:description",
    "dc.description",
    "dcterms.description",
    "sailthru.description",
    "abstract",
)


def description(data: Structured, ruled: list[Candidate]) -> tuple[str | None, tuple[Evidence, ...]]:
    """The description, and the evidence.

    Order: site rule, OpenGraph, JSON-LD, meta. A text cut short ("...") yields to the longer one that continues it.
    """
    found = [c for c in (*ruled[:1], *_stated(data)) if c.value]
    best = next((c for c in found if found and _continues(c.value, found[0].value)), found[0] if found else None)
    return (best.value if best else None), evidence("description", found, [best] if best else [])


def _continues(longer: str, short: str) -> bool:
    start = short.rstrip(".… ")
    return start != short.rstrip() and len(longer) > len(short) and longer.startswith(start)


def _stated(data: Structured) -> Iterator[Candidate]:
    yield _candidate(Producer.OPENGRAPH, "meta[og:description]", data.first("og:description"))
    for node in data.articles[:2]:
        yield _candidate(Producer.JSON_LD, f"{'/'.join(types(node)[:1])}.description", text_of(node.get("description")))
    for name in _METAS:
        yield _candidate(Producer.META, f"meta[{name}]", data.first(name))


def _candidate(producer: Producer, locator: str, raw: str) -> Candidate:
    return Candidate(producer, locator, raw, clean(raw)[:MAX_DESCRIPTION])
