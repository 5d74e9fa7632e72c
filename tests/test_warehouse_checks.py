"""What the checks find, and what the database says of itself."""

from datetime import date

import pytest
from warehousing import DAY, NOW, article, ask, batch, errors, loaded, opened, poll, rejected, run

from broadsheet.model import Reason
from broadsheet.warehouse import publish
from broadsheet.warehouse.statements import scripts


@pytest.fixture
def house(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, [article("a"), article("b", title="B"), rejected("c", "gallery")])
        yield warehouse


def broken(house, statement):
    ask(house, statement)
    return set(errors(house))


def test_a_sound_warehouse_passes_every_check(house):
    assert errors(house) == {}


def test_a_missing_attempt_breaks_the_ledger(house):
    assert broken(house, "delete from ops.attempt where outcome = 'rejected'") == {
        "ledger_claims", "ledger_balance", "ledger_loads",
    }  # fmt: skip
    assert errors(house)["ledger_claims"] == (
        {"run_id": "run-1", "source": "paper", "url": "https://paper.test/c", "attempts": 0},
    )


def test_a_missing_claim_breaks_the_ledger(house):
    assert {"ledger_attempts", "ledger_balance"} <= broken(house, "delete from ops.claim where url like '%/c'")


def test_an_attempt_and_its_claim_missing_together_break_the_ledger(house):
    ask(house, "delete from ops.claim where url like '%/c'")
    assert broken(house, "delete from ops.attempt where url like '%/c'") == {"ledger_loads"}


def test_an_attempt_that_counts_twice_breaks_the_ledger(house):
    found = broken(house, "insert into ops.attempt from ops.attempt where url like '%/c'")
    assert {"ledger_claims", "ledger_balance", "ledger_loads"} <= found


def test_an_unknown_outcome_breaks_the_ledger(house):
    assert "ledger_balance" in broken(house, "update ops.attempt set outcome = 'lost' where url like '%/c'")


def test_an_open_claim_is_an_error_only_once_its_run_has_ended(house):
    this = run("run-2")
    house.begin_run(this)
    house.plan(this, [poll("z")], [], [], NOW)
    ask(house, "insert into ops.claim select 1, 'run-2', url_id, url, source, 'new', first_seen_at, 1 from raw.url "
               "where url like '%/z'")  # fmt: skip
    assert errors(house) == {}
    assert set(errors(house, run_id="run-2")) == {"ledger_claims", "ledger_balance"}


@pytest.mark.parametrize(
    "table", ["ops.run", "ops.claim", "ops.load", "raw.url", "raw.fetched", "core.body", "core.extraction",
              "core.capture", "core.article", "core.article_url", "core.article_version"]
)  # fmt: skip
def test_a_key_that_stands_twice_is_found(house, table):
    ask(house, f"insert into {table} from {table} limit 1")
    assert any(each["relation"].startswith(table) for each in errors(house)["unique_keys"])


@pytest.mark.parametrize(
    "statement",
    [
        "delete from core.extraction where title = 'B'",
        "delete from core.article where title = 'B'",
        "delete from core.article_url where url like '%/b'",
        "delete from core.article_version where title = 'B'",
        "delete from core.body",
        "delete from raw.url where url like '%/b'",
        "delete from ops.run",
        "delete from ops.load",
        "delete from core.capture",
        "update core.article set url = 'https://paper.test/another' where title = 'B'",
    ],
)
def test_a_row_that_refers_to_nothing_is_found(house, statement):
    assert "orphans" in broken(house, statement)


@pytest.fixture
def checked(house, tmp_path):
    """Clean checks, and one more run after them."""
    assert errors(house, run_id="run-1") == {}
    loaded(
        house,
        tmp_path,
        [article("later", title="Later", text="A text of its own."), rejected("d", "gallery")],
        name="run-2",
    )
    return house


