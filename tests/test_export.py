"""Exports: what they hold, that only what changed is written, that others read them, that they forget."""

import csv
import gzip
import json
import subprocess
import sys
from datetime import UTC, date, datetime

import duckdb
import polars as pl
import pytest
from forgetting import SENTENCES, Silent, house, settings
from typer.testing import CliRunner
from warehousing import DAY, NOW, article, loaded, opened, url

from broadsheet.errors import ConfigError, Held, WarehouseError
from broadsheet.exports.rows import cells, json_line
from broadsheet.exports.spec import Format, Partition, Spec
from broadsheet.model import stable_id
from broadsheet.warehouse import publish
from flows import copies
from flows.carrying import carried
from flows.cli.app import app
from flows.export import MANIFEST, export
from flows.forget import forget
from flows.locks import held

MARCH, APRIL = "month=2026-03/articles.parquet", "month=2026-04/articles.parquet"


def of(name, month, **more):
    row = article(name, title=f"About {name}", text=f"{name} was told.", **more)
    row["extraction"] |= {"published_on": f"2026-{month:02}-05", "published_at": f"2026-{month:02}-05T06:00:00+00:00"}
    return row


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("BROADSHEET_DATA", str(tmp_path / "data"))
    more(tmp_path / "data", [of("a", 3), of("b", 3), of("c", 4)], "run-1")
    return tmp_path / "data"


def more(data, rows, name):
    data.mkdir(exist_ok=True)
    with opened(data, NOW + DAY) as warehouse:
        loaded(warehouse, data.parent, rows, name=name, at=NOW + DAY)
        publish(data, warehouse)


def exported(data, target, spec=None):
    return export(data, str(target), spec, Silent())


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def titles(folder):
    return pl.scan_parquet(folder / "**/*.parquet", hive_partitioning=True).collect()["title"].sort().to_list()


def told(folder):
    return json.loads((folder / MANIFEST).read_text())


def test_a_folder_has_a_file_a_month_that_other_engines_read(data, tmp_path):
    out = tmp_path / "out"
    done = exported(data, out)
    assert (done.written, done.kept, done.articles) == (2, 0, 3)
    assert files(out) == [MANIFEST, MARCH, APRIL]
    table = pl.scan_parquet(out / "**/*.parquet", hive_partitioning=True).collect()
    assert table.sort("title")["month"].to_list() == ["2026-03", "2026-03", "2026-04"]
    assert table.schema["published_at"] == pl.Datetime("us", "UTC")
    assert set(table["article_id"]) == {stable_id(url(name)) for name in "abc"}
    with duckdb.connect(str(data / "broadsheet.duckdb"), read_only=True) as copy:
        mart = copy.execute("select * from mart.articles order by article_id").fetchall()
    with duckdb.connect() as connection:
        query = f"select * exclude (month) from '{out}/*/*.parquet' order by article_id"
        assert connection.execute(query).fetchall() == mart


def test_only_months_that_changed_are_written(data, tmp_path):
    out = tmp_path / "out"
    exported(data, out)
    before = {name: (out / name).stat().st_ino for name in (MARCH, APRIL)}
    assert exported(data, out).written == 0
    more(data, [of("d", 4)], "run-2")
    done = exported(data, out)
    assert (done.written, done.kept, done.articles) == (1, 1, 4)
    assert {name: (out / name).stat().st_ino == inode for name, inode in before.items()} == {MARCH: True, APRIL: False}
    assert titles(out) == ["About a", "About b", "About c", "About d"]


def test_what_went_goes(data, tmp_path):
    out = tmp_path / "out"
    exported(data, out)
    with opened(data) as warehouse:
        warehouse.session.connection.execute("delete from core.article where url like '%c'")
        publish(data, warehouse, anyway=True)
    assert exported(data, out).removed == 1
    assert files(out) == [MANIFEST, MARCH]


