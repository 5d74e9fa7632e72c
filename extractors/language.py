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
MIN_TEXT = 60  # characters below which a declaration is believed over the classifier
_CODE = re.compile(r"\s*([a-zA-Z]{2,3})(?:[-_][a-zA-Z0-9]{1,8})*\s*")
_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "cz": "cs", "jp": "ja", "gr": "el", "kr": "ko"}
_NEIGHBOURS = [  # pairs that a classifier by letters confuses
    {"no", "da"}, {"hr", "sr"}, {"hr", "bs"}, {"sr", "bs"}, {"id", "ms"}, {"gl", "pt"}, {"gl", "es"}, {"zu", "xh"},
    {"cs", "sk"}, {"hi", "mr"}, {"hi", "ne"}, {"af", "nl"}, {"uk", "be"}, {"az", "tr"}, {"an", "es"}, {"oc", "ca"},
]  # fmt: skip
_METAS = ("og:locale", "language", "content-language", "dc.language", "dcterms.language", "og:language", "locale")


def language(parsed: ParsedPage, data: Structured, text: str) -> tuple[str | None, str | None, tuple[Evidence, ...]]:
    """The language of the text (ISO 639-1), the one the page declares, and the evidence.

    The classifier decides for a text long enough; below that, and between languages it cannot tell apart, the
    declaration (html lang, JSON-LD, meta, then the source's) does.
    """
    declared = [c for c in _declared(parsed, data) if c.value]
    stated = declared[0] if declared else None
    heard = _classified(text)
    best = _decided(stated, heard, len(text))
    found = [candidate for candidate in (heard, *declared) if candidate]
    code = best.value if best else parsed.rules.source_language
    return code, stated.value if stated else None, evidence("language", found, [best] if best else [])


def _decided(stated: Candidate | None, heard: Candidate | None, size: int) -> Candidate | None:
    if heard is None or (stated and (size < MIN_TEXT or {stated.value, heard.value} in _NEIGHBOURS)):
        return stated
    return heard


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
