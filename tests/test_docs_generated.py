"""The pages of docs/reference that are made from the code are current; what is written by hand has its place."""

import importlib
import sys

import pytest
from conftest import ROOT
from typer.main import get_command

from broadsheet.model import Reason
from broadsheet.reasons import EXPLAINED
from flows.cli.app import app

DOCS = ROOT / "docs"
PAGES = ("commands", "configuration", "reasons")


@pytest.fixture
def generator(monkeypatch):
    """Loads a script of docs/; none of them stays loaded."""
    monkeypatch.syspath_prepend(str(DOCS))
    before = set(sys.modules)
    yield importlib.import_module
    for name in {"pages", *PAGES} - before:
        sys.modules.pop(name, None)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_the_code_says(generator, name):
    written = (DOCS / "reference" / f"{name}.md").read_text(encoding="utf-8")
    assert written == generator(name).reference(), f"run docs/{name}.py"


def test_no_terminal_changes_the_page_of_commands(generator, monkeypatch):
    before = generator("commands").reference()
    for name, value in (("COLUMNS", "30"), ("TERMINAL_WIDTH", "30"), ("FORCE_COLOR", "1"), ("LANG", "C")):
        monkeypatch.setenv(name, value)
    assert generator("commands").reference() == before


def test_no_setting_changes_the_page_of_settings(generator, monkeypatch):
    before = generator("configuration").reference()
    monkeypatch.setenv("BROADSHEET_WORKERS", "3")
    monkeypatch.setenv("BROADSHEET_DATA", "elsewhere")
    assert generator("configuration").reference() == before


def test_prose_is_only_about_commands_that_there_are(generator):
    made = generator("commands")
    _, _, prose = generator("pages").frame("commands").partition("<!-- prose -->")
    assert made.sections(prose).keys() <= dict(made.commands(get_command(app))).keys()


def test_every_option_and_every_example_is_on_the_page(generator):
    made = generator("commands")
    page = made.reference()
    for name, command in made.commands(get_command(app)):
        part = page.split(f"\n## broadsheet {name}\n")[1].split("\n## ")[0]
        assert command.epilog in part, name
        assert [each for each in command.params if each.help and each.help.split("|")[0] not in part] == []


def test_a_frame_without_the_place_is_told(generator):
    with pytest.raises(KeyError, match="settings"):
        generator("pages").filled("nothing", settings="a")


def test_every_reason_is_explained_once():
    assert set(EXPLAINED) == set(Reason)
    assert all(each.meaning.strip() and each.advice.strip() for each in EXPLAINED.values())
