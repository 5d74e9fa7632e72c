"""An answer written as table, CSV, JSON, Markdown: row by row, so that any length fits into memory."""

from __future__ import annotations

import csv
import io
import json
from itertools import chain
from typing import TYPE_CHECKING

from broadsheet.errors import ConfigError
from flows.cli.cells import cell, plain, shown
from flows.cli.layout import table_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from broadsheet.desk import Answer

FORMATS = ("table", "csv", "json", "markdown", "parquet", "jsonl")
ENDINGS = {".csv": "csv", ".json": "json", ".md": "markdown", ".parquet": "parquet", ".jsonl": "jsonl", ".txt": "table"}


def chosen(fmt: str | None, output: Path | None) -> str:
    """The format that was asked for, else the one of the file's ending, else table. ConfigError: there is none such."""
    wanted = fmt or (ENDINGS.get(output.suffix.lower(), "table") if output else "table")
    if wanted not in FORMATS:
        raise ConfigError(f"--format {wanted}: allowed are {', '.join(FORMATS)}")
    return wanted


def written(answer: Answer, fmt: str, room: int | None) -> Iterator[str]:
    """The pieces of text that an answer is in a format; a table is at most `room` cells wide (None: any width)."""
    if fmt == "table":
        return (f"{line}\n" for line in table_lines(answer, room))
    writers: dict[str, Callable[[Answer], Iterator[str]]] = {
        "csv": csv_text, "json": json_text, "jsonl": jsonl_text, "markdown": markdown_text,
    }  # fmt: skip
    return writers[fmt](answer)


def csv_text(answer: Answer) -> Iterator[str]:
    """RFC 4180 with LF, the names first; NULL is empty, text that is empty stands in quotes as nothing does not."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    for row in chain([answer.names], answer.rows):
        writer.writerow([cell(value) for value in row])
        yield lines.getvalue()
        lines.seek(0)
        lines.truncate()


def json_text(answer: Answer) -> Iterator[str]:
    """One array with an object a row, an object a line."""
    lead = "["
    for record in _records(answer):
        yield f"{lead}{record}"
        lead = ",\n"
    yield "[]\n" if lead == "[" else "]\n"


def jsonl_text(answer: Answer) -> Iterator[str]:
    """An object a line."""
    return (f"{record}\n" for record in _records(answer))


def _records(answer: Answer) -> Iterator[str]:
    names = answer.names
    told = (plain(dict(zip(names, row, strict=True))) for row in answer.rows)
    return (json.dumps(record, ensure_ascii=False, allow_nan=False) for record in told)


def markdown_text(answer: Answer) -> Iterator[str]:
    """A table of GitHub's Markdown; numbers stand on the right."""
    yield _barred(answer.names)
    yield _barred("---:" if column.is_number else "---" for column in answer.columns)
    yield from (_barred(map(shown, row)) for row in answer.rows)


def _barred(cells: Iterable[str]) -> str:
    escaped = (each.replace("\\", "\\\\").replace("|", "\\|").replace("↵", "<br>") for each in cells)
    return f"| {' | '.join(escaped)} |\n"
