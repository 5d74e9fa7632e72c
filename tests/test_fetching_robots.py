"""robots.txt: RFC 9309 and Google's published matching rules, case by case."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.fetching.robots import Rules, is_current
from broadsheet.model import Reason, RobotsAnswer

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def rules(text, status=200, product="Broadsheet"):
    body = text if isinstance(text, bytes) else text.encode()
    return Rules(RobotsAnswer("https://paper.test", NOW, status, body), product)


def judged(text, path, product="Broadsheet"):
    verdict = rules(text, product=product).verdict(f"https://paper.test{path}")
    return verdict.reason is None, verdict.line


def for_all(*lines):
    return "\n".join(("User-agent: *", *lines))


CASES = [
    # What matches: the beginning of the path, octet by octet, case counts (RFC 9309, 2.2.2; Google's examples)
    (for_all("Disallow: /"), "/", False, "Disallow: /"),
    (for_all("Disallow: /"), "/a/b?c", False, "Disallow: /"),
    (for_all("Disallow: /fish"), "/fish", False, "Disallow: /fish"),
    (for_all("Disallow: /fish"), "/fish.html", False, "Disallow: /fish"),
    (for_all("Disallow: /fish"), "/fish/salmon.html", False, "Disallow: /fish"),
    (for_all("Disallow: /fish"), "/fishheads", False, "Disallow: /fish"),
    (for_all("Disallow: /fish"), "/fish.php?id=anything", False, "Disallow: /fish"),
    (for_all("Disallow: /fish"), "/Fish.asp", True, ""),
    (for_all("Disallow: /fish"), "/catfish", True, ""),
    (for_all("Disallow: /fish"), "/?id=fish", True, ""),
    (for_all("Disallow: /fish"), "/desert/fish", True, ""),
    (for_all("Disallow: /fish*"), "/fish", False, "Disallow: /fish*"),
    (for_all("Disallow: /fish*"), "/fishheads/yummy.html", False, "Disallow: /fish*"),
    (for_all("Disallow: /fish/"), "/fish/", False, "Disallow: /fish/"),
    (for_all("Disallow: /fish/"), "/fish/salmon.htm", False, "Disallow: /fish/"),
    (for_all("Disallow: /fish/"), "/fish", True, ""),
    (for_all("Disallow: /fish/"), "/fish.html", True, ""),
    # Special characters: * and $ (RFC 9309, 2.2.3)
    (for_all("Disallow: /*.php"), "/index.php", False, "Disallow: /*.php"),
    (for_all("Disallow: /*.php"), "/folder/any.php.file.html", False, "Disallow: /*.php"),
    (for_all("Disallow: /*.php"), "/", True, ""),
    (for_all("Disallow: /*.php"), "/windows.PHP", True, ""),
    (for_all("Disallow: /*.php$"), "/filename.php", False, "Disallow: /*.php$"),
    (for_all("Disallow: /*.php$"), "/filename.php?parameters", True, ""),
    (for_all("Disallow: /*.php$"), "/filename.php/", True, ""),
    (for_all("Disallow: /*.php$"), "/filename.php5", True, ""),
    (for_all("Disallow: /fish*.php"), "/fishheads/catfish.php?parameters", False, "Disallow: /fish*.php"),
    (for_all("Disallow: /fish*.php"), "/Fish.PHP", True, ""),
    (for_all("Disallow: *"), "/a", False, "Disallow: *"),
    (for_all("Disallow: */a"), "/x/a", False, "Disallow: */a"),
    (for_all("Disallow: /a*b*c"), "/a-x-b-y-c-z", False, "Disallow: /a*b*c"),
    (for_all("Disallow: /a*b*c"), "/a-x-c-y-b", True, ""),
    (for_all("Disallow: /a$"), "/a", False, "Disallow: /a$"),
    (for_all("Disallow: /a$"), "/ab", True, ""),
    (for_all("Disallow: /$"), "/", False, "Disallow: /$"),
    (for_all("Disallow: /$"), "/a", True, ""),
    (for_all("Disallow: /a**b"), "/a-b", False, "Disallow: /a**b"),
    (for_all("Disallow: /*?"), "/a?b", False, "Disallow: /*?"),
    (for_all("Disallow: /*?"), "/a", True, ""),
    (for_all("Disallow: /a?b=1"), "/a?b=1&c", False, "Disallow: /a?b=1"),
    (for_all("Disallow: /a.b"), "/axb", True, ""),
    (for_all("Disallow: /a+b"), "/aab", True, ""),
    # Which rule decides: the longest; Allow on a tie (RFC 9309, 2.2.2)
    (for_all("Allow: /p", "Disallow: /"), "/page", True, "Allow: /p"),
    (for_all("Disallow: /", "Allow: /p"), "/page", True, "Allow: /p"),
    (for_all("Allow: /folder", "Disallow: /folder"), "/folder/page", True, "Allow: /folder"),
    (for_all("Disallow: /folder", "Allow: /folder"), "/folder/page", True, "Allow: /folder"),
    (for_all("Allow: /page", "Disallow: /*.htm"), "/page.htm", False, "Disallow: /*.htm"),
    (for_all("Allow: /page", "Disallow: /*.ph"), "/page.php5", True, "Allow: /page"),
    (for_all("Allow: /$", "Disallow: /"), "/", True, "Allow: /$"),
    (for_all("Allow: /$", "Disallow: /"), "/page.htm", False, "Disallow: /"),
    (for_all("Disallow: /a", "Allow: /a/b", "Disallow: /a/b/c"), "/a/b/c/d", False, "Disallow: /a/b/c"),
    (for_all("Disallow: /a", "Allow: /a/b", "Disallow: /a/b/c"), "/a/b/x", True, "Allow: /a/b"),
    (for_all("Disallow: /example/", "Allow: /example/page/", "Disallow: /example/page/disallowed.gif"),
     "/example/page/disallowed.gif", False, "Disallow: /example/page/disallowed.gif"),
    # Percent-encoding: both sides are brought to one form (RFC 9309, 2.2.2, table)
    (for_all("Disallow: /foo/bar?baz=quz"), "/foo/bar?baz=quz", False, "Disallow: /foo/bar?baz=quz"),
    (for_all("Disallow: /foo/bar/\u30c4"), "/foo/bar/%E3%83%84", False, "Disallow: /foo/bar/\u30c4"),
    (for_all("Disallow: /foo/bar/%E3%83%84"), "/foo/bar/%E3%83%84", False, "Disallow: /foo/bar/%E3%83%84"),
    (for_all("Disallow: /foo/bar/%e3%83%84"), "/foo/bar/%E3%83%84", False, "Disallow: /foo/bar/%e3%83%84"),
    (for_all("Disallow: /foo/bar/%62%61%7A"), "/foo/bar/baz", False, "Disallow: /foo/bar/%62%61%7A"),
    (for_all("Disallow: /foo/bar/baz"), "/foo/bar/%62%61%7A", False, "Disallow: /foo/bar/baz"),
    (for_all("Disallow: /a%2Fb"), "/a/b", True, ""),
    # Empty and missing
    ("", "/a", True, ""),
    (for_all("Disallow:"), "/a", True, ""),
    (for_all("Disallow: ", "Allow: "), "/a", True, ""),
    (for_all(), "/a", True, ""),
    ("Disallow: /", "/a", True, ""),
    ("# nothing here", "/a", True, ""),
    (for_all("Disallow: /"), "/robots.txt", True, ""),
    # Lines and names: any case, any white space, comments, any line end (RFC 9309, 2.2)
    ("USER-AGENT: *\nDISALLOW: /a", "/a", False, "DISALLOW: /a"),
    ("user-agent:*\ndisallow:/a", "/a", False, "disallow:/a"),
    ("User-agent : *\nDisallow\t:\t/a", "/a", False, "Disallow\t:\t/a"),
    ("  User-agent: *  \n  Disallow: /a  ", "/a", False, "Disallow: /a"),
    ("User-agent: * # all\nDisallow: /a # not this", "/a", False, "Disallow: /a"),
    ("User-agent: *\r\nDisallow: /a\r\n", "/a", False, "Disallow: /a"),
    ("User-agent: *\rDisallow: /a\r", "/a", False, "Disallow: /a"),
    ("\ufeffUser-agent: *\nDisallow: /a", "/a", False, "Disallow: /a"),
    ("User-agent: *\n\n\nDisallow: /a", "/a", False, "Disallow: /a"),
    ("User-agent: *\nCrawl-delay: 1\nDisallow: /a", "/a", False, "Disallow: /a"),
    ("User-agent: *\nSitemap: https://paper.test/s.xml\nDisallow: /a", "/a", False, "Disallow: /a"),
    ("User-agent: *\nUnknown: x\nDisallow: /a", "/a", False, "Disallow: /a"),
    ("<html>\n<body>Disallow: /</body>", "/a", True, ""),
    # Groups: the one for our name before the one for all; groups of one name are joined (RFC 9309, 2.2.1)
    ("User-agent: Broadsheet\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", True, ""),
    ("User-agent: *\nDisallow: /\n\nUser-agent: Broadsheet\nDisallow: /a", "/b", True, ""),
    ("User-agent: *\nDisallow: /\n\nUser-agent: Broadsheet\nDisallow: /a", "/a", False, "Disallow: /a"),
    ("User-agent: BROADSHEET\nDisallow: /a", "/a", False, "Disallow: /a"),
    ("User-agent: broadsheet\nDisallow: /a", "/a", False, "Disallow: /a"),
    ("User-agent: Broadsheet\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: Broadsheet\nDisallow: /c",
     "/c", False, "Disallow: /c"),
    ("User-agent: Broadsheet\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: Broadsheet\nDisallow: /c",
     "/b", True, ""),
    ("User-agent: x\nUser-agent: Broadsheet\nDisallow: /a", "/a", False, "Disallow: /a"),
    ("User-agent: Broadsheet\nUser-agent: x\nDisallow: /a", "/a", False, "Disallow: /a"),
    ("User-agent: *\nUser-agent: x\nDisallow: /a", "/a", False, "Disallow: /a"),
    ("User-agent: GreedyBot\nDisallow: /", "/a", True, ""),
    ("User-agent: Broadsheet-News\nDisallow: /", "/a", True, ""),
    ("User-agent: Broad\nDisallow: /", "/a", True, ""),
    ("User-agent: sheet\nDisallow: /", "/a", True, ""),
    ("User-agent: Broadsheet/1.0\nDisallow: /a", "/a", False, "Disallow: /a"),
    ("User-agent: Broadsheet *\nDisallow: /a", "/a", False, "Disallow: /a"),
    ("User-agent: Broadsheet\n\nUser-agent: *\nDisallow: /a", "/a", False, "Disallow: /a"),
    ("User-agent: *\nDisallow: /a\nUser-agent: *\nDisallow: /b", "/b", False, "Disallow: /b"),
]  # fmt: skip


@pytest.mark.parametrize("text, path, allowed, line", CASES)
def test_the_rules_decide_as_the_standard_says_and_name_the_line(text, path, allowed, line):
    assert judged(text, path) == (allowed, line)


@pytest.mark.parametrize(
    "status, reason",
    [
        (200, None), (204, None), (301, None), (400, None), (401, None), (403, None), (404, None),
        (429, Reason.ROBOTS_UNREACHABLE), (500, Reason.ROBOTS_UNREACHABLE), (503, Reason.ROBOTS_UNREACHABLE),
        (599, Reason.ROBOTS_UNREACHABLE), (None, Reason.ROBOTS_UNREACHABLE),
    ],
)  # fmt: skip
def test_a_status_without_rules_allows_or_refuses_all(status, reason):
    assert rules("", status).verdict("https://paper.test/a").reason is reason


def test_the_body_of_an_error_is_not_read_as_rules():
    assert rules("User-agent: *\nDisallow: /", 404).verdict("https://paper.test/a").reason is None


def test_bytes_that_are_no_utf8_do_not_hide_the_rules():
    assert judged(b"# caf\xe9\nUser-agent: *\nDisallow: /a", "/a") == (False, "Disallow: /a")


def test_a_line_cut_by_the_bound_of_500_kib_is_not_read():
    text = "User-agent: *\n" + "#" * (512_000 - 14 - 1 - 11) + "\nDisallow: /secret/page"
    assert judged(text, "/other") == (True, "")


@pytest.mark.parametrize(
    "text, delay",
    [
        ("User-agent: *\nCrawl-delay: 2", 2.0),
        ("User-agent: *\nCrawl-delay: 0.5\nDisallow: /a", 0.5),
        ("User-agent: Broadsheet\nCrawl-delay: 3\nUser-agent: *\nCrawl-delay: 9", 3.0),
        ("User-agent: x\nCrawl-delay: 9", 0.0),
        ("User-agent: *\nCrawl-delay: soon", 0.0),
        ("User-agent: *\nCrawl-delay: -1", 0.0),
        ("User-agent: *\nCrawl-delay: inf", 0.0),
        ("", 0.0),
    ],
)
def test_crawl_delay_is_read_for_our_group(text, delay):
    assert rules(text).delay == delay


@pytest.mark.parametrize(
    "answer, current",
    [
        (None, False),
        (RobotsAnswer("o", NOW, 200), True),
        (RobotsAnswer("o", NOW, 404), True),
        (RobotsAnswer("o", NOW - timedelta(hours=24), 200), True),
        (RobotsAnswer("o", NOW - timedelta(hours=24, seconds=1), 200), False),
        (RobotsAnswer("o", NOW + timedelta(hours=25), 200), False),
        (RobotsAnswer("o", NOW, 503), False),
        (RobotsAnswer("o", NOW, None), False),
    ],
)
def test_a_stored_answer_counts_for_a_day_unless_the_server_was_in_trouble(answer, current):
    assert is_current(answer, NOW) is current


@settings(deadline=None, max_examples=80)
@given(st.one_of(st.binary(max_size=300), st.text("User-agent:*\nDisallow /$%#ab", max_size=200).map(str.encode)))
def test_no_bytes_make_it_raise(body):
    verdict = rules(body).verdict("https://paper.test/a?b")
    assert verdict.reason in {None, Reason.ROBOTS_DISALLOWED}
    assert isinstance(rules(body).delay, float)


def test_sitemaps_are_named_for_whoever_asks():
    text = "Sitemap: https://paper.test/a.xml\nUser-agent: x\nDisallow: /\nsitemap:https://cdn.test/b.xml.gz # news\n"
    assert rules(text).sitemaps == ("https://paper.test/a.xml", "https://cdn.test/b.xml.gz")
    assert rules(text, 404).sitemaps == ()
