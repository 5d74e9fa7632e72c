"""What closes an article without being of it: appeals to its readers, credits of colleagues, and who the author is."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from extractors.furniture import cue
from extractors.lines import weight
from extractors.witness import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.blocks import Block
    from extractors.column import Column

LAST = 4  # lines among which an article's end is looked for
NAME = 8  # letters: a shorter name may be any word
LONG = 300  # weighed characters: an appeal is shorter
FORE = 20  # letters: a line about the author has the name after no more
NEXT = 16  # characters: an appeal says no later that it speaks of its writers
# How a line speaks to its reader. One family of languages a line.
APPEALS = (
    r"follow|like this|share|subscribe|sign up|get |download|listen|e-?mail|write to|contact|click here|send us",
    r"tell us|let us know|check out|don['’]t miss|do you have|have you|got a|for more|for the latest|want ",
    r"support (?=us|our|the)|join (?!us (?:for|at|as|in)\b)",
    r"jetzt (?!soll|will|kann|muss|hat|ist|sind|wird|werden|hofft|hoffen|gibt|kommt|steht|geht)",
    r"folgen sie|folge|abonnier|melden sie|schreiben sie|hat ihnen|hat dir|gefällt|mehr zu|mehr von|haben sie",
    r"unterstütz|diskutieren sie|teilen sie|suivez|abonnez|retrouvez|recevez|partagez|inscrivez|envoyez",
    r"sigue|síguenos|suscr|recib[ae]|comparte|únete|apúntate|siga|inscreva|compartilhe|receba",
    r"seguici|iscriviti|condividi|volg |abonneer|meld je|følg|følj|följ|prenumerera",
)
# What an appeal speaks of that a text's last lines hardly do; and its writers and their work, of which any text may.
AIMS = r"\b(?:newsletters?|inbox|letterbox|apps?|facebook|twitter|instagram|youtube|telegram|whatsapp|click here)\b"
WRITERS = (
    r"\b(?:us|our|story|stories|uns(?:er\w*)?|artikel|beitrag|nous|nos|notre|lettre|nosotros|nuestr\w+|artículo|nossa?s?"
    r"|noi|nostr\w+|ons|onze|oss|vår\w*)\b"
)
CREDITS = re.compile(
    r"\bcontributed to this (?:report|story|article)\b|^\W{0,3}(?:additional )?reporting by\b|^\W{0,3}editing by\b"
    r"|\b(?:writers?|reporters?)\b.{3,300}\bcontributed(?: reporting)?(?: to (?:the|this) \w+)?\W*$"
    r"|\breported from\b.{3,300}\b(?:contributed|writers?)\b"
    r"|^\W{0,3}mit (?:material|informationen) (?:von|der|des)\b|^\W{0,3}(?:mit|avec|con|med) [A-Za-z/, ]{2,20}$",
    re.IGNORECASE,
)


@functools.cache
def _appeals() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}(?:{'|'.join(APPEALS)})", re.IGNORECASE)


def endings(column: Column) -> dict[int, str]:
    """Those of the last taken lines that appeal to readers, credit colleagues or name the author, with the reason."""
    taken = [at for at, text in enumerate(column.taken) if text and at > column.first]
    found: dict[int, str] = {}
    below = True
    for at in reversed(taken[-LAST:]):
        reason = _reason(column, column.blocks[at], below=below)
        if reason:
            found[at] = reason
        below = below and (bool(reason) or not _is_text(column, at))
    return found


def _is_text(column: Column, at: int) -> bool:
    """Whether a line is a paragraph of the text beyond doubt: what stands above it does not close the article."""
    return column.paragraph(at) and not column.blocks[at].linked and not cue(column.blocks[at].text)


def _reason(column: Column, block: Block, *, below: bool) -> str:
    """Why a line is none of the text; `below`: no paragraph of the text stands under it."""
    if (
        weight(block.text) <= LONG
        and (appeal := _appeals().match(block.text))
        and (_has_aim(column, block) or (below and _is_to_readers(block, appeal.end())))
    ):
        return "an appeal to the reader below the text"
    if CREDITS.search(block.text):
        return "credits of colleagues below the text"
    return "about the author below the text" if below and _names_author(column, block) else ""


def _names_author(column: Column, block: Block) -> bool:
    """Whether a line begins with the whole name of a person that the page credits, and not as one who speaks."""
    sites = {squeezed(name).lower() for name in column.says.site_names}
    people = [name for name in column.says.authors if len(name) >= NAME and not any(site in name for site in sites)]
    if not people:
        return False
    key, speaker = (squeezed(text).lower() for text in (block.text, block.text.partition(":")[0]))
    named = [name for name in people if 0 <= key.find(name) <= FORE]
    return bool(named) and speaker not in people and not _is_about(column, named)


def _is_about(column: Column, people: Sequence[str]) -> bool:
    """Whether the text itself speaks of a person, above the lines in which it may end."""
    texts = [at for at in range(len(column.blocks)) if column.paragraph(at)]
    keys = (squeezed(column.blocks[at].text).lower() for at in texts[: max(1, len(texts) - LAST)])
    return any(name in key for key in keys for name in people)


@functools.cache
def _aims() -> re.Pattern[str]:
    return re.compile(AIMS, re.IGNORECASE)


@functools.cache
def _writers() -> re.Pattern[str]:
    return re.compile(WRITERS, re.IGNORECASE)


def _has_aim(column: Column, block: Block) -> bool:
    """Whether a line names where its reader shall go: an address, a network, a newsletter or the site."""
    return "@" in block.text or bool(_aims().search(block.text)) or column.names_site(block.text)


def _is_to_readers(block: Block, start: int) -> bool:
    """Whether a line goes on, from where its first words end, to a link, a question or its writers."""
    if block.linked:
        return True
    writers = _writers().search(block.text, start)
    return writers is not None and ("?" in block.text[: writers.end() + 1] or writers.start() <= start + NEXT)
