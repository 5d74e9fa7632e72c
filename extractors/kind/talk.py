"""How much of a page is a wall talking to its reader, and how much is left when that is taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from extractors.blocks import HIDDEN
from extractors.kind import headings, phrases
from extractors.kind.signs import AROUND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.kind.signs import Signs

LOOKED_AT = 30_000  # characters of a page's blocks
COVERED = 0.4  # share of a headline that a phrase covers where it is what the headline says
BRIEF = 45  # characters: in a headline as short as this a phrase is what it says
QUOTED = re.compile(r'"[^"\n]{0,200}"|[“„«][^”“»\n]{0,200}[”“»]|「[^」\n]{0,200}」')
GROUPS = {
    "missing": phrases.MISSING,
    "requested": phrases.REQUESTED,
    "login": phrases.LOGIN_GATES,
    "pay": phrases.PAY_GATES,
    "offer": phrases.PAY_OFFERS,
    "consent": phrases.CONSENT_TALK,
    "script": phrases.SCRIPT_TALK,
    "notice": phrases.NOTICES,
}


@dataclass(frozen=True)
class Talk:
    """The phrases of walls that a page shows outside navigation and footers."""

    signs: Signs

    @cached_property
    def text(self) -> str:
        """What is looked at, lower case."""
        shown = (block.text for block in self.signs.body.blocks if not block.container.places & (AROUND | HIDDEN))
        return "\n".join(shown)[:LOOKED_AT].lower().replace("’", "'")

    @cached_property
    def found(self) -> dict[str, tuple[str, ...]]:
        """The phrases found, by group."""
        return {group: tuple(one for one in some if one in self.text) for group, some in GROUPS.items()}

    def says(self, group: str) -> str:
        """The first phrase of a group; empty: none."""
        return next(iter(self.found[group]), "")

    def below(self, group: str) -> tuple[str, ...]:
        """The phrases of a group that stand below the headline; all of them where there is no headline."""
        if not self.found[group]:
            return ()
        blocks = self.signs.body.blocks[max(0, self.signs.headline_at) :]
        text = "\n".join(block.text for block in blocks)[:LOOKED_AT].lower().replace("’", "'")
        return tuple(phrase for phrase in self.found[group] if phrase in text)

    def asked(self, group: str) -> tuple[str, ...]:
        """The phrases of a group below the headline that the page itself says: those within quotes are cited."""
        found = self.below(group)
        said = QUOTED.sub(" ", self.text) if found else ""
        return tuple(phrase for phrase in found if phrase in said)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The words of subscribing below the text that the page shows outside navigation and footers."""
        last = self.signs.prose[-1][0] if self.signs.prose else self.signs.headline_at
        shown = [block.text for block in self.signs.body.blocks[max(0, last) :] if not block.container.places & AROUND]
        text = "\n".join(shown)[:LOOKED_AT].lower()
        return tuple(stem for stem in phrases.PAY_STEMS if stem in text)

    @cached_property
    def own(self) -> int:
        """As `rest`; on a page that does not call itself an article, its longest piece between headlines with links."""
        if self.signs.marks or not self.signs.teasers:
            return self.rest
        some = [phrase for found in self.found.values() for phrase in found]
        stops, best, now, last = self.signs.teasers, 0, 0, -1
        for at, size, block in self.signs.prose:
            words = 0 if _has(block.text, some) else size
            now = words if any(last < stop < at for stop in stops) else now + words
            best, last = max(best, now), at
        return best

    @cached_property
    def rest(self) -> int:
        """The words of running text that are in no block with such a phrase."""
        some = [phrase for found in self.found.values() for phrase in found]
        if not some:
            return self.signs.words
        return sum(size for _, size, block in self.signs.prose if not _has(block.text, some))

    @cached_property
    def wall(self) -> int:
        """The words of running text that talk of consent."""
        some = self.found["consent"]
        return sum(size for _, size, block in self.signs.prose if _has(block.text, some))


def named(signs: Signs, some: Sequence[str]) -> str:
    """The headline that is one of these phrases and little else; empty: there is none."""
    return next((heading for heading in signs.headings if _is_named(heading, some)), "")


def mentioned(signs: Signs, some: Sequence[str]) -> str:
    """The headline in which one of these phrases stands; empty: there is none."""
    return next((heading for heading in signs.headings if _has(heading, some)), "")


def numbered(signs: Signs) -> str:
    """The headline that is the number of an HTTP error; empty: there is none."""
    return next((heading for heading in signs.headings if headings.NUMBER.fullmatch(heading)), "")


def named_as(signs: Signs, words: re.Pattern[str], kind: str) -> str:
    """The headline with such a word, or the path; empty: neither has one."""
    for heading in signs.headings:
        if words.search(heading):
            return heading[:80]
    return signs.path[:80] if headings.PATHS[kind].search(signs.path) else ""


def _is_named(heading: str, some: Sequence[str]) -> bool:
    longest = max((len(phrase) for phrase in some if phrase in heading), default=0)
    return bool(longest) and (len(heading) <= BRIEF or longest >= COVERED * len(heading))


def _has(text: str, some: Sequence[str]) -> bool:
    lower = text.lower().replace("’", "'")
    return any(phrase in lower for phrase in some)
