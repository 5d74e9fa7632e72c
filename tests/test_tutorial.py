"""The tutorial's commands, taken out of the document and run in a clean folder, show what the document shows."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(kind):
    return [text for name, text in BLOCKS.findall(TUTORIAL) if name == kind]


def words(line):
    """A line without its rules and spaces."""
    return " ".join(line.replace("─", " ").split())


@pytest.mark.heavy
def test_the_tutorial_can_be_followed_in_a_clean_folder(tmp_path):
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("BROADSHEET_", "PREFECT_"))}
    mine |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    mine |= {"PYTHONPATH": str(ROOT), "BROADSHEET_PAGE_SECONDS": "120"}  # of a machine that is busy with tests
    script = "set -eu\ntrap 'kill $PRESS 2>/dev/null || true' EXIT\n" + "\n".join(blocks("sh"))
    ended = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=mine, capture_output=True, text=True, timeout=1100, check=False
    )
    assert ended.returncode == 0, ended.stderr
    said = [words(line) for line in ended.stdout.splitlines()]
    for expected in (words(line) for block in blocks("text") for line in block.splitlines()):
        assert any(line.startswith(expected) for line in said), f"{expected!r} is not in\n{ended.stdout}"


def test_every_block_of_commands_is_run():
    assert len(blocks("sh")) >= 10
    assert "```bash" not in TUTORIAL
    assert not re.search(r"^ {4}broadsheet", TUTORIAL, re.MULTILINE)
