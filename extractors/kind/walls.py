"""Pages that stand in an article's place: not found, sign in, subscribe, consent, switch on scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.model import PageKind
from extractors.kind import phrases
from extractors.kind.headings import OOPS
from extractors.kind.signs import AROUND
from extractors.kind.talk import mentioned, named, numbered

if TYPE_CHECKING:
    from extractors.blocks import Container
    from extractors.kind.signs import Signs
    from extractors.kind.talk import Talk

SENTENCE = 25  # words: with so many of its own, a page has something to say beside the wall
TEASED = 120  # words: a gate below less than this hides an article; the shortest of 205 real ones has 69 and no gate
FURNISHED = 80  # words in one piece that furniture may add to a wall which its headline names
OFFERED = 60  # words: likewise below offers, which say nothing of this article
OFFERS = 2  # offers of a subscription: one may be in the furniture of an open item
APOLOGY = 45  # words that a page not found says, at most
TALKATIVE = 3  # phrases of consent


GATE = re.compile(
    r"""(?:class|id)=["'][^"']*(?:pay-?wall|piano-|poool|zephr|tp-container|premium-?(?:box|wall|gate)|reg-?wall|metered|"""
    r"""locked-?content|content-?lock|abo-?(?:box|teaser|layer)|subscri(?:be|ption)-?(?:box|wall|gate))""",
    re.IGNORECASE,
)
"""Elements by which pay walls are put into pages (Piano, Poool, Zephr and home-made ones)."""


MANAGER = re.compile(
    r"didomi|onetrust|sp_message|usercentrics|iubenda|qc-cmp|cmpbox|\brodo\b|rodo-|fc-consent|cookiebot|cookie-?(?:consent|wall|"
    r"notice|banner|overlay)|consent-?(?:wall|overlay|form|popup|layer|box)|gdpr|trustarc|truste",
    re.IGNORECASE,
)
"""Classes of OneTrust, Didomi, Sourcepoint, Usercentrics, iubenda, Quantcast, Funding Choices, Cookiebot, TrustArc."""
RATED = 140  # characters of an offer, at most
ABOVE = 5  # elements around a line that are asked for their class
RATE = re.compile(
    r"(?:[€$£¥₹₪₽]|\b(?:eur|euro|kr|kroner|krone|kronor|kč|zł|lei|ft|лв|tl|usd)\b\.?)[^.\n]{0,12}"
    r"(?:/|a |per |im |pro |par |al |no |na |i |om |por |/ ?)?\s?(?:month|week|year|monat|woche|jahr|mois|semaine|"
    r"mes\b|mês|mese|"
    r"maand|måned|månad|miesi|měsí|hónap|lun[aă]|месец|месяц|місяць|μήνα|ay\b|tháng|bulan|חודש)",
    re.IGNORECASE,
)
"""A price for a time, as subscriptions have."""


class Kind(NamedTuple):
    """A kind of page and what told."""

    kind: PageKind
    evidence: str


def soft_404(signs: Signs, talk: Talk) -> Kind | None:
    """A page whose headline says that there is none: alone, or with words to that effect below it.

    A page that says it is an article must be next to empty besides: there are articles on such errors.
    """
    heading = numbered(signs) or named(signs, phrases.NOT_FOUND)
    own = talk.own if talk.says("missing") else signs.read
    if heading and (signs.read < FURNISHED if not signs.is_item else signs.read < APOLOGY and own < SENTENCE):
        return Kind(PageKind.SOFT_404, f"headline: {heading[:80]}")
    oops = next((heading for heading in signs.headings if OOPS.match(heading)), "")
    if oops and not signs.is_item and signs.run < APOLOGY:
        return Kind(PageKind.SOFT_404, f"headline: {oops[:80]}")
    asked = next(iter(talk.below("requested")), "")
    if signs.is_item or own >= SENTENCE or signs.read >= FURNISHED:
        return None
    if asked or mentioned(signs, phrases.MISSING):
        return Kind(PageKind.SOFT_404, f"{own} words and text: {asked or talk.says('missing')}")
    return None


def login_wall(signs: Signs, talk: Talk) -> Kind | None:
    """A form for a password or a call to sign in, under a headline that says so or where the text should be."""
    heading, gate = named(signs, phrases.LOGIN_HEADS), next(iter(talk.below("login")), "")
    asks = has_password(signs)
    if heading and (gate or asks) and talk.rest < (SENTENCE if signs.is_item else FURNISHED):
        return Kind(PageKind.LOGIN_WALL, f"headline: {heading[:80]}")
    if gate and asks and talk.rest < SENTENCE:
        return Kind(PageKind.LOGIN_WALL, f"password and text: {gate}")
    if gate and not talk.says("pay") and talk.rest < SENTENCE and signs.words < FURNISHED:
        return Kind(PageKind.LOGIN_WALL, f"text: {gate}")
    if asks and not signs.is_item and signs.words < SENTENCE and asks_below(signs):
        return Kind(PageKind.LOGIN_WALL, f"password below {signs.words} words")
    return None


