"""Snapshots: what they hold, that no byte changes unseen, that forgetting opens and seals them anew."""

import json
import subprocess

import polars as pl
import pytest
from forgetting import SENTENCES, Silent, house, settings
from typer.testing import CliRunner
from warehousing import DAY, NOW, article, gone, loaded, opened, url

from broadsheet.errors import ConfigError, WarehouseError
from broadsheet.exports import seals
from broadsheet.exports.seals import MANIFEST, SUMS
from broadsheet.model import stable_id
from broadsheet.warehouse import publish
from flows import copies, snapshot
from flows.cli.app import app
from flows.forget import forget
from flows.sealed import show, verify
from flows.snapshot import Wanted, create

NAMES = ["articles.parquet", "history.parquet", MANIFEST, SUMS]


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("BROADSHEET_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("BROADSHEET_NOW", (NOW + DAY).isoformat())
    monkeypatch.setenv("COLUMNS", "200")
    folder = tmp_path / "data"
    with opened(folder) as warehouse:
        rows = [article("a"), article("b", title="Other", text="Another text."), gone("c")]
        loaded(warehouse, tmp_path, rows)
        loaded(
            warehouse, tmp_path, [article("a", NOW + DAY, title="Bridge open", text="It is open again.")], name="run-2"
        )
        publish(folder, warehouse)
    return folder


def made(data, target, **wanted):
    return create(data, str(target), Wanted(**wanted), NOW, Silent())


def test_a_snapshot_holds_articles_their_versions_and_how_they_came(data, tmp_path):
    told = made(data, tmp_path / "s", sql="select article_id from mart.articles where title like 'Bridge%'")
    assert sorted(path.name for path in (tmp_path / "s").iterdir()) == sorted(NAMES)
    assert pl.read_parquet(tmp_path / "s" / "articles.parquet")["title"].to_list() == ["Bridge open"]
    assert pl.read_parquet(tmp_path / "s" / "history.parquet")["title"].to_list() == [
        "Bridge closed",
        "Bridge open",
    ]
    assert (told["articles"], told["extractors"], told["sql"][:6]) == (1, {"1": 1}, "select")
    assert [(row["source"], row["articles"], row["free"]) for row in told["sources"]] == [("paper", 1, 1)]
    assert "belong to those who published them" in told["rights"]
    assert show(str(tmp_path / "s")) == told


def test_sources_and_days_choose_and_the_statement_is_kept(data, tmp_path):
    told = made(data, tmp_path / "s", sources=("paper",), since=NOW.date(), until=NOW.date(), evidence=True)
    assert told["articles"] == 2
    assert told["values"] == {"sources": ["paper"], "since": "2026-11-20", "until": "2026-11-20"}
    assert "from mart.articles" in told["sql"]
    evidence = pl.read_parquet(tmp_path / "s" / "evidence.parquet")
    assert set(evidence["article_id"]) == {stable_id(url(name)) for name in "ab"}
    assert made(data, tmp_path / "none", since=(NOW + DAY).date())["articles"] == 0
    assert verify(str(tmp_path / "none")) == []


def test_the_same_snapshot_has_the_same_digest(data, tmp_path):
    assert made(data, tmp_path / "s")["digest"] == made(data, tmp_path / "t")["digest"]


def test_sha256sum_proves_it_too(data, tmp_path):
    made(data, tmp_path / "s")
    subprocess.run(["sha256sum", "--quiet", "-c", SUMS], cwd=tmp_path / "s", check=True)


@pytest.mark.parametrize("name", NAMES)
def test_any_changed_byte_is_found_and_its_file_named(data, tmp_path, name):
    made(data, tmp_path / "s")
    path = tmp_path / "s" / name
    body = path.read_bytes()
    for place in range(0, len(body), max(1, len(body) // 40)):
        path.write_bytes(body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :])
        faults = verify(str(tmp_path / "s"))
        assert [fault.partition(":")[0] for fault in faults] == [name], (place, faults)
    for other in (body[:-1], body + b"\n", b""):
        path.write_bytes(other)
        assert [fault.partition(":")[0] for fault in verify(str(tmp_path / "s"))] == [name]
    path.write_bytes(body)
    assert verify(str(tmp_path / "s")) == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_missing_or_does_not_belong_is_named(data, tmp_path, name):
    made(data, tmp_path / "s")
    (tmp_path / "s" / "more.txt").touch()
    assert verify(str(tmp_path / "s")) == ["more.txt: no part of the snapshot"]
    (tmp_path / "s" / "more.txt").unlink()
    (tmp_path / "s" / name).unlink()
    assert verify(str(tmp_path / "s")) == [f"{name}: it is missing"]


def test_a_manifest_that_was_sealed_anew_by_hand_is_not_the_one_that_was_noted(data, tmp_path):
    folder = tmp_path / "s"
    told = made(data, folder)
    forged = seals.sealed(told | {"sql": "select 1"})
    (folder / MANIFEST).write_bytes(forged)
    (folder / SUMS).write_bytes(seals.sums(forged, seals.opened(forged)))
    assert verify(str(folder)) == []
    assert "not the one that was noted" in verify(str(folder), told["digest"])[0]


def test_what_cannot_be_frozen_is_told(data, tmp_path):
    with pytest.raises(WarehouseError, match="article_id"):
        made(data, tmp_path / "s", sql="select title from mart.articles")
    with pytest.raises(WarehouseError, match="Parser Error"):
        made(data, tmp_path / "s", sql="selec")
    with pytest.raises(WarehouseError, match="disabled"):
        made(data, tmp_path / "s", sql=f"select * from read_text('{data}/warehouse.lock')")
    with pytest.raises(ConfigError, match="holds no snapshot"):
        verify(str(tmp_path / "s"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").touch()
    with pytest.raises(ConfigError, match="is not empty"):
        made(data, tmp_path / "mine")
    assert copies.entries(data) == []
    with pytest.raises(ConfigError, match="cannot be written"):
        made(data, "/proc/none/s")
    made(data, tmp_path / "s")
    with pytest.raises(ConfigError, match="is not empty"):
        made(data, tmp_path / "s")


def test_one_that_died_while_it_was_made_is_made_anew(data, tmp_path):
    made(data, tmp_path / "s")
    (tmp_path / "s" / SUMS).unlink()
    made(data, tmp_path / "s")
    assert verify(str(tmp_path / "s")) == []


def forgotten(data, **more):
    (report,) = forget(settings(data), url("secret"), "a reason", Silent(), **more)
    return report


def test_forgetting_opens_a_snapshot_and_seals_it_anew(tmp_path):
    data, folder = tmp_path / "data", tmp_path / "s"
    house(data, tmp_path)
    before = made(data, folder, evidence=True)
    other = made(data, tmp_path / "t", sql="from mart.articles where title = 'Tree'")
    report = forgotten(data)
    assert (report.left, report.cleared["exports and snapshots"]) == ((), 1)
    told = show(str(folder))
    assert verify(str(folder)) == []
    assert (told["articles"], before["articles"]) == (2, 3)
    assert told["tombstones"] == [{"at": NOW.isoformat(), "articles": 1, "digest": before["digest"], "faults": []}]
    assert [row["articles"] for row in told["sources"]] == [2]
    for name in ("articles", "history", "evidence"):
        said = str(pl.read_parquet(folder / f"{name}.parquet").rows())
        assert not any(sentence in said for sentence in SENTENCES)
    assert show(str(tmp_path / "t")) == other
    assert forgotten(data).left == ()
    assert len(show(str(folder))["tombstones"]) == 1


def test_a_sealing_that_dies_is_gone_on_with(tmp_path, monkeypatch):
    data, folder = tmp_path / "data", tmp_path / "s"
    house(data, tmp_path)
    made(data, folder)
    moved = snapshot._moved

    def dies(place, bench, name, rows):
        if name == "articles.parquet":
            raise KeyboardInterrupt
        return moved(place, bench, name, rows)

    monkeypatch.setattr(snapshot, "_moved", dies)
    with pytest.raises(KeyboardInterrupt):
        forgotten(data)
    assert any("interrupted" in fault for fault in verify(str(folder)))
    monkeypatch.setattr(snapshot, "_moved", moved)
    assert forgotten(data).left == ()
    assert verify(str(folder)) == []
    assert [stone["articles"] for stone in show(str(folder))["tombstones"]] == [1]


def test_a_snapshot_that_cannot_be_read_is_named_as_left(tmp_path):
    data, folder = tmp_path / "data", tmp_path / "s"
    house(data, tmp_path)
    made(data, folder)
    (folder / "articles.parquet").write_bytes(b"nonsense")
    report = forgotten(data)
    assert [line.partition(":")[0] for line in report.left] == [str(folder)]


def test_the_commands(data, tmp_path):
    folder = str(tmp_path / "s")

    def said(*words, code=0):
        result = CliRunner().invoke(app, ["snapshot", *words])
        assert result.exit_code == code, result.output
        return result.stdout

    assert "2 articles" in said("create", folder)
    assert said("verify", folder) == f"{folder}: every byte is as it was sealed\n"
    assert json.loads(said("show", folder, "--json"))["articles"] == 2
    assert "forgotten since   nothing" in said("show", folder)
    (tmp_path / "s" / "history.parquet").unlink()
    assert said("verify", folder, code=1) == "history.parquet: it is missing\n"
    assert json.loads(said("verify", folder, "--json", code=1))["sound"] is False
    said("create", folder, "--sql", "x", "--source", "y", code=2)
