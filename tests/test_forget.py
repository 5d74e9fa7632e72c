"""Forgetting: nothing is left in any file, nothing comes back, whatever interrupts it."""

import json
import shutil
from dataclasses import asdict, replace
from datetime import date
from types import SimpleNamespace

import pytest
from conftest import environ, environment, printing, ran
from forgetting import OTHER, SECRET, SENTENCES, Silent, house, page, settings, standing
from typer.testing import CliRunner
from warehousing import DAY, FEED, NOW, SOURCE, article, ask, errors, loaded, opened, poll, run, url

import press
from benchmarks.collection import originals
from broadsheet import archive
from broadsheet.errors import ConfigError, Held, WarehouseError
from broadsheet.model import DiscoveredUrl, Outcome, RecordPosition, Role, stable_id
from broadsheet.urls import normalise
from broadsheet.warehouse import open_read_copy
from flows.forget import NOTE, forget, meant
from flows.forgetting import STORES
from flows.struck import not_forgotten, struck


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    house(folder, tmp_path)
    return folder


def forgotten(data, target=None, **more):
    return forget(settings(data), target or url("secret"), "a reason", Silent(), **more)


def titles(data):
    with open_read_copy(data) as copy:
        return [title for (title,) in copy.execute("select title from mart.articles order by title desc").fetchall()]


def test_the_search_finds_a_sentence_in_every_kind_of_file_before(data):
    files = {file.split("/")[-1] for file, _ in standing(data, SENTENCES)}
    assert {"prefect.db", "warehouse.duckdb", "broadsheet.duckdb", "warehouse-evidence.duckdb"} <= files
    assert any(file.endswith(".warc.gz") for file in files)


def test_no_sentence_is_left_in_any_file_and_everything_else_stays(data):
    (report,) = forgotten(data)
    assert (report.left, report.what.outside, len(report.what.url_ids)) == ((), (), 2)
    assert standing(data, SENTENCES) == set()
    assert not (data / NOTE).exists()
    assert titles(data) == ["Tree", "Teased"]
    with opened(data) as warehouse:
        assert errors(warehouse) == {}
        assert ask(warehouse, "select count(*) from raw.url where url like '%secret%'") == [(0,)]
        assert ask(warehouse, "select distinct proved_at, why from ops.tombstone") == [(NOW, "a reason")]
        places = ask(warehouse, "select warc_file, warc_offset, warc_length from raw.fetched where dropped_at is null")
    bodies = [archive.read_one(data, RecordPosition(*place)) for place in places]
    assert {page.url for page in bodies} == {url("tree"), url("gallery")}


def test_it_does_not_come_back_by_planning_nor_by_loading(data, tmp_path):
    forgotten(data)
    with opened(data) as warehouse:
        again = run("run-2")
        warehouse.begin_run(again)
        claims = warehouse.plan(again, [poll("secret", "secret-print", "fresh")], [SOURCE], [], NOW + DAY)
        assert url("secret") not in {claim.url for claim in claims}
        assert url("fresh") in {claim.url for claim in claims}
        rows = [
            article("secret", NOW + DAY, text=SECRET),
            article("mirror", NOW + DAY, text=SECRET, canonical="secret"),
        ]
        assert loaded(warehouse, tmp_path, rows, name="run-3") == {Outcome.REJECTED: 2}
        assert ask(warehouse, "select distinct reason from ops.attempt where run_id = 'run-3'") == [("forgotten",)]
        assert ask(warehouse, "select title from core.article order by title desc") == [("Tree",), ("Teased",)]
    assert {file for file, _ in standing(data, SENTENCES)} == set()


FORMS = [
    *("http://paper.test/secret", "https://www.paper.test/secret", "https://m.paper.test/secret"),
    *("https://amp.paper.test/secret", "https://paper.test/secret/amp", "https://paper.test/secret/"),
    *("https://paper.test/secret?print=1", "https://paper.test/secret?utm_source=x", "http://www.paper.test/secret/"),
]