@pytest.mark.parametrize(
    "statement, name",
    [
        ("insert into core.capture from core.capture where load_id = 2", "unique_keys"),
        ("insert into raw.url from raw.url where load_id = 2", "unique_keys"),
        ("insert into core.article by name select * replace (2 as load_id) from core.article limit 1", "unique_keys"),
        ("delete from core.article where title = 'Later'", "orphans"),
        ("delete from core.article_url where load_id = 2", "orphans"),
        ("delete from core.article_version where load_id = 2", "orphans"),
        ("delete from core.body where load_id = 2", "orphans"),
        ("update core.article_version set valid_to = valid_from where load_id = 2", "impossible_versions"),
        ("delete from ops.attempt where load_id = 2 and outcome = 'rejected'", "ledger_claims"),
        ("delete from ops.attempt where load_id = 2 and outcome = 'rejected'", "ledger_balance"),
        ("delete from ops.attempt where load_id = 2 and outcome = 'rejected'", "ledger_loads"),
        ("delete from ops.claim where load_id = 2", "ledger_attempts"),
        ("update ops.attempt set reason = null where load_id = 2", "reasons"),
    ],
)
def test_what_is_wrong_with_the_rows_of_a_run_is_found_by_its_own_checks(checked, statement, name):
    ask(checked, statement)
    assert name in errors(checked, run_id="run-2")
    assert name in errors(checked, run_id="run-3")


def test_damage_to_old_rows_is_found_by_the_whole_checks_and_by_every_run_from_then_on(checked):
    ask(checked, "update core.article_version set valid_to = valid_from where load_id = 1")
    assert errors(checked, run_id="run-2") == {}
    assert set(errors(checked)) == {"impossible_versions"}
    assert set(errors(checked, run_id="run-2")) == {"impossible_versions"}
    ask(checked, "update core.article_version set valid_to = null where load_id = 1")
    assert errors(checked, run_id="run-2") == {}


def test_an_error_nobody_foresaw_fails_its_own_run_only(house, tmp_path):
    loaded(house, tmp_path, [rejected("x", "internal_error", detail="Traceback ...")], name="run-2", at=NOW)
    assert set(errors(house, run_id="run-2")) == {"internal_errors"}
    assert set(errors(house, run_id="run-1")) == set()


def test_an_error_nobody_foresaw_at_an_endpoint_fails_its_run(house):
    this = run("run-2")
    house.begin_run(this)
    house.plan(this, [poll(reason=Reason.INTERNAL_ERROR, detail="Traceback ...")], [], [], NOW)
    assert set(errors(house, run_id="run-2")) == {"internal_errors"}
    assert set(errors(house, run_id="run-1")) == set()


def test_a_rejection_without_a_reason_is_found(house):
    assert broken(house, "update ops.attempt set reason = null") == {"reasons"}


def test_equal_texts_and_dates_in_the_future_are_reported(house, tmp_path):
    late = article("late", text="Some other text of its own.")
    late["extraction"]["published_at"] = "2031-01-01T00:00:00+00:00"
    loaded(house, tmp_path, [late], name="run-2")
    found = {each.name: each.count for each in house.check(NOW) if each.severity == "warning" and each.count}
    assert found == {"equal_texts": 1, "future_dates": 1, "short_texts": 1}


@pytest.mark.parametrize(
    "change, check",
    [
        ("title = 'Another'", "articles_as_read"),
        ("authors = ['Another']", "articles_as_read"),
        ("published_at = published_at - interval 1 day", "articles_as_read"),
        ("versions = 7", "articles_as_read"),
        ("gone_at = first_seen_at", "articles_as_read"),
        ("text = 'Another.'", "texts_as_read"),
    ],
)
def test_an_article_that_does_not_say_what_was_read_is_found(house, change, check):
    assert broken(house, f"update core.article set {change} where title = 'B'") == {check}
    assert [each["url"] for each in errors(house)[check]] == ["https://paper.test/b"]


def test_a_version_that_does_not_say_what_was_read_is_found(house):
    statement = "update core.article_version set title = 'Another' where title = 'B'"
    assert broken(house, statement) == {"versions_as_read"}


def test_a_text_that_stands_in_no_article_is_held_against_its_id_too(house, tmp_path):
    for number, text in enumerate(("A second text of b.", "A third text of b."), start=1):
        loaded(house, tmp_path, [article("b", NOW + number * DAY, title="B", text=text)], name=f"edit-{number}")
    assert broken(house, "update core.body set text = 'Another.' where text like 'A second%'") == {"texts_as_read"}


