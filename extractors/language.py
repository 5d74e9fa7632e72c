"""The language a text is written in, checked against what its page declares."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from broadsheet.model import Producer
from extractors.evidence import Candidate, evidence
from extractors.jsonld import text_of

if TYPE_CHECKING:
    from broadsheet.model import Evidence
    from extractors.page import ParsedPage
    from extractors.structured import Structured

MAX_TEXT = 250  # characters shown to the classifier: 200 to 4,000 gave the same answers on 123 pages
MIN_TEXT = 60  # letters below which a declaration is believed over the classifier
EAST_ASIAN = "\u2e80"  # from here on, a character says as much as three letters
_CODE = re.compile(r"\s*([a-zA-Z]{2,3})(?:[-_][a-zA-Z0-9]{1,8})*\s*")
_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "cz": "cs", "jp": "ja", "gr": "el", "kr": "ko"}
_NEIGHBOURS = [  # pairs that a classifier by letters confuses
    {"no", "da"}, {"hr", "sr"}, {"hr", "bs"}, {"sr", "bs"}, {"id", "ms"}, {"gl", "pt"}, {"gl", "es"}, {"zu", "xh"},
    {"cs", "sk"}, {"hi", "mr"}, {"hi", "ne"}, {"af", "nl"}, {"uk", "be"}, {"az", "tr"}, {"an", "es"}, {"oc", "ca"},
    {"en", "pcm"}, {"it", "la"},
]  # fmt: skip
_METAS = ("og:locale", "language", "content-language", "dc.language", "dcterms.language", "og:language", "locale")


def language(parsed: ParsedPage, data: Structured, text: str) -> tuple[str | None, str | None, tuple[Evidence, ...]]:
    """The language of the text (ISO 639-1), the one the page declares, and the evidence.

    The classifier decides for a text long enough; below that, between languages it cannot tell apart, and where it
    hears another language in the middle of the text than at its beginning (which may be a quotation), the
    declaration (html lang, JSON-LD, meta, then the source's) does.
    """
    declared = [c for c in _declared(parsed, data) if c.value]
    stated = declared[0] if declared else None
    heard = _classified(text)
    best = _decided(declared, heard, text)
    found = [candidate for candidate in (heard, *declared) if candidate]
    code = best.value if best else parsed.rules.source_language
    return code, stated.value if stated else None, evidence("language", found, [best] if best else [])


def _decided(declared: list[Candidate], heard: Candidate | None, text: str) -> Candidate | None:
    stated = declared[0] if declared else None
    if heard is None or stated is None or _is_short(text):
        return stated or heard
    if any(candidate.value == heard.value for candidate in declared):
        return heard
    neighbour = next((c for c in declared if {c.value, heard.value} in _NEIGHBOURS), None)
    return neighbour or (stated if _is_mixed(text, heard) else heard)


def _is_short(text: str) -> bool:
    return len(text) < MIN_TEXT and sum(3 if c >= EAST_ASIAN else 1 for c in text) < MIN_TEXT


def _is_mixed(text: str, heard: Candidate) -> bool:
    """Whether the middle of a text is in another language than its beginning."""
    again = _classified(text[len(text) // 2 :]) if len(text) > 2 * MAX_TEXT else None
    return again is not None and again.value != heard.value


def _declared(parsed: ParsedPage, data: Structured) -> list[Candidate]:
    root = (parsed.tree.get("lang") or parsed.tree.get("xml:lang") or "") if parsed.tree is not None else ""
    stated = [text_of(node.get("inLanguage"), "name", "alternateName") for node in data.articles[:1]]
    return [
        _candidate(Producer.DOM, "html[lang]", root),
        *(_candidate(Producer.JSON_LD, "inLanguage", raw) for raw in stated),
        *(_candidate(Producer.META, f"meta[{name}]", data.first(name)) for name in _METAS if data.first(name)),
    ]


def _candidate(producer: Producer, locator: str, raw: str) -> Candidate:
    match = _CODE.fullmatch(raw[:40])
    code = match[1].lower() if match else ""
    return Candidate(producer, locator, raw, _SAME.get(code, code))


def _classified(text: str) -> Candidate | None:
    sample = text[:MAX_TEXT].strip()
    if not any(character.isalpha() for character in sample):
        return None
    code = str(_classifier().classify(sample)[0])
    return Candidate(Producer.TEXT, "py3langid", sample[:80], _SAME.get(code, code))


@functools.cache
def _classifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)
