"""Pages that are of another make than an article: live coverage, pictures, films, lists of articles."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.model import PageKind
from extractors.kind import headings
from extractors.kind.signs import AROUND
from extractors.kind.walls import SENTENCE, Kind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from extractors.kind.signs import Signs

CLOCK = re.compile(
    r"\W{0,3}(?:(?:ore|um|at|klo|kl\.|alle|a las|à|в|às|saat)\s)?(?:(午前|午後|上午|下午|오전|오후)\s?)?"
    r"(\d{1,2})\s?[:.h時时시]\s?(\d\d)?(?:分|분)?(?::\d\d)?(?![./-]?\d)\s?([ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
OPENING = re.compile(r"\s?(?:uhr|h|hrs|Uhr)?\s?[-\u2013\u2014|:.]\s", re.IGNORECASE)
AGE = re.compile(
    r"\W{0,3}(\d{1,3})(?:\+\d+)?\s?(?:min(?:ute|uto)?s?(?: ago)?|['′]|(?:h|m|hours?|hrs?|mins?|minutes?)\sago|"
    r"(?:分|時間|小时|分钟|분|시간)\s?(?:前|전)|(?:мин|час)\w*\sназад)\W{0,3}|"
    r"\W{0,3}(?:vor|il y a|hace|há|fa|منذ|قبل)\s(\d{1,3})\s\w{1,10}\W{0,3}",
    re.IGNORECASE,
)
MATCH_MINUTE = re.compile(r"(?:min\w*|['′])\W*$", re.IGNORECASE)
STAMP = 28  # characters: a line with a time and no more than this is a stamp
STAMPS = 4  # the fewest entries of live coverage
FALLING = 0.7  # share of steps back in time
COVERED = 0.6  # share of the running text between the first stamp and the last
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
PLAYER_CLASS = re.compile(
    r"""(?:class|id)=["'][^"']*(?:video-?_?player|player-?_?video|jwplayer|vjs-|video-js|brightcove)""", re.IGNORECASE
)


def live_blog(signs: Signs) -> Kind | None:
    """Live coverage: named so to machines, or entries with the time of day, the latest first or called live."""
    if "LiveBlogPosting" in signs.types:
        return Kind(PageKind.LIVE_BLOG, "LiveBlogPosting")
    stamps = _stamps(signs)
    if len(stamps) < STAMPS or not _covers(signs, stamps[0][0], stamps[-1][0]):
        return None
    times = [time for _, time in stamps]
    back = sum(later < sooner for sooner, later in pairwise(times))
    if back >= FALLING * (len(times) - 1):
        return Kind(PageKind.LIVE_BLOG, f"{len(times)} times, the latest first")
    if _called(signs, headings.LIVE, "live"):
        return Kind(PageKind.LIVE_BLOG, f"{len(times)} times and: {_called(signs, headings.LIVE, 'live')}")
    return None


def _stamps(signs: Signs) -> list[tuple[int, int]]:
    """Place and minute of each line that is a time of day, and that no teaser follows.

    Lines that begin with one count too, but where the page calls itself an article: papers print their review of a
    day so, and 3 of 205 real articles are of that form.
    """
    found = [
        (at, minute)
        for at, block in enumerate(signs.body.blocks)
        if block.text[:10].strip("([") and not block.container.places & AROUND and block.linked <= len(block.text) / 2
        if len(block.text) <= STAMP or not signs.marks
        for minute in _told(block.text)
    ]
    return [stamp for stamp in found if stamp[0] + 1 not in signs.teasers]


def _told(text: str) -> tuple[int, ...]:
    """The minute of the day that a line is or begins with; the minute of a match, an age below zero."""
    match = CLOCK.match(text)
    if match and (match[3] or match[1]) and (len(text) <= STAMP or OPENING.match(text, match.end())):
        return (_minute(match),)
    age = AGE.fullmatch(text) if len(text) <= STAMP else None
    if age is None:
        return ()
    return (int(age[1]),) if age[1] and MATCH_MINUTE.search(text) else (-int(age[1] or age[2]),)


def _minute(match: re.Match[str]) -> int:
    late = (match[1] or "") in {"午後", "下午", "오후"} or (match[4] or "").startswith("p")
    hour = int(match[2]) % 12 + 12 if late else int(match[2])
    return hour * 60 + int(match[3] or 0)


def _covers(signs: Signs, first: int, last: int) -> bool:
    within = sum(size for at, size, _ in signs.prose if first < at)
    return within >= COVERED * signs.words and last > first


def gallery(signs: Signs) -> Kind | None:
    """Pictures with captions: named so, counted so, or many pictures and next to no text."""
    if signs.types & {"ImageGallery", "MediaGallery"} and not signs.marks and signs.read < SOME:
        return Kind(PageKind.GALLERY, "ImageGallery")
    called = _called(signs, headings.GALLERY, "gallery")
    if signs.read >= LITTLE and not called:
        return None
    pictures = _pictures(signs)
    if called and pictures >= FEW_PICTURES and (signs.read < LITTLE or _is_captioned(signs, pictures)):
        return Kind(PageKind.GALLERY, f"{pictures} pictures and: {called}")
    counted = any(COUNTER.search(block.text) for block in signs.body.blocks if len(block.text) <= STAMP)
    if signs.read < LITTLE and pictures >= FEW_PICTURES and counted:
        return Kind(PageKind.GALLERY, f"{pictures} pictures, counted")
    if pictures >= PICTURES and signs.read < min(LITTLE, SENTENCE * pictures // 4) and not signs.is_dated:
        return Kind(PageKind.GALLERY, f"{pictures} pictures and {signs.words} words")
    return None


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
    called = _called(signs, headings.VIDEO, "video")
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
    count = len(signs.teasers)
    if count < TEASERS or signs.read >= LITTLE:
        return None
    if signs.words < SENTENCE and not signs.leads:
        return Kind(PageKind.LISTING, f"{count} headlines and {signs.words} words")
    if signs.is_item:
        return None
    types = signs.types & {"CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage"}
    called = _called(signs, headings.LISTING, "listing")
    if types or called:
        return Kind(PageKind.LISTING, f"{count} headlines and: {called or min(types)}")
    if count >= len(signs.prose) and signs.run < TEASING and (not signs.leads or _alternates(signs)):
        return Kind(PageKind.LISTING, f"{count} headlines, {len(signs.prose)} paragraphs")
    return None


def _alternates(signs: Signs) -> bool:
    """Whether headlines with links and short texts take turns."""
    stops = [-1, *signs.teasers]
    told = sum(any(sooner < at < later for at, _, _ in signs.prose) for sooner, later in pairwise(stops))
    return told >= TEASERS


def _called(signs: Signs, words: re.Pattern[str], kind: str) -> str:
    """The headline with such a word, or the path; empty: neither has one."""
    for heading in signs.headings:
        if words.search(heading):
            return heading[:80]
    return signs.path[:80] if headings.PATHS[kind].search(signs.path) else ""
