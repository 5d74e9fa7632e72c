"""Rules of sites as data: every file is right, is used as of the capture, and reads its saved pages as expected."""

import json
import sys
from datetime import UTC, date, datetime
from importlib import import_module
from importlib.resources import files

import pytest
from conftest import ROOT

from broadsheet.errors import ConfigError
from broadsheet.model import FetchedPage, Role, SiteRules, Source
from extractors.expected import differences, read_again
from extractors.fields.rules import ruled
from extractors.page import parse_page
from extractors.rules import version
from extractors.sitefiles import NOTHING, read_site, read_sites, rules_at, site_rules
from flows.extract import rules_of

PAGES = ROOT / "tests" / "pages"
SITES = sorted({site.name: site for site in site_rules().values()}.items())
HEAD = 'hosts = ["lake.test"]\n[[version]]\n'
TWO = """
hosts = ["lake.test", "seeblatt.test"]
time_zone = "Europe/Zurich"
[[version]]
until = 2025-03-01
body = "article"
[[version]]
from = 2025-03-01
drop = [".promo", "aside:has(> a.join)"]
[version.fields]
title = ["h1", "h2.late"]
"""


@pytest.fixture
def written(tmp_path):
    """Writes a site's file and reads the folder."""

    def write(text, name="lake"):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return read_sites(tmp_path)

    return write


@pytest.mark.parametrize("record", sorted(PAGES.rglob("expected.json")), ids=lambda path: str(path.parent.name))
def test_a_saved_page_is_read_as_expected(record):
    told = json.loads(record.read_text(encoding="utf-8"))
    found = read_again(told, record.with_name("page.html").read_bytes(), site_rules())
    assert differences(told, found) == {}


@pytest.mark.parametrize("name, site", SITES)
def test_every_site_has_a_saved_page_for_each_version(name, site):
    records = [json.loads(path.read_text(encoding="utf-8")) for path in (PAGES / name).rglob("expected.json")]
    read = {version(_rules_of(record)) for record in records}
    assert {version(each.rules) for each in site.versions} <= read


def _rules_of(record):
    from urllib.parse import urlsplit

    return rules_at(urlsplit(record["url"]).hostname, datetime.fromisoformat(record["captured_at"]))


@pytest.mark.parametrize("name, site", SITES)
def test_every_python_file_that_is_named_can_adjust(name, site):
    if any(each.rules.python for each in site.versions):
        assert callable(import_module(f"extractors.sites.{name}").adjust)


def test_a_difference_names_the_field_with_what_was_expected_and_found():
    record = json.loads((PAGES / "tidewater_post" / "expected.json").read_text(encoding="utf-8"))
    html = (PAGES / "tidewater_post" / "page.html").read_bytes()
    found = read_again(record, html.replace(b"Lock gates stay", b"Lock gates are"), site_rules())
    titles = ("Lock gates stay shut until the silt is gone", "Lock gates are shut until the silt is gone")
    assert differences(record, found) == {"title": titles}
    assert differences({"expected": {"titel": "x"}}, found) == {"titel": ("x", None)}


def test_without_its_rules_the_example_would_lose_its_body():
    record = json.loads((PAGES / "tidewater_post" / "expected.json").read_text(encoding="utf-8"))
    html = (PAGES / "tidewater_post" / "page.html").read_bytes()
    assert {"title", "authors", "published", "tags", "text"} <= differences(record, read_again(record, html, {})).keys()


@pytest.mark.parametrize(
    "when, body",
    [
        (datetime(2001, 1, 1, tzinfo=UTC), ("article",)),
        (datetime(2025, 2, 28, 23, 59, tzinfo=UTC), ("article",)),
        (datetime(2025, 3, 1, tzinfo=UTC), ()),
        (datetime(2999, 1, 1, tzinfo=UTC), ()),
        (None, ()),
    ],
)
def test_a_page_is_read_by_the_version_of_its_day(written, when, body):
    assert rules_at("lake.test", when, written(TWO)).body == body


def test_a_version_ends_where_the_next_begins_and_before_the_first_there_are_none(written):
    sites = written(HEAD + 'from = 2024-01-01\nbody = "a"\n[[version]]\nfrom = 2025-01-01\nbody = "b"\n')
    assert [(each.begins, each.ends) for each in sites["lake.test"].versions] == [
        (date(2024, 1, 1), date(2025, 1, 1)),
        (date(2025, 1, 1), None),
    ]
    assert rules_at("lake.test", datetime(2023, 12, 31, tzinfo=UTC), sites) == NOTHING


def test_a_host_below_a_sites_host_is_the_sites(written):
    sites = written(TWO)
    assert rules_at("WWW.Lake.test", None, sites).name == "lake"
    assert rules_at("www.seeblatt.test", None, sites).time_zone == "Europe/Zurich"
    assert rules_at("flake.test", None, sites) == rules_at("", None, sites) == NOTHING


