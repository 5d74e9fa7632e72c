"""Pages that are of another make than an article: pictures, films, lists of articles."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.model import PageKind
from extractors.kind import headings
from extractors.kind.live import STAMP
from extractors.kind.talk import named_as
from extractors.kind.walls import SENTENCE, Kind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from extractors.kind.signs import Signs

LITTLE = 80  # words of running text beside pictures or a film that announce themselves
SOME = 150  # words of text beside a film on a page that says it is one and not that it is an article
PICTURES = 5
FEW_PICTURES = 3
OTHERS = 2  # pictures without a caption, or texts without a picture
CAPTION = 45  # words
TEASERS = 4
TEASING = 45  # words in one piece: more than a teaser
COUNTER = re.compile(r"(?:^|\D)[1１]\s?[/／]\s?[\d１-９]|\b1 (?:of|von|de|sur|di|из|van) \d|\bसे 1\b")
PLAYERS = re.compile(r"youtu|vimeo|dailymotion|player|embed/|video|rutube|nicovideo|bilibili|brightcove|jwplat|twitch")
FILMS = re.compile(r"\.(?:mp4|webm|m3u8|mov|flv|wmv|ogv)\b|^video/", re.IGNORECASE)
PLAYER_CLASS = re.compile(  # it begins with "=", which the engine looks for at once: a tenth of the time
    r"""=(?:(?<=class=)|(?<=id=))["'][^"']*(?:video-?_?player|player-?_?video|jwplayer|vjs-|video-js|brightcove)""",
    re.IGNORECASE,
)


def gallery(signs: Signs) -> Kind | None:
    """Pictures with captions: named so, counted so, or many pictures and next to no text."""
    if signs.types & {"ImageGallery", "MediaGallery"} and not signs.marks and signs.read < SOME:
        return Kind(PageKind.GALLERY, "ImageGallery")
    called = named_as(signs, headings.GALLERY, "gallery")
    if signs.read >= LITTLE and not called:
        return None
    pictures = _pictures(signs)
    captions = pictures >= FEW_PICTURES and (signs.read < LITTLE or _is_captioned(signs, pictures))
    if called and (captions or (signs.words < SOME and _all_captions(signs))):
        return Kind(PageKind.GALLERY, f"{pictures} pictures and: {called}")
    counted = any(COUNTER.search(block.text) for block in signs.body.blocks if len(block.text) <= STAMP)
    if signs.read < LITTLE and pictures >= FEW_PICTURES and counted:
        return Kind(PageKind.GALLERY, f"{pictures} pictures, counted")
    if pictures >= PICTURES and signs.read < min(LITTLE, SENTENCE * pictures // 4) and not signs.is_dated:
        return Kind(PageKind.GALLERY, f"{pictures} pictures and {signs.words} words")
    return None


def _all_captions(signs: Signs) -> bool:
    """Whether every line of the running text is in an element for captions."""
    lines = [block.container for _, _, block in signs.prose]
    return len(lines) >= FEW_PICTURES and all(line.tag == "figcaption" or "caption" in line.signature for line in lines)


def _is_captioned(signs: Signs, pictures: int) -> bool:
    """Whether the running text is no more than a caption to each picture and a word before them."""
    return (
        pictures >= PICTURES and abs(len(signs.prose) - pictures) <= OTHERS and signs.words <= CAPTION * (pictures + 1)
    )


def _pictures(signs: Signs) -> int:
    """The pictures in the page's middle that lead to no other page."""
    if signs.parsed.tree is None:
        return 0
    return sum(_stands_alone(image) for image in list(signs.parsed.tree.iter("img", "amp-img"))[:200])


def _stands_alone(image: HtmlElement) -> bool:
    for depth, above in enumerate(image.iterancestors()):
        if above.tag in {"nav", "aside", "footer", "header"} or depth > 30:  # noqa: PLR2004 - a bound for the work
            return False
        href = (above.get("href") or "") if above.tag == "a" else "#"
        if above.tag == "a" and not re.search(r"^#|\.(?:jpe?g|png|webp|gif|avif)\b|^$", href, re.IGNORECASE):
            return False
    return True


def video(signs: Signs) -> Kind | None:
    """A film and little to read: said to machines, by its name, or by a player where the text should be."""
    if signs.read >= SOME:
        return None
    said = "VideoObject" if "VideoObject" in signs.types else signs.parsed.structured.og_type
    says = said.startswith(("video", "VideoObject", "movie"))
    if says and not signs.marks:
        return Kind(PageKind.VIDEO, said)
    if not has_player(signs):
        return None
    called = named_as(signs, headings.VIDEO, "video")
    if called and signs.read < (SENTENCE if signs.is_item else LITTLE):
        return Kind(PageKind.VIDEO, f"player, {signs.words} words and: {called}")
    if signs.read < SENTENCE:
        return Kind(PageKind.VIDEO, f"player and {signs.words} words")
    return None


def has_player(signs: Signs) -> bool:
    """Whether the page shows a film."""
    tree = signs.parsed.tree
    if tree is None:
        return False
    for element in tree.iter("video", "amp-video", "iframe", "object", "embed", "source", "amp-youtube"):
        source = (
            f"{element.get('src') or element.get('data') or element.get('data-src') or ''} {element.get('type') or ''}"
        )
        if element.tag in {"video", "amp-video", "amp-youtube"} or FILMS.search(source):
            return True
        if element.tag == "iframe" and PLAYERS.search(source.lower()):
            return True
    return bool(PLAYER_CLASS.search(signs.parsed.html))


def listing(signs: Signs) -> Kind | None:
    """Headlines that lead elsewhere, and no piece of text that is more than a teaser."""
    count = len(signs.teasers) + signs.entries
    if count < TEASERS or signs.read >= LITTLE:
        return _short_list(signs)
    if signs.words < SENTENCE and not signs.leads:
        return Kind(PageKind.LISTING, f"{count} headlines and {signs.words} words")
    if signs.marks or (signs.is_dated and not signs.dates_each):
        return None
    types = signs.types & {"CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage"}
    called = named_as(signs, headings.LISTING, "listing")
    if types or called:
        return Kind(PageKind.LISTING, f"{count} headlines and: {called or min(types)}")
    if count >= len(signs.prose) and signs.run < TEASING and (not signs.leads or _alternates(signs)):
        return Kind(PageKind.LISTING, f"{count} headlines, {len(signs.prose)} paragraphs")
    return None


def _short_list(signs: Signs) -> Kind | None:
    """A headline with a link before any text, at an address for tags, authors or searches."""
    place = headings.PATHS["named"].search(signs.path)
    if place and signs.teasers and signs.run < LITTLE and not (signs.marks or signs.leads):
        return Kind(PageKind.LISTING, f"{len(signs.teasers)} headlines at {place[0][:60]}")
    return None


def _alternates(signs: Signs) -> bool:
    """Whether headlines with links and short texts take turns."""
    stops = [-1, *signs.teasers]
    told = sum(any(sooner < at < later for at, _, _ in signs.prose) for sooner, later in pairwise(stops))
    return told >= TEASERS
