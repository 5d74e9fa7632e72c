"""The report of the press, after two mornings and a night: its figures against the press's ledger and the marts."""

from collections import Counter
from datetime import date, timedelta

import pytest
from conftest import environ, environment, printing, ran
from reporting import parsed, section, table

import press
from broadsheet.warehouse import open_read_copy
from flows.reporting import counting, keeping
from flows.reporting.asking import gathered

SPAN = "between date '2026-02-14' and date '2026-03-15'"


@pytest.fixture(scope="module")
def nights(prefect, tmp_path_factory):
    """The data folder after two runs and a night, and the facts of its last 30 days."""
    from flows.ingest import ingest
    from flows.maintain import maintain

    folder = tmp_path_factory.mktemp("report")
    for edition in (1, 2):
        with printing(folder, edition) as served, environ(environment(folder, served, now=press.NOW[edition])):
            ran(ingest())
            if edition == len(press.NOW):
                ran(maintain())
    return folder / "data", gathered(folder / "data", 30, press.NOW[2])


def asked(nights, statement):
    with open_read_copy(nights[0]) as connection:
        return connection.execute(statement).fetchall()


def articles(edition):
    return [entry for entry in press.ledger(edition) if entry.outcome == "article"]


def test_the_night_makes_the_page_and_it_tells_what_the_facts_are(nights):
    (page,) = keeping.kept(nights[0])
    tree = parsed(page.read_text("utf-8"))
    figures = [" ".join(each.text_content().split()) for each in tree.xpath("//dl[@class='figures']//dd[1]")]
    known = {entry.url for edition in (1, 2) for entry in articles(edition)}
    assert figures[:3] == [str(len(known)), str(len(known)), "3"]
    assert "Every source is well" in tree.text_content()


def test_articles_by_day_and_source_are_those_the_press_printed(nights):
    printed = {entry.url: entry for edition in (1, 2) for entry in articles(edition)}.values()
    wanted = Counter((entry.source, entry.published_at.date()) for entry in printed)
    found = {(row["source"], row["day"]): row["articles"] for row in nights[1].rows["published"]}
    assert found == wanted
    marts = asked(nights, f"select source, day, articles from mart.daily_counts where day {SPAN}")
    assert found == {(source, day): count for source, day, count in marts}


def test_latency_by_source_and_day_is_that_of_the_mart(nights):
    newest = asked(
        nights,
        "select day, sum(articles)::bigint, sum(timed)::bigint from mart.latency group by day order by day",
    )
    days = [row for row in nights[1].rows["latency"] if row["day"] is not None]
    assert [(row["day"], row["articles"], row["timed"]) for row in days] == newest
    (overall,) = [row for row in nights[1].rows["latency"] if row["day"] is None and row["source"] is None]
    (wanted,) = asked(
        nights,
        "select median(epoch(loaded.loaded_at - article.published_at) / 60) from mart.articles as article inner join "
        "(select article_id, min(known_from) as loaded_at from mart.article_history group by all) as loaded "
        "using (article_id)",
    )
    assert overall["median_minutes"] == pytest.approx(wanted[0])


def test_a_day_and_one_source_have_the_latency_of_the_mart(nights):
    since = press.NOW[1].date()
    with open_read_copy(nights[0]) as connection:
        wanted = connection.execute(
            "select source, median_minutes_to_load, p90_minutes_to_load from mart.latency where day = $day "
            "order by source",
            {"day": since + timedelta(days=1)},
        ).fetchall()
    facts = gathered(nights[0], 1, press.NOW[2])
    found = [row for row in facts.rows["latency"] if row["source"]]
    assert [(row["source"], row["median_minutes"], row["p90_minutes"]) for row in found] == wanted


def test_yields_are_those_of_the_mart(nights):
    found = {(row["source"], row["day"]): row for row in nights[1].rows["yields"]}
    for source, day, count, *shares in asked(
        nights, f"select source, day, articles, {', '.join(counting.FIELDS)} from mart.extraction_yield"
    ):
        row = found.pop((source, day))
        assert row["articles"] == count
        assert [row[field] / count for field in counting.FIELDS] == pytest.approx(shares)
    assert found == {}


def test_attempts_balance_and_rejections_are_those_of_the_ledger(nights):
    rows = nights[1].rows["attempts"]
    outcomes = counting.outcomes(rows)
    assert dict(outcomes) == dict(asked(nights, "select outcome, count(*) from mart.attempts group by all"))
    wanted = asked(nights, "select reason, count(*) from mart.attempts where outcome = 'rejected' group by all")
    found = counting.reasons(rows, nights[1].span.stretches())
    assert {each.name: each.attempts for each in found} == dict(wanted)
    assert sum(each.attempts for each in found) == outcomes["rejected"] > 0
    assert all(sum(each.by_stretch) == each.attempts for each in found)


def test_edits_are_those_the_press_made_with_both_headlines(nights):
    before = {entry.url: entry.title for entry in articles(1)}
    edited = {
        entry.url: entry for entry in articles(2) if entry.change in {"typo", "rewrite", "headline", "correction"}
    }
    wanted = {(before[url], entry.title) for url, entry in edited.items() if before[url] != entry.title}
    assert {(row["earlier_title"], row["title"]) for row in nights[1].rows["headlines"]} == wanted
    assert wanted
    kinds = asked(nights, "select change_kind, count(*) from mart.article_changes group by all")
    assert {row["change_kind"]: row["changes"] for row in nights[1].rows["changes"]} == dict(kinds)


def test_the_archive_is_as_large_as_its_records(nights):
    ((size,),) = asked(
        nights,
        "select sum(bytes) from (select max(warc_length) as bytes from (select warc_file, warc_offset, warc_length "
        "from raw.fetched union all select warc_file, warc_offset, warc_length from raw.poll) "
        "where warc_length > 0 group by warc_file, warc_offset)",
    )
    assert counting.growth(nights[1].rows["archive"], nights[1].span.stretches())[-1] == size
    files = sum(path.stat().st_size for path in (nights[0] / "archive").rglob("*") if path.is_file())
    assert nights[1].files["archive"] == files


def test_hosts_newest_and_copies_are_told(nights):
    (page,) = keeping.kept(nights[0])
    tree = parsed(page.read_text("utf-8"))
    assert {row[0] for row in table(tree, "Time of a request")} == set(press.HOSTS)
    latest = max((entry for entry in articles(2)), key=lambda entry: entry.published_at)
    assert latest.title in section(tree, "newest")
    copies = asked(nights, "select count(*) from mart.clusters")[0][0]
    assert len(table(tree, "Near-duplicates")) == min(copies, 10) > 0


def test_the_last_day_alone_shows_only_what_came_on_it(nights):
    facts = gathered(nights[0], 1, press.NOW[2])
    assert (facts.span.since, facts.span.until) == (date(2026, 3, 15), date(2026, 3, 15))
    fresh = {entry.url for entry in articles(2)} - {entry.url for entry in articles(1)}
    assert facts.totals["came"] == len(fresh)
    assert facts.totals["came_before"] == len(articles(1))
