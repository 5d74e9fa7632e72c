from datetime import UTC, date, datetime, timedelta

from broadsheet.model import Extraction, Moment, PageKind

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def printed(*moment):
    return Extraction("https://a.test/", "1", PageKind.ARTICLE, published=Moment(*moment)).published_at


def test_a_time_is_shown_with_the_publishers_own_offset_and_is_the_same_instant():
    shown = printed(NOON, date(2026, 3, 14), "minute", 540, "page")
    assert shown == NOON
    assert (shown.hour, shown.utcoffset()) == (21, timedelta(hours=9))


def test_a_time_of_unknown_zone_is_shown_in_utc_and_a_day_is_a_day():
    assert printed(NOON, date(2026, 3, 14), "minute", None, "unknown").utcoffset() == timedelta(0)
    assert printed(None, date(2026, 3, 14), "day", None, "unknown") == date(2026, 3, 14)
