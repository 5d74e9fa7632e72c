"""Datelines and bylines: short lines between a headline and its text that say when and by whom it was written."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from extractors.blocks import HEADINGS
from extractors.prose import ends_as_sentence
from extractors.witness import squeezed

if TYPE_CHECKING:
    from extractors.column import Column

FIRST = 4  # lines at the head of the text that may say so
SHORT = 90  # characters: a longer line says more
NAME = 8  # letters: a shorter name may be any word
# Words of publishing, and a day with its year in the orders of the languages we met.
PUBLISHED = (
    "posted", "published", "updated", "last updated", "veröffentlicht", "aktualisiert", "stand", "publicerad",
    "uppdaterad", "publisert", "oppdatert", "publié", "mis à jour", "publicado", "actualizado", "pubblicato",
    "aggiornato", "geplaatst", "bijgewerkt", "opublikowano",
)  # fmt: skip
DAYS = (
    rf"^\W*(?:{'|'.join(PUBLISHED)})\b.{{0,40}}\d",
    r"\b\d{1,2}(?:\.|st|nd|rd|th)? (?:de |of )?[^\W\d_]{3,10}\.?,? (?:de )?(?:19|20)\d\d\b",
    r"\b[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?, (?:19|20)\d\d\b",
    r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d\b|\b(?:19|20)\d\d[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}",
)
EVENT = re.compile(r"\W*(?:when|wann|quand|cuándo|quando|wanneer|när|når|start|beginn|begin|termin)\b", re.IGNORECASE)


@functools.cache
def _days() -> re.Pattern[str]:
    return re.compile("|".join(DAYS), re.IGNORECASE)


def datelines(column: Column) -> dict[int, str]:
    """The taken lines above the column's first that date or sign the text, each with the reason."""
    head = [at for at in range(column.first) if column.taken[at]][:FIRST]
    found = ((at, _reason(column, at)) for at in head)
    return {at: reason for at, reason in found if reason}


def _reason(column: Column, at: int) -> str:
    block = column.blocks[at]
    if len(block.text) > SHORT or block.tag in HEADINGS or ends_as_sentence(block.text) or EVENT.match(block.text):
        return ""
    if _days().search(block.text):
        return "dateline above the text"
    key = squeezed(block.text).lower()
    signed = any(len(name) >= NAME and name in key for name in column.says.authors)
    return "byline above the text" if signed else ""
