"""Dates as endpoints print them: RFC 822 and its successors, RFC 3339, W3C-DTF, and the usual breakage."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.discovery.dates import day, moment
from broadsheet.discovery.feeds import read_feed
from broadsheet.discovery.sitemaps import read_sitemap

TEN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)

INSTANTS = [
    # RFC 822, 5: two-digit years, no weekday, no seconds, the zones of North America
    "Tue, 24 Nov 26 10:00:00 GMT",
    "24 Nov 26 10:00 UT",
    "Tue, 24 Nov 2026 05:00:00 EST",
    "Tue, 24 Nov 2026 06:00:00 EDT",
    "Tue, 24 Nov 2026 04:00:00 CST",
    "Tue, 24 Nov 2026 05:00:00 CDT",
    "Tue, 24 Nov 2026 03:00:00 MST",
    "Tue, 24 Nov 2026 04:00:00 MDT",
    "Tue, 24 Nov 2026 02:00:00 PST",
    "Tue, 24 Nov 2026 03:00:00 PDT",
    "Tue, 24 Nov 2026 10:00:00 Z",
    # RFC 1123, 5.2.14 and RFC 2822, 3.3: four-digit years, offsets
    "Tue, 24 Nov 2026 10:00:00 +0000",
    "Tue, 24 Nov 2026 10:00:00 -0000",
    "Tue, 24 Nov 2026 12:30:00 +0230",
    "Mon, 23 Nov 2026 23:00:00 -1100",
    "Wed, 25 Nov 2026 00:00:00 +1400",
    "Tue, 24 Nov 2026 10:00 GMT",
    # RFC 2822, 4.3: white space and comments
    "Tue,24 Nov 2026 10:00:00 GMT",
    "Tue,  24  Nov  2026  10:00:00  GMT",
    "Tue, 24 Nov 2026 10:00:00 +0000 (UTC)",
    # RFC 3339, 5.6
    "2026-11-24T10:00:00Z",
    "2026-11-24t10:00:00z",
    "2026-11-24 10:00:00Z",
    "2026-11-24T10:00:00.000Z",
    "2026-11-24T10:00:00.000000000Z",
    "2026-11-24T10:00:00+00:00",
    "2026-11-24T10:00:00-00:00",
    "2026-11-24T15:45:00+05:45",
    "2026-11-24T00:30:00-09:30",
    # W3C-DTF: minutes are enough
    "2026-11-24T10:00Z",
    "2026-11-24T11:00+01:00",
    # ISO 8601 in its basic form
    "20261124T100000Z",
    "2026-11-24T10:00:00+0000",
    "2026-11-24T11:00:00+01",
    # Usual breakage: wrong or foreign weekday, spelled-out names, white space, zones that no standard has
    "Mon, 24 Nov 2026 10:00:00 GMT",
    "Tues, 24 Nov 2026 10:00:00 GMT",
    "Tuesday, 24 November 2026 10:00:00 GMT",
    "tue, 24 nov 2026 10:00:00 gmt",
    "TUE, 24 NOV 2026 10:00:00 GMT",
    "  Tue, 24 Nov 2026 10:00:00 GMT\n",
    "Tue, 24 Nov 2026 11:00:00 CET",
    "Tue, 24 Nov 2026 12:00:00 CEST",
    "Tue, 24 Nov 2026 19:00:00 JST",
    "Tue, 24 Nov 2026 13:00:00 MSK",
    "2026-11-24 10:00:00 UTC",
    "2026-11-24 12:00:00 +0200",
    "2026-11-24T10:00:00 +00:00",
    "Tue Nov 24 10:00:00 2026",
    "Tue Nov 24 10:00:00 UTC 2026",
    "November 24, 2026 10:00:00 GMT",
    "24-Nov-2026 10:00:00 GMT",
    "Tue, 24 Nov 2026 10:00:00",
    "Di, 24 Nov 2026 10:00:00 +0000",
    "mar., 24 novembre 2026 10:00:00 GMT",
    "24. November 2026 10:00:00 UTC",
    "24.11.2026 10:00",
    "2026/11/24 10:00:00",
    "24/11/2026 10:00",
    "11/24/2026 10:00",
    "November 24, 2026 10:00 AM GMT",
    "Tue, 24 Nov 2026 10:00:00 GMT+00:00",
    "Tue, 24 Nov 2026 12:00:00 GMT+0200",
    "Tue, 24 Nov 2026 10:00:00 A",
]

NOTHING = [
    "",
    " ",
    "now",
    "yesterday",
    "Tue, 24 Nov",
    "10:00",
    "Tue, 31 Nov 2026 10:00:00 GMT",
    "Tue, 24 Nov 2026 25:00:00 GMT",
    "Tue, 24 Nov 2026 10:61:00 GMT",
    "2026-13-24T10:00:00Z",
    "2026-02-29T10:00:00Z",
    "2026-11-24T10:00:00+99:00",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "0000-00-00T00:00:00Z",
    "-2026-11-24T10:00:00Z",
    "1795514400",
    "24112026",
    "03/04/2026 10:00",  # March or April?
    "03.04.26 10:00",
    "12/13/26 10:00",
    "{{ date }}",
    "Invalid Date",
    "1" * 5000,
]

DAYS = ["2026-11-24", " 2026-11-24\n"]


def in_rss(printed, zone=None):
    item = f"<item><link>https://a.test/1</link><pubDate>{printed}</pubDate></item>"
    body = f"<rss version='2.0'><channel>{item}</channel></rss>"
    return read_feed(body.encode(), "https://a.test/f", None, zone).entries[0].hints.published_at


def in_sitemap(printed):
    body = f"<urlset><url><loc>https://a.test/1</loc><lastmod>{printed}</lastmod></url></urlset>"
    return read_sitemap(body.encode(), "https://a.test/s", None, None).entries[0].hints.modified_at


@pytest.mark.parametrize("printed", INSTANTS)
def test_an_instant_is_the_same_wherever_it_is_printed(printed):
    assert moment(printed) == in_rss(printed) == in_sitemap(printed) == TEN


@pytest.mark.parametrize("printed", NOTHING)
def test_what_is_no_instant_is_none(printed):
    assert moment(printed) is in_rss(printed) is in_sitemap(printed) is None


@pytest.mark.parametrize("printed", DAYS)
def test_a_day_is_midnight_in_a_sitemap_and_no_instant_of_an_article(printed):
    assert (day(printed), in_sitemap(printed)) == (MIDNIGHT, MIDNIGHT)
    assert moment(printed) is in_rss(printed) is None


@pytest.mark.parametrize(
    "printed, expected",
    [
        ("2026-11", datetime(2026, 11, 1, tzinfo=UTC)),  # W3C-DTF: a month, a year
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("20261124", MIDNIGHT),
    ],
)
def test_the_shorter_forms_of_w3c_dtf_are_their_first_day(printed, expected):
    assert day(printed) == expected


@pytest.mark.parametrize(
    "printed, expected",
    [
        ("2026-06-30T23:59:60Z", datetime(2026, 7, 1, tzinfo=UTC)),  # RFC 3339, 5.7: a leap second
        ("Tue, 24 Nov 2026 24:00:00 GMT", datetime(2026, 11, 25, tzinfo=UTC)),  # ISO 8601: the end of a day
        ("2026-11-24T24:00:00Z", datetime(2026, 11, 25, tzinfo=UTC)),
        ("Tue, 24 Nov 70 10:00:00 GMT", datetime(1970, 11, 24, 10, tzinfo=UTC)),  # RFC 2822, 4.3: from 50 on, 19xx
        ("Tue, 24 Nov 126 10:00:00 GMT", TEN),  # RFC 2822, 4.3: three digits count from 1900
    ],
)
def test_the_rare_forms_of_the_standards(printed, expected):
    assert moment(printed) == in_rss(printed) == expected


@pytest.mark.parametrize(
    "printed, zone, expected",
    [
        ("2026-11-24T11:00:00", "Europe/Berlin", TEN),
        ("Tue, 24 Nov 2026 19:00:00", "Asia/Tokyo", TEN),
        ("2026-11-24 05:00", "America/New_York", TEN),
        ("2026-07-24T12:00:00", "Europe/Berlin", TEN.replace(month=7)),
        ("2026-11-24T10:00:00Z", "Asia/Tokyo", TEN),
        ("Tue, 24 Nov 2026 10:00:00 GMT", "Asia/Tokyo", TEN),
        ("2026-11-24T10:00:00", "No/Where", None),
    ],
)
def test_a_time_without_a_zone_is_the_sources(printed, zone, expected):
    assert moment(printed, zone) == in_rss(printed, zone) == expected


@settings(deadline=None)
@given(st.one_of(st.text(max_size=40), st.from_regex(r"[A-Za-z0-9:+\-., TZ/]{0,40}", fullmatch=True)))
def test_no_text_makes_it_raise_and_what_it_finds_is_in_utc(text):
    found = moment(text, "Europe/Berlin")
    assert found is None or found.utcoffset().total_seconds() == 0


@settings(deadline=None)
@given(st.integers(-600_000_000, 4_000_000_000), st.integers(-14 * 60, 14 * 60))
def test_a_printed_instant_is_read_as_itself(seconds, minutes):
    at = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=minutes)))
    assert moment(at.isoformat()) == at
    assert moment(at.strftime("%a, %d %b %Y %H:%M:%S %z")) == at
