"""The thread through the whole house: the sample press over HTTP into DuckDB, compared with the press's own ledger."""

import re
from datetime import timedelta

import pytest
from conftest import environ, environment, printing, ran

import press
from broadsheet.model import Outcome
from broadsheet.warehouse import open_read_copy


@pytest.fixture(scope="module")
def house(prefect, tmp_path_factory):
    """Three runs: the first edition, the same an hour later, the second edition. Yields reports and the folder."""
    from flows.ingest import ingest

    folder = tmp_path_factory.mktemp("house")
    reports = []
    for edition, now in ((1, press.NOW[1]), (1, press.NOW[1] + timedelta(hours=1)), (2, press.NOW[2])):
        with printing(folder, edition) as served, environ(environment(folder, served, now=now)):
            reports.append(ran(ingest()))
        if len(reports) == 1:
            with open_read_copy(folder / "data") as connection:
                first = connection.sql("select * from mart.articles").fetchall()
                columns = connection.sql("select * from mart.articles").columns
    return reports, folder / "data", [dict(zip(columns, row, strict=True)) for row in first]


@pytest.fixture
def articles(house):
    return {row["url"]: row for row in house[2]}


def expected(kind="article"):
    return [entry for entry in press.ledger(1) if entry.outcome == kind]


def paragraphs(text):
    """Lines without the marks of lists and tables, which are no letters of the article."""
    lines = (re.sub(r"^\s*[-*#>|]+\s*|\s*\|\s*$", "", line).strip() for line in text.split("\n"))
    return [line for line in lines if line and set(line) - set("|-: ")]


def test_every_article_is_loaded_once_and_no_page_that_is_none(articles, house):
    assert sorted(articles) == sorted(entry.url for entry in expected())
    assert len(house[2]) == len(articles)


@pytest.mark.parametrize("entry", expected(), ids=lambda entry: entry.url)
def test_an_article_has_exactly_what_its_paper_printed(entry, articles):
    row = articles[entry.url]
    assert row["title"] == entry.title
    assert tuple(row["authors"]) == entry.authors
    assert row["published_at"] == entry.published_at
    assert row["language"] == entry.language
    assert paragraphs(row["text"]) == [
        cell.strip() if block.kind != "row" else block.text for block in entry.blocks for cell in [block.text]
    ]


@pytest.mark.parametrize("entry", expected(), ids=lambda entry: entry.url)
def test_no_line_of_furniture_is_in_a_text(entry, articles):
    lines = set(paragraphs(articles[entry.url]["text"]))
    assert lines & (entry.furniture - {block.text for block in entry.blocks}) == set()


def test_what_is_no_article_has_a_reason(house):
    with open_read_copy(house[1]) as connection:
        rows = connection.execute("select url, reason from mart.attempts where outcome = 'rejected'").fetchall()
    reasons = dict(rows)
    for entry in expected("rejected"):
        assert reasons[entry.url], entry.url


def test_the_ledger_of_the_first_run_balances_with_the_presss(house):
    report = house[0][0]
    outcomes = [entry.outcome for entry in press.ledger(1)]
    assert report.total(Outcome.NEW) == outcomes.count("article")
    assert report.total(Outcome.GONE) == outcomes.count("gone")
    assert report.total(Outcome.DUPLICATE) == outcomes.count("duplicate")
    assert report.total(Outcome.REJECTED) == outcomes.count("rejected") + outcomes.count("robots_disallowed")
    assert report.attempted == len(outcomes)


def test_an_hour_later_what_is_due_is_asked_and_nothing_changes(house):
    report = house[0][1]
    assert report.attempted == report.total(Outcome.UNCHANGED) > 0
    assert (report.changed_rows, report.published) == (0, False)
    assert "no row of an article changed" in report.sentence()


def test_the_next_morning_brings_edits_a_removal_and_new_articles(house):
    report = house[0][2]
    changes = [entry.change for entry in press.ledger(2)]
    assert report.total(Outcome.NEW) == changes.count("new")
    assert report.total(Outcome.EDITED) == sum(
        changes.count(kind) for kind in ("typo", "rewrite", "headline", "correction")
    )
    assert report.total(Outcome.GONE) >= changes.count("removed")
