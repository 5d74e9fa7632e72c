"""The prompt of `broadsheet sql`, in a real terminal (tmux): keys go in, the screen is read."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time

import pytest
from conftest import ROOT
from warehousing import DAY, NOW, article, loaded, opened

from broadsheet.warehouse import publish

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is the terminal"),
]
ENDLESS = "select count(*) from range(100000000) a, range(1000000) b where a.range + b.range = 7;"


class Terminal:
    """A terminal of 100 by 30 in which the prompt runs."""

    def __init__(self, folder, command):
        self.socket = str(folder / "tmux")
        shown = " ".join(map(shlex.quote, command))
        self.tmux("new-session", "-d", "-x", "100", "-y", "30", shown)

    def tmux(self, *words):
        command = ["tmux", "-S", self.socket, "-f", os.devnull, *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def keys(self, *names):
        self.tmux("send-keys", *names)

    def types(self, text):
        self.tmux("send-keys", "-l", re.sub(";$", r"\;", text))  # tmux takes a `;` at the end for its own

    def says(self, text):
        self.types(text)
        self.keys("Enter")

    def screen(self):
        return self.tmux("capture-pane", "-p", "-S", "-200")

    def shows(self, pattern, seconds=60):
        until = time.monotonic() + seconds
        while not re.search(pattern, self.screen()):
            assert time.monotonic() < until, f"{pattern!r} is not in\n{self.screen()}"
            time.sleep(0.1)
        return self.screen()

    def clears(self):
        self.keys("C-l")
        self.tmux("clear-history")


@pytest.fixture
def data(tmp_path):
    with opened(tmp_path / "data") as warehouse:
        loaded(warehouse, tmp_path, [article("a", title="Bridge closed")])
        publish(tmp_path / "data", warehouse, anyway=True)
    return tmp_path / "data"


@pytest.fixture
def terminal(data, tmp_path):
    settings = {
        "BROADSHEET_DATA": data,
        "XDG_STATE_HOME": tmp_path,
        "PAGER": "less",
        "PYTHONPATH": ROOT,
        "LC_ALL": "C.UTF-8",
    }
    words = ["env", *(f"{name}={value}" for name, value in settings.items())]
    terminal = Terminal(tmp_path, [*words, sys.executable, "-m", "flows.cli", "sql"])
    try:
        terminal.shows("broadsheet>")
        yield terminal
    finally:
        terminal.tmux("kill-server")


def test_statements_of_several_lines_completion_and_history(terminal, tmp_path):
    terminal.says("select count(*) as n")
    terminal.shows("->")
    terminal.types("from mart.art")
    terminal.keys("Tab")
    terminal.shows(r"mart\.article_changes")
    terminal.types("s")  # what all of them have in common stands there already
    terminal.says(";")
    terminal.shows(r"\(1 row\)")
    terminal.clears()
    terminal.types("select word_c")
    terminal.keys("Tab")
    terminal.shows(r"select word_count")
    terminal.says(" from mart.articles;")
    terminal.shows(r"\(1 row\)")
    terminal.says("\\q")
    assert "from mart.articles" in (tmp_path / "broadsheet" / "sql-history").read_text()


def test_a_failing_query_is_shown_with_a_caret_and_the_prompt_goes_on(terminal):
    terminal.says("select title, nix from mart.articles;")
    screen = terminal.shows(r"\^")
    line, caret = re.search(r"^(line 1: .*)\n( *\^)$", screen, re.MULTILINE).groups()
    assert line[len(caret) - 1 :].startswith("nix")
    terminal.says("select title from mart.articles;")
    terminal.shows("Bridge closed")


def test_a_long_answer_is_paged_and_left_again(terminal):
    terminal.says("select i from range(100000) t (i);")
    terminal.shows(r"(?m)^:")
    assert "99999" not in terminal.screen()
    terminal.keys("G")
    terminal.shows("99999")
    terminal.keys("q")
    terminal.shows(r"\(100,000 rows\)")


def test_ctrl_c_stops_the_statement_and_not_the_prompt(terminal):
    terminal.says(ENDLESS)
    while "stopped" not in terminal.screen():  # at the prompt itself Ctrl-C does nothing
        terminal.keys("C-c")
        time.sleep(0.2)
    terminal.says("select 6 * 7 as answer;")
    terminal.shows("42")
    terminal.says("\\timeout 0.2")
    terminal.says(ENDLESS)
    terminal.shows(r"stopped after 0\.2 s")


def test_a_read_copy_that_is_replaced_is_seen_by_the_next_statement(terminal, data, tmp_path):
    terminal.says("select title from mart.articles order by title;")
    terminal.shows("Bridge closed")
    with opened(data) as warehouse:
        loaded(warehouse, tmp_path, [article("b", NOW + DAY, title="Bridge open")], name="run-2")
        publish(data, warehouse)
    terminal.says("select title from mart.articles order by title;")
    terminal.shows("newer read copy")
    terminal.shows("Bridge open")


def test_commands_tell_what_is_there_and_write_files(terminal, tmp_path):
    terminal.says("\\d mart.authors")
    terminal.shows("The author as printed")
    terminal.says("\\format csv")
    terminal.says(f"\\o {tmp_path}/out.csv")
    terminal.says("select title from mart.articles;")
    terminal.shows("written to")
    assert (tmp_path / "out.csv").read_text() == "title\nBridge closed\n"
    terminal.says("\\o")
    (tmp_path / "two.sql").write_text("select 'first' as a;\nselect 'second' as b;")
    terminal.says(f"\\i {tmp_path}/two.sql")
    terminal.shows("second")
    terminal.says("\\ask topic_first topic=bridge")
    terminal.shows("Bridge closed")
    terminal.says("\\nothing")
    terminal.shows("no such command")
    terminal.says("\\?")
    terminal.shows("one line a value")
