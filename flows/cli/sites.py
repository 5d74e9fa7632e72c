"""`broadsheet site`: rules of single sites, in a checkout of this project: a first draft, and a look at all of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from broadsheet.codings import content_decoded
from broadsheet.config import read_settings
from broadsheet.errors import Terminal
from broadsheet.model import Page, Reason, Rejection, SiteRules
from broadsheet.policy import classify
from broadsheet.urls import bare_host, site
from broadsheet.workers import Failed
from extractors.draft import draft
from extractors.expected import differences, read_again, recorded
from extractors.extract import extract
from extractors.sitefiles import read_sites
from flows.cli.onepage import NOWHERE, in_pool, page_of
from flows.read import PAGE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.model import FetchedPage
    from extractors.draft import Draft
    from extractors.sitefiles import Site

SITES: Final = Path("extractors", "sites")
PAGES: Final = Path("tests", "pages")
HEAD: Final = """\
# A first draft from {url}
# Look at each line: what this page alone has does not belong here. Then correct expected.json by what a reader of the
# page sees, and run `broadsheet site check`. Every key: docs/how-to/site-rule.md
hosts = [{host}]

[[version]]
"""
NEXT: Final = "Next: read them, correct them, run `broadsheet site check`. Publish no page that is somebody else's."


def new_site(target: str, *, url: str | None, name: str | None) -> None:
    """Write a site's file and its saved page. Terminal: no checkout, no page, or the site has a file already."""
    settings = read_settings()
    _in_checkout()
    page = page_of(target, url, settings)
    if page.url == NOWHERE:
        raise Terminal("name the page's address with --url: the rules are for its host")
    called = name or re.sub(r"[^a-z0-9]+", "_", site(page.target).partition(".")[0])
    rules, folder = SITES / f"{called}.toml", PAGES / called
    _named(called, rules)
    done = in_pool(drafted, _plain(page), settings)
    if isinstance(done, Failed):
        raise Terminal(f"{page.target}: {done.reason}: {done.detail}")
    found, record = done.value
    folder.mkdir(parents=True, exist_ok=True)
    expected = folder / "expected.json"
    expected.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", errors="replace")
    (folder / "page.html").write_bytes(_plain(page).html)
    rules.write_text(_toml(found, page.target), encoding="utf-8", errors="replace")
    for path in (rules, folder / "page.html", expected):
        typer.echo(f"wrote {path}")
    typer.echo(NEXT)


def drafted(page: Page) -> tuple[Draft, dict[str, Any]]:
    """What a worker does: guess the rules, and record what is read by them."""
    found = draft(page, extract(page, SiteRules()))
    rules = SiteRules("draft", found.body, found.drop, found.fields)
    stated = {"url": page.url, "captured_at": page.captured_at.isoformat() if page.captured_at else None}
    declared = {"content_type": page.content_type} if page.content_type else {}
    return found, {**stated, **declared, "expected": recorded(extract(page, rules))}


def check_sites() -> None:
    """Read every saved page by its site's rules; a line for each field that differs. Exit code 1: one does."""
    _in_checkout()
    sites = read_sites(SITES)
    by_name = {each.name: each for each in sites.values()}
    found = [fault for each in by_name.values() for fault in _checked(each, sites)]
    raise typer.Exit(any(found))


def _checked(known: Site, sites: Mapping[str, Site]) -> Iterator[bool]:
    """Prints how a site's saved pages are read; whether each is read wrongly."""
    records = sorted((PAGES / known.name).rglob("expected.json"))
    if not records:
        typer.echo(f"{known.name}: no saved page; there should be {PAGES / known.name}/page.html and expected.json")
        yield True
    for path in records:
        record = json.loads(path.read_text(encoding="utf-8"))
        faults = differences(record, read_again(record, path.with_name("page.html").read_bytes(), sites))
        for field, (wanted, found) in faults.items():
            typer.echo(f"{path.parent}: {field}: expected {_json(wanted)}, found {_json(found)}")
        if not faults:
            typer.echo(f"{path.parent}: as expected")
        yield bool(faults)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _in_checkout() -> None:
    if not SITES.is_dir():
        raise Terminal(f"there is no {SITES}/ here: run this in a checkout of Broadsheet")


def _named(name: str, path: Path) -> None:
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
        raise Terminal(f"--name {name}: a-z, 0-9 and underscores, and no digit first")
    if path.exists():
        raise Terminal(f"{path} is there already; a redesign is another [[version]] in it")


def _plain(page: FetchedPage) -> Page:
    """A page's HTML out of its coding. Terminal: it brought none."""
    verdict = classify(page)
    if isinstance(verdict, Rejection):
        raise Terminal(f"{page.target}: {verdict.reason}: {verdict.detail or 'no page'}")
    if verdict is not None:
        raise Terminal(f"{page.target}: {verdict}")
    html = content_decoded(page.body, page.header("content-encoding"), limit=PAGE_LIMIT)
    if isinstance(html, Reason):
        raise Terminal(f"{page.target}: {html}")
    return Page(html, page.target, page.header("content-type"), page.captured_at)


def _toml(found: Draft, url: str) -> str:
    head = HEAD.format(url=url, host=_string(bare_host(url)))
    body = [f"{key} = {_array(getattr(found, key))}" for key in ("body", "drop") if getattr(found, key)]
    fields = [f"{name} = {_array(selectors)}" for name, selectors in found.fields.items()]
    return head + "\n".join([*body, *(["", "[version.fields]", *fields] if fields else [])]) + "\n"


def _array(values: tuple[str, ...]) -> str:
    if len(values) == 1:
        return f"[{_string(values[0])}]"
    return "[\n" + "".join(f"    {_string(value)},\n" for value in values) + "]"


def _string(value: str) -> str:
    """A string as TOML: in single quotes where it has double ones, else as JSON, which TOML reads alike."""
    return f"'{value}'" if '"' in value and "'" not in value and value.isprintable() else _json(value)
