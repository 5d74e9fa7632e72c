"""`broadsheet diff URL`: how an article changed, version by version; in colour on a terminal."""

from __future__ import annotations

import json
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.text import Text

from broadsheet.config import read_settings
from broadsheet.errors import WarehouseError
from broadsheet.model import stable_id
from broadsheet.urls import normalise
from broadsheet.warehouse import Session, open_read_copy
from broadsheet.warehouse.damage import of_our_schema
from broadsheet.warehouse.tombstones import spellings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Version = dict[str, Any]
ALIKE = 0.5  # the share of characters in common from which two sentences are one that was edited

GONE, CAME = "red", "green"


def show_changes(url: str, *, number: int | None, as_json: bool) -> None:
    """Print what came and went with each version of an article, or with one. WarehouseError: there is no such one."""
    versions = changes(url)
    shown = [each for each in versions if number in {None, each["number"]}]
    if not shown:
        raise WarehouseError(f"{url}: there is no version {number}, but 1 to {versions[-1]['number']}")
    if as_json:
        told = [each | {"article_id": str(each["article_id"])} for each in shown]
        typer.echo(json.dumps(told, ensure_ascii=False, default=lambda value: value.isoformat()))
        return
    console = Console(soft_wrap=True, highlight=False)
    console.print(_heading(versions))
    for each in shown:
        console.print(Text("\n").join(_lines(each)))


def changes(url: str) -> list[Version]:
    """The versions of the article that goes by a URL, in order. WarehouseError: none does."""
    normal = normalise(url) or url
    with open_read_copy(read_settings().data) as connection, of_our_schema():
        session = Session(connection)
        forms = [normal, *spellings(session, normal)] if "://" in normal else [normal]
        told = (session.records("inner/changes_of", {"url_id": stable_id(each)}) for each in forms)
        found = next(filter(None, told), [])
    if not found:
        raise WarehouseError(f'{url}: no article goes by that URL; `broadsheet sql "from mart.articles"` lists them')
    return found


def _heading(versions: Sequence[Version]) -> Text:
    first = versions[0]
    return Text(f"{first['source']}  {first['url']}  {len(versions)} version(s)", style="bold")


def _lines(version: Version) -> Iterator[Text]:
    yield Text()
    when = f"{version['valid_from']:%Y-%m-%d %H:%M}"
    yield Text.assemble((f"{version['number']}  {version['change_kind']}", "bold cyan"), f"  seen {when} UTC")
    if version["change_kind"] == "first":
        yield Text(f"  {version['title']}")
    elif version["title"] and version["title"] != version["earlier_title"]:
        yield from _pair("headline: ", version["earlier_title"] or "", version["title"])
    for removed, added in paired(version["removed"], version["added"]):
        yield from _pair("", removed, added)


def paired(removed: Sequence[str], added: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Sentences that went beside those that came in their place, in order; "" where there is no counterpart."""
    left = list(added)
    for old in removed:
        alike = next((at for at, new in enumerate(left) if _likeness(old, new) >= ALIKE), None)
        if alike is not None:
            yield from (("", new) for new in left[:alike])
            yield old, left[alike]
            left = left[alike + 1 :]
        else:
            yield old, ""
    yield from (("", new) for new in left)


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0


def _pair(label: str, old: str, new: str) -> Iterator[Text]:
    """A line for what went and one for what came, the words that differ marked."""
    before, after = _words(old), _words(new)
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks() if old and new else []
    kept_before = {at for block in blocks for at in range(block.a, block.a + block.size)}
    kept_after = {at for block in blocks for at in range(block.b, block.b + block.size)}
    if old:
        yield _marked(f"- {label}", before, kept_before, GONE)
    if new:
        yield _marked(f"+ {label}", after, kept_after, CAME)


def _words(text: str) -> list[str]:
    return text.split(" ")


def _marked(lead: str, words: Sequence[str], kept: set[int], colour: str) -> Text:
    """The words in their colour, those that the other side lacks in bold; all plain where there is no other side."""
    text = Text(f"  {lead}", style=colour)
    for at, word in enumerate(words):
        style = f"bold {colour}" if kept and at not in kept else colour
        text.append(f"{' ' if at else ''}{word}", style=style)
    return text
