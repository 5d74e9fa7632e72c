"""What a re-extraction found: for a person, a program, the run page, and as a page of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from broadsheet.errors import WarehouseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.warehouse import Warehouse

Record = dict[str, Any]

EXAMPLES: Final = 3  # of each source and field
SHOWN: Final = 160  # characters of a value
CONTEXT: Final = 30  # characters of what two values have in common that are shown before they part


@dataclass(frozen=True, slots=True)
class ReextractReport:
    """One re-extraction: rows of sql/reextract; `about` is one of `listed`, the others are named as their statement."""

    about: Record
    outcomes: tuple[Record, ...]
    fields: tuple[Record, ...]
    examples: tuple[Record, ...]
    steps: tuple[Record, ...]

    @property
    def number(self) -> int:
        """The id of the re-extraction."""
        return int(self.about["reextraction_id"])

    def as_json(self) -> Record:
        """The report as a program reads it; times are ISO 8601 in UTC."""
        parts = {"outcomes": self.outcomes, "fields": self.fields, "examples": self.examples, "steps": self.steps}
        told: Record = json.loads(json.dumps(_listed(self.about) | parts, default=_text, ensure_ascii=False))
        return told

    def sentence(self) -> str:
        """What it found, in a line or two."""
        about = self.about
        if about["state"] != "read":
            return f"Re-extraction {self.number}: {about['done']} of {about['pages'] + about['compared']} pages read."
        lost = [f" {about[name]} {word}." for name, word in LOST.items() if about[name]]
        told = f"Re-extraction {self.number}: {about['pages']} page(s) read again, {about['changed']} read otherwise."
        return told + "".join(lost) + (f" Promoted: {about['promoted']}." if about["promoted"] else "")

    def markdown(self) -> str:
        """The summary with examples, as Markdown."""
        parts = [f"**{self.sentence()}**", f"Selected: {selected(self.about)}"]
        for title, columns, rows in self._tables():
            if rows:
                parts += [f"### {title}", _markdown_table(columns, rows)]
        return "\n\n".join(parts)

    def html(self) -> str:
        """The summary with examples as one page, which asks nothing of any server."""
        tables = "".join(
            f"<h2>{escape(title)}</h2>{_html_table(columns, rows)}" for title, columns, rows in self._tables() if rows
        )
        body = f"<p><b>{escape(self.sentence())}</b></p><p>Selected: {escape(selected(self.about))}</p>{tables}"
        style = files("flows").joinpath("reextract.css").read_text("utf-8")
        title = f"Re-extraction {self.number}"
        head = f'<head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>'
        return f'<!doctype html>\n<html lang="en">{head}<body><h1>{title}</h1>{body}</body></html>\n'

    def _tables(self) -> Iterator[tuple[str, Sequence[str], list[list[Any]]]]:
        yield "Fields", FIELDS, _cells(self.fields, FIELDS)
        yield "Pages", PAGES, _cells([each for each in self.outcomes if each["before"] != each["after"]], PAGES)
        yield "Examples", ("field", "URL", "before", "after"), [_example(each) for each in self.examples]
        yield "Steps", STEPS, _cells(self.steps, STEPS)


FIELDS: Final = ("source", "field", "pages", "gained", "lost", "altered")
PAGES: Final = ("source", "before", "after", "pages")
STEPS: Final = ("step", "only_sources", "who", "why", "moved", "skipped", "done_at")
LOST: Final = {"not_kept": "are not kept any more", "failed": "could not be read"}


def reported(warehouse: Warehouse, reextraction_id: int, field: str | None = None) -> ReextractReport:
    """The report of a re-extraction, with examples of one field or of all. WarehouseError: there is no such one."""
    about = listed(warehouse, reextraction_id)
    if not about:
        raise WarehouseError(f"there is no re-extraction {reextraction_id}: `broadsheet reextract list` shows them")
    values = {"reextraction_id": reextraction_id, "most": EXAMPLES, "field": field}
    names = ("outcomes", "fields", "examples", "steps")
    return ReextractReport(about[0], *(tuple(warehouse.session.records(f"reextract/{name}", values)) for name in names))


def listed(warehouse: Warehouse, reextraction_id: int | None = None) -> list[Record]:
    """One re-extraction or all, the newest first: what was asked for, how far it is, what it found."""
    return warehouse.session.records("reextract/listed", {"reextraction_id": reextraction_id})


def selected(about: Record) -> str:
    """The selection in words: `sources: example-news; since: 2026-01-01`, or `everything`."""
    told = json.loads(about["selection"])
    parts = (f"{name}: {', '.join(each) if isinstance(each, list) else each}" for name, each in told.items())
    return "; ".join(parts) or "everything"


def apart(before: str | None, after: str | None) -> tuple[str, str]:
    """Two values cut to where they part, on one line each; `—` for none."""
    one, other = (" ".join((each or "").split()) for each in (before, after))
    start = max(0, _alike(one, other) - CONTEXT) if len(max(one, other, key=len)) > SHOWN else 0
    return _cut(one, start), _cut(other, start)


def _alike(one: str, other: str) -> int:
    """How many characters two values begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _cut(value: str, start: int) -> str:
    shown = value[start : start + SHOWN]
    return f"{'…' if start else ''}{shown}{'…' if start + SHOWN < len(value) else ''}" if value else "—"


def _example(each: Record) -> list[str]:
    before, after = apart(each["before_value"], each["after_value"])
    return [each["field"], each["url"], _said(before, each, "before"), _said(after, each, "after")]


def _said(value: str, each: Record, side: str) -> str:
    producer, locator = each[f"{side}_producer"], each[f"{side}_locator"]
    return f"{value} ({producer} {locator})" if producer else value


def _cells(records: Sequence[Record], columns: Sequence[str]) -> list[list[Any]]:
    return [[_text(each[name]) for name in columns] for each in records]


def _text(value: Any) -> str:  # noqa: ANN401 - a cell of any type
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value.isoformat(timespec="seconds")) if hasattr(value, "isoformat") else str(value)


def _listed(about: Record) -> Record:
    return about | {"selection": json.loads(about["selection"])}


def _markdown_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(_escaped(each) for each in line)} |" for line in lines)


def _escaped(cell: object) -> str:
    """A cell in which nothing is markup: pages may say anything."""
    return "".join(f"\\{each}" if each in r"\`*_{}[]<>#|!" else each for each in str(cell)) if cell != "---" else "---"


def _html_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    head = "".join(f"<th>{escape(each)}</th>" for each in columns)
    lines = "".join(f"<tr>{''.join(f'<td>{escape(str(each))}</td>' for each in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
