"""Doors before a page: checks for robots, closed regions, questions of age, works in progress.

Most say what they are; the rest are told by their make: buttons to press, and next to no link that leads anywhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.model import PageKind
from extractors.kind.door_phrases import DOOR_HEADS, DOORS
from extractors.kind.talk import mentioned
from extractors.kind.walls import FURNISHED, SENTENCE, Kind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from extractors.kind.signs import Signs
    from extractors.kind.talk import Talk

CHALLENGE = re.compile(
    r"_cf_chl_opt|/cdn-cgi/challenge-platform/h/|px-captcha|captcha-delivery\.com|_Incapsula_Resource|awsWafCookieDomainList|"
    r"sucuri_cloudproxy_js|ddos-guard/|/_sec/cp_challenge|geo\.captcha|friendlycaptcha|kpsdk|/\.within\.website/"
)
"""The scripts of Cloudflare, PerimeterX, DataDome, Imperva, AWS, Sucuri, DDoS-Guard, Akamai, Kasada, Anubis that ask
for proof of a browser. Widgets that stand in forms of comments too (reCAPTCHA) are none of these."""
SAID = 2  # phrases of a door that stand for a headline
START = 30  # characters of the text's first line that are looked for
NEAR = 3  # elements around a button that may be its box
WHOLE = frozenset({"main", "body", "html"})  # elements that hold a page rather than a box
MOST = 0.55  # share of a headline
LINKS = 3  # links of a page that leads nowhere; the header of a paper alone has more
SCANT = 45  # words: less than this beside the script of a challenge is the challenge's own


def door(signs: Signs, talk: Talk) -> Kind | None:
    """A door that says so in its headline, or twice in its text, or whose script is a known one; and nothing else."""
    if signs.marks or signs.words >= FURNISHED * 2:
        return None
    challenge = CHALLENGE.search(signs.parsed.html) if signs.words < SCANT and not signs.is_dated else None
    if challenge:
        return Kind(PageKind.OTHER, f"{signs.words} words and script: {challenge[0]}")
    heading, said = mentioned(signs, DOOR_HEADS), tuple(one for one in DOORS if one in talk.text)
    alone = signs.read < FURNISHED and not signs.is_dated
    if heading and ((len(said) >= SAID and not signs.is_dated) or (alone and (said or _is_all(heading, signs.run)))):
        return Kind(PageKind.OTHER, f"headline: {heading[:80]}")
    if len(said) >= SAID and alone and _beside(signs, said) < SENTENCE:
        return Kind(PageKind.OTHER, f"text: {', '.join(said[:3])}")
    return _dead_end(signs) if alone else None


def _dead_end(signs: Signs) -> Kind | None:
    """Buttons and a few lines that no link leads away from, or a page that asks not to be indexed."""
    tree = signs.parsed.tree
    if tree is None or signs.is_item:
        return None
    if "noindex" in signs.parsed.structured.first("robots").lower():
        return Kind(PageKind.OTHER, f"{signs.words} words and noindex")
    links = sum((element.get("href") or "#")[:1] != "#" for element in tree.iter("a"))
    if links <= LINKS and _is_asked(tree, signs):
        return Kind(PageKind.OTHER, f"a button, {links} links and {signs.words} words")
    return None


def _is_asked(tree: HtmlElement, signs: Signs) -> bool:
    """Whether a button stands in a box with the text, which is no article: what is read asks to be answered."""
    start = signs.prose[0][2].text[:START] if signs.prose else ""
    for button in tree.iter("button"):
        if next(button.iterancestors("article"), None) is not None:
            continue
        for box in list(button.iterancestors())[:NEAR]:
            if box.tag in WHOLE:
                break
            if start and start in " ".join("".join(box.itertext()).split()):
                return True
    return False


def _is_all(heading: str, words: int) -> bool:
    """Whether what such a door says is most of the headline, over few words."""
    return words < SCANT and max(len(one) for one in DOOR_HEADS if one in heading) >= MOST * len(heading)


def _beside(signs: Signs, said: tuple[str, ...]) -> int:
    """The words of running text in which no phrase of a door stands."""
    return sum(size for _, size, block in signs.prose if not any(one in block.text.lower() for one in said))