def test_it_does_not_come_back_under_another_form_of_its_address(data, tmp_path):
    forgotten(data)
    with opened(data) as warehouse:
        for number, form in enumerate(FORMS):
            address = normalise(form)
            row = article("secret", NOW + DAY, text=SECRET) | {"url": address, "target": address}
            row |= {
                "url_id": stable_id(address),
                "extraction": row["extraction"] | {"canonical_id": stable_id(address)},
            }
            assert loaded(warehouse, tmp_path, [row], name=f"again-{number}") == {Outcome.REJECTED: 1}, form
            again = run(f"plan-{number}")
            warehouse.begin_run(again)
            named = DiscoveredUrl(address, SOURCE.name, FEED.url)
            poll_ = replace(poll(), found=(named,))
            claims = warehouse.plan(again, [poll_], [SOURCE], [], NOW + DAY)
            assert address not in {claim.url for claim in claims}
        assert ask(warehouse, "select count(*) from raw.url where url like '%secret%' and next_due_at is not null") == [
            (0,)
        ]


def test_an_address_that_led_to_something_forgotten_is_forgotten_too(data, tmp_path):
    forgotten(data)
    with opened(data) as warehouse:
        row = article("mirror", NOW + DAY, text=SECRET, canonical="secret")
        assert loaded(warehouse, tmp_path, [row], name="run-2") == {Outcome.REJECTED: 1}
        row = article("mirror", NOW + 2 * DAY, text=SECRET)
        assert loaded(warehouse, tmp_path, [row], name="run-3") == {Outcome.REJECTED: 1}


HEADLINE = "Secretary of the rowing club seen at night in the boathouse again"


def test_a_headline_goes_from_what_is_kept_of_other_articles_too(data, tmp_path):
    teased = article("third", title="Third", text=OTHER[5:] + " And more of it.", warc_file="", page="teased")
    teased["extraction"]["dropped"] = [{"text": f"Read also: {HEADLINE}", "reason": "box"}]
    teased["extraction"]["evidence"][0]["raw"] = HEADLINE
    with opened(data) as warehouse:
        told = article("secret", NOW + DAY, title=HEADLINE, text=SECRET, warc_file="")
        loaded(warehouse, tmp_path, [told, teased], name="more")
        warehouse.session.connection.execute("update raw.url set hint_title = ? where url like '%third'", [HEADLINE])
    (report,) = forgotten(data)
    assert (report.left, standing(data, [HEADLINE, *SENTENCES])) == ((), set())
    with opened(data) as warehouse:
        assert ask(warehouse, "select title from core.article where title = 'Third'") == [("Third",)]


def test_a_headline_that_another_article_has_too_stays_with_it(data, tmp_path):
    with opened(data) as warehouse:
        told = [
            article("secret", NOW + DAY, title=HEADLINE, text=SECRET, warc_file=""),
            article("third", title=HEADLINE, text=OTHER[5:] + " And more of it.", warc_file="", page="third"),
        ]
        loaded(warehouse, tmp_path, told, name="more")
    (report,) = forgotten(data)
    assert (report.left, report.what.others) == ((), (url("third"),))


def test_of_a_source_with_thousands_of_sentences_every_one_is_erased(data, tmp_path):
    told = [f"Sentence number {n} of the other source tells {n * 7} times what nobody else tells." for n in range(2500)]
    teased = article("third", title="Third", text=OTHER[5:] + " And more of it.", warc_file="", page="third")
    teased["extraction"]["dropped"] = [{"text": each, "reason": "box"} for each in told[::50]]
    with opened(data) as warehouse:
        other = article("long", title="Long", text="\n".join(told), source="other", warc_file="", page="long")
        loaded(warehouse, tmp_path, [other, teased], name="more")
    (report,) = forgotten(data, "other")
    assert (report.left, len(report.what.sentences)) == ((), 2500)
    assert standing(data, [each.split(" tells")[0] for each in told[::50]]) == set()


@pytest.mark.parametrize("form", ["http://www.paper.test/secret/", "https://m.paper.test/secret?print=1"])
def test_it_is_found_by_any_form_of_its_address(data, form):
    what = meant(settings(data), form, "a reason")
    assert (len(what.article_ids), len(what.sentences)) == (1, 3)


