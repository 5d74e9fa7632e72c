"""What the night does besides learning and tidying: backups, and runs that Prefect need not remember."""

from datetime import UTC, datetime, timedelta

import pytest
from conftest import ran

from broadsheet.archive import room
from broadsheet.config import read_settings
from broadsheet.warehouse import open_warehouse, restore
from flows.backups import backed_up, kept_backups
from flows.folders import swept

NOW = datetime(2026, 3, 14, 3, 20, tzinfo=UTC)


@pytest.fixture
def data(tmp_path):
    with open_warehouse(tmp_path / "data", now=NOW):
        pass
    return tmp_path / "data"


def night(data, number, **more):
    return read_settings(data=data, now=NOW + timedelta(days=number), **more)


def test_the_newest_backups_are_kept_and_can_be_restored(data, tmp_path):
    for number in range(4):
        backed_up(night(data, number, backups_kept=2))
    found = kept_backups(data / "backups")
    assert [folder.name for folder in found] == ["2026-03-17T032000", "2026-03-16T032000"]
    assert restore(found[0], tmp_path / "other", now=NOW, wait=1).articles == 0


def test_the_same_second_again_replaces_the_backup_and_what_a_crash_left_goes(data):
    settings = night(data, 0)
    backed_up(settings)
    (data / "backups" / ".2026-03-13T032000").mkdir()
    backed_up(settings)
    assert [folder.name for folder in (data / "backups").iterdir()] == ["2026-03-14T032000"]


def test_backups_go_where_they_are_told_or_are_not_made(data, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    backed_up(night(data, 0, backups=elsewhere))
    assert len(kept_backups(elsewhere)) == 1
    assert backed_up(night(data, 0, backups_kept=0)) == "no backup (BROADSHEET_BACKUPS_KEPT=0)"
    assert not (data / "backups").exists()


def test_without_room_there_is_no_backup_and_the_night_goes_on(data, monkeypatch):
    monkeypatch.setattr(room, "room_left", lambda _folder: 0)
    assert backed_up(night(data, 0)).startswith(f"no backup: {data / 'backups'}: 0 MiB are left")
    assert kept_backups(data / "backups") == []


def test_folders_of_runs_that_died_in_being_made_are_swept_and_those_with_work_stay(tmp_path):
    for name in (".dead", "left"):
        (tmp_path / "stages" / name).mkdir(parents=True)
    assert swept(tmp_path) == 1
    assert [path.name for path in (tmp_path / "stages").iterdir()] == ["left"]


def test_prefect_forgets_runs_of_ours_that_ended_long_ago(prefect, tmp_path):
    from prefect import flow
    from prefect.client.orchestration import get_client

    from flows.housework import forgotten_runs

    @flow(name="replay")
    async def ours():
        return 1

    @flow(name="somebody else's")
    async def theirs():
        return 1

    async def counted():
        async with get_client() as client:
            return [run.id for run in await client.read_flow_runs()]

    ran(ours())
    ran(theirs())
    before = len(ran(counted()))
    assert ran(forgotten_runs(read_settings(data=tmp_path, now=datetime.now(UTC) + timedelta(days=29)))) == 0
    gone = ran(forgotten_runs(read_settings(data=tmp_path, now=datetime.now(UTC) + timedelta(days=31))))
    assert gone >= 1
    assert len(ran(counted())) == before - gone > 0
