"""What was read off a page, for people: lines that are coloured on a terminal and plain elsewhere."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadsheet.stages import Row

FIELDS: Final = (
    "title", "authors", "published", "modified", "section", "tags", "language", "description", "site_name",
    "canonical_url", "next_page", "images", "access",
)  # fmt: skip
NAME: Final = 15  # columns of a field's name
LONGEST: Final = 100  # characters of a raw value that are shown
Read = dict[str, Any]


def shown(row: Row, rules: str, *, explain: bool) -> None:
    """Print a stage row: verdict, fields with who stated them, text, dropped lines. `rules`: the site's, if any."""
    console = Console(highlight=False)
    for line in _lines(row, rules, explain=explain):
        console.print(line, soft_wrap=not console.is_terminal)


def _lines(row: Row, rules: str, *, explain: bool) -> Iterator[Text]:
    yield _verdict(row)
    yield _pair("url", row["target"])
    if rules:
        yield _pair("rules", f"extractors/sites/{rules}.toml")
    read: Read | None = row["extraction"]
    if read is not None:
        yield Text()
        for field in FIELDS:
            yield from _field(field, read, explain=explain)
        yield from _text(read)
        yield from _dropped(read)


def _verdict(row: Row) -> Text:
    if row["disposition"] == "article":
        return _line(("article", "bold green"), (f"  {row['extraction']['kind_evidence']}", ""))
    why = row["reason"] or row["disposition"]
    return _line(("no article", "bold red"), (f"  {why}{': ' if row['detail'] else ''}{row['detail']}", ""))


def _field(field: str, read: Read, *, explain: bool) -> Iterator[Text]:
    stated = [each for each in read["evidence"] if each["field"] == field]
    value = "; ".join(_values(field, read))
    if not value and not (explain and stated):
        return
    winner = next((each for each in stated if each["chosen"]), None)
    by = f"  ← {_place(winner)}" if winner and not explain else ""
    yield _line((f"{field:<{NAME}}", "bold cyan"), (value or "-", ""), (by, "dim"))
    for each in stated if explain else ():
        yield _candidate(each)


def _candidate(each: Read) -> Text:
    raw, value = _cut(each["raw"]), _cut(each["value"])
    made = f" → {value}" if value and value != raw else ""
    mark, style = ("✓", "green") if each["chosen"] else ("·", "dim")
    return _line((f"  {mark} ", style), (f"{_place(each)}: ", "dim"), (raw + made, style))


def _place(each: Read) -> str:
    return " ".join(dict.fromkeys((each["producer"], each["locator"])))


def _values(field: str, read: Read) -> Iterable[str]:
    match field:
        case "published" | "modified":
            return [_time(field, read)]
        case "authors":
            kinds = zip(read["authors"], read["author_kinds"], strict=False)
            return [f"{name} (organisation)" if kind == "organisation" else name for name, kind in kinds]
        case "images":
            return [image["url"] for image in read["images"]]
        case "tags":
            return list(read["tags"])
    return [read[field] or ""]


def _time(field: str, read: Read) -> str:
    at, on = read[f"{field}_at"], read[f"{field}_on"]
    zone, precision = read.get(f"{field}_zone_source"), read.get(f"{field}_precision")
    return f"{at or on or ''}" + (f" (to the {precision}; zone: {zone})" if at and zone else "")


def _text(read: Read) -> Iterator[Text]:
    lines = read["text"].split("\n") if read["text"] else []
    yield Text()
    yield _line(
        ("text", "bold cyan"), (f"  {read['word_count']} words, {read['text_producer']}" if lines else "  none", "dim")
    )
    for line in lines:
        yield _line((f"  {line}", ""))


def _dropped(read: Read) -> Iterator[Text]:
    if read["dropped"]:
        yield Text()
        yield _line(("dropped", "bold cyan"), (f"  {len(read['dropped'])} lines", "dim"))
    for each in read["dropped"]:
        yield _line((f"  {each['reason']}: ", "yellow"), (each["text"], "dim"))


def _pair(name: str, value: str) -> Text:
    return _line((f"{name:<{NAME}}", "bold cyan"), (value, ""))


def _line(*parts: tuple[str, str]) -> Text:
    """Styled pieces as one line; what would command the terminal (a page can say anything) is shown as �."""
    return Text.assemble(*((_harmless(text), style) for text, style in parts))


def _harmless(text: str) -> str:
    return "".join("\ufffd" if unicodedata.category(each) in {"Cc", "Cs"} else each for each in text)


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"
