"""The documents name everything there is, and the README shows what the demo prints."""

import re

import pytest
from conftest import ROOT
from typer.main import get_command

from broadsheet.config import Settings, read_sources
from broadsheet.sourcefile import EndpointEntry, KeepEntry, PollEntry, SourceEntry
from broadsheet.tracking import NAMES, PREFIXES
from flows.cli.app import app

REFERENCE = ROOT / "docs" / "reference"


def named(path):
    return set(re.findall(r"^\| `(?:broadsheet )?([A-Za-z_-]+)", path.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_setting_is_documented_and_none_that_is_not_there():
    settings = {name for name in named(REFERENCE / "configuration.md") if name.startswith("BROADSHEET_")}
    assert settings == {f"BROADSHEET_{name.upper()}" for name in Settings.model_fields}


def test_every_key_of_sources_toml_is_documented():
    keys = {key for table in (SourceEntry, EndpointEntry, KeepEntry, PollEntry) for key in table.model_fields}
    assert keys <= named(REFERENCE / "configuration.md")


def test_every_command_is_documented():
    commands = {command.name or command.callback.__name__ for command in app.registered_commands}
    assert commands <= named(REFERENCE / "commands.md")


def commands(command, *path):
    """Every command that does something, by its words."""
    for name, each in getattr(command, "commands", {}).items():
        yield from commands(each, *path, name)
    if not hasattr(command, "commands"):
        yield " ".join(path), command


@pytest.mark.parametrize("name, command", list(commands(get_command(app))), ids=str)
def test_every_option_of_every_command_is_documented_and_none_that_is_not_there(name, command):
    lines = (REFERENCE / "commands.md").read_text(encoding="utf-8").splitlines()
    line = next(line for line in lines if re.match(rf"\| `broadsheet {name}[ `]", line))
    options = [
        each for each in command.params if each.param_type_name == "option" and not each.hidden and each.name != "help"
    ]
    assert [each.opts for each in options if not (each.hidden or any(name in line for name in each.opts))] == []
    known = {name for each in command.params for name in each.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z-]+", line.split("`")[1])) <= known


def test_every_command_of_a_group_is_documented():
    text = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    for group in app.registered_groups:
        for command in group.typer_instance.registered_commands:
            name = command.name or command.callback.__name__.replace("_", "-")
            called = group.name if isinstance(group.name, str) else group.typer_instance.info.name
            assert f"`broadsheet {called} {name}" in text, f"{called} {name}"


@pytest.mark.parametrize("path", [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"], ids=lambda p: p.name)
def test_every_link_to_a_file_leads_somewhere(path):
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_the_example_in_sources_toml_works_once_it_is_uncommented(tmp_path):
    lines = (ROOT / "deployments" / "sources.toml").read_text(encoding="utf-8").splitlines()[2:]
    (tmp_path / "sources.toml").write_text("\n".join(line.removeprefix("#") for line in lines), encoding="utf-8")
    (source,) = read_sources(tmp_path / "sources.toml")
    assert (source.name, len(source.endpoints), source.exclude) == ("example-news", 2, ("/video/",))


def test_every_tracking_parameter_is_documented():
    text = (REFERENCE / "discovery.md").read_text(encoding="utf-8")
    assert {name for name in NAMES if f"`{name}`" not in text} == set()
    assert {prefix for prefix in PREFIXES if f"`{prefix}…`" not in text} == set()


def anchors(path):
    """What GitHub makes of a page's headings."""
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"], ids=lambda p: p.name)
def test_every_link_to_a_heading_leads_somewhere(path):
    for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", path.read_text(encoding="utf-8")):
        page = path.parent / target if target else path.with_name(path.name.removeprefix("_"))
        assert anchor in anchors(page), f"{target}#{anchor}"
