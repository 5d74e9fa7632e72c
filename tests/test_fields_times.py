# ruff: noqa: RUF001 - other scripts are the point
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from fielding import article, evidence, fields, page
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.model import SiteRules
from extractors.fields.moments import Zones, has_date, moment, zones

MARCH = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)


def read(text, rules=None):
    return moment(text, zones(rules or SiteRules()))


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-14T09:30:00Z",
        "2026-03-14T10:30:00+01:00",
        "2026-03-14T10:30:00.123456789+0100",
        "2026-03-14 04:30:00 -05:00",
        "20260314T093000Z",
        "Sat, 14 Mar 2026 09:30:00 GMT",
        "Sat Mar 14 2026 10:30:00 GMT+0100 (CET)",
        "Sat Mar 14 05:30:00 EDT 2026",
        "1773480600",
        "1773480600000",
        "/Date(1773480600000)/",
        "2026-03-14T04:30:00−05:00",
        "2026-03-14T10:30:00 01:00",
        "2026-03-14T09:30:00z",
    ],
)
def test_machine_readable_instants_are_read_to_the_second_with_their_zone(text):
    found = read(text)
    assert (found.at, found.precision, found.zone_source) == (MARCH, "second", "page")


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-14 09:30",
        "2026/03/14 09:30",
        "2026.03.14. 오전 9:30",
        "14 March 2026, 09:30",
        "March 14, 2026 9:30 am",
        "14.03.2026, 09:30 Uhr",
        "14.03.26 um 9.30 Uhr",
        "14/03/2026 - 09:30",
        "Le 14 mars 2026 à 09h30",
        "14 de marzo de 2026, 09:30",
        "14 марта 2026, 09:30",
        "14. März 2026 09:30",
        "2026年3月14日 09時30分",
        "2026年3月14日（土）午前9時30分",
        "14 Mart 2026 09:30",
        "14 marca 2026, 09:30",
        "१४ मार्च 2026, 09:30",
        "09:30, 14 Mar 2026",
        "2026년 3월 14일 오전 9시 30분",
        "202603140930",
        "令和8年3月14日 9時30分",
        "14. marts 2026 kl. 09.30",
        "14. maaliskuuta 2026 klo 9.30",
        "14 maart 2026 om 09:30",
        "14 marzo 2026 ore 9:30",
        "14. března 2026 9:30",
        "14. ožujka 2026. u 09:30",
        "14. marec 2026 ob 9:30",
        "2026. március 14. 09:30",
        "2026 m. kovo 14 d. 09:30",
        "2026. gada 14. marts 09:30",
        "14. märts 2026 09:30",
        "14 martie 2026, 09:30",
        "14 березня 2026, 09:30",
        "14 сакавіка 2026, 09:30",
        "14 март 2026 г., 09:30",
        "14 Μαρτίου 2026 09:30",
        "Sabtu, 14 Maret 2026 09:30",
        "14 Mac 2026, 9:30 am",
        "14 tháng 3, 2026 09:30",
        "14 มี.ค. 2569 09:30 น.",
        "14 مارس 2026 09:30",
        "14 آذار 2026 09:30",
        "14 במרץ 2026, 09:30",
        "14 de març de 2026 09:30",
        "Le 14 mars 2026 à 09h30 est paru",
    ],
)
def test_printed_times_are_read_to_the_minute_and_without_a_zone_as_utc(text):
    found = read(text)
    assert (found.at, found.precision, found.offset_minutes, found.zone_source) == (MARCH, "minute", None, "unknown")


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-14",
        "14 March 2026",
        "March 14th, 2026",
        "14.3.2026",
        "2026年3月14日",
        "14 mars 2026",
        "20260314",
        "14 มีนาคม 2569",
    ],
)
def test_a_day_is_a_day_and_no_instant(text):
    found = read(text)
    assert (found.at, found.on, found.precision) == (None, date(2026, 3, 14), "day")


@pytest.mark.parametrize(
    "text",
    ["", "no date", "2026-13-45", "1970-01-01", "31 February 2026", "99.99.9999", "5 people on 3 boats", "9999-01-01"],
)
def test_what_is_no_date_is_none(text):
    assert read(text) is None


def test_the_zone_comes_from_the_page_then_the_site_then_the_source():
    rules = SiteRules(time_zone="Asia/Tokyo", source_time_zone="Europe/Berlin")
    by_page, by_site = read("2026-03-14T09:30:00+02:00", rules), read("2026-03-14 09:30", rules)
    by_source = read("2026-07-14 09:30", SiteRules(source_time_zone="Europe/Berlin"))
    assert (by_page.offset_minutes, by_page.zone_source) == (120, "page")
    assert (by_site.offset_minutes, by_site.zone_source, by_site.at.hour) == (540, "site", 0)
    assert (by_source.offset_minutes, by_source.zone_source, by_source.at.hour) == (120, "source", 7)


