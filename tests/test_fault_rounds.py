"""Three rounds of the whole flow against sites that do whatever the network does; judged by their own log."""

import itertools
import json
import subprocess
import sys
import time
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import environ, ran
from faultserver import has_ipv6
from faultsite import ADDED, EDITED, MIB, REMOVED, ROUNDS, SITES, expected, sources

from broadsheet.model import Outcome
from broadsheet.warehouse import open_read_copy

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.timeout(600),
]

START = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
CLOCK = {1: START, 2: START + timedelta(hours=1, minutes=5), 3: START + timedelta(hours=7, minutes=15)}
SECONDS = 1.5  # that one request may take
CONTACT = "https://broadsheet.test/bot"
TRIES = 3


@dataclass(frozen=True)
class Round:
    """One round: its report, the requests as the server saw them, and what the tables hold after it."""

    report: object
    log: list
    articles: list
    attempts: dict

    def requests(self, host=None, path=None):
        return [each for each in self.log if host in {None, each["host"]} and path in {None, each["path"]}]


@contextmanager
def serving(folder, round_):
    log, port_file = folder / f"log-{round_}.jsonl", folder / f"port-{round_}"
    command = [sys.executable, str(Path(__file__).with_name("faultsite.py")), str(round_), str(log), str(port_file)]
    process = subprocess.Popen(command)
    try:
        until = time.monotonic() + 60
        while not (port_file.exists() and port_file.read_text()):
            assert process.poll() is None
            assert time.monotonic() < until, "the sites took a minute to start"
            time.sleep(0.02)
        yield int(port_file.read_text()), log
    finally:
        process.terminate()
        process.wait(20)


def settings(folder, port, round_):
    (folder / "sources.toml").write_text(sources())
    return {
        "BROADSHEET_DATA": str(folder / "data"),
        "BROADSHEET_SOURCES": str(folder / "sources.toml"),
        "BROADSHEET_RESOLVE": ",".join(f"{site.host}={site.address}:{port}" for site in SITES),
        "BROADSHEET_CONTACT": CONTACT,
        "BROADSHEET_NOW": CLOCK[round_].isoformat(),
        "BROADSHEET_FETCH_SECONDS": str(SECONDS),
        "BROADSHEET_WORKERS": "2",
    }


def played(folder, round_):
    """Run one round."""
    from flows.ingest import ingest

    with serving(folder, round_) as (port, log), environ(settings(folder, port, round_)):
        report = ran(ingest())
    with open_read_copy(folder / "data") as connection:
        articles = connection.sql(
            "select url, text, versions, gone_at is not null as gone from mart.articles"
        ).fetchall()
        query = "select url, outcome, reason, detail, tries from mart.attempts where run_id = ?"
        attempts = {row[0]: row[1:] for row in connection.execute(query, [report.run_id]).fetchall()}
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    return Round(report, sorted(lines, key=lambda each: each["at"]), articles, attempts)


