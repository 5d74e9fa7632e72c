"""Search: the index and the scan answer alike, the index follows the read copy, and forgets."""
# ruff: noqa: RUF001 - letters of many scripts are the point

import json
import subprocess
import sys

import pytest
from forgetting import SENTENCES, Silent, house, settings, standing
from hypothesis import HealthCheck, given
from hypothesis import settings as laws
from hypothesis import strategies as st
from typer.testing import CliRunner
from warehousing import DAY, NOW, article, gone, loaded, opened, run, url

from broadsheet.errors import ConfigError, Held, WarehouseError
from broadsheet.model import stable_id
from broadsheet.search.entries import Filter
from broadsheet.search.query import parsed
from broadsheet.warehouse import publish
from flows import search as searching
from flows import search_index
from flows.cli.app import app
from flows.forget import forget
from flows.locks import held
from flows.search import Asked, search

PAGES = {
    "storm": ("Storm hits the harbour", "The port authority closed the harbour.\nCranes fell in the storm."),
    "flood": ("Flood after the storm", "Insurance of the port: an authority is not in a row with it."),
    "bridge": ("大阪の橋", "新しい橋が大阪で開通した。"),
    "tram": ("รถไฟฟ้าสายใหม่", "รถไฟฟ้าสายใหม่เปิดให้บริการในกรุงเทพฯ วันนี้"),
    "maerz": ("Müller gewählt", "Die Straßenbahn fährt nach Łódź. Wahlen, Wahlkampf."),
    "half": ("ＡＢＣ wins", "ΣΟΦΟΣ, ὀψέ; smørrebrød."),
}
QUERIES = [
    "storm", "STORM -insurance", '"port authority"', "port authority", "title:storm", "storm OR 橋",
    "(storm OR 橋) harbour",
    "大阪", "橋が大阪", '"大阪 で"', "阪大", "กรุงเทพ", "muller", "Müller", "strassenbahn", "lodz", "wahl*",
    "title:wahl*",
    "author:elling", "author:lee", '"ann lee"', "tag:bridges", "section:city", "source:paper", "url:flood",
    "site:paper",
    "language:en", "abc", "σοφος", "smorrebrod", "-storm", "nothing", '"the harb*"', "description:bridge -flood",
]  # fmt: skip


def rows(**more):
    return [article(name, title=title, text=text, **more) for name, (title, text) in PAGES.items()]


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("BROADSHEET_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "300")
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, rows())
        publish(tmp_path / "data", warehouse)
    return tmp_path / "data"


def names(data, words, **more):
    found = search(data, Asked(words, **more), Silent())
    return {hit.url.rpartition("/")[2] for hit in found.hits}


def said(*words, code=0):
    result = CliRunner().invoke(app, ["search", *map(str, words)])
    assert result.exit_code == code, (result.output, result.exception)
    return result.stdout if code == 0 else result.output


def more(data, tmp_path, rows, name):
    with opened(data) as warehouse:
        loaded(warehouse, tmp_path, rows, name=name, at=NOW + DAY)
        publish(data, warehouse)


@pytest.mark.parametrize("words", QUERIES)
def test_the_index_and_the_scan_find_the_same(indexed, words):
    query = parsed(words)
    total, found = search_index.opened(indexed).find(query, Filter(), 0)
    assert {each for each, _ in found} == {each for each, _ in searching.scanned(indexed, query, Filter())}
    assert total == len(found)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("indexed")
    with opened(folder / "data") as warehouse:
        loaded(warehouse, folder, rows())
        publish(folder / "data", warehouse)
    search_index.refresh(folder / "data", Silent())
    return folder / "data"


WORDS = st.sampled_from(
    ["storm", "port", "the", "橋", "大阪", "wahl*", "title:storm", '"the storm"', "authority", "author:ann"]
)
TREES = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} OR {pair[1]})"),
        inner.map(lambda each: f"-{each}"),
    ),
    max_leaves=5,
)


@laws(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=TREES)
def test_any_query_finds_the_same_both_ways(indexed, words):
    query = parsed(words)
    _, found = search_index.opened(indexed).find(query, Filter(), 0)
    assert {each for each, _ in found} == {each for each, _ in searching.scanned(indexed, query, Filter())}


