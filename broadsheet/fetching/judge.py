"""What an answer means: its reason, whether to ask again and when, and where it points. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from broadsheet import urls
from broadsheet.fetching.guard import is_refused_literal
from broadsheet.fetching.politeness import retry_after
from broadsheet.httpdates import http_date
from broadsheet.model import Reason, Rejection
from broadsheet.policy import CHALLENGES, GONE, STATUSES

if TYPE_CHECKING:
    from datetime import datetime

    from broadsheet.fetching.client import Answer
    from broadsheet.fetching.network import Network
    from broadsheet.model import Source

NOT_MODIFIED: Final = 304
LONGEST_CHALLENGE: Final = 1 << 15  # bytes as read; those seen have 1 to 20 KiB, a news page has 184 in the median
CHALLENGE_PAGES: Final = (
    (b"window._cf_chl_opt",),  # Cloudflare
    (b"/_Incapsula_Resource?", b"incident_id="),  # Imperva
    (b"captcha-delivery.com/",),  # DataDome
    (b"px-captcha",),  # HUMAN, formerly PerimeterX
    (b"sucuri_cloudproxy_js",),  # Sucuri
    (b"/_sec/cp_challenge/",),  # Akamai
    (b'id="anubis_challenge"',),  # Anubis
)
"""What only the pages hold that a firewall shows in place of the site's own: they are short, and may come with 200."""

SERVER_ERRORS: Final = range(500, 600)
SUCCESS: Final = range(200, 300)
ROBOTS_REDIRECTS: Final = 5  # RFC 9309, 2.3.1.2
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
LONGEST_PAUSE: Final = 24 * 3600.0  # seconds
PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})  # another try may bring the page
PASSING_REASONS: Final = frozenset({Reason.TIMEOUT, Reason.CONNECTION_FAILED, Reason.TRUNCATED})


def reason(answer: Answer) -> Reason | None:
    """Why the answer brings no page; None for one that does, for 304 and for a page that is gone (policy tells)."""
    status = answer.status
    if answer.reason or status is None:
        return answer.reason
    if status in GONE or status == NOT_MODIFIED:
        return None
    if is_challenge(answer):
        return Reason.BLOCKED
    return (
        None
        if status in SUCCESS
        else STATUSES.get(status, Reason.SERVER_ERROR if status in SERVER_ERRORS else Reason.HTTP_ERROR)
    )


def is_challenge(answer: Answer) -> bool:
    """Whether the server wants a browser proved before it gives anything, whatever the status."""
    if any((name.lower(), value.lower()) in CHALLENGES for name, value in answer.headers):
        return True
    if len(answer.head) >= LONGEST_CHALLENGE:
        return False
    return any(all(mark in answer.head for mark in marks) for marks in CHALLENGE_PAGES)


def is_passing(answer: Answer) -> bool:
    """Whether another try may bring what this one did not."""
    if answer.reason:
        return answer.reason in PASSING_REASONS
    return answer.status in PASSING and not is_challenge(answer)


def is_well(answer: Answer) -> bool:
    """Whether the host does its work: it answered, and neither failed nor turned us away."""
    return answer.status is not None and not is_passing(answer) and reason(answer) is not Reason.BLOCKED


def retry_at(answer: Answer, network: Network) -> datetime | None:
    """When a host that failed or refused wants to be asked again, by our clock; None if it does not say."""
    wait = wait_asked_for(answer) if is_passing(answer) else None
    return None if wait is None else network.clock() + timedelta(seconds=wait)


def wait_asked_for(answer: Answer) -> float | None:
    """The seconds a Retry-After asks for, by the server's own clock where it shows one; None if none is given.

    At most LONGEST_PAUSE: a slip of the keyboard there must not cost us a site for years.
    """
    wait = retry_after(answer.header("retry-after"), http_date(answer.header("date")) or answer.at)
    return None if wait is None else min(wait, LONGEST_PAUSE)


def backoff(network: Network, tried: int) -> float:
    """The pause before the next try where the server names none."""
    return min(network.backoff * 2.0 ** (tried - 1), network.longest_wait)


def points_to(answer: Answer) -> str | None:
    """The URL that a redirect points to; None if it is no redirect or points nowhere usable."""
    if answer.status not in REDIRECTS or answer.reason:
        return None
    location = answer.header("location") or ""
    text = location.encode("latin-1").decode("utf-8", "replace")  # browsers read raw bytes there as UTF-8
    return urls.absolute(text, answer.url) if text else None


def refused_robots(target: str, seen: list[str], source: Source, network: Network) -> Rejection | None:
    """Why a redirect of robots.txt is not followed, or None if it is: to any public host, up to five times.

    RFC 9309, 2.3.1.2. What the settings open to us (an intranet, a host that stands elsewhere) they open to the sources
    that name it, not to whoever sends us there.
    """
    host = urls.host(target)
    is_open = host in network.resolve or host.strip("[]") in network.private
    if (is_open and not urls.belongs(target, _hosts(source, seen))) or (not is_open and is_refused_literal(host)):
        return Rejection(Reason.ADDRESS_REFUSED, f"redirect to {target}")
    if target in seen or len(seen) > ROBOTS_REDIRECTS:
        return Rejection(Reason.TOO_MANY_REDIRECTS, f"redirect to {target}")
    return None


def _hosts(source: Source, seen: list[str]) -> tuple[str, ...]:
    """The hosts that a source may be redirected to: its own, and that of the first URL."""
    return (*source.hosts, urls.host(source.home), urls.host(seen[0]))


def refused_redirect(target: str, seen: list[str], source: Source, network: Network) -> Rejection | None:
    """Why a redirect is not followed, or None if it is. `seen` are the URLs asked so far, the first one first."""
    host = urls.host(target)
    if host.strip("[]") not in network.private and is_refused_literal(host):
        return Rejection(Reason.ADDRESS_REFUSED, f"redirect to {target}")
    if not urls.belongs(target, _hosts(source, seen)):
        return Rejection(Reason.REDIRECT_OUTSIDE, f"redirect to {target}")
    if target in seen:
        return Rejection(Reason.TOO_MANY_REDIRECTS, f"redirect back to {target}")
    if len(seen) > network.max_redirects:
        return Rejection(Reason.TOO_MANY_REDIRECTS, f"more than {network.max_redirects} redirects")
    return None
