"""What closes an article without being of it: appeals to its readers, credits of colleagues, and who the author is."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from extractors.lines import weight
from extractors.witness import squeezed

if TYPE_CHECKING:
    from extractors.blocks import Block
    from extractors.column import Column

LAST = 4  # lines among which an article's end is looked for
NAME = 8  # letters: a shorter name may be any word
LONG = 300  # weighed characters: an appeal is shorter
# How a line speaks to its reader. One family of languages a line.
APPEALS = (
    r"follow|like this|share|subscribe|sign up|get |download|listen|e-?mail|write to|contact|click here|join|send us",
    r"tell us|let us know|check out|don['’]t miss|do you have|have you|got a|for more|for the latest|support|want ",
    r"folgen sie|folge|abonnier|jetzt |melden sie|schreiben sie|hat ihnen|hat dir|gefällt|mehr zu|mehr von|haben sie",
    r"unterstütz|diskutieren sie|teilen sie|suivez|abonnez|retrouvez|recevez|partagez|inscrivez|envoyez",
    r"sigue|síguenos|suscr|recib[ae]|comparte|únete|apúntate|siga|inscreva|compartilhe|receba",
    r"seguici|iscriviti|condividi|volg |abonneer|meld je|følg|følj|följ|prenumerera",
)
# Whom or what an appeal speaks of: its writers, what they send, and the networks.
AIMS = (
    r"\b(?:us|our|newsletters?|inbox|letterbox|apps?|story|stories|facebook|twitter|instagram|youtube|telegram|whatsapp"
    r"|uns(?:er\w*)?|artikel|beitrag|nous|nos|notre|lettre|nosotros|nuestr\w+|artículo|nossa?s?|noi|nostr\w+|ons|onze|oss|vår\w*)\b"
)
CREDITS = re.compile(
    r"\bcontributed to this (?:report|story|article)\b|^\W{0,3}(?:additional )?reporting by\b|^\W{0,3}editing by\b"
    r"|\b(?:writers?|reporters?)\b.{3,300}\bcontributed\b|\breported from\b.{3,300}\b(?:contributed|writers?)\b"
    r"|^\W{0,3}mit (?:material|informationen) (?:von|der|des)\b|^\W{0,3}(?:mit|avec|con|med) [A-Za-z/, ]{2,20}$",
    re.IGNORECASE,
)


@functools.cache
def _appeals() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}(?:{'|'.join(APPEALS)})", re.IGNORECASE)


def endings(column: Column) -> dict[int, str]:
    """Those of the last taken lines that appeal to readers, credit colleagues or name the author, with the reason."""
    taken = [at for at, text in enumerate(column.taken) if text]
    found = ((at, _reason(column, column.blocks[at])) for at in taken[-LAST:] if at > column.first)
    return {at: reason for at, reason in found if reason}


def _reason(column: Column, block: Block) -> str:
    if weight(block.text) <= LONG and _appeals().match(block.text) and _has_aim(column, block):
        return "an appeal to the reader below the text"
    if CREDITS.search(block.text):
        return "credits of colleagues below the text"
    return "about the author below the text" if _names_author(column, block) else ""


def _names_author(column: Column, block: Block) -> bool:
    """Whether a line has the whole name of a person that the page credits."""
    sites = {squeezed(name).lower() for name in column.says.site_names}
    people = [name for name in column.says.authors if len(name) >= NAME and not any(site in name for site in sites)]
    if not people:
        return False
    key = squeezed(block.text).lower()
    return any(name in key for name in people)


@functools.cache
def _aims() -> re.Pattern[str]:
    return re.compile(AIMS, re.IGNORECASE)


def _has_aim(column: Column, block: Block) -> bool:
    """Whether a line names where its reader shall go: a link, an address, a network, its writers or their site."""
    return bool(block.linked) or "@" in block.text or bool(_aims().search(block.text)) or column.names_site(block.text)