def test_evidence_that_was_lost_is_found_load_by_load(house, tmp_path):
    ask(house, "delete from evidence.evidence")
    assert errors(house) == {"evidence_lost": ({"load_id": 1, "readings": 2},)}
    loaded(house, tmp_path, [article("d", title="D", text="A text that came later.")], name="run-2")
    assert [each["load_id"] for each in errors(house)["evidence_lost"]] == [1]


def test_an_equal_text_in_two_papers_is_reported_unless_a_cluster_holds_it(tmp_path):
    def told(house):
        return {each.name: each.count for each in house.check(NOW) if each.name == "equal_texts_between"}

    with opened(tmp_path / "data") as house:
        loaded(house, tmp_path, [article("a"), article("b", source="echo", warc_offset=9)])
        assert told(house) == {"equal_texts_between": 1}
        ask(house, "update core.article set cluster_id = 1")
        assert told(house) == {"equal_texts_between": 0}


def test_a_date_before_the_web_is_reported(house):
    ask(house, "update core.article set published_on = date '1970-01-01' where title = 'B'")
    (result,) = [each for each in house.check(NOW) if each.name == "before_the_web"]
    assert [(each["url"], each["published_on"]) for each in result.rows] == [("https://paper.test/b", date(1970, 1, 1))]
    assert not result.failed


def papers(day, count, *, without=None, source="gazette"):
    """`count` articles of one day, one field taken out; and as many of another paper, whole."""
    rows = []
    for number in range(count):
        bare = article(f"g{day}-{number}", NOW + day * DAY, title=f"G {day} {number}", source=source)
        if without:
            bare["extraction"] |= {"published_at": None, "published_on": None} if without == "date" else without
        whole = article(f"p{day}-{number}", NOW + day * DAY, title=f"P {day} {number}")
        rows += [bare | {"warc_offset": number}, whole | {"warc_offset": 500 + number}]
    return rows


def lost(house, at):
    (result,) = [each for each in house.check(at) if each.name == "field_yield"]
    return {(each["source"], each["field"], each["day"], each["pages"]) for each in result.rows}


def test_a_field_that_vanishes_from_one_paper_is_named_with_paper_and_day(tmp_path):
    with opened(tmp_path / "data") as house:
        loaded(house, tmp_path, papers(0, 20), name="run-1", at=NOW)
        assert lost(house, NOW) == set()
        loaded(house, tmp_path, papers(1, 4, without="date"), name="run-2", at=NOW + DAY)
        day = (NOW + DAY).date()
        assert lost(house, NOW + DAY) == {("gazette", "published_at", day, 4), ("gazette", "published_on", day, 4)}
        assert publish(tmp_path / "data", house)  # a warning does not withhold the read copy
        loaded(house, tmp_path, papers(9, 20), name="run-3", at=NOW + 9 * DAY)
        assert lost(house, NOW + 9 * DAY) == set()


def test_a_page_dated_in_the_future_hides_no_lost_field(tmp_path):
    with opened(tmp_path / "data") as house:
        ahead = article("ahead", NOW + 400 * DAY, source="gazette")
        loaded(house, tmp_path, [*papers(0, 20), *papers(1, 4, without={"section": None}), ahead], at=NOW + DAY)
        assert lost(house, NOW + DAY) == {("gazette", "section", (NOW + DAY).date(), 4)}


def test_weekends_that_never_have_bylines_are_no_change(tmp_path):
    bare = {"authors": [], "author_kinds": []}
    with opened(tmp_path / "data") as house:
        rows = [papers(day, 8, without=bare if (NOW + day * DAY).weekday() > 4 else {}) for day in range(17)]
        loaded(house, tmp_path, [each for day in rows for each in day], at=NOW + 17 * DAY)
        assert lost(house, NOW + 17 * DAY) == set()
        loaded(house, tmp_path, papers(17, 8, without=bare), name="run-2", at=NOW + 17 * DAY)  # a Monday
        assert lost(house, NOW + 17 * DAY) == {("gazette", "authors", (NOW + 17 * DAY).date(), 8)}


def test_texts_that_shrink_to_their_first_lines_are_named(tmp_path):
    with opened(tmp_path / "data") as house:
        long, short = ([f"{day} {each} " + "word " * words for each in range(12)] for day, words in ((0, 400), (1, 25)))
        rows = [
            article(f"{day}-{each}", NOW + day * DAY, title=text[:5], text=text, warc_offset=day * 100 + each)
            for day, texts in enumerate((long, short))
            for each, text in enumerate(texts)
        ]
        loaded(house, tmp_path, rows, at=NOW + DAY)
        assert lost(house, NOW + DAY) == {("paper", "text", (NOW + DAY).date(), 12)}