def test_the_manifest_says_what_is_there(data, tmp_path):
    out = tmp_path / "out"
    exported(data, out)
    parts = {part["file"]: part for part in told(out)["parts"]}
    assert {name: part["rows"] for name, part in parts.items()} == {MARCH: 2, APRIL: 1}
    sums = subprocess.run(["sha256sum", out / MARCH], capture_output=True, text=True, check=True).stdout
    assert sums.split()[0] == parts[MARCH]["sha256"]
    assert parts[MARCH]["bytes"] == (out / MARCH).stat().st_size


def test_other_options_write_everything_anew_and_no_options_keep_them(data, tmp_path):
    out = tmp_path / "out"
    exported(data, out)
    exported(data, out, Spec(Format.CSV, ("title", "article_id"), since=date(2026, 4, 1)))
    assert files(out) == [MANIFEST, "month=2026-04/articles.csv"]
    assert (out / "month=2026-04/articles.csv").read_text() == f"title,article_id\nAbout c,{stable_id(url('c'))}\n"
    more(data, [of("d", 5)], "run-2")
    assert exported(data, out).written == 1
    assert files(out) == [MANIFEST, "month=2026-04/articles.csv", "month=2026-05/articles.csv"]
    exported(data, out, Spec(partition=Partition.NONE, sources=("paper",), until=date(2026, 3, 31)))
    assert files(out) == [MANIFEST, "articles.parquet"]
    assert titles(out) == ["About a", "About b"]
    assert exported(data, out).written == 0


def test_a_single_file_by_its_name(data, tmp_path):
    exported(data, tmp_path / "all.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()]
    assert [line["title"] for line in lines] == ["About a", "About b", "About c"]
    assert lines[0]["article_id"] == str(stable_id(url("a")))
    assert lines[0]["published_at"] == "2026-03-05T06:00:00+00:00"
    assert lines[0]["images"] == [{"url": "https://paper.test/a.jpg", "caption": "", "credit": ""}]
    exported(data, tmp_path / "all.csv.gz")
    with gzip.open(tmp_path / "all.csv.gz", "rt", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["title"] for row in rows] == ["About a", "About b", "About c"]
    assert json.loads(rows[0]["tags"]) == ["bridges", "traffic"]
    exported(data, tmp_path / "all.parquet")
    assert pl.read_parquet(tmp_path / "all.parquet").height == 3


def test_a_guarded_cell_is_no_formula():
    values = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "a=1", "", None, -1, [1], True, date(2026, 3, 5)]
    assert cells(values, guard=True) == [
        "'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx", "a=1", "", None, -1, "[1]", "true", "2026-03-05",
    ]  # fmt: skip
    assert cells(values, guard=False)[0] == "=1+1"


def test_json_holds_every_value():
    row = {
        "a_id": 1 << 62,
        "n": 3,
        "x": float("nan"),
        "t": datetime(2026, 3, 5, tzinfo=UTC),
        "l": [{"b_id": 5}],
        "b": True,
    }
    assert json.loads(json_line(row)) == {
        "a_id": str(1 << 62), "n": 3, "x": None, "t": "2026-03-05T00:00:00+00:00", "l": [{"b_id": "5"}], "b": True,
    }  # fmt: skip


def test_what_cannot_be_done_is_told(data, tmp_path):
    with pytest.raises(ConfigError, match="no column 'tittle'"):
        exported(data, tmp_path / "out", Spec(columns=("tittle",)))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").touch()
    with pytest.raises(ConfigError, match="no export wrote"):
        exported(data, tmp_path / "mine")
    with pytest.raises(ConfigError, match=r"is named \*.parquet"):
        exported(data, tmp_path / "a.csv", Spec(Format.PARQUET))
    with pytest.raises(ConfigError, match="stores"):
        exported(data, "ftpx://somewhere/else")
    with pytest.raises(ConfigError, match="cannot be written"):
        exported(data, "/proc/none/out")
    with held(data / copies.LOCK), pytest.raises(Held):
        exported(data, tmp_path / "out")
    with pytest.raises(WarehouseError, match="no articles yet"):
        export(tmp_path, str(tmp_path / "out"), None, Silent())
    assert copies.entries(data) == []


