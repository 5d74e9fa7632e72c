"""A database file whose blocks were damaged: one line that names the way out, and the way leads out."""

import shutil

import pytest
from typer.testing import CliRunner
from warehousing import NOW, TEXT, article, ask, loaded, opened, url

from broadsheet.errors import WarehouseError
from broadsheet.warehouse import Files, backup, publish
from flows.cli.app import app

BLOCK = 262_144
HEADERS = 3 * 4096
COMMANDS = (
    ["db", "status"],
    ["db", "check"],
    ["db", "migrate"],
    ["status"],
    ["diff", url("a1")],
    ["db", "backup", "b"],
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A data folder beside a backup of it."""
    folder = tmp_path_factory.mktemp("whole")
    with opened(folder / "data") as house:
        rows = [article(f"a{n}", title=f"Title {n}", text=f"{TEXT} {n}") for n in range(3)]
        loaded(house, folder, rows)
        publish(folder / "data", house)
    backup(folder / "data", folder / "backup", now=NOW, wait=0)
    return folder


def damaged(path):
    """Flip a bit in the headers, or in every block."""
    told = bytearray(path.read_bytes())
    for at in range(HEADERS + 100, len(told), BLOCK):
        told[at] ^= 1
    path.write_bytes(told)


@pytest.mark.parametrize("name", ["warehouse", "evidence", "read_copy", "read_evidence"])
def test_damaged_blocks_are_one_clear_line_and_a_backup_is_the_way_out(whole, tmp_path, monkeypatch, name):
    data = tmp_path / "data"
    shutil.copytree(whole / "data", data)
    monkeypatch.setenv("BROADSHEET_DATA", str(data))
    monkeypatch.setenv("BROADSHEET_NOW", NOW.isoformat())
    monkeypatch.setenv("BROADSHEET_LOCK_WAIT", "0")
    monkeypatch.chdir(tmp_path)
    damaged(getattr(Files(data), name))
    said = [CliRunner().invoke(app, words).exception for words in COMMANDS]
    assert {type(each) for each in said} <= {WarehouseError, type(None)}, said
    lines = [str(each) for each in said if each]
    assert lines
    assert all("damaged" in line and "restore" in line for line in lines), lines
    result = CliRunner().invoke(app, ["db", "restore", str(whole / "backup"), "--force"])
    assert result.exit_code == 0, result.exception
    with opened(data) as house:
        assert ask(house, "select count(*) from core.article") == [(3,)]
