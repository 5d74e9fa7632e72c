"""Facts of a report made by hand, and what a page says of itself once it is read as HTML."""

from datetime import UTC, date, datetime

import lxml.html

from flows.reporting.asking import NAMES, Facts
from flows.reporting.page import charts, page
from flows.reporting.span import span_of

AS_OF = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
TOTALS = {
    "articles": 0, "sources": 0, "languages": 0, "words": 0, "gone": 0, "came": 0, "came_before": 0, "first_day": None,
    "last_day": None,
}  # fmt: skip


def facts(days=3, **rows):
    """Facts of three days up to 15 March 2026; no row but those given, by the names of sql/report."""
    found = {name: [] for name in NAMES} | rows
    if "headlines" in rows:
        found["changes"] = [{"change_kind": "substantive", "changes": 1, "articles": 1, "headlines": 1}]
    found["totals"] = [TOTALS | rows.get("totals", {})]
    return Facts(AS_OF, span_of(AS_OF, days), found, {"archive": 0, "warehouse": 0, "read copy": 0})


def health(source, state="ok", **more):
    return {
        "source": source, "state": state, "articles": 2, "attempted": 2, "rejected": 0, "reason": None,
        "new_this_week": 2, "new_a_week_before": 0, "last_new_at": AS_OF, "last_polled_at": AS_OF,
    } | more  # fmt: skip


def newest(title, url="https://paper.test/1", **more):
    return {
        "title": title, "url": url, "source": "paper", "authors": ["Ann Lee"], "language": "en", "word_count": 300,
        "published_at": AS_OF, "published_on": date(2026, 3, 15), "first_seen_at": AS_OF,
    } | more  # fmt: skip


def headline(before, after, url="https://paper.test/1"):
    return {
        "source": "paper", "url": url, "earlier_title": before, "title": after, "change_kind": "substantive",
        "changed_at": AS_OF,
    }  # fmt: skip


def cluster(title, url="https://paper.test/1", **more):
    return {
        "title": title, "articles": 3, "sources": 2, "source_names": ["a", "b"], "earliest_source": "a",
        "earliest_url": url, "credited_to": None, "first_printed_at": AS_OF, "last_printed_at": AS_OF,
    } | more  # fmt: skip


def attempts(outcome, count, *, reason=None, source="paper", day=date(2026, 3, 15)):
    return {"source": source, "outcome": outcome, "reason": reason, "day": day, "attempts": count}


def published(source, count, day=date(2026, 3, 15)):
    return {"source": source, "day": day, "articles": count}


def text_of(shown, *, drawn=False):
    return page(shown, made_at=AS_OF, drawing=charts() if drawn else None)


def parsed(text):
    return lxml.html.document_fromstring(text)


def section(tree, name):
    """The words of a section, spaces folded."""
    (found,) = tree.xpath(f"//section[@id='{name}']")
    return " ".join(found.text_content().split())


def table(tree, caption):
    """The rows of the table whose caption begins so, as they are printed."""
    (found,) = tree.xpath(f"//table[starts-with(normalize-space(caption), '{caption}')]")
    rows = found.xpath("./tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")] for row in rows]
