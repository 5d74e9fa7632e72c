"""Dates as HTTP writes them, read without ever raising: a server may send anything."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def http_date(text: str | None) -> datetime | None:
    """The moment that a date of RFC 9110, 5.6.7 means, aware; None: there is none, or none that a clock can show.

    A form that names no zone (asctime) means UTC, as the standard says.
    """
    try:
        moment = parsedate_to_datetime(text or "")
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):  # a year of 14 digits overflows; year 1 has no east
        return None
