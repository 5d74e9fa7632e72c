"""What counts: which answers hold a page to read, which pages are articles, which failures are worth another try. Pure.

`broadsheet.reasons` explains every reason.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from broadsheet.model import Article, Outcome, PageKind, Reason, Rejection, Role

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.model import Extraction, FetchedPage

LEAST_WORDS: Final = 20
"""An article has at least so many words. Of the 205 pages of articles-dev the shortest text has 65 as extracted and 69
as written; a news flash of one sentence has 20 to 30. Set for the flash: what is no article is told by its kind."""

UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of scripts written without spaces: Thai, Lao, Burmese, Khmer, kana, Han. Two of them count as a word."""

LETTER: Final = re.compile(r"[^\W_]")

KINDS: Final = {
    PageKind.LIVE_BLOG: Reason.LIVE_BLOG,
    PageKind.GALLERY: Reason.GALLERY,
    PageKind.VIDEO: Reason.VIDEO,
    PageKind.LISTING: Reason.LISTING,
    PageKind.SOFT_404: Reason.SOFT_404,
    PageKind.CONSENT_WALL: Reason.CONSENT_WALL,
    PageKind.LOGIN_WALL: Reason.LOGIN_WALL,
    PageKind.PAY_WALL: Reason.PAY_WALL,
    PageKind.NEEDS_JAVASCRIPT: Reason.NEEDS_JAVASCRIPT,
    PageKind.NOT_HTML: Reason.NOT_HTML,
    PageKind.OTHER: Reason.NOT_ARTICLE,
}

GONE: Final = frozenset({404, 410})
STATUSES: Final = {
    401: Reason.LOGIN_WALL,
    402: Reason.PAY_WALL,
    403: Reason.BLOCKED,
    407: Reason.BLOCKED,
    429: Reason.RATE_LIMITED,
    451: Reason.BLOCKED,
}
CHALLENGES: Final = (
    ("cf-mitigated", "challenge"),
    ("x-amzn-waf-action", "challenge"),
    ("x-amzn-waf-action", "captcha"),
    ("x-vercel-mitigated", "challenge"),
)
"""Headers by which Cloudflare, AWS WAF and Vercel say that a browser is to be proved (AWS with status 202)."""

MEDIA_TYPES: Final = frozenset({"", "text/html", "application/xhtml+xml", "text/plain", "application/octet-stream"})
"""Content types that are read: HTML, and those that servers send when they do not know; extraction looks then."""

RETRIED: Final = frozenset(
    {
        Reason.TIMEOUT,
        Reason.CONNECTION_FAILED,
        Reason.NAME_NOT_RESOLVED,
        Reason.TLS_FAILED,
        Reason.SERVER_ERROR,
        Reason.RATE_LIMITED,
        Reason.HOST_PAUSED,
        Reason.ROBOTS_UNREACHABLE,
        Reason.TRUNCATED,
        Reason.BROKEN_RECORD,
        Reason.RUN_DIED,
        Reason.OVER_BUDGET,
        Reason.DISK_FULL,
        Reason.OUT_OF_MEMORY,
        Reason.EXTRACTION_OVERRAN,
        Reason.INTERNAL_ERROR,
    }
)
"""Reasons that another attempt may cure: the network's, and ours."""


def classify(page: FetchedPage) -> Rejection | Outcome | None:
    """What an answer is worth before it is read; None: it holds something to read.

    UNCHANGED for 304, GONE for 404 and 410, a Rejection otherwise. The content type counts for pages only.
    """
    if page.status == 304:  # noqa: PLR2004 - RFC 9110, 15.4.5
        return Outcome.UNCHANGED
    if page.status in GONE or page.reason in {Reason.NOT_FOUND, Reason.GONE}:
        return Outcome.GONE
    if page.reason:
        return Rejection(page.reason, page.detail)
    return _by_status(page) or _by_content(page)


def accept(extraction: Extraction, *, now: datetime) -> Article | Rejection:
    """An article, or why what was read is none: its kind, no headline, or a text below LEAST_WORDS.

    A page may say that it appears after `now`: clocks and embargoes are no reason to lose it.
    """
    del now
    if extraction.page_kind in KINDS:
        return Rejection(KINDS[extraction.page_kind], extraction.kind_evidence)
    if not extraction.title.strip():
        return Rejection(Reason.NO_TITLE)
    words = word_weight(extraction.text)
    if words < LEAST_WORDS:
        return Rejection(Reason.TEXT_TOO_SHORT, f"{words} of {LEAST_WORDS} words")
    return Article(extraction, content_hash(extraction.title, extraction.text))


def content_hash(title: str, text: str) -> str:
    """SHA-256 in hex of headline and text in NFC with white space collapsed: equal hashes mean no edit."""
    plain = "\n".join(" ".join(unicodedata.normalize("NFC", part).split()) for part in (title, text))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def retry_later(reason: Reason) -> bool:
    """Whether another attempt may bring what this one did not."""
    return reason in RETRIED


def word_weight(text: str) -> int:
    """The length of a text in words, for any script: letters of unspaced scripts count half a word each."""
    unspaced = len(UNSPACED.findall(text))
    return sum(1 for token in UNSPACED.sub(" ", text).split() if LETTER.search(token)) + unspaced // 2


def _by_status(page: FetchedPage) -> Rejection | None:
    status = page.status
    if status is None:
        return Rejection(Reason.CONNECTION_FAILED, "no answer")
    if any((page.header(name) or "").lower() == value for name, value in CHALLENGES):
        return Rejection(Reason.BLOCKED, f"HTTP {status} with a challenge")
    if status < 300 and status not in {204, 205}:  # noqa: PLR2004 - RFC 9110, 15.3
        return None
    return Rejection(_reason(status), f"HTTP {status}")


def _reason(status: int) -> Reason:
    if status in {204, 205}:
        return Reason.EMPTY
    return STATUSES.get(status, Reason.SERVER_ERROR if status >= 500 else Reason.HTTP_ERROR)  # noqa: PLR2004 - as above


def _by_content(page: FetchedPage) -> Rejection | None:
    if not page.body:
        return Rejection(Reason.EMPTY, "no body")
    media_type = (page.header("content-type") or "").partition(";")[0].strip().lower()
    if page.role == Role.PAGE and media_type not in MEDIA_TYPES:
        return Rejection(Reason.NOT_HTML, media_type)
    return None
