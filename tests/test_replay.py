"""Replay: what was rejected is read again from the archive, by today's rules, without the network, once."""

import asyncio
import json
from datetime import timedelta

import pytest
from conftest import environ, environment, printing, ran
from typer.testing import CliRunner

import press
from broadsheet.config import read_settings
from broadsheet.model import PageKind, Reason
from broadsheet.warehouse import open_read_copy, open_warehouse
from broadsheet.warehouse.replaying import quarantined

ATTEMPTS = "select url, outcome, reason from ops.attempt where run_id = ? order by url"


def read_otherwise(work):
    """Reading by tomorrow's rules, under which a gallery is an article: what a worker does instead of `read_page`."""
    from flows.read import read_page

    page, *_ = work
    row = read_page(work)
    if row["reason"] != "gallery":
        return row
    row["extraction"] |= {
        "page_kind": PageKind.ARTICLE, "version": "tomorrow", "extraction_id": row["extraction"]["extraction_id"] ^ 1,
        "title": row["extraction"]["title"] or "A gallery",
    }  # fmt: skip
    return row | {"disposition": "article", "reason": None, "content_hash": f"hash of {page.url}"}


def told_as_pay_wall(work):
    """Reading by rules that take a login for a payment."""
    from flows.read import read_page

    row = read_page(work)
    return row | {"reason": "pay_wall"} if row["reason"] == "login_wall" else row


@pytest.fixture(scope="module")
def house(prefect, tmp_path_factory):
    """One run over the press, which then stops; yields its settings."""
    from flows.ingest import ingest

    folder = tmp_path_factory.mktemp("replayed")
    with printing(folder) as served, environ(environment(folder, served, now=press.NOW[1])):
        ran(ingest())
    later = press.NOW[1] + timedelta(hours=1)
    values = {
        "BROADSHEET_DATA": str(folder / "data"), "BROADSHEET_NOW": later.isoformat(), "BROADSHEET_WORKERS": "1",
        "BROADSHEET_SOURCES": str(folder / "sources.toml"),
    }  # fmt: skip
    with environ(values):
        yield read_settings()


@pytest.fixture
def offline(house, monkeypatch):
    """From here on whoever asks the network fails; the press has stopped anyway."""

    def refuse(*_):
        raise AssertionError("the network was asked")

    monkeypatch.setattr("aiohttp.ClientSession._request", refuse)
    monkeypatch.setattr("flows.fetch.fetch_all", refuse)


def ledger(house, run_id):
    with open_warehouse(house.data, now=house.clock()) as warehouse:
        return warehouse.session.connection.execute(ATTEMPTS, [run_id]).fetchall()


def digest(house):
    with open_warehouse(house.data, now=house.clock()) as warehouse:
        return warehouse.content_digest()


def galleries(house):
    with open_read_copy(house.data) as copy:
        rows = copy.execute("select url from mart.attempts where reason = 'gallery' order by url").fetchall()
        return [url for (url,) in rows]


def test_by_the_same_rules_everything_ends_the_same_and_nothing_is_loaded(house, offline):
    from flows.replay import replay

    before = digest(house)
    report = ran(replay())
    assert report.became
    assert {now for _, now in report.became} == {"still"}
    assert (report.changed, report.published, digest(house)) == (0, False, before)
    assert ledger(house, report.run_id) == []


def test_a_rehearsal_tells_and_loads_nothing_and_the_replay_loads_it_once(house, offline, monkeypatch):
    from flows.replay import replay

    monkeypatch.setattr("flows.scene.read_page", read_otherwise)
    wanted, before = galleries(house), digest(house)
    rehearsal = ran(replay(reasons=[Reason.GALLERY], dry_run=True))
    assert dict(rehearsal.became) == {("gallery", "article"): len(wanted)}
    assert digest(house) == before
    report = ran(replay(reasons=[Reason.GALLERY]))
    assert dict(report.became) == dict(rehearsal.became)
    assert ledger(house, report.run_id) == [(url, "new", None) for url in wanted]
    with open_read_copy(house.data) as copy:
        found = copy.execute("select count(*) from mart.articles where list_contains(?, url)", [wanted]).fetchall()
    assert found == [(len(wanted),)]
    again = ran(replay(reasons=[Reason.GALLERY]))
    assert (again.became.total(), ledger(house, again.run_id)) == (0, [])


def test_reasons_sources_and_days_narrow_it(house):
    tomorrow = press.NOW[1] + timedelta(days=1)
    with open_warehouse(house.data, now=house.clock()) as warehouse:
        every = quarantined(warehouse, [], [], None)
        one = quarantined(warehouse, [], ["harbour-gazette"], None)
        walls = quarantined(warehouse, [Reason.LOGIN_WALL], [], None)
        assert quarantined(warehouse, [], [], tomorrow) == []
    assert {each.source for each in one} == {"harbour-gazette"}
    assert {each.reason for each in walls} == {Reason.LOGIN_WALL}
    assert 0 < len(one) < len(every)


def test_a_reason_that_is_none_is_refused_and_the_command_prints_json(house, monkeypatch):
    from flows.cli.app import app

    refused = CliRunner().invoke(app, ["replay", "--reason", "no_such"])
    assert (refused.exit_code, "allowed are timeout" in str(refused.exception)) == (1, True)
    monkeypatch.setattr("flows.cli.replay.prepare", lambda _: None)
    done = CliRunner().invoke(app, ["replay", "--reason", "video", "--dry-run", "--json"])
    ran(asyncio.sleep(0))  # sweeps up
    assert set(json.loads(done.stdout.splitlines()[-1])["became"]) == {"video"}


def test_rules_that_go_there_and_back_and_there_again_are_loaded_each_time(house, offline, monkeypatch):
    from flows.read import read_page
    from flows.replay import replay

    with open_warehouse(house.data, now=house.clock()) as warehouse:
        walls = sorted(each.url for each in quarantined(warehouse, [Reason.LOGIN_WALL], [], None))

    def ended(reader):
        monkeypatch.setattr("flows.scene.read_page", reader)
        return ran(replay(reasons=[Reason.LOGIN_WALL, Reason.PAY_WALL]))

    reports = [ended(reader) for reader in (told_as_pay_wall, read_page) * 2]
    assert walls
    for kind, report in zip(("pay_wall", "login_wall") * 2, reports, strict=True):
        assert ledger(house, report.run_id) == [(url, "rejected", kind) for url in walls]