def test_eastern_time_is_summer_time_in_summer():
    winter, summer = read("Feb. 14, 2026, 9:30 a.m. ET"), read("July 14, 2026, 9:30 a.m. ET")
    assert (winter.offset_minutes, summer.offset_minutes) == (-300, -240)


def test_the_day_is_that_of_the_publishers_calendar():
    found = read("2026-03-14T00:30:00+09:00")
    assert (found.on, found.at) == (date(2026, 3, 14), datetime(2026, 3, 13, 15, 30, tzinfo=UTC))


def test_an_unknown_zone_name_counts_as_none():
    assert read("2026-03-14 09:30", SiteRules(time_zone="Mars/Olympus")).zone_source == "unknown"


def test_three_slash_four_is_in_march_only_on_american_pages():
    assert moment("3/4/2026", Zones()).on == date(2026, 4, 3)
    assert moment("3/4/2026", Zones(month_first=True)).on == date(2026, 3, 4)
    assert moment("3/14/2026", Zones()).on == date(2026, 3, 14)


@settings(deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="0123456789-/.: TZ+年月日時分amp", max_size=60))
def test_no_text_makes_it_raise(text):
    assert has_date(text) in {True, False}


@settings(deadline=None)
@given(st.integers(70_000_000, 4_000_000_000), st.integers(-14 * 60, 14 * 60))
def test_what_is_printed_as_iso_is_read_as_it_was(seconds, minutes):
    at = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=minutes)))
    found = read(at.isoformat())
    assert (found.at, found.offset_minutes, found.on) == (at.astimezone(UTC), minutes, at.date())


def test_json_ld_comes_first_and_the_modification_is_apart():
    ld = article(datePublished="2026-03-14T10:30:00+01:00", dateModified="2026-03-15T08:00:00+01:00")
    found = fields(page(head='<meta property="article:published_time" content="2026-03-14">', ld=ld))
    assert (found.published.at, found.modified.at) == (MARCH, datetime(2026, 3, 15, 7, tzinfo=UTC))
    assert evidence(found, "published") == [
        ("json-ld", "NewsArticle.datePublished", "2026-03-14T09:30:00+00:00", True),
        ("meta", "meta[article:published_time]", "2026-03-14", False),
    ]


def test_a_place_that_tells_the_hour_or_the_zone_of_the_same_time_is_preferred():
    head = '<meta property="article:published_time" content="2026-03-14T10:30:00+01:00">'
    assert fields(page(head=head, ld=article(datePublished="2026-03-14"))).published.at == MARCH
    assert fields(page(head=head, ld=article(datePublished="2026-03-14T10:30:00"))).published.offset_minutes == 60


def test_another_day_is_not_preferred():
    head = '<meta property="article:published_time" content="2026-05-01T10:30:00+01:00">'
    assert fields(page(head=head, ld=article(datePublished="2026-03-14"))).published.on == date(2026, 3, 14)


@pytest.mark.parametrize(
    "printed",
    [
        '<time datetime="2026-03-14T09:30Z">today</time>',
        '<p class="post-date">14 March 2026, 09:30</p>',
        "<p><small>14 March 2026, 09:30</small></p>",
        '<p class="meta">14 March 2026, 09:30 | Updated: 15 March 2026, 08:00</p>',
    ],
)
def test_a_date_that_is_only_printed_is_read(printed):
    body = f'<div class="teaser"><time datetime="2020-01-01T00:00Z">x</time></div><h1>Harbour</h1>{printed}<p>Text.</p>'
    assert fields(page(body=body), url="https://www.tidings.test/harbour").published.at == MARCH


def test_a_printed_change_is_read_apart():
    body = '<h1>Harbour</h1><p class="meta">14 March 2026, 09:30 | Updated: 15 March 2026, 08:00</p>'
    assert fields(page(body=body)).modified.at == datetime(2026, 3, 15, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "url", ["/2026/03/14/harbour", "/news/2026/mar/14/harbour", "/20260314/harbour.html", "/view/AKR20260314001200001"]
)
def test_the_address_tells_the_day_as_a_last_resort(url):
    found = fields("<h1>Harbour</h1>", url=f"https://www.tidings.test{url}")
    assert (found.published.on, found.published.precision) == (date(2026, 3, 14), "day")
    assert evidence(found, "published")[0][0] == "url"


def test_data_for_the_pages_own_scripts_are_asked_before_the_address():
    html = '<h1>Harbour</h1><script>window.x = {"publishedAt":"2026-03-14T09:30:00Z"}</script>'
    assert fields(html).published.at == MARCH


def test_a_page_that_says_nothing_has_no_time():
    found = fields("<h1>Harbour</h1>", url="https://www.tidings.test/harbour")
    assert (found.published, found.modified) == (None, None)
