"""What is wrong with an endpoint, in words, and the way out. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from broadsheet.model import EndpointKind, Reason

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.model import Source
    from flows.cli.source_asking import Probe

QUIET_DAYS: Final = 30  # an endpoint whose newest page is older is probably left behind

ADVICE: Final = {
    Reason.TIMEOUT: "try again later, or raise BROADSHEET_FETCH_SECONDS",
    Reason.CONNECTION_FAILED: "see whether the address opens in a browser; try again later",
    Reason.NAME_NOT_RESOLVED: "the host is misspelled or gone; correct `url`",
    Reason.TLS_FAILED: "its certificate is not valid; ask the site, or use an address that has one",
    Reason.ADDRESS_REFUSED: "it lies at a private address; name it in BROADSHEET_PRIVATE_HOSTS if that is meant",
    Reason.RATE_LIMITED: "raise `delay`, and `poll.shortest`",
    Reason.BLOCKED: "the site refuses us; raise `delay`, see that BROADSHEET_CONTACT leads to you, and ask the site",
    Reason.ROBOTS_DISALLOWED: "robots.txt forbids it: take it out, or ask the site",
    Reason.ROBOTS_UNREACHABLE: "its robots.txt cannot be had, which counts as a no; try again later",
    Reason.TOO_MANY_REDIRECTS: "write the address it leads to as `url`",
    Reason.REDIRECT_OUTSIDE: "it leads to another site: correct `url`, or name that host in `hosts`",
    Reason.NOT_FOUND: "it is not there: `broadsheet source add HOME --dry-run` shows where it may be now",
    Reason.GONE: "it is not there: `broadsheet source add HOME --dry-run` shows where it may be now",
    Reason.SERVER_ERROR: "the site's server fails; try again later",
    Reason.TOO_LARGE: "use a smaller feed, or the sitemap index above it",
    Reason.HOST_PAUSED: "the host failed too often or asked to be left alone; try again later",
    Reason.HTTP_ERROR: "see what the address shows in a browser; correct `url` if it is another",
    Reason.OPTED_OUT: "the site opts out of mining: take it out, or ask the site (`obey` says which ways are obeyed)",
    Reason.TRUNCATED: "its answer breaks off; try again later",
    Reason.BAD_ENCODING: "its answer is not in the coding it names; tell the site, or use another endpoint",
    Reason.LOGIN_WALL: "it is for those who log in: use an endpoint that is open to all",
    Reason.PAY_WALL: "it is for those who pay: use an endpoint that is open to all",
    Reason.NOT_HTML: "see that `kind` says what it is",
    Reason.EMPTY: "it is empty: `broadsheet source add HOME --dry-run` shows what else there is",
}
AT_HOME: Final = {  # where it is the home page that `source add` was given
    Reason.NAME_NOT_RESOLVED: "the host is misspelled or gone",
    Reason.RATE_LIMITED: "try again later, with a greater --delay",
    Reason.BLOCKED: "the site refuses us; see that BROADSHEET_CONTACT leads to you, and ask the site",
    Reason.ROBOTS_DISALLOWED: "its robots.txt forbids the page: ask the site, or write a feed that you know by hand",
    Reason.TOO_MANY_REDIRECTS: "give the address that it leads to in a browser",
    Reason.REDIRECT_OUTSIDE: "give the address of the site itself",
    Reason.NOT_FOUND: "see whether the address opens in a browser, and give the site's home page",
    Reason.GONE: "see whether the address opens in a browser, and give the site's home page",
    Reason.TOO_LARGE: "give a smaller page of the site, one that names its feeds",
    Reason.HTTP_ERROR: "see whether the address opens in a browser, and give the site's home page",
    Reason.OPTED_OUT: "the site opts out of mining: ask the site",
    Reason.BAD_ENCODING: "its answer is not in the coding it names; write a feed that you know by hand",
    Reason.LOGIN_WALL: "it is for those who log in: give a page that is open to all",
    Reason.PAY_WALL: "it is for those who pay: give a page that is open to all",
    Reason.NOT_HTML: "give the site's home page; a feed is written by hand (docs/how-to/add-a-site.md)",
    Reason.EMPTY: "give another page of the site, one that names its feeds",
}
ELSE: Final = "see docs/reference/reasons.md"
NO_PAGES: Final = {
    EndpointKind.FEED: "its links lie on other hosts (`hosts`), or `include` and `exclude` leave none",
    EndpointKind.SITEMAP: "its pages lie on other hosts (`hosts`), or `include` and `exclude` leave none",
    EndpointKind.SECTION: "its links are made by scripts or lie on other hosts (`hosts`): use a feed or sitemap",
    EndpointKind.LIST: "its URLs lie on other hosts (`hosts`), or `include` and `exclude` leave none",
}


def way_out(reason: Reason, home: str) -> str:
    """What to do about an endpoint that cannot be read."""
    return ADVICE.get(reason, ELSE).replace("HOME", home)


def way_home(reason: Reason) -> str:
    """What to do about a home page that cannot be read."""
    return AT_HOME.get(reason) or ADVICE.get(reason, ELSE)


def advice(probe: Probe, source: Source, now: datetime) -> tuple[str, str]:
    """(what is wrong, the way out) of a polled endpoint; two empty texts: nothing is."""
    if probe.reason:
        detail = f": {probe.detail}" if probe.detail else ""
        return f"{probe.reason}{detail}", way_out(probe.reason, source.home)
    if not probe.found:
        way = "see that `kind` says what it is" if probe.detail.startswith("not a") else NO_PAGES[probe.endpoint.kind]
        return probe.detail or "names no page of the source", way
    newest = probe.newest(now)
    if newest and (now - newest).days > QUIET_DAYS:
        return f"nothing new for {(now - newest).days} days", "see whether the site has a newer one"
    return (probe.detail, "the rest of it is read") if probe.detail else ("", "")