def test_a_feed_that_names_a_form_of_it_goes(data):
    forgotten(data)
    at, mine = NOW + DAY, run("22222222-0000-4000-8000-000000000000", at=NOW + DAY)
    folder = data / "archive" / f"{at:%Y/%m/%d}"
    folder.mkdir(parents=True)
    with archive.SegmentWriter(folder, f"{mine.run_id}-discover-00", software="test") as writer:
        body = f"<rss><link>http://paper.test/secret</link>{SENTENCES[0]}</rss>"
        writer.write(page("feed.xml", body, Role.ENDPOINT))
    stage = SimpleNamespace(data=data, archive=folder, run=mine, settings=settings(data), progress=Silent(), dead=())
    assert struck(stage) == 1
    assert standing(data, SENTENCES) == set()


def test_sentences_that_another_article_has_stay_with_it_and_are_told(data, tmp_path):
    with opened(data) as warehouse:
        loaded(warehouse, tmp_path, [article("copy", NOW, title="Copy", text=SECRET + "\n" + OTHER)], name="run-2")
    (report,) = forgotten(data)
    assert report.left == ()
    assert report.what.others == (url("copy"),)
    assert (report.what.spared, report.what.sentences) == (5, ())  # two of them are too short to be anybody's
    with opened(data) as warehouse:
        assert ask(warehouse, "select count(*) from core.article where title = 'Copy'") == [(1,)]


def test_a_source_goes_with_all_it_had_and_its_host_stays_shut(data, tmp_path):
    (report,) = forgotten(data, "paper")
    assert (report.left, len(report.what.article_ids), report.what.hosts) == ((), 3, ("paper.test",))
    assert standing(data, [*SENTENCES, *OTHER.split("\n")]) == set()
    assert titles(data) == []
    with opened(data) as warehouse:
        assert loaded(warehouse, tmp_path, [article("new", text=OTHER, source="other")], name="run-9") == {
            Outcome.REJECTED: 1
        }
        assert errors(warehouse) == {}


def test_an_address_that_nobody_knows_is_forgotten_in_advance(data, tmp_path):
    (report,) = forgotten(data, url("tomorrow"))
    assert (report.left, report.what.article_ids) == ((), ())
    with opened(data) as warehouse:
        assert loaded(warehouse, tmp_path, [article("tomorrow", text=OTHER)], name="run-2") == {Outcome.REJECTED: 1}


def test_what_is_neither_url_nor_source_is_refused_with_a_way_out(data):
    with pytest.raises(WarehouseError, match=r"'papper' is no URL .* those are: paper"):
        meant(settings(data), "papper", "why")


def test_a_copy_of_the_database_that_lies_in_the_folder_is_told_as_left(data):
    (data / "backups").mkdir()
    shutil.copy(data / "warehouse.duckdb", data / "backups" / "old.duckdb")
    (report,) = forgotten(data)
    assert {line.split(":")[0] for line in report.left} == {"backups/old.duckdb"}
    assert (data / NOTE).exists()
    shutil.rmtree(data / "backups")
    (report,) = forgotten(data)
    assert (report.left, (data / NOTE).exists()) == ((), False)


def test_a_source_that_was_forgotten_is_not_asked_again(data):
    forgotten(data, "paper")
    other = replace(SOURCE, name="other")
    assert not_forgotten(settings(data), [SOURCE, other]) == [other]
    with pytest.raises(ConfigError, match="paper was forgotten"):
        not_forgotten(settings(data), [SOURCE])


def test_a_second_time_there_is_nothing_to_forget(data):
    forgotten(data)
    (report,) = forgotten(data)
    assert (report.cleared, report.left) == ({}, ())


def test_a_run_that_left_work_is_to_be_finished_first(data):
    (data / "stages" / "some-run").mkdir(parents=True)
    (data / "stages" / "some-run" / "lock").touch()
    with pytest.raises(Held, match="run some-run was interrupted"):
        forgotten(data)


