"""`broadsheet try`: what is read off one page, in words, in JSON, and as an exit code."""

import gzip
import io
import json
import re
import sys

import pytest
from conftest import ROOT, printing

from flows import cli
from press.pages import pages

HARBOUR = "www.harbourgazette.test"
PATH = "/2026/03/14/harbour/dredging-plan-wins-narrow-approval"
URL = f"https://{HARBOUR}{PATH}"
ARTICLE = pages(1)[HARBOUR, PATH].body


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with printing(tmp_path_factory.mktemp("press")) as press:
        yield press


@pytest.fixture
def said(tmp_path, monkeypatch, capsys):
    """Run `broadsheet try`; answers (exit code, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROADSHEET_DATA", str(tmp_path / "data"))
    (tmp_path / "page.html").write_bytes(ARTICLE)

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["broadsheet", "try", *map(str, words)])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        out = capsys.readouterr()
        return caught.value.code or 0, out.out, out.err

    return run


def fields(out):
    """The fields of the plain output: name -> the rest of its line."""
    return dict(re.findall(r"^([a-z_]+) +(\S.*)$", out, re.MULTILINE))


def place(evidence):
    return " ".join(dict.fromkeys((evidence["producer"], evidence["locator"])))


def test_an_article_is_shown_with_fields_text_and_dropped_lines(said):
    code, out, error = said("page.html", "--url", URL)
    assert (code, error) == (0, "")
    assert out.startswith("article  ")
    told = json.loads(said("page.html", "--url", URL, "--json")[1])
    read = told["extraction"]
    assert read["title"] in fields(out)["title"]
    assert all(author in fields(out)["authors"] for author in read["authors"])
    assert "zone: page" in fields(out)["published"]
    assert all(f"\n  {line}\n" in out for line in read["text"].split("\n"))
    assert all(f"{line['reason']}: {line['text']}" in out for line in read["dropped"])
    assert read["dropped"]


def test_explain_shows_every_candidate_and_marks_the_winners(said):
    read = json.loads(said("page.html", "--url", URL, "--json")[1])["extraction"]
    _, out, _ = said("page.html", "--url", URL, "--explain")
    for each in read["evidence"]:
        mark = "✓" if each["chosen"] else "·"
        assert f"\n  {mark} {place(each)}: {' '.join(each['raw'].split())[:60]}" in out
    assert len(re.findall(r"^  [✓·] ", out, re.MULTILINE)) == len(read["evidence"])


def test_json_is_one_object_with_ids_as_strings(said):
    code, out, _ = said("page.html", "--url", URL, "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["url"], told["disposition"], told["reason"], told["rules"]) == (URL, "article", None, "")
    assert isinstance(told["extraction"]["extraction_id"], str)


def test_no_article_is_exit_code_1_with_the_reason_first_and_what_was_read_below(said, tmp_path):
    path = "/galleries/harbour-in-fog"
    (tmp_path / "fog.html").write_bytes(pages(1)[HARBOUR, path].body)
    code, out, _ = said("fog.html", "--url", f"https://{HARBOUR}{path}")
    assert code == 1
    assert out.startswith("no article  gallery: ")
    assert fields(out)["title"].startswith("In pictures: the harbour in fog")
    code, out, _ = said("fog.html", "--url", f"https://{HARBOUR}{path}", "--json")
    assert (code, json.loads(out)["reason"]) == (1, "gallery")


def test_a_file_may_be_gzip_or_standard_input(said, tmp_path, monkeypatch):
    plain = said("page.html", "--url", URL)[1]
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(ARTICLE))
    assert said("page.html.gz", "--url", URL)[1] == plain
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE)))
    assert said("-", "--url", URL)[1] == plain


def test_a_file_of_unknown_address_is_read_and_the_want_of_it_told(said):
    code, out, error = said("page.html")
    assert (code, fields(out)["url"]) == (0, "https://page.invalid/")
    assert "name it with --url" in error


def test_a_page_is_fetched_from_its_url_robots_obeyed(said, served, monkeypatch):
    monkeypatch.setenv("BROADSHEET_RESOLVE", served.resolve)
    before = len(served.requests())
    code, out, _ = said(f"http://{HARBOUR}{PATH}")
    assert (code, out.startswith("article  ")) == (0, True)
    assert [request["path"] for request in served.requests()[before:]] == ["/robots.txt", PATH]
    code, out, _ = said(f"http://{HARBOUR}/private/2026/03/13/draft-harbour-budget-leak")
    assert (code, out.splitlines()[0].startswith("no article  robots_disallowed")) == (1, True)
    code, out, _ = said(f"http://{HARBOUR}/harbour/no-such-page")
    assert (code, out.startswith("no article  ")) == (1, True)


def test_the_rules_of_the_site_are_used_and_named(said):
    page = ROOT / "tests" / "pages" / "tidewater_post" / "page.html"
    code, out, _ = said(page, "--url", "https://www.tidewaterpost.test/harbour/lock-gates")
    assert code == 0
    assert fields(out)["rules"] == "extractors/sites/tidewater_post.toml"
    assert "site rule: .slab-note: Tap the card to turn it over." in out


def test_what_sources_toml_says_of_the_pages_source_is_used(said, tmp_path, monkeypatch):
    (tmp_path / "page.html").write_bytes(ARTICLE.replace(b"07:40:00-03:00", b"07:40:00"))
    home = f"https://{HARBOUR}/"
    entry = f'name = "gazette"\nhome = "{home}"\nendpoints = [{{ url = "{home}rss.xml", kind = "feed" }}]\n'
    (tmp_path / "mine.toml").write_text(f'[[source]]\n{entry}time_zone = "America/Halifax"\n')
    monkeypatch.setenv("BROADSHEET_SOURCES", "mine.toml")
    assert "2026-03-14T10:40:00+00:00 (to the second; zone: source)" in said("page.html", "--url", URL)[1]


@pytest.mark.parametrize(
    "words, exit_code, told",
    [
        (("missing.html",), 1, "missing.html: No such file or directory"),
        (("www/example",), 1, "www/example: No such file or directory (an address begins with https://)"),
        (("page.html", "--url", "mailto:a@b.test"), 1, "mailto:a@b.test: not an http or https URL"),
        (("https://unasked.test/",), 2, "set BROADSHEET_CONTACT"),
        (("https://",), 1, "https://: not an http or https URL"),
    ],
)
def test_a_mistake_is_one_line(said, words, exit_code, told):
    code, out, error = said(*words)
    assert (code, out, error.count("\n")) == (exit_code, "", 1)
    assert told in error


def test_a_hostile_page_is_stopped_with_its_reason(said, tmp_path, monkeypatch):
    monkeypatch.setenv("BROADSHEET_PAGE_SECONDS", "0.01")
    code, out, _ = said("page.html", "--url", URL)
    assert (code, out.splitlines()[0]) == (1, "no article  extraction_overran: stopped after 0.01 seconds")


def test_what_a_page_says_never_commands_the_terminal(said, tmp_path):
    html = ARTICLE.replace(b"<title>", b"<title>\xc2\x9b31m").replace(b'"headline": "', b'"headline": "\\u001b[2J')
    assert html.count(b"\\u001b") + html.count(b"\xc2\x9b") > 0
    (tmp_path / "page.html").write_bytes(html)
    _, out, _ = said("page.html", "--url", URL, "--explain")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", out)


def test_half_a_character_in_a_page_is_shown_and_written(said, tmp_path):
    (tmp_path / "page.html").write_bytes(ARTICLE.replace(b'"headline": "', b'"headline": "\\ud800'))
    assert said("page.html", "--url", URL)[0] == 0
    assert json.loads(said("page.html", "--url", URL, "--json")[1])["disposition"] == "article"


def test_colour_is_for_terminals_alone(said, monkeypatch):
    assert "\x1b[" not in said("page.html", "--url", URL)[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in said("page.html", "--url", URL)[1]


def test_trying_does_not_load_prefect():
    import subprocess

    code = "import sys; import flows.cli.trying; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("words", [(), ("--explain",)])
def test_the_readme_shows_what_is_printed(said, words):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"<!-- output of `broadsheet try` -->\n```\n(.*?)```", readme, re.DOTALL)
    blocks += re.findall(r"<!-- output of `broadsheet try --explain` -->\n```\n(.*?)```", readme, re.DOTALL)
    told = blocks[len(words)].split("\n\ndropped")[0].splitlines()
    _, out, _ = said("page.html", "--url", f"http://{HARBOUR}{PATH}", *words)
    assert [line for line in told if line[:1] != "$" and line.removesuffix(" …").rstrip() not in out] == []