@pytest.mark.parametrize("installed", [True, False])
def test_words_find_articles_in_every_script(data, monkeypatch, installed):
    monkeypatch.setattr(searching, "is_installed", lambda: installed)
    assert names(data, "storm") == {"storm", "flood"}
    assert names(data, "storm -insurance") == {"storm"}
    assert names(data, '"port authority"') == {"storm"}
    assert names(data, "大阪") == {"bridge"}
    assert names(data, "阪大") == set()
    assert names(data, "กรุงเทพ") == {"tram"}
    assert names(data, "muller STRASSENBAHN") == {"maerz"}
    assert names(data, "storm OR 橋") == {"storm", "flood", "bridge"}
    assert names(data, "storm", fields=("text",)) == {"storm"}
    assert names(data, "storm", narrowed=Filter(sources=("other",))) == set()
    assert names(data, "storm", narrowed=Filter(languages=("en",), since=NOW.date(), until=NOW.date())) == {
        "storm",
        "flood",
    }
    assert names(data, "storm", narrowed=Filter(since=NOW.date() + DAY)) == set()


@pytest.mark.parametrize("installed", [True, False])
def test_the_headline_counts_more_than_the_text(data, monkeypatch, installed, tmp_path):
    monkeypatch.setattr(searching, "is_installed", lambda: installed)
    long = "The town met on Monday. " * 20
    in_text, in_title = article("a", title="Town", text=f"{long} zebra"), article("b", title="Zebra", text=long)
    more(data, tmp_path, [in_text, in_title], "run-2")
    found = search(data, Asked("zebra"), Silent())
    assert [hit.url for hit in found.hits] == [url("b"), url("a")]
    assert found.hits[0].score > found.hits[1].score
    assert search(data, Asked("zebra", limit=1), Silent()).total == 2


def test_the_index_follows_what_came_changed_and_went(data, tmp_path):
    assert names(data, "crane*") == {"storm"}
    at = NOW + DAY
    more(
        data,
        tmp_path,
        [article("storm", at, title="Calm", text="All is quiet."), article("new", at, text="Cranes")],
        "run-2",
    )
    assert names(data, "cranes") == {"new"}
    assert names(data, "quiet") == {"storm"}
    more(data, tmp_path, [gone("new", at + DAY)], "run-3")
    assert names(data, "cranes") == {"new"}  # an article that is gone from its site is still ours
    with opened(data) as warehouse:
        warehouse.session.connection.execute("delete from core.article where url like '%new'")
        publish(data, warehouse, anyway=True)
    search_index.folder(data).joinpath("state.json").write_text("{}")
    assert names(data, "cranes") == set()


def test_a_second_search_writes_nothing(data):
    names(data, "storm")
    before = {path: path.stat().st_mtime_ns for path in search_index.folder(data).rglob("*")}
    names(data, "flood")
    assert {path: path.stat().st_mtime_ns for path in search_index.folder(data).rglob("*")} == before


def test_only_what_changed_is_written(data, tmp_path, monkeypatch):
    names(data, "storm")
    written = []
    write = search_index.Index.write
    monkeypatch.setattr(
        search_index.Index, "write",
        lambda self, entries, gone=(): write(self, [written.append(each.article_id) or each for each in entries], gone),
    )  # fmt: skip
    more(data, tmp_path, [article("new", NOW + DAY, text="Cranes")], "run-2")
    names(data, "storm")
    assert written == [stable_id(url("new"))]


def test_a_build_that_dies_is_gone_on_with(data, monkeypatch):
    monkeypatch.setattr(search_index, "BATCH", 2)
    keep, calls = search_index.seeking.keep, []

    def dies(session, ids):
        calls.append(ids)
        if len(calls) == 2:
            raise KeyboardInterrupt
        keep(session, ids)

    monkeypatch.setattr(search_index.seeking, "keep", dies)
    with pytest.raises(KeyboardInterrupt):
        search_index.refresh(data, Silent())
    assert search_index.opened(data) is None
    monkeypatch.setattr(search_index.seeking, "keep", lambda session, ids: calls.append(ids) or keep(session, ids))
    search_index.refresh(data, Silent())
    assert sum(map(len, calls[2:])) == len(PAGES) - 2  # what was noted before is not written again
    assert search_index.opened(data).find(parsed("-nothing"), Filter(), 0)[0] == len(PAGES)


def test_an_index_that_is_damaged_is_built_anew(data):
    names(data, "storm")
    for file in (search_index.folder(data) / "index").glob("meta.json"):
        file.write_text("{")
    assert names(data, "storm") == {"storm", "flood"}
    (search_index.folder(data) / "known.db").write_bytes(b"nonsense")
    search_index.folder(data).joinpath("state.json").unlink()
    assert names(data, "storm") == {"storm", "flood"}


def test_while_another_process_writes_the_index_is_read_as_it_is(data, tmp_path):
    said_ = []
    watcher = Silent()
    watcher.say = said_.append
    with held(data / "search" / ".lock"):
        assert search(data, Asked("storm"), watcher).way == "scan"
    search(data, Asked("storm"), watcher)
    more(data, tmp_path, [article("new", NOW + DAY, text="storm")], "run-2")
    with held(data / "search" / ".lock"):
        found = search(data, Asked("storm"), watcher)
        assert (found.way, found.total) == ("index", 2)
        with pytest.raises(Held):
            search_index.remove(data)
    assert said_[-1] == searching.BUSY