def test_what_a_run_brought_of_it_is_out_of_the_archive_before_the_run_ends(data, tmp_path):
    forgotten(data)
    at = NOW + DAY
    folder = data / "archive" / f"{at:%Y/%m/%d}"
    folder.mkdir(parents=True)
    with archive.SegmentWriter(folder, "11111111-0000-4000-8000-000000000000-fetch-00", software="test") as writer:
        writer.write(page("mirror", f"<p>{SECRET}</p>"))
        writer.write(page("tree", f"<p>{OTHER}</p> as it is now"))
        writer.write(page("feed.xml", f"<rss><link>{url('secret')}</link>{SENTENCES[0]}</rss>", Role.ENDPOINT))
        path = writer.path
    kept = {each.url: each for each in archive.read(path, file=str(path.relative_to(data)))}
    rows = [
        article("mirror", kept[url("mirror")].captured_at, text=SECRET, canonical="secret"),
        article("tree", kept[url("tree")].captured_at, title="Tree", text=OTHER, page="now"),
    ]
    for each in rows:
        place = kept[each["url"]].position
        each |= {"warc_file": place.file, "warc_offset": place.offset, "warc_length": place.length}
    with opened(data) as warehouse:
        loaded(warehouse, tmp_path, rows, name="11111111-0000-4000-8000-000000000000")
    assert standing(data, SENTENCES)
    this = run("11111111-0000-4000-8000-000000000000", at=at)
    stage = SimpleNamespace(data=data, archive=folder, run=this, settings=settings(data), progress=Silent(), dead=())
    assert struck(stage) == 2
    assert standing(data, SENTENCES) == set()
    with opened(data) as warehouse:
        places = ask(
            warehouse, f"select warc_file, warc_offset, warc_length from raw.fetched where target = '{url('tree')}'"
        )
    assert {archive.read_one(data, RecordPosition(*place)).url for place in places} == {url("tree")}


def test_what_a_run_that_died_kept_of_it_goes_with_the_run_that_adopts_it(data, tmp_path):
    forgotten(data)
    at, died = NOW + DAY, run("11111111-0000-4000-8000-000000000000", at=NOW + DAY)
    folder, mine = data / "archive" / f"{at:%Y/%m/%d}", run("22222222-0000-4000-8000-000000000000", at=at + DAY)
    folder.mkdir(parents=True)
    for stage_, each in (
        ("discover", page("feed.xml", f"<rss><link>{url('secret')}</link>{SENTENCES[0]}</rss>", Role.ENDPOINT)),
        ("fetch", page("mirror", f"<p>{SECRET}</p>")),
    ):
        with archive.SegmentWriter(folder, f"{died.run_id}-{stage_}-00", software="test") as writer:
            writer.write(each)
    (kept,) = archive.read(writer.path, file=str(writer.path.relative_to(data)))
    place = kept.position
    row = article("mirror", kept.captured_at, text=SECRET, canonical="secret")
    row |= {"warc_file": place.file, "warc_offset": place.offset, "warc_length": place.length}
    with opened(data) as warehouse:
        loaded(warehouse, tmp_path, [row], name=mine.run_id)
    left = data / "stages" / died.run_id
    left.mkdir(parents=True)
    (left / "run.json").write_text(json.dumps(asdict(died) | {"started_at": died.started_at.isoformat()}))
    stage = SimpleNamespace(
        data=data, archive=folder, run=mine, settings=settings(data), progress=Silent(), dead=(left,)
    )
    assert standing(data, SENTENCES)
    assert struck(stage) == 2
    assert standing(data, SENTENCES) == set()


class Crash(Exception):
    pass


STEPS = [
    "name the list",
    "archive/moved",
    "forget/captures_removed",
    "write warehouse.duckdb afresh",
    "remove the note",
]
MORE = [
    *("forget the archive", "name the file", "forget the warehouse", "forget/evidence_removed", "forget/urls_removed"),
    *("write warehouse-evidence.duckdb afresh", "forget the read copy", "publish broadsheet-evidence.duckdb"),
    *("name the list", "forget/captures_removed", "remove the note"),
    *("publish broadsheet.duckdb", "forget Prefect's records", "search", "forget/tombstones_proved"),
]


@pytest.mark.parametrize("step", [*STEPS, *(pytest.param(each, marks=pytest.mark.heavy) for each in MORE)])
def test_wherever_it_is_interrupted_the_next_call_goes_on(data, step):
    def crash(told):
        if told == step:
            raise Crash

    with pytest.raises(Crash):
        forgotten(data, on_step=crash)
    reports = forgotten(data)
    assert [report.left for report in reports] == [()]
    assert standing(data, SENTENCES) == set()
    assert titles(data) == ["Tree", "Teased"]
    with opened(data) as warehouse:
        assert errors(warehouse) == {}
        assert ask(warehouse, "select count(*) from ops.tombstone where proved_at is null") == [(0,)]


