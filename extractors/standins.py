"""Notices in place of an embedded part: "we need your consent to show this content", "enable JavaScript to watch"."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.column import Column

# A word that most texts lack, and how a notice that has it goes on: the second is only looked for where the first is.
PLACEHOLDERS = (
    ("extern", r"\bredakt\w+.{0,60}extern\w+ inhalt"),
    ("extern", r"\bextern\w+ inhalt\w*.{0,40}(?:angezeigt|anzeigen|geladen|laden|einverst|zugestimmt)"),
    ("inhalt", r"^\W*empfohlene[rn]? (?:redaktionelle[rn]? |externe[rn]? )?inhalte?\W*$"),
    ("datenschutz", r"^\W*ein klick für den datenschutz\W*$"),
    ("javascript", r"\b(?:enable|activate|turn on|need|require)s? javascript|javascript (?:must|is disabled|aktivier)"),
    (
        "browser",
        r"your browser (?:does not|doesn['’]t) support|ihr browser unterstützt|navigateur ne prend",
    ),
    (
        "available",
        r"^\W*this (?:feature|video|content) is (?:temporarily |currently |not )?(?:un)?available",
    ),
    ("suscriptor", r"(?:funcionalidad|contenido) es (?:solo|sólo) para suscriptores"),
    ("cookies", r"(?:allow|accept|akzeptier|accepter|aceptar)\w* .{0,80}cookies.{0,80}(?:content|video|inhalt|conten)"),
)
SPOKEN = frozenset({"javascript", "browser", "cookies"})  # of which an article may speak too
BRIEF = 80  # characters: a paragraph that speaks of them and is longer is the article's
LONG = 400  # characters: such a notice is shorter


@functools.cache
def _placeholder(words: str) -> re.Pattern[str]:
    return re.compile(words)


def standins(column: Column) -> dict[int, str]:
    """The taken blocks that are such a notice, each with the reason."""
    blocks = enumerate(zip(column.taken, column.blocks, strict=True))
    lines = {at: block.text.lower() for at, (text, block) in blocks if text and len(block.text) <= LONG}
    page = "\n".join(lines.values())
    notices = [(word, _placeholder(words)) for word, words in PLACEHOLDERS if word in page]
    spoken = {at for at, line in lines.items() if len(line) > BRIEF and column.paragraph(at)}
    return {
        at: "stands in for a part"
        for at, line in lines.items()
        if any(each.search(line) for word, each in notices if word not in SPOKEN or at not in spoken)
    }
