"""The report in a browser, on three widths and in two themes: nothing fails, nothing is asked, all can use it.

BROADSHEET_PICTURES=docs/pictures .venv/bin/pytest -m heavy tests/test_report_browser.py    # the guide's pictures
"""

import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from conftest import ROOT
from playwright.sync_api import sync_playwright
from reporting import cluster, facts, headline, health, newest, published, text_of
from test_report_page import HOSTILE
from warehousing import NOW

from benchmarks.synthetic import fill
from broadsheet.warehouse import open_warehouse, publish
from flows.reporting.making import made

pytestmark = pytest.mark.heavy
WIDTHS, THEMES = (390, 1280, 1920), ("light", "dark")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
MOST_BYTES = 5_000_000


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def written(folder, text):
    path = folder / "report.html"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def of_the_press(tmp_path_factory):
    """The page of both mornings of the press, by the commands."""
    folder = tmp_path_factory.mktemp("press")
    for edition in ("1", "2"):
        command = [sys.executable, "-m", "flows.cli", "demo", "--data", str(folder / "data"), "--edition", edition]
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    command = [sys.executable, "-m", "flows.cli", "report", "--output", str(folder / "report.html")]
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | {"BROADSHEET_DATA": str(folder / "data")})
    return folder / "report.html"


@pytest.fixture(scope="module")
def of_many(tmp_path_factory):
    """The page of a hundred sources over three years."""
    folder = tmp_path_factory.mktemp("many")
    with open_warehouse(folder, now=NOW) as warehouse:
        fill(warehouse, 5_000)
        publish(folder, warehouse)
    return written(folder, made(folder, 1000, NOW).text)


@pytest.fixture(scope="module")
def of_nothing(tmp_path_factory):
    return written(tmp_path_factory.mktemp("nothing"), text_of(facts(), drawn=True))


@pytest.fixture(scope="module")
def of_hostile_titles(tmp_path_factory):
    long = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle" * 3
    titles = [*HOSTILE, long, long[:40] + " \u202e" + "x" * 300]
    shown = facts(
        newest=[newest(title, authors=[title]) for title in titles],
        headlines=[headline(title, f"{title} later") for title in titles],
        clusters=[cluster(title, credited_to=title) for title in titles],
        published=[published(title, at + 1) for at, title in enumerate(titles)],
        health=[health(title, "blocked", reason="rate_limited") for title in titles],
        totals={"articles": 9, "sources": 9},
    )
    return written(tmp_path_factory.mktemp("hostile"), text_of(shown, drawn=True))


SEEN = [("of_the_press", width, theme) for width in WIDTHS for theme in THEMES]
SEEN += [
    (name, *seen)
    for name in ("of_many", "of_nothing", "of_hostile_titles")
    for seen in ((390, "light"), (1920, "dark"))
]


@pytest.mark.parametrize("name, width, theme", SEEN)
def test_no_error_no_request_no_serious_fault_and_no_scrolling_aside(browser, request, name, width, theme):
    report = request.getfixturevalue(name)
    context = browser.new_context(viewport={"width": width, "height": 1000}, color_scheme=theme, bypass_csp=True)
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE)
    faults = page.evaluate("axe.run()")["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in faults] == []
    assert (said, asked) == ([], [report.as_uri()])
    assert report.stat().st_size < MOST_BYTES
    context.close()


def test_its_own_policy_lets_no_script_run(browser, of_the_press):
    page = browser.new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(of_the_press.as_uri())
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    assert page.evaluate("window.ran") is None
    assert "Content Security Policy" in refused[0]
    page.close()


def test_the_switch_overrules_the_system_and_back(browser, of_the_press):
    page = browser.new_page(color_scheme="light")
    page.goto(of_the_press.as_uri())
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_label("dark").check()
    dark = page.evaluate(paper)
    page.emulate_media(color_scheme="dark")
    page.get_by_label("light", exact=True).check()
    assert page.evaluate(paper) == light != dark
    page.get_by_label("system").check()
    assert page.evaluate(paper) == dark
    page.close()


def test_a_keyboard_reaches_the_figures_at_once_and_everything_else(browser, of_the_press):
    page = browser.new_page()
    page.goto(of_the_press.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the figures"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('details').open")
    page.close()


def test_a_phone_sees_the_narrow_drawing_and_a_desk_the_wide_one(browser, of_the_press):
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(of_the_press.as_uri())
    shown = "[...document.querySelectorAll('.chart:first-of-type > div')].slice(0, 2).map(each => each.offsetWidth > 0)"
    assert page.evaluate(shown) == [False, True]
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.evaluate(shown) == [True, False]
    page.close()


def test_pictures_of_it_are_taken(browser, of_the_press, tmp_path):
    pictures = Path(os.environ.get("BROADSHEET_PICTURES", tmp_path))
    for name, width, height, theme in (("report", 1280, 1500, "light"), ("report-phone", 390, 1200, "dark")):
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)
        page.goto(of_the_press.as_uri())
        page.screenshot(path=pictures / f"{name}.png")
        assert (pictures / f"{name}.png").stat().st_size > 10_000
        page.close()