def pay_wall(signs: Signs, talk: Talk) -> Kind | None:
    """A call to subscribe in order to read on, below no more than the beginning of an article."""
    said, offered = talk.asked("pay"), talk.asked("offer")
    said += offered if is_closed(signs) else ()
    if said and signs.words < TEASED:
        return Kind(PageKind.PAY_WALL, f"{talk.rest} words and text: {', '.join(said[:3])}")
    if offered and signs.words < OFFERED and (talk.rest < SENTENCE or len(offered) >= OFFERS or not signs.is_item):
        return Kind(PageKind.PAY_WALL, f"{talk.rest} words and text: {', '.join(offered[:3])}")
    stems = talk.stems if signs.words < OFFERED and (is_closed(signs) or GATE.search(signs.parsed.html)) else ()
    if stems:
        return Kind(PageKind.PAY_WALL, f"{signs.words} words, a gate and text: {', '.join(stems[:3])}")
    is_offer = signs.words < OFFERED and not signs.marks and len(talk.found["consent"]) < TALKATIVE
    rate = _rate(signs) if is_offer else ""
    return Kind(PageKind.PAY_WALL, f"{signs.words} words and a price: {rate}") if rate else None


def _rate(signs: Signs) -> str:
    """A price for a time in a short line below the text's first; empty: there is none."""
    first = signs.prose[0][0] if signs.prose else signs.headline_at
    below = (block for block in signs.body.blocks[first + 1 :] if not block.container.places & AROUND)
    found = (RATE.search(block.text) for block in below if len(block.text) <= RATED)
    return next((match[0] for match in found if match), "")


def is_closed(signs: Signs) -> bool:
    """Whether the page says to machines that not everybody may read it."""
    stated = [str(node.get("isAccessibleForFree", "")).lower() for node in signs.parsed.structured.articles]
    return any(one.endswith("false") for one in stated)


def consent_wall(signs: Signs, talk: Talk) -> Kind | None:
    """Nothing but questions for consent: by name, or by the share of the text that asks for it."""
    heading, said = named(signs, phrases.CONSENT_HEADS), talk.found["consent"]
    if heading and said and not signs.marks and talk.rest < max(SENTENCE, talk.wall):
        return Kind(PageKind.CONSENT_WALL, f"headline: {heading[:80]}")
    if not signs.marks and signs.words < 2 * TEASED and _is_framed(signs):
        return Kind(PageKind.CONSENT_WALL, f"{signs.words} words in an element for consent")
    is_short = signs.words < FURNISHED or not signs.is_item
    if len(said) >= TALKATIVE and talk.rest < SENTENCE and talk.wall >= talk.rest and is_short:
        return Kind(PageKind.CONSENT_WALL, f"text: {', '.join(said[:3])}")
    return None


def _is_framed(signs: Signs) -> bool:
    """Whether all the running text is inside elements that bear the name of a consent manager."""
    return bool(signs.prose) and all(_under(block.container, MANAGER) for _, _, block in signs.prose)


def _under(container: Container | None, name: re.Pattern[str]) -> bool:
    for _ in range(ABOVE):
        if container is None:
            return False
        if name.search(container.signature):
            return True
        container = container.above
    return False


def needs_javascript(signs: Signs, talk: Talk) -> Kind | None:
    """No text, and scripts that would bring some."""
    tree = signs.parsed.tree
    if talk.rest >= SENTENCE or tree is None:
        return None
    if talk.says("script"):
        return Kind(PageKind.NEEDS_JAVASCRIPT, f"text: {talk.says('script')}")
    if signs.words < SENTENCE and next(tree.iter("script"), None) is not None and _is_shell(signs):
        return Kind(PageKind.NEEDS_JAVASCRIPT, "no text but scripts")
    return None


def _is_shell(signs: Signs) -> bool:
    """Whether there is hardly a word, or a `<noscript>` asks for scripts."""
    if not signs.body.text:
        return True
    silent = signs.parsed.tree.iter("noscript") if signs.parsed.tree is not None else ()
    return any("javascript" in "".join(element.itertext())[:2000].lower() for element in silent)


def asks_below(signs: Signs) -> bool:
    """Whether the field for a password stands below a headline: one in the header asks on every page."""
    order = signs.parsed.tree.iter("h1", "h2", "input") if signs.parsed.tree is not None else ()
    seen = False
    for element in order:
        seen = seen or element.tag != "input"
        if element.tag == "input" and (element.get("type") or "").lower() == "password":
            return seen
    return False


def has_password(signs: Signs) -> bool:
    """Whether the page has a field for a password."""
    fields = signs.parsed.tree.iter("input") if signs.parsed.tree is not None else ()
    return any((field.get("type") or "").lower() == "password" for field in fields)
