"""The headline: without the site's name behind it, with the publisher's own punctuation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.model import Producer
from extractors.evidence import Candidate, evidence
from extractors.fields.names import folded
from extractors.fields.texts import clean
from extractors.jsonld import text_of, types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.model import Evidence
    from extractors.page import ParsedPage
    from extractors.structured import Structured

MAX_TITLE = 500
MIN_WORDS_LEFT = 8  # letters that must remain when a suffix goes
_SEPARATOR = re.compile(
    r"\s+[|‖¦ᅵ│｜·•∙●*»«:\-–—―~/]+\s+|\s*[|‖ᅵ│｜]\s*|\s[-–—]\s?|[:：](?=\S*[\u3040-\u30ff\u4e00-\u9fff])|\s*[-–—](?=[\uac00-\ud7a3]+$)"
)


def title(
    parsed: ParsedPage, data: Structured, ruled: list[Candidate], own: frozenset[str]
) -> tuple[str, tuple[Evidence, ...]]:
    """The headline, and the evidence. Order: see `_stated`."""
    stated = [c for c in _stated(parsed, data, ruled) if c.raw]
    plain = {folded(c.raw) for c in stated}
    sections = frozenset(
        folded(name) for name in (*data.meta.get("article:section", ()), *data.meta.get("og:section", ()))
    )
    read = [Candidate(c.producer, c.locator, c.raw, without_suffix(c.raw, own, plain, sections)) for c in stated]
    usable = [c for c in read if c.value and folded(c.value) not in own] or read
    best = _best(usable)
    return (best.value if best else ""), evidence("title", read, [best] if best else [])


def _best(usable: list[Candidate]) -> Candidate | None:
    """The first in order; but a headline cut short yields to the longer one that continues it."""
    if not usable:
        return None
    first = usable[0]
    start = re.sub(r"\s*(?:…|\.\.\.)$", "", first.value)
    if start == first.value:
        return first
    return next((c for c in usable[1:] if c.value.startswith(start) and len(c.value) > len(first.value)), first)


def _stated(parsed: ParsedPage, data: Structured, ruled: list[Candidate]) -> Iterator[Candidate]:
    yield from ruled[:1]
    og = _candidate(Producer.OPENGRAPH, "meta[og:title]", data.first("og:title"))
    ld = [
        _candidate(Producer.JSON_LD, f"{'/'.join(types(node)[:1])}.headline", text_of(node.get("headline")))
        for node in data.articles
    ]
    yield og
    yield from ld
    yield from (
        _candidate(Producer.MICRODATA, "[itemprop=headline]", _text(e)) for e in data.items.get("headline", ())[:1]
    )
    yield from _headings(parsed)
    for name in ("twitter:title", "dc.title", "title", "parsely-title", "sailthru.title", "headline"):
        yield _candidate(Producer.META, f"meta[{name}]", data.first(name))
    yield from _document_title(parsed)


def _candidate(producer: Producer, locator: str, raw: str) -> Candidate:
    return Candidate(producer, locator, clean(raw)[:MAX_TITLE], "")


def _text(element: object) -> str:
    return element.get("content") or " ".join(element.itertext())  # type: ignore[attr-defined]


def _headings(parsed: ParsedPage) -> Iterator[Candidate]:
    if parsed.tree is None:
        return
    for heading in list(parsed.tree.iter("h1"))[:5]:
        yield _candidate(Producer.DOM, "h1", _text(heading))


def _document_title(parsed: ParsedPage) -> Iterator[Candidate]:
    found = parsed.tree.find(".//title") if parsed.tree is not None else None
    if found is not None:
        yield _candidate(Producer.DOM, "title", _text(found))


def without_suffix(raw: str, own: frozenset[str], others: set[str], sections: frozenset[str]) -> str:
    """A title without what stands behind its last separators: the site's name, its section, or what others leave out."""
    text = raw
    for _ in range(4):
        cut = _last_separator(text)
        if cut is None:
            break
        head, tail = text[: cut[0]].strip(), text[cut[1] :].strip()
        if len(folded(head)) < MIN_WORDS_LEFT:
            break
        if _is_own(tail, own) or (text != raw and folded(tail) in sections) or folded(head) in others:
            text = head
        else:
            shorter = _prefix_of_others(text, others)
            return shorter or text
    return text


def _last_separator(text: str) -> tuple[int, int] | None:
    found = None
    for match in _SEPARATOR.finditer(text):
        found = match.span()
    return found


def _is_own(tail: str, own: frozenset[str]) -> bool:
    name = folded(tail)
    return bool(name) and (
        name in own or any(len(one) > 3 and (name.startswith(one) or one.startswith(name)) for one in own)
    )


def _prefix_of_others(text: str, others: set[str]) -> str:
    """The part before a separator that another place on the page gives as the whole headline."""
    for match in _SEPARATOR.finditer(text):
        head = text[: match.start()].strip()
        if len(folded(head)) >= MIN_WORDS_LEFT and folded(head) in others:
            return head
    return ""
