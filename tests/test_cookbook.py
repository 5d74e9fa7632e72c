"""Every question of the cookbook, on the sample press after two mornings: the answers are those of its ledger."""

import importlib.util
import re
import statistics
from collections import Counter
from datetime import date, timedelta

import pytest
from conftest import ROOT, environ, environment, printing, ran
from warehousing import HOUR, NOW, article, loaded, opened

import press
from broadsheet.desk import Desk, cookbook, question
from broadsheet.errors import ConfigError, StatementError
from broadsheet.warehouse import publish
from broadsheet.warehouse.clusters import gather

LAST = {"rewrite", "typo", "headline", "correction"}
LAST_SECOND = "2100-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def desk(prefect, tmp_path_factory):
    """Two runs, one each morning; a place at the read copy."""
    from flows.ingest import ingest

    folder = tmp_path_factory.mktemp("mornings")
    for edition in (1, 2):
        with printing(folder, edition) as served, environ(environment(folder, served, now=press.NOW[edition])):
            ran(ingest())
    with Desk(folder / "data") as desk:
        yield desk


@pytest.fixture
def ask(desk):
    def asked(name, *words):
        found = question(name)
        answer = desk.ask(found.text, found.values(desk, words))
        return [dict(zip(answer.names, row, strict=True)) for row in answer.rows]

    return asked


def entries(edition, outcome="article"):
    return [each for each in press.ledger(edition) if each.outcome == outcome]


def latest():
    """Every article of the two mornings, as it was printed last."""
    return list({each.url: each for edition in (1, 2) for each in entries(edition)}.values())


def edited(*kinds):
    return [each for each in entries(2) if each.change in (kinds or LAST)]


def by_source(articles=None):
    return Counter(each.source for each in (latest() if articles is None else articles))


def about(words):
    return [each for each in latest() if words in each.title.lower() or words in each.text.lower()]


def pairs(rows, *columns):
    return {tuple(row[name] for name in columns[:-1]): row[columns[-1]] for row in rows}


def test_a_topic_by_day(ask):
    expected = Counter((each.source, each.published_at.date()) for each in about("salt"))
    assert pairs(ask("topic_by_day", "topic=SALT"), "source", "day", "articles") == expected
    assert len(expected) > 1


def test_a_topics_share(ask):
    rows = ask("topic_share", "topic=harbour")
    assert {row["source"]: (row["on_topic"], row["articles"]) for row in rows} == {
        source: (by_source(about("harbour"))[source], count) for source, count in by_source().items()
    }


def test_who_wrote_about_a_topic_first(ask):
    first = min(about("harbour"), key=lambda each: each.published_at)
    (row,) = ask("topic_first", "topic=harbour")
    assert (row["url"], row["first_at"]) == (first.url, first.published_at)


def test_a_story_that_was_printed_twice(ask):
    (copy,) = [each for each in entries(2) if each.wire_of]
    before = next(each for each in latest() if each.url == copy.wire_of)
    rows = ask("story_race")
    later = (copy.published_at - before.published_at) // timedelta(minutes=1)
    assert [(row["url"], row["minutes_behind"]) for row in rows] == [(before.url, 0), (copy.url, later)]
    assert ask("story_race", "words=nothing like it") == []


def test_no_text_of_the_press_stands_in_two_papers(ask):
    assert ask("first_publishers") == ask("cross_posting") == []


def test_headlines_edited_after_publication(ask):
    before = {each.url: each.title for each in entries(1)}
    expected = {(before[each.url], each.title) for each in edited("headline")}
    assert {(row["earlier_title"], row["title"]) for row in ask("headline_edits")} == expected
    assert len(ask("headline_edits", "source=alpenkurier")) == 1


def test_edits_in_silence(ask):
    found = {row["url"] for row in ask("stealth_edits")}
    assert {each.url for each in edited("rewrite")} <= found <= {each.url for each in edited("rewrite", "typo")}


def test_corrections_that_say_so(ask):
    rows = ask("corrections")
    assert {row["url"] for row in rows} == {each.url for each in edited("correction")}
    assert all(len(row["notice"]) == 1 for row in rows)


def test_changes_by_kind(ask):
    edits = Counter()
    for row in ask("changes_by_kind"):
        edits[row["source"]] += row["changes"] if row["change_kind"] in {"substantive", "minor"} else 0
    assert edits == by_source(edited())


