"""What each reason means and what to do about it: the words of docs/reference/reasons.md, which is made of them.

Links are relative to docs/reference. Whether a reason is tried again is `policy.retry_later`'s to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from broadsheet.model import Reason
from broadsheet.policy import LEAST_WORDS


@dataclass(frozen=True, slots=True)
class Explained:
    """What a reason means, and what whoever runs Broadsheet can do about it; Markdown."""

    meaning: str
    advice: str


NETWORK: Final = {
    Reason.TIMEOUT: Explained(
        "No connection, or not the whole answer, within the time allowed.",
        "Nothing if it is rare. If one site does it always, raise its delay or look whether it slows robots down.",
    ),
    Reason.CONNECTION_FAILED: Explained(
        "The server refused or broke the connection, or what it sent is not HTTP.",
        "Look whether the site is up from this machine.",
    ),
    Reason.NAME_NOT_RESOLVED: Explained(
        "The host's name has no address.",
        "Check the spelling in `sources.toml`, then the machine's name server.",
    ),
    Reason.TLS_FAILED: Explained(
        "The certificate is not valid for the host, or no common protocol was found.",
        "Open the site in a browser; a certificate that has run out is the site's to renew.",
    ),
    Reason.ADDRESS_REFUSED: Explained(
        "The name leads to an address that is not public; the address guard did not connect.",
        "For an intranet or a test, put the host on the allow-list (`BROADSHEET_RESOLVE`). Otherwise leave it so.",
    ),
    Reason.HOST_PAUSED: Explained(
        "The host had not answered ten times in a row, had failed or turned us away twenty times, or asked for "
        "a pause longer than a minute (`Retry-After`), or another process of this data folder was asking it: it "
        "was not asked (again) in this run; the outcome is `deferred`. The detail says which.",
        "Nothing: the next run asks again, not before the time the host named. If it happens in every run, "
        "raise the source's `delay`.",
    ),
    Reason.HTTP_ERROR: Explained(
        "A status from 300 to 499 that no other reason covers.",
        "The detail has the status. A 400 often means that a URL was cut or put together wrongly.",
    ),
    Reason.SERVER_ERROR: Explained(
        "A status of 500 or above.",
        "Nothing; the site is ill.",
    ),
    Reason.RATE_LIMITED: Explained(
        "Status 429: we asked too often.",
        "Raise the source's `delay`, lower its `connections`.",
    ),
    Reason.BLOCKED: Explained(
        "Status 403 or 451, or a page that wants a browser proved (Cloudflare, AWS WAF).",
        "Ask the site for leave; show a contact in the user agent. We do not go round walls.",
    ),
    Reason.ROBOTS_DISALLOWED: Explained(
        "The site's robots.txt forbids the page to us; the attempt has the line that matched.",
        "Exclude such URLs from the source (`exclude`), or ask the site.",
    ),
    Reason.ROBOTS_UNREACHABLE: Explained(
        "robots.txt could not be fetched (an error of the server or the network, or 429), which RFC 9309 reads "
        'as a complete "no".',
        "Nothing if it is rare.",
    ),
    Reason.OPTED_OUT: Explained(
        "The site keeps the page from being mined (TDM reservation, `noai`, robots.txt groups for AI crawlers) "
        "by a way that the source's `obey` names. What the page said beside is not kept.",
        "Nothing; ask the publisher for leave.",
    ),
    Reason.TOO_MANY_REDIRECTS: Explained(
        "More redirects than allowed, or a circle.",
        "Look at the URL in a browser; cookies may be wanted.",
    ),
    Reason.REDIRECT_OUTSIDE: Explained(
        "It leads to a host that is none of the source's.",
        "If the host belongs to it, add it to the source's `hosts`.",
    ),
    Reason.TOO_LARGE: Explained(
        "More bytes than allowed, as sent or once unpacked; or a WARC record over the limit.",
        "Usually no article: a film, a PDF, a data set.",
    ),
    Reason.TRUNCATED: Explained(
        "The answer broke off before its end, or the archive it is from says so.",
        "Nothing.",
    ),
    Reason.BAD_ENCODING: Explained(
        "The body cannot be unpacked as its Content-Encoding says.",
        "The server's fault.",
    ),
}
TAKEN_DOWN: Final = {
    Reason.NOT_FOUND: Explained(
        "Status 404.",
        "Nothing: articles are removed. If a feed names many such, its endpoint is out of order.",
    ),
    Reason.GONE: Explained(
        "Status 410: removed for good.",
        "Nothing.",
    ),
}
PAGE: Final = {
    Reason.NOT_HTML: Explained(
        "An image, PDF, film, or other data.",
        "Exclude such URLs from the source.",
    ),
    Reason.EMPTY: Explained(
        "An answer without a body.",
        "If one site does it always, it may serve robots nothing.",
    ),
    Reason.NOT_ARTICLE: Explained(
        "A page of another kind than those below: a home page, a form, an about page, goods, a thread of a "
        "forum, a check for robots, a question of age, works in progress.",
        "Narrow the source's `include`.",
    ),
    Reason.LISTING: Explained(
        "A section page or a search result.",
        "Make it an endpoint of the source, so that its links are followed.",
    ),
    Reason.GALLERY: Explained(
        "Pictures with captions, no article.",
        "Nothing.",
    ),
    Reason.VIDEO: Explained(
        "A player with a caption, no article.",
        "Nothing.",
    ),
    Reason.LIVE_BLOG: Explained(
        "Many entries under one address, which change all day.",
        "Nothing.",
    ),
    Reason.SOFT_404: Explained(
        "The page says that there is no such page, with status 200.",
        "Nothing.",
    ),
    Reason.CONSENT_WALL: Explained(
        "Only a request to accept cookies.",
        "Some sites show robots the article without one; ask for leave.",
    ),
    Reason.LOGIN_WALL: Explained(
        "Only for those who log in (or status 401).",
        "Nothing without an account and the publisher's leave.",
    ),
    Reason.PAY_WALL: Explained(
        "Only for those who pay (or status 402).",
        "Nothing without the publisher's leave.",
    ),
    Reason.NEEDS_JAVASCRIPT: Explained(
        "A shell that a browser's scripts would fill.",
        "Look for a feed that carries whole texts, or archive the pages with a browser and read its WARC files "
        "(`broadsheet ingest`).",
    ),
    Reason.NO_TITLE: Explained(
        "An article without a headline.",
        "A site rule can name the place.",
    ),
    Reason.TEXT_TOO_SHORT: Explained(
        f"Fewer than {LEAST_WORDS} words (of scripts without spaces: {2 * LEAST_WORDS} letters).",
        "If the text is there in the browser, a site rule can name its place.",
    ),
}
WORK: Final = {
    Reason.EXTRACTION_OVERRAN: Explained(
        "Reading the page took longer than a page may, or its process died.",
        "Keep the page for the project: it should be a test.",
    ),
    Reason.OUT_OF_MEMORY: Explained(
        "Reading the page took more memory than a page may.",
        "Likewise.",
    ),
    Reason.BROKEN_RECORD: Explained(
        "A WARC record that cannot be read; the detail says where and why.",
        "For a file of others', get it again; one of ours points to a failing disk.",
    ),
    Reason.RUN_DIED: Explained(
        "The run that had claimed the URL died; the outcome is `deferred`.",
        "Nothing: the next run attempts it.",
    ),
    Reason.OVER_BUDGET: Explained(
        "The source's budget for one run was spent, or the run's time (`BROADSHEET_RUN_MINUTES`); the outcome "
        "is `deferred`.",
        "If it happens in every run, raise the source's `budget` or let runs be longer: a site with a long "
        "Crawl-delay gives few pages an hour.",
    ),
    Reason.DISK_FULL: Explained(
        "The disk had less room left than `BROADSHEET_LEAST_FREE_MB`; it was not asked for, and the outcome is "
        "`deferred`.",
        "Make room, or let the archive keep less ([how](archive.md)); the next run goes on.",
    ),
    Reason.FORGOTTEN: Explained(
        "It was forgotten (`broadsheet forget`), or goes by a name of something that was. Nothing of the page is kept.",
        "Nothing; that is what was asked for.",
    ),
    Reason.INTERNAL_ERROR: Explained(
        "An error nobody foresaw; the detail has its traceback. The run fails at its end.",
        "Report it with the traceback and, if you may, the page.",
    ),
}
GROUPS: Final = {"The network": NETWORK, "Gone": TAKEN_DOWN, "The page": PAGE, "The work": WORK}
EXPLAINED: Final = {reason: told for group in GROUPS.values() for reason, told in group.items()}
"""Every reason there is."""