def test_the_flow_joins_a_sites_rules_with_what_its_source_says():
    when = datetime(2026, 2, 18, tzinfo=UTC)
    page = FetchedPage(
        "https://www.tidewaterpost.test/a", "https://www.tidewaterpost.test/a", Role.PAGE, "t", when, 200
    )
    source = Source("t", "https://www.tidewaterpost.test/", time_zone="America/St_Johns", language="en")
    joined = rules_of(page, source)
    assert (joined.name, joined.time_zone) == ("tidewater_post", "America/Halifax")
    assert (joined.source_time_zone, joined.source_language) == ("America/St_Johns", "en")
    assert rules_of(page, None).body == ("[data-slab=copy]",)


def test_an_edited_python_file_is_another_way_of_reading(tmp_path):
    (tmp_path / "lake.toml").write_text('hosts = ["lake.test"]\n[[version]]\npython = true\n')
    (tmp_path / "lake.py").write_text("def adjust(extraction, parsed): return extraction\n")
    before = read_site(tmp_path, "lake").versions[0].rules
    (tmp_path / "lake.py").write_text("def adjust(extraction, parsed): return None\n")
    assert version(before) != version(read_site(tmp_path, "lake").versions[0].rules)


@pytest.mark.parametrize(
    "text, told",
    [
        ('host = ["lake.test"]', "host: unknown key; allowed are hosts, time_zone, version"),
        (HEAD + "since = 2024-01-01\n", "version.1.since: unknown key; allowed are from, until, body"),
        (HEAD + '[version.fields]\nheadline = "h1"', "version.1.fields.headline: unknown key; allowed are title"),
        (HEAD + 'body = ["div..x"]', "version.1.body: 'div..x' is no CSS selector"),
        (HEAD + '[version.fields]\ntitle = "h1:nosuch"', "version.1.fields.title: 'h1:nosuch' is no CSS selector"),
        (HEAD + "from = 2025-01-01\nuntil = 2025-01-01", "version.1: 'until' must be later than 'from'"),
        (HEAD + "[[version]]\n", "version 2 needs 'from': only the first may lack it"),
        (HEAD + "until = 2025-02-01\n[[version]]\nfrom = 2025-01-01", "version 2 begins before version 1 ends"),
        (HEAD + "from = 2025-02-01\n[[version]]\nfrom = 2025-02-01", "version 2 begins before version 1 ends"),
        (HEAD + "python = true", "version.python: there is no"),
        ('hosts = ["lake.test"]', "version: Field required"),
        ("hosts = []\n[[version]]", "hosts: Tuple should have at least 1 item"),
        ('hosts = ["https://lake.test/"]\n[[version]]', "hosts.1: String should match pattern"),
        ('hosts = ["lake.test"]\ntime_zone = "Mars/Base"\n[[version]]', "time_zone: must be an IANA time zone"),
        ("hosts = [", "cannot be read as TOML"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_and_key(written, text, told):
    with pytest.raises(ConfigError) as caught:
        written(text)
    assert "lake.toml: " in str(caught.value)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_two_sites_cannot_have_one_host_and_a_sites_name_is_an_identifier(written, tmp_path):
    written(TWO)
    with pytest.raises(ConfigError, match=r"other.toml: hosts: 'lake.test' belongs to lake.toml already"):
        written('hosts = ["lake.test"]\n[[version]]', "other")
    (tmp_path / "other.toml").unlink()
    with pytest.raises(ConfigError, match="named in a-z, 0-9 and underscores"):
        written('hosts = ["sea.test"]\n[[version]]', "the-sea")


def test_every_field_that_a_file_may_name_is_one_that_the_readers_ask_for():
    from extractors import fields, sitekeys

    source = (ROOT / "extractors" / "fields" / "__init__.py").read_text() + (
        ROOT / "extractors" / "fields" / "times.py"
    ).read_text()
    for name in sitekeys.FieldEntry.model_fields:
        assert f'.get("{name}", [])' in source, name
    assert fields.ruled is ruled


def test_nothing_is_read_when_the_loader_is_imported():
    code = "import extractors.sitefiles as s; import sys; sys.exit(s.site_rules.cache_info().currsize)"
    import subprocess

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_xhtml_is_read_by_rules_without_a_warning():
    html = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Lake</h1></body></html>'
    from broadsheet.model import Page

    parsed = parse_page(Page(html, "https://lake.test/"), SiteRules(fields={"title": ("h1",)}))
    assert [candidate.value for candidate in ruled(parsed)["title"]] == ["Lake"]
    assert files("extractors.sites").joinpath("tidewater_post.toml").is_file()


def test_the_how_to_names_every_key_of_a_file():
    from extractors import sitekeys

    told = (ROOT / "docs" / "how-to" / "site-rule.md").read_text(encoding="utf-8")
    for table in (sitekeys.SiteEntry, sitekeys.VersionEntry):
        for name, field in table.model_fields.items():
            assert f"| `{field.alias or name}` |" in told, name
    assert all(f"`{name}`" in told for name in sitekeys.FieldEntry.model_fields)