@pytest.fixture(scope="module")
def rounds(prefect, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rounds")
    return {round_: played(folder, round_) for round_ in ROUNDS}


EACH_ROUND = pytest.mark.parametrize("number", ROUNDS)


# ── What is in the tables ────────────────────────────────────────────────────────────────────────────────────────────


@EACH_ROUND
def test_every_article_that_should_be_there_is_there_once_and_nothing_else(rounds, number):
    found = Counter(url for url, *_ in rounds[number].articles)
    assert found == Counter(expected(number).keys())


@EACH_ROUND
def test_every_article_holds_what_its_page_said_last(rounds, number):
    texts = {url: text for url, text, *_ in rounds[number].articles}
    assert [url for url, sentence in expected(number).items() if sentence not in texts[url]] == []


def test_edits_make_versions_and_removals_are_marked(rounds):
    found = {url: (versions, gone) for url, _, versions, gone in rounds[3].articles}
    assert {found[f"http://news.test/a/{n}"] for n in EDITED} == {(2, False)}
    assert {found[f"http://news.test/a/{n}"] for n in REMOVED} == {(1, True)}
    assert {found[f"http://news.test/a/{n}"] for n in ADDED} == {(1, False)}


REASONS = {
    "http://resets.test/always-reset": "connection_failed", "http://cuts.test/chunked": "truncated",
    "http://loris.test/loris": "timeout", "http://mute.test/mute": "timeout",
    "http://cuts.test/cut": "truncated", "http://cuts.test/length": "truncated",
    "http://loops.test/self": "too_many_redirects", "http://loops.test/ping": "too_many_redirects",
    "http://loops.test/far": "too_many_redirects", "http://loops.test/inside": "address_refused",
    "http://loops.test/metadata": "address_refused", "http://loops.test/six": "address_refused",
    "http://loops.test/named": "address_refused", "http://loops.test/out": "redirect_outside",
    "http://huge.test/endless": "too_large", "http://huge.test/declared": "too_large",
    "http://huge.test/gzip": "too_large", "http://huge.test/br": "too_large", "http://huge.test/zstd": "too_large",
    "http://huge.test/film": "not_html",
    "http://walls.test/always-500": "server_error", "http://walls.test/forbidden": "blocked",
    "http://walls.test/challenge": "blocked",
    "http://partly.test/private/1": "robots_disallowed", "http://wordy.test/early/1": "robots_disallowed",
}  # fmt: skip


@pytest.mark.parametrize("url", REASONS)
def test_what_brought_no_article_says_why(rounds, url):
    assert rounds[1].attempts[url][:2] == ("rejected", REASONS[url])


def test_the_rest_of_a_host_that_asks_for_a_long_pause_is_put_off_and_comes_later(rounds):
    ends = Counter(end[:2] for url, end in rounds[1].attempts.items() if "later.test" in url)
    assert ends == {("rejected", "rate_limited"): 1, ("deferred", "host_paused"): 5}
    assert len(rounds[1].requests("later.test")) == 3
    assert {end[0] for url, end in rounds[2].attempts.items() if "later.test" in url} == {"new"}


@EACH_ROUND
def test_the_ledger_balances(rounds, number):
    report = rounds[number].report
    assert report.attempted == sum(report.total(outcome) for outcome in Outcome) == len(rounds[number].attempts)


def test_the_third_round_changes_nothing(rounds):
    report = rounds[3].report
    assert (report.changed_rows, report.total(Outcome.NEW, Outcome.EDITED, Outcome.DUPLICATE, Outcome.GONE)) == (0, 0)
    assert rounds[3].articles == rounds[2].articles


# ── What the sites saw ───────────────────────────────────────────────────────────────────────────────────────────────


def test_nine_of_ten_article_requests_of_the_third_round_are_answered_304(rounds):
    pages = [each for each in rounds[3].log if each["path"] not in {"/robots.txt", *(site.endpoint for site in SITES)}]
    unchanged = [each for each in pages if each["status"] == 304]
    assert len(pages) > 150
    assert len(unchanged) >= 0.9 * len(pages)


@EACH_ROUND
def test_every_request_says_who_asks(rounds, number):
    assert {f"(+{CONTACT})" in each["headers"]["user-agent"] for each in rounds[number].log} == {True}


@EACH_ROUND
def test_nobody_at_a_private_address_was_asked(rounds, number):
    assert {each["host"] for each in rounds[number].log} <= {site.host for site in SITES}
    assert rounds[number].requests(path="/secret") == []


def test_robots_txt_is_asked_first_and_once_a_day(rounds):
    for site in SITES:
        first, *rest = (each["path"] for each in rounds[1].requests(site.host))
        assert first == "/robots.txt", site
        assert "/robots.txt" not in rest or site.name == "ill"
        if site.name != "ill":
            assert rounds[2].requests(site.host, "/robots.txt") == rounds[3].requests(site.host, "/robots.txt") == []


@EACH_ROUND
def test_what_robots_txt_forbids_is_not_asked_for(rounds, number):
    assert {each["path"] for each in rounds[number].requests("closed.test")} <= {"/robots.txt"}
    assert rounds[number].requests("partly.test", "/private/1") == []
    assert rounds[number].requests("wordy.test", "/early/1") == []
    assert rounds[1].requests("wordy.test", "/late/1") != []
    assert {each["path"] for each in rounds[1].requests("ill.test")} == {"/robots.txt"}


@EACH_ROUND
def test_no_host_saw_more_requests_at_once_than_its_connections(rounds, number):
    most = Counter()
    for each in rounds[number].log:
        most[each["host"]] = max(most[each["host"]], each["under_way"])
    allowed = {site.host: site.connections for site in SITES}
    assert {host: count for host, count in most.items() if count > allowed[host]} == {}


@EACH_ROUND
def test_no_host_saw_two_requests_closer_than_its_delay(rounds, number):
    times = defaultdict(list)
    for each in rounds[number].log:
        times[each["host"]].append(each["at"])
    gaps = {host: min((b - a for a, b in itertools.pairwise(at)), default=9.0) for host, at in times.items()}
    delays = {site.host: 0.4 if site.name == "slow" else site.delay for site in SITES}
    # A Crawl-delay is known once robots.txt is read: the request after it may come by the source's own delay.
    assert {host: gap for host, gap in gaps.items() if gap < delays[host]} == {}


@EACH_ROUND
def test_a_url_is_asked_at_most_three_times_and_once_where_asking_again_is_vain(rounds, number):
    counts = Counter((each["host"], each["path"]) for each in rounds[number].log)
    assert max(counts.values()) <= TRIES
    vain = [("huge.test", path) for path in ("/endless", "/declared", "/gzip", "/br", "/zstd", "/film")]
    vain += [("walls.test", "/forbidden"), ("walls.test", "/challenge"), ("loops.test", "/self")]
    assert all(counts[each] <= 1 for each in vain)
    assert number > 1 or [counts["busy.test", path] for path in ("/seconds", "/date", "/flapping")] == [2, 2, 2]


def test_what_may_never_pass_is_not_asked_in_later_rounds(rounds):
    for number in (2, 3):
        asked = {each["host"] + each["path"] for each in rounds[number].log}
        assert not asked & {"huge.test/endless", "huge.test/gzip", "walls.test/forbidden", "loops.test/self"}


def test_a_pause_that_a_host_asks_for_is_kept(rounds):
    for path, seconds in (("/seconds", 1.0), ("/date", 1.0)):
        first, _ = rounds[1].requests("busy.test", path)
        after = [each["at"] - first["over"] for each in rounds[1].requests("busy.test") if each["at"] > first["over"]]
        assert min(after) >= seconds


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6 loopback")
def test_a_site_at_an_ipv6_address_is_asked_there(rounds):
    assert {each["address"] for each in rounds[1].requests("six.test")} == {"::1"}


@EACH_ROUND
def test_no_more_is_read_than_bodies_may_have(rounds, number):
    assert max(each["sent"] for each in rounds[number].log) < 28 * MIB
    assert all(each["sent"] < 8 * MIB for each in rounds[number].requests("huge.test") if each["path"] != "/endless")


@EACH_ROUND
def test_slow_answers_are_given_up_in_time(rounds, number):
    for each in rounds[number].log:
        assert each["over"] - each["at"] < SECONDS + 1.0, each["path"]