def test_an_export_that_dies_is_gone_on_with(data, tmp_path, monkeypatch):
    out = tmp_path / "out"
    from broadsheet.exports.folders import Local

    put, calls = Local.put, []

    def dies(self, made, name):
        calls.append(name)
        if len(calls) == 3:
            raise KeyboardInterrupt
        put(self, made, name)

    monkeypatch.setattr(Local, "put", dies)
    with pytest.raises(KeyboardInterrupt):
        exported(data, out)
    assert files(out) == [MANIFEST, MARCH]
    monkeypatch.setattr(Local, "put", put)
    done = exported(data, out)
    assert (done.written, done.kept) == (1, 1)


def test_the_command_says_what_it_did(data, tmp_path):
    result = CliRunner().invoke(app, ["export", str(tmp_path / "out"), "--columns", "title, url"])
    assert result.stdout.startswith(f"{tmp_path}/out: 3 articles, 0.0 MB; 2 file(s) written, 0 as they were")
    assert pl.read_parquet(tmp_path / "out" / MARCH, hive_partitioning=False).columns == ["title", "url"]
    again = CliRunner().invoke(app, ["export", str(tmp_path / "out"), "--json"])
    assert json.loads(again.stdout)["kept"] == 2


def test_maintenance_keeps_an_export_current(data, tmp_path, monkeypatch):
    out = tmp_path / "out"
    settings_ = settings(data).model_copy(update={"export": str(out)})
    assert carried(settings_, Silent()) == (f"export {out}: 2 file(s) written, 0 as they were, 0 removed.",)
    with held(data / copies.LOCK):
        assert "another export" in carried(settings_, Silent())[0]
    assert carried(settings(data), Silent()) == ()


def test_forgetting_reaches_exports_wherever_they_lie(tmp_path):
    data = tmp_path / "data"
    house(data, tmp_path)
    for target in (tmp_path / "out", data / "exports" / "x", tmp_path / "all.jsonl.gz", tmp_path / "moved"):
        exported(data, target)
    (tmp_path / "moved").rename(tmp_path / "elsewhere")
    assert any("oathouse" in title for title in pl.read_parquet(tmp_path / "out/*/*.parquet")["text"])
    (report,) = forget(settings(data), url("secret"), "a reason", Silent())
    assert (report.left, report.cleared["exports and snapshots"]) == ((), 3)
    for folder in (tmp_path / "out", data / "exports" / "x"):
        assert titles(folder) == ["Teased", "Tree"]
    with gzip.open(tmp_path / "all.jsonl.gz", "rt") as file:
        told_ = file.read()
    assert not any(sentence in told_ for sentence in SENTENCES)
    assert str(tmp_path / "moved") not in {entry["address"] for entry in copies.entries(data)}


def test_an_export_that_cannot_be_reached_is_named_as_left(tmp_path):
    data = tmp_path / "data"
    house(data, tmp_path)
    exported(data, tmp_path / "out")
    (tmp_path / "out" / MANIFEST).write_text("{")
    (report,) = forget(settings(data), url("secret"), "a reason", Silent())
    assert [line.partition(":")[0] for line in report.left] == [str(tmp_path / "out")]
    for path in sorted((tmp_path / "out").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (again,) = forget(settings(data), url("secret"), "a reason", Silent())
    assert again.left == ()


@pytest.mark.heavy
def test_dask_reads_an_export(data, tmp_path):
    exported(data, tmp_path / "out")
    code = (
        "import sys, dask.dataframe as d\n"
        "t = d.read_parquet(sys.argv[1]); "
        "print(t.groupby('month', observed=True)['article_id'].count().compute().sort_index().to_dict())"
    )
    read = [sys.executable, "-W", "ignore", "-c", code, str(tmp_path / "out")]
    assert subprocess.run(read, capture_output=True, text=True, check=True).stdout == "{'2026-03': 2, '2026-04': 1}\n"
