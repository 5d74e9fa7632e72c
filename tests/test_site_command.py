"""`broadsheet site`: a first draft of a site's rules from a page, and a look at all saved pages."""

import json
import shutil
import sys

import pytest
from conftest import ROOT, printing
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.model import Page, SiteRules
from extractors.draft import draft
from extractors.extract import extract
from extractors.sitefiles import read_sites, rules_at
from flows import cli
from press.pages import pages

GAZETTE, KURIER, SHIMBUN = "www.harbourgazette.test", "alpenkurier.test", "shiosai-shimbun.test"
HARBOUR = "/2026/03/14/harbour/dredging-plan-wins-narrow-approval"
BIENEN = "/region/bienen-ziehen-aufs-rathaus-a121120.html"
ARTICLES = [(GAZETTE, HARBOUR), (KURIER, BIENEN)]


@pytest.fixture
def said(tmp_path, monkeypatch, capsys):
    """Run `broadsheet site` in an empty checkout; answers (exit code, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "extractors" / "sites").mkdir(parents=True)

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["broadsheet", "site", *map(str, words)])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        out = capsys.readouterr()
        return caught.value.code or 0, out.out, out.err

    return run


@pytest.fixture
def saved(tmp_path):
    """The bees of the Alpenkurier as a file."""
    path = tmp_path / "bees.html"
    path.write_bytes(pages(1)[KURIER, BIENEN].body)
    return path


@pytest.mark.parametrize("host, path", ARTICLES)
def test_a_draft_reads_its_own_page_as_it_was_read_without(host, path):
    page = Page(pages(1)[host, path].body, f"http://{host}{path}")
    plain = extract(page, SiteRules())
    found = draft(page, plain)
    ruled = extract(page, SiteRules("draft", found.body, found.drop, found.fields))
    assert (ruled.text, ruled.text_producer) == (plain.text, "site rule")
    assert (ruled.title, ruled.authors, ruled.published) == (plain.title, plain.authors, plain.published)
    assert {"title", "authors", "published"} == found.fields.keys()


def test_a_drafts_selectors_name_one_element_and_no_name_made_by_a_build():
    html = b"""<html><body><div class="x9f3 story-copy" id="r42"><h1 class="css-1ab2">The weir is mended</h1>
    <p>By <a class="writer" rel="author">Ada Lane</a></p>%s</div></body></html>"""
    page = Page(
        html % (b"<p>The weir below the mill was mended on Friday by two men and a boat.</p>" * 8), "https://a.test/1"
    )
    found = draft(page, extract(page, SiteRules()))
    assert found.body == ("div.story-copy",)
    assert found.fields["title"] == ("h1",)


@pytest.mark.parametrize("html", [b"", b"no markup", b"<p>", b"<div>" * 5_000, b"%PDF-1.7"])
def test_a_draft_of_a_page_without_an_article_is_empty(html):
    page = Page(html, "https://a.test/1")
    assert draft(page, extract(page, SiteRules())).body == ()


@given(st.binary(max_size=300))
def test_drafting_never_raises(junk):
    page = Page(b"<html><body><h1>The weir</h1><p>It was mended on Friday by two men.</p>" + junk, "https://a.test/1")
    draft(page, extract(page, SiteRules()))


def test_new_writes_rules_page_and_what_is_read_off_it(said, saved, tmp_path):
    code, out, error = said("new", saved, "--url", f"http://{KURIER}{BIENEN}")
    assert (code, error) == (0, "")
    assert "wrote extractors/sites/alpenkurier.toml\nwrote tests/pages/alpenkurier/page.html\n" in out
    rules = rules_at(KURIER, None, read_sites(tmp_path / "extractors" / "sites"))
    assert (rules.name, rules.body) == ("alpenkurier", ("div.artikel",))
    assert (tmp_path / "tests/pages/alpenkurier/page.html").read_bytes() == saved.read_bytes()
    record = json.loads((tmp_path / "tests/pages/alpenkurier/expected.json").read_text())
    assert record["expected"]["title"] == "Bienen ziehen auf das Rathausdach"
    assert said("check") == (0, "tests/pages/alpenkurier: as expected\n", "")


def test_new_fetches_a_page_once_from_its_url(said, monkeypatch, tmp_path):
    (tmp_path / "press").mkdir()
    with printing(tmp_path / "press") as press:
        monkeypatch.setenv("BROADSHEET_RESOLVE", press.resolve)
        code, _, _ = said("new", f"http://{GAZETTE}{HARBOUR}", "--name", "gazette")
        assert [request["path"] for request in press.requests()] == ["/robots.txt", HARBOUR]
        assert code == 0
        record = json.loads((tmp_path / "tests/pages/gazette/expected.json").read_text())
        assert record["content_type"].startswith("text/html")
        code, _, error = said("new", f"http://{GAZETTE}/nothing-here", "--name", "nothing")
        assert (code, error) == (1, f"broadsheet: http://{GAZETTE}/nothing-here: gone\n")


def test_check_names_site_field_and_both_values(said, saved, tmp_path):
    said("new", saved, "--url", f"http://{KURIER}{BIENEN}")
    path = tmp_path / "tests/pages/alpenkurier/expected.json"
    path.write_text(path.read_text().replace('"Lena Brugger"', '"Lena Bruckner"'))
    wrong = 'tests/pages/alpenkurier: authors: expected ["Lena Bruckner"], found ["Lena Brugger"]\n'
    assert said("check") == (1, wrong, "")
    shutil.rmtree(path.parent)
    code, out, _ = said("check")
    assert (code, out.startswith("alpenkurier: no saved page")) == (1, True)


def test_check_reads_this_checkouts_pages_as_expected(said, monkeypatch):
    monkeypatch.chdir(ROOT)
    code, out, error = said("check")
    assert (code, error) == (0, "")
    assert "tests/pages/tidewater_post: as expected" in out


@pytest.mark.parametrize(
    "words, told",
    [
        (("new", "bees.html"), "name the page's address with --url"),
        (("new", "bees.html", "--url", "http://a.test/", "--name", "a-b"), "--name a-b: a-z, 0-9 and underscores"),
        (("new", "missing.html", "--url", "http://a.test/"), "missing.html: No such file"),
        (("new", "https://unasked.test/"), "set BROADSHEET_CONTACT"),
        (("new", "empty.html", "--url", "http://a.test/"), "http://a.test/: empty: no body"),
    ],
)
def test_a_mistake_is_one_line_and_writes_nothing(said, saved, tmp_path, words, told):
    (tmp_path / "empty.html").touch()
    code, out, error = said(*words)
    assert (code, out, error.count("\n")) == (2 if "BROADSHEET_CONTACT" in told else 1, "", 1)
    assert told in error
    assert list((tmp_path / "extractors" / "sites").iterdir()) == []


def test_a_site_that_has_a_file_is_not_overwritten(said, saved):
    words = ("new", saved, "--url", f"http://{KURIER}{BIENEN}")
    said(*words)
    code, _, error = said(*words)
    assert (code, error.count("\n")) == (1, 1)
    assert "alpenkurier.toml is there already; a redesign is another [[version]] in it" in error


def test_outside_a_checkout_it_says_so(said, tmp_path):
    shutil.rmtree(tmp_path / "extractors")
    assert said("check")[2] == "broadsheet: there is no extractors/sites/ here: run this in a checkout of Broadsheet\n"


def test_a_file_that_is_wrong_is_named_with_its_key(said, tmp_path):
    (tmp_path / "extractors/sites/weir.toml").write_text('hosts = ["weir.test"]\n[[version]]\nbody = "p["\n')
    code, _, error = said("check")
    assert (code, error.count("\n")) == (1, 1)
    assert "extractors/sites/weir.toml: version.1.body: 'p[' is no CSS selector" in error


def test_every_command_of_the_group_has_help_with_an_example(said):
    for command in ("new", "check"):
        code, out, _ = said(command, "--help")
        assert (code, "Example:" in out) == (0, True)
        reference = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
        assert f"| `broadsheet site {command}" in reference
