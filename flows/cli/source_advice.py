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
}
ELSE: Final = "see docs/reference/reasons.md"
NO_PAGES: Final = {
    EndpointKind.FEED: "its links lie on other hosts (`hosts`), or `include` and `exclude` leave none",
    EndpointKind.SITEMAP: "its pages lie on other hosts (`hosts`), or `include` and `exclude` leave none",
    EndpointKind.SECTION: "its links are made by scripts or lie on other hosts (`hosts`): use a feed or sitemap",
    EndpointKind.LIST: "its URLs lie on other hosts (`hosts`), or `include` and `exclude` leave none",
}


def advice(probe: Probe, source: Source, now: datetime) -> tuple[str, str]:
    """(what is wrong, the way out) of a polled endpoint; two empty texts: nothing is."""
    if probe.reason:
        detail = f": {probe.detail}" if probe.detail else ""
        return f"{probe.reason}{detail}", ADVICE.get(probe.reason, ELSE).replace("HOME", source.home)
    if not probe.found:
        way = "see that `kind` says what it is" if probe.detail.startswith("not a") else NO_PAGES[probe.endpoint.kind]
        return probe.detail or "names no page of the source", way
    newest = probe.newest(now)
    if newest and (now - newest).days > QUIET_DAYS:
        return f"nothing new for {(now - newest).days} days", "see whether the site has a newer one"
    return (probe.detail, "the rest of it is read") if probe.detail else ("", "")