def test_how_long_after_publication_edits_come(ask):
    hours = {source: [] for source in by_source()}
    for each in edited():
        hours[each.source].append((press.NOW[2] - each.published_at) // timedelta(minutes=1))
    expected = {source: (len(all_), round(statistics.median(all_) / 60, 1)) for source, all_ in hours.items()}
    assert {row["source"]: (row["edits"], row["median_hours"]) for row in ask("edit_delay")} == expected


def test_articles_that_were_edited_most(ask):
    assert {row["url"]: row["versions"] for row in ask("most_edited")} == {each.url: 2 for each in edited()}


def test_authors(ask):
    people = Counter(
        name
        for each in latest()
        for name, kind in zip(each.authors, each.author_kinds, strict=True)
        if kind == "person"
    )
    assert {row["author"]: row["articles"] for row in ask("author_output", "most=1000")} == people


def test_wire_copy(ask):
    credited = by_source([each for each in latest() if "organisation" in each.author_kinds])
    assert {row["source"]: row["credited"] for row in ask("wire_share")} == credited


def test_hours_are_the_papers_own(ask):
    expected = Counter((each.source, each.published_at.hour) for each in latest())
    assert pairs(ask("hours_of_day"), "source", "hour", "articles") == expected


def test_weekdays_are_the_papers_own(ask):
    expected = Counter((each.source, each.published_at.isoweekday()) for each in latest())
    assert pairs(ask("weekdays"), "source", "number", "articles") == expected


def test_lengths(ask):
    english = [len(each.text.split()) for each in latest() if each.source == "harbour-gazette"]
    row = next(row for row in ask("text_lengths") if row["source"] == "harbour-gazette")
    assert (row["articles"], row["shortest"], row["longest"]) == (len(english), min(english), max(english))


def test_languages(ask):
    expected = Counter((each.source, each.language) for each in latest())
    assert pairs(ask("languages"), "source", "language", "articles") == expected


def test_tags_that_rise(ask):
    newest, now, before = max(each.published_at.date() for each in latest()), Counter(), Counter()
    for each in latest():
        age = (newest - each.published_at.date()).days
        (now if age < 7 else before if age < 14 else Counter()).update(each.tags)
    expected = {(tag,): count - before[tag] for tag, count in now.items() if count > before[tag]}
    assert pairs(ask("rising_tags", "most=1000"), "tag", "more") == expected


def test_no_source_of_the_press_is_silent(ask):
    assert ask("silent_sources") == []


def test_what_a_field_rests_on(ask):
    rows = ask("field_evidence", "field=title")
    assert {row["source"] for row in rows} == set(by_source())
    assert {row["field"] for row in rows} == {"title"}
    assert all(row["chosen"] <= by_source()[row["source"]] for row in rows)


def test_why_an_article_was_read_so(ask):
    one = entries(1)[0]
    rows = ask("article_evidence", f"url={one.url}", "field=title")
    assert [row["value"] for row in rows if row["chosen"]] == [one.title]
    assert len(rows) > 1


def test_what_the_last_run_brought(ask):
    removed = {("gone", each.url) for each in entries(2, "gone") if each.change == "removed"}
    new = {("new", each.url) for each in entries(2) if each.change == "new"}
    came = {("edited", each.url) for each in edited()} | new | removed
    assert {(row["outcome"], row["url"]) for row in ask("changed_last_night")} == came
    assert ask("changed_last_night", f"since={LAST_SECOND}") == []


def test_articles_taken_down(ask):
    (removed,) = [each for each in entries(2, "gone") if each.change == "removed"]
    (row,) = ask("deleted_articles")
    assert (row["url"], row["gone_at"]) == (removed.url, press.NOW[2])


def test_why_pages_brought_no_article(ask):
    kinds = {"gallery", "video", "live_blog", "listing", "login_wall", "consent_wall"}
    expected = Counter((each.source, each.kind) for each in entries(1, "rejected") if each.kind in kinds)
    found = pairs(ask("rejections_by_reason"), "source", "reason", "urls")
    assert {key: found.get(key) for key in expected} == expected


def test_why_one_article_is_missing(ask):
    gallery = next(each for each in entries(1, "rejected") if each.kind == "gallery")
    assert {(row["outcome"], row["reason"]) for row in ask("why_missing", f"url={gallery.url}")} == {
        ("rejected", "gallery")
    }


def test_latency(ask):
    def minutes(articles, at):
        return statistics.median((at - each.published_at) / timedelta(minutes=1) for each in articles)

    for row in ask("latency"):
        mornings = [(edition, [e for e in entries(edition) if e.source == row["source"]]) for edition in (1, 2)]
        new = [(at, [e for e in all_ if at == 1 or e.change == "new"]) for at, all_ in mornings]
        expected = statistics.median(minutes(all_, press.NOW[at]) for at, all_ in new)
        assert row["minutes_to_capture"] == pytest.approx(expected, abs=0.1)
        assert row["articles"] == row["timed"] == by_source()[row["source"]]


def test_pictures(ask):
    for row in ask("pictures"):
        mine = [each for each in latest() if each.source == row["source"]]
        if row["source"] != "shiosai-shimbun":  # whose pictures are not read, as of its first template
            assert row["pictures"] == sum(len(each.images) for each in mine)
            assert row["without"] == sum(not each.images for each in mine)


def test_sections(ask):
    expected = Counter((each.source, each.section) for each in latest())
    assert pairs(ask("sections"), "source", "section", "articles") == expected


def test_fields_that_are_missing(ask):
    rows = {row["source"]: row for row in ask("fields_missing")}
    for source, row in rows.items():
        mine = [each for each in latest() if each.source == source]
        assert row["tags"] == sum(not each.tags for each in mine)
        assert row["authors"] == sum(not each.authors for each in mine)
        assert row["title"] == row["published_at"] == 0


def test_articles_by_day(ask):
    expected = Counter(each.published_at.date() for each in latest())
    rows = ask("articles_by_day", "since=2026-01-01")
    assert {row["day"]: row["articles"] for row in rows} == expected
    assert [row["day"] for row in ask("articles_by_day", "since=2026-03-15")] == [date(2026, 3, 15)]


def test_runs(ask):
    newest, first = ask("runs")
    assert (newest["new"], newest["edited"]) == (len([e for e in entries(2) if e.change == "new"]), len(edited()))
    assert (first["new"], first["duplicate"]) == (len(entries(1)), len(entries(1, "duplicate")))
    for run in (newest, first):
        parts = ("new", "edited", "unchanged", "duplicate", "gone", "rejected", "deferred")
        assert run["attempted"] == sum(run[name] for name in parts)


def test_who_answers_slowly(ask):
    rows = ask("slow_sources")
    assert {row["source"] for row in rows} == set(by_source())
    assert all(row["asked_again"] == 0 for row in rows)


def test_who_publishes_first_and_which_papers_print_the_same(tmp_path):
    text = " ".join(f"Sentence {number} of an agency's report on the bridge." for number in range(60))
    with opened(tmp_path / "data") as warehouse:
        rows = [
            printed("a", "Herald", text, hour=6),
            printed("b", "Courier", text, hour=8),
            printed("c", "Courier", " ".join(f"Rain number {n} fell on hill {n * 7}." for n in range(60)), hour=5),
        ]
        loaded(warehouse, tmp_path, rows)
        gather(warehouse.session, now=NOW + HOUR)
        publish(tmp_path / "data", warehouse, anyway=True)
    with Desk(tmp_path / "data") as desk:
        first = list(desk.ask(question("first_publishers").text).rows)
        assert first == [("Herald", 1, 1, None), ("Courier", 1, 0, 120.0)]
        assert list(desk.ask(question("cross_posting").text).rows) == [("Courier", "Herald", 1)]


def printed(name, source, text, *, hour):
    """An article as a paper printed it at an hour."""
    row = article(name, title=f"Story {name}", text=text, source=source)
    return row | {"extraction": row["extraction"] | {"published_at": f"2026-11-20T{hour:02}:00:00+00:00"}}


def generator():
    spec = importlib.util.spec_from_file_location("examples", ROOT / "docs" / "cookbook.py")
    examples = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(examples)
    return examples


def test_the_examples_in_the_files_are_what_is_answered(desk):
    examples = generator()
    for each in cookbook():
        written, answered = each.text, examples.with_example(each, examples.example(desk, each))
        if each.name == "slow_sources":  # in the order of what was measured
            written, answered = sorted(written.splitlines()), sorted(answered.splitlines())
        assert written == answered, "run docs/cookbook.py"


def test_the_reference_of_the_cookbook_is_current():
    examples = generator()
    written = (ROOT / "docs" / "reference" / "cookbook.md").read_text(encoding="utf-8")
    assert written == examples.reference(), "run docs/cookbook.py"


def test_every_question_has_its_parts():
    assert len(cookbook()) >= 25
    for each in cookbook():
        assert each.grain.startswith("One row per "), each.name
        assert each.title.endswith("?"), each.name
        assert set(re.findall(r"\$(\w+)", each.text.split("-- Example")[1])) == {p.name for p in each.parameters}


def test_an_unknown_question_suggests_the_nearest():
    with pytest.raises(ConfigError, match="did you mean headline_edits"):
        question("headlne-edits")


def test_words_that_are_off_are_named(desk):
    with pytest.raises(ConfigError, match="it has: source, most"):
        question("headline_edits").values(desk, ["paper=a"])
    with pytest.raises(ConfigError, match="most=many: not of type bigint"):
        question("headline_edits").values(desk, ["most=many"])
    with pytest.raises(StatementError, match="no value is given for"):
        desk.ask(question("headline_edits").text)