def test_the_command_asks_for_yes_and_prints_its_proof(data):
    from flows.cli.app import app

    values = {
        "BROADSHEET_DATA": str(data),
        "BROADSHEET_NOW": NOW.isoformat(),
        "BROADSHEET_SOURCES": str(data / "no.toml"),
    }
    with environ(values):
        call = ["forget", url("secret"), "--why", "asked for"]
        refused = CliRunner().invoke(app, call)
        assert (refused.exit_code, "--yes" in refused.output) == (2, True)
        shown = CliRunner().invoke(app, [*call, "--dry-run"])
        assert (shown.exit_code, "1 article(s), 2 URL(s)" in shown.output) == (0, True)
        (meant_,) = CliRunner().invoke(app, [*call, "--dry-run", "--json"]).stdout.splitlines()
        assert json.loads(meant_).items() >= {"kind": "article", "articles": 1, "urls": 2, "sentences": 3}.items()
        unsaid = CliRunner().invoke(app, ["forget", url("secret"), "--why", " ", "--dry-run"])
        assert (unsaid.exit_code, "say why" in unsaid.output) == (2, True)
        done = CliRunner().invoke(app, [*call, "--yes", "--json"])
    assert done.exit_code == 0
    (report,) = json.loads(done.stdout.splitlines()[-1])
    assert (report["articles"], report["left"], report["searched"]["sentences"]) == (1, [], 3)
    assert SENTENCES[0] not in done.output


def test_what_the_pipeline_writes_has_an_owner_and_what_is_forgotten_stays_away(prefect, tmp_path):
    from flows.ingest import ingest

    entry = next(e for e in press.ledger(1) if e.outcome == "article" and "dredging" in e.url)
    wanted = [block.text for block in entry.blocks if len(block.text.split()) > 8]
    with printing(tmp_path, 1) as served, environ(environment(tmp_path, served, now=press.NOW[1])):
        from broadsheet.config import read_settings

        ran(ingest())
        data = read_settings().data
        others_too(data, tmp_path / "old", wanted)
        files = [str(path.relative_to(data)) for path in data.rglob("*") if path.is_file()]
        assert {file: [s.name for s in STORES if s.owns(file)] for file in files if _owners(file) != 1} == {}
        assert standing(data, wanted)
        (report,) = forget(read_settings(), entry.url, "test", Silent())
        assert (report.left, standing(data, wanted)) == ((), set())
    with printing(tmp_path, 2) as served, environ(environment(tmp_path, served, now=press.NOW[2])):
        ran(ingest())
        assert standing(data, wanted) == set()
        with open_read_copy(data) as copy:
            assert copy.execute("select count(*) from mart.articles where url = ?", [entry.url]).fetchall() == [(0,)]
            assert copy.execute("select count(*) from mart.articles").fetchall()[0][0] > 60
        files = [str(path.relative_to(data)) for path in data.rglob("*") if path.is_file()]
        assert {file for file in files if _owners(file) != 1} == set()


def others_too(data, folder, wanted):
    """Whatever else writes there: a backfill, one that was killed while it read a file from afar, a re-extraction."""
    from flows.backfill import backfill
    from flows.reextract import reextract

    folder.mkdir()
    for number, (address, body) in enumerate([*originals()][:2]):
        told = {"url": address, "html": body.decode(), "download_date": f"2024-05-0{number + 1}"}
        (folder / f"{number}.json").write_text(json.dumps(told), encoding="utf-8")
    ran(backfill([str(folder)]))
    ran(reextract(since=date(2024, 5, 1), until=date(2024, 5, 2)))
    brought = data / "backfill" / "files" / "CC-NEWS-1.warc.gz.part"
    brought.parent.mkdir(parents=True, exist_ok=True)
    brought.write_text("\n".join(wanted), encoding="utf-8")


def _owners(file):
    return sum(store.owns(file) for store in STORES)
