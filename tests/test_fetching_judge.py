"""What answers mean, case by case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.fetching import Network, judge
from broadsheet.fetching.client import Answer
from broadsheet.model import Reason, Source

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
PAPER = Source("paper", "https://paper.test/", hosts=("sport.paper.test",))


def answer(status=200, url="https://paper.test/a/b", reason=None, **headers):
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(url, NOW, status, named, reason=reason)


@pytest.mark.parametrize(
    "status, headers, reason",
    [
        (200, {}, None), (203, {}, None), (206, {}, None), (304, {}, None), (404, {}, None), (410, {}, None),
        (400, {}, Reason.HTTP_ERROR), (401, {}, Reason.LOGIN_WALL), (402, {}, Reason.PAY_WALL),
        (403, {}, Reason.BLOCKED), (406, {}, Reason.HTTP_ERROR), (429, {}, Reason.RATE_LIMITED),
        (451, {}, Reason.BLOCKED), (500, {}, Reason.SERVER_ERROR), (521, {}, Reason.SERVER_ERROR),
        (302, {}, Reason.HTTP_ERROR), (304, {"cf_mitigated": "challenge"}, None), (999, {}, Reason.HTTP_ERROR),
        (503, {"cf_mitigated": "challenge"}, Reason.BLOCKED), (405, {"x_amzn_waf_action": "challenge"}, Reason.BLOCKED),
    ],
)  # fmt: skip
def test_a_status_has_its_reason(status, headers, reason):
    assert judge.reason(answer(status, **headers)) is reason


@pytest.mark.parametrize(
    "given, passing",
    [
        (answer(500), True), (answer(503), True), (answer(429), True), (answer(408), True),
        (answer(403), False), (answer(404), False), (answer(200), False), (answer(501), False),
        (answer(503, cf_mitigated="challenge"), False),
        (answer(None, reason=Reason.TIMEOUT), True), (answer(None, reason=Reason.CONNECTION_FAILED), True),
        (answer(200, reason=Reason.TRUNCATED), True), (answer(200, reason=Reason.TOO_LARGE), False),
        (answer(None, reason=Reason.ADDRESS_REFUSED), False), (answer(None, reason=Reason.TLS_FAILED), False),
        (answer(None, reason=Reason.NAME_NOT_RESOLVED), False),
    ],
)  # fmt: skip
def test_only_what_may_pass_is_asked_again(given, passing):
    assert judge.is_passing(given) is passing


@pytest.mark.parametrize(
    "status, location, target",
    [
        (301, "/c", "https://paper.test/c"),
        (302, "c", "https://paper.test/a/c"),
        (303, "?q", "https://paper.test/a/b?q"),
        (307, "//other.test/c#top", "https://other.test/c"),
        (308, "https://paper.test/%7e?b&a", "https://paper.test/%7e?b&a"),
        (302, "/f\u00c3\u00bc", "https://paper.test/f%C3%BC"),
        (302, "/f\u00fc", "https://paper.test/f%EF%BF%BD"),
        (302, " https://paper.test/c ", "https://paper.test/c"),
        (302, "", None),
        (302, "javascript:alert(1)", None),
        (302, "https://[nonsense", None),
        (200, "/c", None),
        (304, "/c", None),
        (300, "/c", None),
    ],
)
def test_a_redirect_points_where_a_browser_would_go(status, location, target):
    assert judge.points_to(answer(status, Location=location)) == target


@pytest.mark.parametrize(
    "target, seen, reason",
    [
        ("https://paper.test/c", 1, None),
        ("http://www.paper.test/c", 1, None),
        ("https://sport.paper.test/c", 1, None),
        ("https://first.test/c", 1, None),
        ("https://tv.paper.test/c", 1, Reason.REDIRECT_OUTSIDE),
        ("https://other.test/c", 1, Reason.REDIRECT_OUTSIDE),
        ("http://10.0.0.1/c", 1, Reason.ADDRESS_REFUSED),
        ("http://[::1]/c", 1, Reason.ADDRESS_REFUSED),
        ("https://first.test/0", 1, Reason.TOO_MANY_REDIRECTS),
        ("https://paper.test/c", 5, None),
        ("https://paper.test/c", 6, Reason.TOO_MANY_REDIRECTS),
    ],
)
def test_a_redirect_is_followed_within_bounds(target, seen, reason):
    asked = [f"https://first.test/{n}" for n in range(seen)]
    refusal = judge.refused_redirect(target, asked, PAPER, Network("B/0"))
    assert (refusal.reason if refusal else None) is reason


def test_a_pause_is_counted_by_the_clock_of_the_server():
    behind = answer(503, Date="Tue, 24 Nov 2026 05:00:00 GMT", Retry_After="Tue, 24 Nov 2026 05:00:30 GMT")
    assert judge.wait_asked_for(behind) == 30.0
    assert judge.wait_asked_for(answer(503, Retry_After="Tue, 24 Nov 2026 06:00:30 GMT")) == 30.0
    assert judge.wait_asked_for(answer(503, Date="nonsense", Retry_After="7")) == 7.0
    assert judge.wait_asked_for(answer(503, Date="Tue, 24 Nov 99999999999999 05:00:00 GMT", Retry_After="7")) == 7.0


def test_pauses_grow_and_have_a_bound():
    network = Network("B/0", backoff=2.0, longest_wait=10.0)
    assert [judge.backoff(network, tried) for tried in (1, 2, 3, 4)] == [2.0, 4.0, 8.0, 10.0]


FILL = b"<p>The ferry leaves at nine.</p>" * 2000


@pytest.mark.parametrize(
    "status, head, reason",
    [
        (200, b"<script>window._cf_chl_opt={cvId:'3'}</script>", Reason.BLOCKED),
        (503, b"<script>window._cf_chl_opt={cvId:'3'}</script>", Reason.BLOCKED),
        (200, b'<iframe src="/_Incapsula_Resource?SWUDNSAI=31&incident_id=1">', Reason.BLOCKED),
        (200, b'<script src="/_Incapsula_Resource?SWJIYLWA=1"></script>', None),
        (429, b'<script src="https://ct.captcha-delivery.com/c.js">', Reason.BLOCKED),
        (200, b'<div id="px-captcha">', Reason.BLOCKED),
        (200, b"sucuri_cloudproxy_js=''", Reason.BLOCKED),
        (200, b'<script src="/_sec/cp_challenge/ak-challenge-4-3.htm">', Reason.BLOCKED),
        (200, b'<script id="anubis_challenge" type="application/json">', Reason.BLOCKED),
        (200, b"<p>How Cloudflare's challenge pages work", None),
        (200, b"<script>window._cf_chl_opt={}</script>" + FILL, None),
        (404, b"<script>window._cf_chl_opt={}</script>", None),
    ],
)
def test_a_wall_is_told_from_a_page_by_what_it_holds(status, head, reason):
    walled = replace(answer(status), head=head)
    assert judge.reason(walled) is reason
    assert not (reason and judge.is_passing(walled))


@pytest.mark.parametrize(
    "given, well",
    [
        (answer(200), True), (answer(304), True), (answer(404), True), (answer(302), True), (answer(400), True),
        (answer(401), True), (answer(403), False), (answer(429), False), (answer(500), False),
        (answer(None, reason=Reason.TIMEOUT), False), (answer(200, reason=Reason.TRUNCATED), False),
        (answer(200, reason=Reason.TOO_LARGE), True), (answer(None, reason=Reason.NAME_NOT_RESOLVED), False),
    ],
)  # fmt: skip
def test_a_host_is_well_that_answers_and_turns_nobody_away(given, well):
    assert judge.is_well(given) is well


def test_a_wish_to_be_left_alone_is_kept_for_a_day_at_most():
    network = Network("B/0", clock=lambda: NOW)
    assert judge.retry_at(answer(503, Retry_After="600"), network) == NOW + timedelta(minutes=10)
    assert judge.retry_at(answer(429, Retry_After="99999999999"), network) == NOW + timedelta(days=1)
    assert judge.retry_at(answer(503), network) is None
    assert judge.retry_at(answer(200, Retry_After="600"), network) is None
