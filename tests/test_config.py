from datetime import UTC, datetime

import pytest

from broadsheet.config import chosen_sources, read_settings, read_sources
from broadsheet.errors import ConfigError
from broadsheet.model import EndpointKind

GOOD = """
[[source]]
name = "harbour-gazette"
home = "https://www.harbourgazette.test/"
endpoints = [{ url = "https://www.harbourgazette.test/feed.xml", kind = "feed" }]
time_zone = "Europe/Dublin"

[[source]]
name = "resting"
home = "https://resting.test/"
endpoints = [{ url = "https://resting.test/sitemap.xml", kind = "sitemap" }]
paused = true
"""


def written(tmp_path, text):
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_source_has_its_homes_host_and_the_defaults_of_the_field(tmp_path):
    source = read_sources(written(tmp_path, GOOD))[0]
    assert source.hosts == ("www.harbourgazette.test",)
    assert source.endpoints[0].kind is EndpointKind.FEED
    assert (source.delay, source.connections, source.time_zone) == (1.0, 2, "Europe/Dublin")


def test_paused_sources_run_only_when_they_are_named(tmp_path):
    sources = read_sources(written(tmp_path, GOOD))
    assert [source.name for source in chosen_sources(sources, ())] == ["harbour-gazette"]
    assert [source.name for source in chosen_sources(sources, ("resting",))] == ["resting"]


def test_an_unknown_source_name_lists_those_that_exist(tmp_path):
    with pytest.raises(ConfigError, match=r"'gazette'; there are: harbour-gazette, resting"):
        chosen_sources(read_sources(written(tmp_path, GOOD)), ("gazette",))


@pytest.mark.parametrize(
    "old, new, told",
    [
        ('kind = "feed"', 'kind = "fed"', r"source\.1\.endpoints\.1\.kind: .*'feed', 'sitemap', 'section' or 'list'"),
        (
            'time_zone = "Europe/Dublin"',
            'time_zone = "Dublin"',
            r"time_zone: must be an IANA time zone .* not 'Dublin'",
        ),
        (
            'time_zone = "Europe/Dublin"',
            "delai = 2",
            r"source\.1\.delai: unknown key; allowed are name, home, endpoints",
        ),
        ('name = "resting"', 'name = "harbour-gazette"', r"two sources are named 'harbour-gazette'"),
        ('name = "resting"', 'name = "Not Good"', r"source\.2\.name: .*not 'Not Good'"),
        ('home = "https://resting.test/"', 'home = "ftp://resting.test/"', r"source\.2: home must be an http"),
        ("paused = true", "delay = -1", r"source\.2\.delay: .*greater than or equal to 0, not -1"),
        ("paused = true", "paused = ", r"cannot be read as TOML"),
        ("paused = true", "include = ['(abc']", r"source\.2\.include: '\(abc' is no regular expression"),
        ("paused = true", "hosts = ['https://a.test']", r"source\.2\.hosts: 'https://a\.test' is no host name"),
    ],
)
def test_a_mistake_names_file_key_and_what_is_allowed(tmp_path, old, new, told):
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(ConfigError, match=told) as caught:
        read_sources(path)
    assert str(caught.value).startswith(str(path))


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    path = tmp_path / "sources.toml"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert len(read_sources(path)) == 2


def test_a_file_that_names_no_source_says_so(tmp_path):
    with pytest.raises(ConfigError, match="no source is configured"):
        chosen_sources(read_sources(written(tmp_path, "")), ())


def test_a_missing_file_says_how_to_name_another(tmp_path):
    with pytest.raises(ConfigError, match=r"no such file; .*BROADSHEET_SOURCES"):
        read_sources(tmp_path / "none.toml")


def test_settings_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("BROADSHEET_RESOLVE", "a.test=127.0.0.1:8080, B.test=[::1]:81")
    monkeypatch.setenv("BROADSHEET_NOW", "2026-03-14T13:00:00+01:00")
    settings = read_settings()
    assert settings.resolve == {"a.test": ("127.0.0.1", 8080), "b.test": ("::1", 81)}
    assert settings.clock() == datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "name, value, told",
    [
        ("BROADSHEET_WORKERS", "many", r"environment: BROADSHEET_WORKERS: .*integer.*'many'"),
        ("BROADSHEET_RESOLVE", "a.test:80", r"BROADSHEET_RESOLVE: 'a\.test:80' is not host=ip:port"),
        ("BROADSHEET_NOW", "2026-03-14T12:00:00", r"BROADSHEET_NOW: .*timezone"),
    ],
)
def test_a_bad_setting_names_its_variable(monkeypatch, name, value, told):
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=told):
        read_settings()
