from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.config import chosen_sources, read_settings, read_sources
from broadsheet.errors import ConfigError
from broadsheet.mistakes import line_of
from broadsheet.model import EndpointKind, Keep, Keeping, OptOut

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
            r":6: source\.1\.delai: unknown key; did you mean delay\? allowed are name, home, endpoints",
        ),
        ('name = "resting"', 'name = "harbour-gazette"', r"two sources are named 'harbour-gazette'"),
        ('name = "resting"', 'name = "Not Good"', r"source\.2\.name: .*not 'Not Good'"),
        ('home = "https://resting.test/"', 'home = "ftp://resting.test/"', r":10: source\.2\.home: must be an http"),
        ("paused = true", "delay = -1", r"source\.2\.delay: .*greater than or equal to 0, not -1"),
        ("paused = true", "paused = ", r"cannot be read as TOML"),
        ("paused = true", "include = ['(abc']", r"source\.2\.include: '\(abc' is no regular expression"),
        ("paused = true", "keep = 'some'", r":12: source\.2\.keep: must be .all., .changed. or a table.*, not 'some'"),
        ("paused = true", "keep = { days = 0 }", r":12: source\.2\.keep\.days: .*greater than or equal to 1, not 0$"),
        ("paused = true", "keep = { dayz = 3, days = 3 }", r":12: source\.2\.keep\.dayz: .* did you mean days\?"),
        ("paused = true", "since = 'soon'", r":12: source\.2\.since: must be a day such as 2026-01-31, not 'soon'"),
        ("paused = true", "since = 3", r":12: source\.2\.since: must be a day such as 2026-01-31, not 3"),
        ("paused = true", "exclude = 'x'", r":12: source\.2\.exclude: must be a list, not 'x'"),
        ('name = "resting"', "", r"source\.2\.name: is missing"),
        ("paused = true", "poll = 3", r":12: source\.2\.poll: must be a table, not 3"),
        ("paused = true", "poll = { shortest = 'soon' }", r"poll\.shortest: must be a length of time .* not 'soon'"),
        ("paused = true", "poll = { shortest = '2 d' }", r"source\.2\.poll: shortest must not be longer than longest"),
        ("paused = true", "obey = ['all']", r"source\.2\.obey\.1: .*'robots-groups', 'tdm' or 'noai', not 'all'"),
        ("paused = true", "pole = {}", r":12: source\.2\.pole: unknown key; did you mean poll\?"),
        ("paused = true", "poll = { longer = 1 }", r":12: source\.2\.poll\.longer: .* allowed are shortest, longest"),
        ("paused = true", "hosts = ['https://a.test']", r"source\.2\.hosts: 'https://a\.test' is no host name"),
    ],
)
def test_a_mistake_names_file_key_and_what_is_allowed(tmp_path, old, new, told):
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(ConfigError, match=told) as caught:
        read_sources(path)
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize(
    "line, expected",
    [
        ("", Keep()),
        ('keep = "all"', Keep(Keeping.ALL)),
        ('keep = "changed"', Keep(Keeping.CHANGED)),
        ("keep = { days = 30 }", Keep(Keeping.DAYS, 30)),
    ],
)
def test_the_archive_policy_is_all_or_changes_or_days(tmp_path, line, expected):
    assert read_sources(written(tmp_path, GOOD + line))[1].keep == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("90", timedelta(seconds=90)),
        ('"90 s"', timedelta(seconds=90)),
        ('"15 min"', timedelta(minutes=15)),
        ('"15m"', timedelta(minutes=15)),
        ('"1.5 h"', timedelta(minutes=90)),
        ('"1 D"', timedelta(days=1)),
    ],
)
def test_a_length_of_time_is_seconds_or_has_a_unit(tmp_path, text, expected):
    source = read_sources(written(tmp_path, GOOD + f'poll = {{ shortest = {text}, longest = "2 d" }}'))[1]
    assert (source.poll_shortest, source.poll_longest) == (expected, timedelta(days=2))


def test_opt_outs_are_obeyed_only_when_named(tmp_path):
    one, other = read_sources(written(tmp_path, GOOD + 'obey = ["tdm", "noai"]'))
    assert (one.obey, other.obey) == ((), (OptOut.TDM, OptOut.NOAI))


TABLES = """\
# [[source]]
[[source]]
name = "a"
endpoints = [
    { url = "http://a.test/1", kind = "feed" },
    { url = "http://a.test/2", kind = "fed" },
]
# delay = 3
[[source]]
delay = 2
"b" = 1
[[source.endpoints]]
url = "x"
[source.poll]
shortest = 3
"""


@pytest.mark.parametrize(
    "place, line",
    [
        (("source", 0), 2),
        (("source", 0, "name"), 3),
        (("source", 0, "endpoints", 1, "kind"), 6),
        (("source", 0, "delay"), 2),
        (("source", 1, "delay"), 10),
        (("source", 1, "b"), 11),
        (("source", 1, "endpoints", 0, "url"), 13),
        (("source", 1, "poll", "shortest"), 15),
        ((), None),
    ],
)
def test_a_place_in_the_file_has_a_line(place, line):
    assert line_of(TABLES, place) == line


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


def test_ages_and_waits_are_lengths_of_time_that_grow(monkeypatch):
    assert read_settings().recheck == tuple(timedelta(hours=hours) for hours in (1, 6, 24, 72, 168))
    monkeypatch.setenv("BROADSHEET_RECHECK", "30 min, 2h,14 d")
    monkeypatch.setenv("BROADSHEET_RETRY", "")
    settings = read_settings()
    assert settings.recheck == (timedelta(minutes=30), timedelta(hours=2), timedelta(days=14))
    assert settings.retry == ()


@pytest.mark.parametrize("value", ["6 h, 1 h", "0", "1 h, 1 h", "soon", "1 h; 6 h"])
def test_ages_that_do_not_grow_or_are_none_are_refused_by_name(monkeypatch, value):
    monkeypatch.setenv("BROADSHEET_RECHECK", value)
    with pytest.raises(ConfigError, match="BROADSHEET_RECHECK"):
        read_settings()


def test_hosts_that_may_be_private_are_named_with_commas(monkeypatch):
    monkeypatch.setenv("BROADSHEET_PRIVATE_HOSTS", "Wiki.intern, 10.0.0.5,[fd00::1],")
    assert read_settings().private_hosts == {"wiki.intern", "10.0.0.5", "fd00::1"}
