"""Learned rules as they are kept: candidates, activation, vetoes; and what reading by them does to history."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import environ, environment, printing, ran
from typer.testing import CliRunner
from warehousing import HOUR, NOW, SOURCE, article, ask, batch, errors, gone, loaded, opened, run, url

import press
from broadsheet import stages
from broadsheet.config import read_settings
from broadsheet.errors import ConfigError, WarehouseError
from broadsheet.model import CandidateRule, PageReading, RecordPosition, RuleState
from broadsheet.warehouse import Learning, open_read_copy, open_warehouse
from extractors.boilerplate import normalised
from flows.cli.app import app

DAY = date(2026, 11, 20)
RIPE = CandidateRule("also in the paper", DAY, DAY, 9, 0.9, url("a"), ripe=True)
RARE = CandidateRule("jo bell covers the port.", DAY, DAY, 3, 0.3, url("b"))
LATER = NOW + timedelta(days=1)


@pytest.fixture
def house(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        yield warehouse


def kept(warehouse, *candidates, source=SOURCE.name, at=NOW):
    return warehouse.keep_rules(source, candidates or (RIPE, RARE), at)


def states(warehouse):
    return {rule.line: rule.state for rule in warehouse.rules()}


def rule_id(warehouse, candidate):
    return next(rule.rule_id for rule in warehouse.rules() if rule.line == candidate.line)


def test_ripe_candidates_become_active_and_the_others_wait(house):
    assert kept(house) == Learning(fresh=2, counted=0, activated=1)
    assert states(house) == {RIPE.line: RuleState.ACTIVE, RARE.line: RuleState.CANDIDATE}
    assert house.active_rules() == {SOURCE.name: (RIPE.line,)}
    active, waiting = house.rules()
    assert (active.activated_at, waiting.activated_at) == (NOW, None)
    assert (active.first_day, active.articles, active.share, active.example_url) == (DAY, 9, 0.9, url("a"))


def test_the_same_candidates_again_change_nothing(house):
    kept(house)
    before = ask(house, "from core.rule order by all"), ask(house, "from ops.load")
    assert kept(house, at=LATER) == Learning(0, 0, 0)
    assert (ask(house, "from core.rule order by all"), ask(house, "from ops.load")) == before


def test_what_is_counted_anew_is_updated_and_days_only_widen(house):
    kept(house)
    grown = replace(RIPE, first_day=DAY + timedelta(1), last_day=DAY + timedelta(2), articles=12, share=0.8)
    assert kept(house, grown) == Learning(fresh=0, counted=1, activated=0)
    active, waiting = house.rules()
    assert (active.first_day, active.last_day, active.articles, active.share) == (DAY, DAY + timedelta(2), 12, 0.8)
    assert (waiting.line, waiting.state) == (RARE.line, RuleState.CANDIDATE)


def test_a_candidate_that_ripens_becomes_active(house):
    kept(house)
    assert kept(house, replace(RARE, articles=30, ripe=True), at=LATER).activated == 1
    assert set(house.active_rules()[SOURCE.name]) == {RIPE.line, RARE.line}


def test_a_vetoed_line_is_never_active_until_the_veto_is_taken_back(house):
    kept(house)
    assert house.veto_rules([rule_id(house, RIPE)], NOW) == 1
    assert house.active_rules() == {}
    assert kept(house, at=LATER).activated == 0
    assert house.veto_rules([rule_id(house, RIPE)], NOW) == 0
    assert house.unveto_rules([rule_id(house, RIPE)], NOW) == 1
    assert states(house)[RIPE.line] == RuleState.CANDIDATE
    assert kept(house, at=LATER).activated == 1


def test_a_line_may_be_vetoed_before_it_is_ripe_and_by_sql(house):
    kept(house)
    ask(house, f"update core.rule set state = 'vetoed' where line = '{RARE.line}'")
    assert kept(house, replace(RARE, ripe=True)).activated == 0
    assert house.active_rules() == {SOURCE.name: (RIPE.line,)}


def test_sources_keep_rules_of_their_own(house):
    kept(house)
    kept(house, RARE, source="other")
    house.veto_rules([rule.rule_id for rule in house.rules("other")], NOW)
    assert states(house)[RIPE.line] == RuleState.ACTIVE
    assert [rule.state for rule in house.rules("other")] == [RuleState.VETOED]
    assert len({rule.rule_id for rule in house.rules()}) == 3


def test_a_rule_that_fails_half_way_leaves_nothing(tmp_path):
    def failing(step):
        if step == "rules/activated":
            raise OSError(step)

    with opened(tmp_path / "data", on_step=failing) as warehouse:
        with pytest.raises(OSError, match="activated"):
            kept(warehouse)
        assert warehouse.rules() == []


def test_rules_keep_the_checks_content_and_ledger_whole_and_are_news_for_the_read_copy(house, tmp_path):
    loaded(house, tmp_path, [article("a")])
    digest = house.content_digest()
    kept(house)
    assert errors(house) == {}
    assert house.content_digest() == digest
    assert ask(house, "select kind, attempts, changed_rows from ops.load order by load_id desc limit 1") == [
        ("rules", 0, 3)
    ]


def test_the_readings_of_a_source_are_its_articles_lines_by_article_and_days(house, tmp_path):
    rows = [article("a"), article("a?amp", canonical="a"), article("b"), gone("c")]
    loaded(house, tmp_path, rows)
    loaded(house, tmp_path, [article("a", at=LATER)], name="run-2", at=LATER)
    found = {each.url: each for each in house.readings(SOURCE.name)}
    assert sorted(found) == [url("a"), url("a?amp"), url("b")]
    assert found[url("a")].article == found[url("a?amp")].article != found[url("b")].article
    assert (found[url("a")].first_day, found[url("a")].last_day) == (DAY, DAY + timedelta(1))
    assert found[url("b")].lines[0] == "The bridge over the river was closed on Monday."
    assert found[url("b")].dropped == ("Share this",)
    assert house.readings("nobody") == []
    assert house.sources() == [SOURCE.name]


def test_a_page_captured_anew_and_read_by_new_rules_is_unchanged_and_no_version(house, tmp_path):
    text = "The bridge was closed.\nAlso in The Paper"
    loaded(house, tmp_path, [article("a", text=text)])
    again = article("a", at=NOW + HOUR, text="The bridge was closed.", version="2")
    again["payload_digest"] = article("a", text=text)["payload_digest"]
    assert loaded(house, tmp_path, [again], name="run-2", at=NOW + HOUR) == {"unchanged": 1}
    assert ask(house, "select number, change_kind from core.article_version") == [(1, "first")]


OLD = "The bridge was closed on Monday.\nAlso in The Paper"
CLEAN = "The bridge was closed on Monday."
EDIT = "The bridge was closed on Monday, and a crack was found in three of its pillars, the city said on Tuesday."
TYPO = "The bridge was closed, on Monday."


def edited(warehouse, folder, text, *, again):
    """A page read with its furniture, then changed and read by new rules; `again`: its first capture was so too."""
    first = article("a", text=OLD)
    loaded(warehouse, folder, [first])
    part = batch(folder, [article("a", at=NOW + HOUR, text=text, version="2")], "run-2-batch")
    if again:
        reread = article("a", text=CLEAN, version="2") | {"payload_digest": first["payload_digest"]}
        name = batch(folder, [reread], "again")
        Path(name.path).rename(stages.earlier_file(Path(part.path)))
    this = run("run-2", "warc", NOW + HOUR)
    warehouse.begin_run(this)
    outcomes = warehouse.load(part, this, NOW + HOUR)
    warehouse.end_run("run-2", "completed", NOW + HOUR)
    return outcomes, ask(warehouse, "select number, change_kind from core.article_version order by number")


@pytest.mark.parametrize("text, kind", [(EDIT, "substantive"), (TYPO, "minor")])
def test_an_edit_that_arrives_together_with_new_rules_is_an_edit_and_of_its_own_kind(house, tmp_path, text, kind):
    assert edited(house, tmp_path, text, again=True) == ({"edited": 1}, [(1, "first"), (2, kind)])
    assert errors(house) == {}


def test_another_page_with_the_same_text_by_new_rules_is_no_edit(house, tmp_path):
    assert edited(house, tmp_path, CLEAN, again=True) == ({"unchanged": 1}, [(1, "first")])


def test_the_readings_of_pages_name_page_version_time_and_place(house, tmp_path):
    rows = [article("a"), article("b", warc_offset=700), gone("c")]
    loaded(house, tmp_path, rows)
    later = article("a", at=LATER, text="Another text.", version="2", warc_offset=900)
    loaded(house, tmp_path, [later], name="run-2", at=LATER)
    found = house.page_readings([url("a"), url("b"), url("c"), url("never")])
    assert found == {
        url("a"): (
            PageReading(rows[0]["payload_digest"], "1", NOW, RecordPosition("archive/a.warc.gz", 0, 500)),
            PageReading(later["payload_digest"], "2", LATER, RecordPosition("archive/a.warc.gz", 900, 500)),
        ),
        url("b"): (PageReading(rows[1]["payload_digest"], "1", NOW, RecordPosition("archive/a.warc.gz", 700, 500)),),
    }


# ── The flow, on the press ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def pressed(prefect, tmp_path_factory):
    """The first edition read, maintenance twice, then the second edition: all pages are sent again, some edited."""
    from flows.ingest import ingest
    from flows.maintain import maintain

    folder = tmp_path_factory.mktemp("rules")
    reports = {}
    with printing(folder) as served, environ(environment(folder, served, now=press.NOW[1])):
        reports["first"] = ran(ingest())
        reports["maintain"] = ran(maintain())
        reports["again"] = ran(maintain())
    without_validators(folder / "data")
    with printing(folder, 2) as served, environ(environment(folder, served, now=press.NOW[2])):
        reports["second"] = ran(ingest())
    return reports, folder


def without_validators(data):
    """Validators are lost, so that every page is sent and read again."""
    with open_warehouse(data, now=press.NOW[1]) as warehouse:
        ask(warehouse, "update raw.url set etag = null, last_modified = null")


def asked(pressed, statement):
    with open_read_copy(pressed[1] / "data") as connection:
        return connection.execute(statement).fetchall()


def test_maintenance_learns_every_paper_and_a_second_time_nothing(pressed):
    reports, _ = pressed
    assert set(reports["maintain"].learned) == {source for (source,) in asked(pressed, "select source from core.rule")}
    assert len(reports["maintain"].learned) == 3
    assert all(each.fresh > 3 for each in reports["maintain"].learned.values())
    assert sum(each.activated for each in reports["maintain"].learned.values()) > 3
    assert set(reports["again"].learned.values()) == {Learning(0, 0, 0)}
    assert (reports["maintain"].published, reports["again"].published) == (True, False)


def test_every_recurring_line_of_furniture_is_a_rule_in_the_read_copy_and_no_article_line_is(pressed):
    rules = {(source, line) for source, line in asked(pressed, "select source, line from core.rule")}
    shown = """
        with line as (
            select url_id, unnest(list_concat(string_split(text, chr(10)), list_transform(dropped, lambda d: d.text)))
                as line
            from core.extraction as extraction inner join core.body as body using (text_id)
            where extraction.load_id < (select min(load_id) from ops.load where kind = 'rules')
        )
        select address.article_id, article.source, article.title, line.line
        from line inner join core.article_url as address using (url_id)
        inner join core.article as article on address.article_id = article.article_id
    """
    articles = {}
    for article_id, source, title, line in asked(pressed, shown):
        if normalised(line) != normalised(title):
            articles.setdefault((source, normalised(line)), set()).add(article_id)
    furniture = {(p, normalised(line)) for p in {s for s, _ in rules} for line in press.furniture(p)}
    assert {key for key, having in articles.items() if len(having) >= 3 and key in furniture} <= rules
    blocks = {(entry.source, normalised(block.text)) for entry in press.ledger(1) for block in entry.blocks}
    assert rules & blocks == set()


def test_new_rules_look_like_no_edit_and_hide_none(pressed):
    ledger = pressed[0]["second"].ledger
    changes = [entry.change for entry in press.ledger(2)]
    edits = sum(map(changes.count, ("typo", "rewrite", "headline", "correction")))
    assert edits > 5
    assert sum(counts.get("edited", 0) for counts in ledger.values()) == edits
    assert sum(counts.get("new", 0) for counts in ledger.values()) == changes.count("new")
    assert sum(counts.get("unchanged", 0) for counts in ledger.values()) >= changes.count("unchanged")
    kinds = "select count(*) from core.article_version where change_kind in ('minor', 'substantive')"
    assert asked(pressed, kinds) == [(edits,)]


def test_the_next_run_reads_by_the_active_rules(pressed):
    read = "select count(distinct version) from core.extraction group by url_id, payload_digest order by 1 desc limit 1"
    assert asked(pressed, read) == [(2,)]
    active = {line for (line,) in asked(pressed, "select line from core.rule where state = 'active'")}
    texts = """
        select unnest(string_split(body.text, chr(10)))
        from core.extraction as extraction inner join core.body as body using (text_id)
        where extraction.load_id > (select max(load_id) from ops.load where kind = 'rules')
    """
    lines = {normalised(line) for (line,) in asked(pressed, texts)}
    assert len(lines) > 300
    assert lines & active == set()


def test_the_command_lists_vetoes_and_allows_rules(pressed, capsys):
    from flows.cli.rules import set_veto, show_rules

    with environ({"BROADSHEET_DATA": str(pressed[1] / "data"), "BROADSHEET_NOW": press.NOW[2].isoformat()}):
        show_rules("alpenkurier", as_json=True)
        rules = json.loads(capsys.readouterr().out)
        active = next(rule for rule in rules if rule["state"] == "active")
        set_veto(active["line"], "alpenkurier", allow=False)
        assert active["line"] in capsys.readouterr().out
        show_rules("alpenkurier", as_json=True)
        assert state_of(active, capsys) == "vetoed"
        set_veto(active["rule_id"], None, allow=True)
        show_rules("alpenkurier", as_json=False)
        assert active["rule_id"] in capsys.readouterr().out
        with pytest.raises(WarehouseError, match="no rule is 'nothing of the kind'"):
            set_veto("nothing of the kind", None, allow=False)


def state_of(rule, capsys):
    return next(r["state"] for r in json.loads(capsys.readouterr().out) if r["rule_id"] == rule["rule_id"])


def test_an_unknown_source_is_named_beside_those_that_have_articles(pressed):
    from flows.maintain import chosen

    with environ({"BROADSHEET_DATA": str(pressed[1] / "data")}), pytest.raises(ConfigError, match="alpenkurier, harb"):
        chosen(read_settings(), ["nobody"])


@pytest.mark.parametrize("words", [("maintain",), ("rules", "list"), ("rules", "veto"), ("rules", "unveto")])
def test_every_command_has_help_with_an_example(words):
    told = CliRunner().invoke(app, [*words, "--help"])
    assert told.exit_code == 0
    assert "Example:" in told.output