def test_forgetting_takes_the_index_away_and_it_comes_back_without(tmp_path):
    data = tmp_path / "data"
    house(data, tmp_path)
    assert names(data, "boathouse") == {"secret"}
    (report,) = forget(settings(data), url("secret"), "a reason", Silent())
    assert (report.left, report.cleared["the search index"]) == ((), 1)
    assert [path.name for path in (data / "search").iterdir()] == [".lock"]
    assert names(data, "boathouse") == set()
    assert names(data, "chestnut") == {"tree"}
    assert standing(data, SENTENCES) == set()


def test_what_is_printed(data, tmp_path):
    text = said('"port authority"')
    assert "Storm hits the harbour\npaper  ·  2026-11-20  ·  Ann Lee  ·  City  ·  https://paper.test/storm\n" in text
    assert "  The port authority closed the harbour." in text
    assert text.endswith("1 article(s)\n")
    told = json.loads(said("storm", "--json", "--limit", 1))
    (hit,) = told["hits"]
    assert (told["total"], told["way"], hit["language"]) == (2, "index", "en")
    assert [hit["title"]["text"][a:b].lower() for a, b in hit["title"]["marks"]] == ["storm"]
    assert isinstance(hit["article_id"], str)
    assert "the best 1 shown" in said("storm", "--limit", 1)
    assert "nothing is found for zebra" in said("zebra")
    assert json.loads(said("zebra", "--json")) == {"total": 0, "way": "index", "hits": []}


def test_ids_go_to_sql(data):
    ids = said("storm", "--ids", "--limit", 0).split()
    assert {int(each) for each in ids} == {stable_id(url(name)) for name in ("storm", "flood")}
    query = f"select count(*) from mart.articles where article_id in (select unnest([{','.join(ids)}]::bigint[]))"
    assert "2" in CliRunner().invoke(app, ["sql", query]).output


def test_a_bad_query_is_told_and_ends_with_2(data):
    assert "did you mean title?" in " ".join(said("titel:storm", code=2).replace("│", " ").split())
    assert "say what to look for" in said(code=2)
    assert "did you mean title?" in " ".join(said("storm", "--field", "titel", code=2).replace("│", " ").split())


def test_rebuild_builds_anew(data, monkeypatch):
    said("--rebuild")
    mark = search_index.folder(data) / "of the old one"
    mark.touch()
    assert "1 article(s)" in said("crane*", "--rebuild")
    assert not mark.exists()
    monkeypatch.setattr("flows.cli.search.is_installed", lambda: False)
    result = CliRunner().invoke(app, ["search", "--rebuild"])
    assert isinstance(result.exception, ConfigError)
    assert "broadsheet[search]" in str(result.exception)


def test_without_tantivy_the_way_to_it_is_told(data, monkeypatch):
    monkeypatch.setattr(searching, "is_installed", lambda: False)
    result = CliRunner().invoke(app, ["search", "storm"])
    assert "broadsheet[search]" in result.stderr
    assert "2 article(s)" in result.stdout


def test_without_articles_the_way_to_them_is_told(tmp_path):
    with pytest.raises(WarehouseError, match="no articles yet"):
        search(tmp_path, Asked("storm"), Silent())
    with opened(tmp_path / "data") as warehouse:
        warehouse.begin_run(run())
        publish(tmp_path / "data", warehouse)
    assert search(tmp_path / "data", Asked("storm"), Silent()).total == 0


KILLED = """
import os, signal, sys
from pathlib import Path
from flows import search_index
from flows.progress import Logged
search_index.BATCH, kept, points = 40, [], int(sys.argv[2])
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
write, keep = search_index.Index.write, search_index.seeking.keep
def wrapped(function):
    def inner(*args):
        kept.append(1)
        return die() if len(kept) > points else function(*args)
    return inner
search_index.Index.write, search_index.seeking.keep = wrapped(write), wrapped(keep)
search_index.refresh(Path(sys.argv[1]), Logged())
"""


@pytest.mark.heavy
@pytest.mark.parametrize("point", range(6))
def test_killed_at_any_step_the_next_goes_on(tmp_path, point):
    data = tmp_path / "data"
    with opened(data) as warehouse:
        loaded(warehouse, tmp_path, [article(str(n), title=f"Story {n}", text=f"word{n} told") for n in range(100)])
        publish(data, warehouse)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(data), str(point)], capture_output=True, check=False)
    assert killed.returncode == -9
    found = search(data, Asked("told", limit=0), Silent())
    assert (found.total, len(found.hits), found.way) == (100, 100, "index")