def test_dates_long_before_anything_was_read_of_a_source_are_reported(tmp_path):
    def dated(name, day):
        row = article(name, title=name, text=f"Told by {name}.")
        row["extraction"] |= {"published_on": day, "published_at": None}
        return row

    with opened(tmp_path / "data") as house:
        loaded(house, tmp_path, [dated("a", "2000-01-01"), dated("b", "2000-01-01"), dated("1999/c", "1999-05-01")])
        (result,) = [each for each in house.check(NOW) if each.name == "before_the_site"]
        assert result.rows == (
            {"source": "paper", "articles": 2, "most_often": date(2000, 1, 1), "earliest": date(2000, 1, 1),
             "first_read": NOW.date(), "first_url": "https://paper.test/a"},
        )  # fmt: skip
        assert not result.failed


def test_two_articles_without_a_field_are_chance(tmp_path):
    with opened(tmp_path / "data") as house:
        loaded(house, tmp_path, papers(0, 20), name="run-1", at=NOW)
        loaded(house, tmp_path, papers(1, 2, without={"section": None}), name="run-2", at=NOW + DAY)
        assert lost(house, NOW + DAY) == set()


def test_a_field_that_a_paper_never_had_is_not_missed(tmp_path):
    with opened(tmp_path / "data") as house:
        for day in range(3):
            rows = papers(day, 12, without={"tags": []})
            loaded(house, tmp_path, rows, name=f"run-{day}", at=NOW + day * DAY)
        assert lost(house, NOW + 2 * DAY) == set()


def test_a_source_that_brings_nothing_is_named(tmp_path):
    with opened(tmp_path / "data") as house:
        loaded(house, tmp_path, [rejected(f"x{n}", "blocked", warc_offset=n) for n in range(3)])
        (result,) = [each for each in house.check(NOW) if each.name == "silent_sources"]
        assert [(each["source"], each["state"], each["usual_reason"]) for each in result.rows] == [
            ("paper", "blocked", "blocked"),
        ]  # fmt: skip


def test_results_are_kept_and_samples_are_short(house, tmp_path):
    this = run("run-2", "warc")
    house.begin_run(this)
    rows = [rejected(f"x{number}", "internal_error", warc_offset=number) for number in range(30)]
    house.load(batch(tmp_path, rows), this, NOW)
    (result,) = [each for each in house.check(NOW, "run-2") if each.name == "internal_errors"]
    assert (len(result.rows), result.count, result.failed) == (20, 30, True)
    kept = ask(house, "select offending, severity, run_id from ops.check_result where name = 'internal_errors'")
    assert kept == [(30, "error", "run-2")]


def test_every_table_view_and_column_is_documented(house):
    session = house.session
    undocumented = [each[:3] for each in session.run("inner/documented") if not each[3]]
    assert undocumented == []
    session.connection.execute("use evidence")
    assert [each[:3] for each in session.run("inner/documented") if not each[3]] == []


@pytest.mark.parametrize("folder", ["load", "plan", "inner", "checks", "marts", "marts/base"])
def test_every_statement_begins_with_its_grain(folder):
    for each in scripts(folder):
        first = each.text.splitlines()[0]
        assert first.startswith("-- One row"), each.name


@pytest.mark.parametrize("folder", ["load", "plan", "inner", "checks"])
def test_every_file_holds_one_statement(house, folder):
    connection = house.session.connection
    assert all(len(connection.extract_statements(each.text)) == 1 for each in scripts(folder))


def test_times_are_shown_in_utc(house):
    assert ask(house, "select current_setting('timezone')") == [("UTC",)]
    assert ask(house, "select captured_at::varchar from core.capture limit 1") == [("2026-11-20 08:00:00+00",)]


def test_in_a_small_warehouse_a_run_looks_at_old_rows_too(house):
    assert not [each for each in house.check(NOW, "run-1") if each.failed]
    ask(house, "delete from ops.attempt where outcome = 'rejected'")
    assert "ledger_claims" in [each.name for each in house.check(NOW, "run-1") if each.failed]
