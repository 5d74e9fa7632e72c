"""An answer as text for people: a table that fits, or one line a value where none would."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from flows.cli.cells import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.desk import Answer, Row

LOOKED_AT = 1_000  # rows whose widths are measured before the first is printed
LEAST = 8  # a column is not made narrower than this
GAP = "  "


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths of the columns in cells of a terminal; numbers stand on the right and are never cut, texts if `cut`."""

    widths: tuple[int, ...]
    right: tuple[bool, ...]
    cut: bool

    def line(self, cells: Sequence[str]) -> str:
        """One row."""
        placed = (self._placed(*each) for each in zip(cells, self.widths, self.right, strict=True))
        return f" {GAP.join(placed)}".rstrip()

    def _placed(self, text: str, width: int, right: bool) -> str:  # noqa: FBT001 - one of a row
        length = cell_len(text)
        if length > width:
            return f"{set_cell_size(text, width - 1)}…" if self.cut and not right else text
        return " " * (width - length) + text if right else text + " " * (width - length)


def table_lines(answer: Answer, room: int | None, *, expanded: bool | None = None) -> Iterator[str]:
    """The lines of a table, at most `room` cells wide (None: as wide as it takes).

    `expanded`: one line a value; None: where a table with columns of eight cells would not fit.
    """
    names = [shown(name) for name in answer.names]
    cells = ([shown(value) for value in row] for row in answer.rows)
    first = list(islice(cells, LOOKED_AT))
    widths = [max(map(cell_len, column)) for column in zip(names, *first, strict=True)]
    right = tuple(column.is_number for column in answer.columns)
    least = [width if number else min(width, LEAST) for width, number in zip(widths, right, strict=True)]
    fitting = _fitted(widths, least, room)
    if expanded or (expanded is None and fitting is None):
        yield from _records(names, chain(first, cells))
        return
    layout = Layout(tuple(fitting or widths), right, cut=room is not None)
    yield layout.line(names)
    yield "─" * (sum(layout.widths) + len(GAP) * (len(names) - 1) + 2)
    yield from map(layout.line, chain(first, cells))


def _fitted(widths: Sequence[int], least: Sequence[int], room: int | None) -> list[int] | None:
    """The widths, the widest made narrower until all fit, none below its least; None: they cannot."""
    left = None if room is None else room - len(GAP) * (len(widths) - 1) - 1
    if left is None or sum(widths) <= left:
        return list(widths)
    if sum(least) > left:
        return None

    def narrowed(most: int) -> list[int]:
        return [max(floor, min(width, most)) for width, floor in zip(widths, least, strict=True)]

    return narrowed(max(most for most in range(max(widths) + 1) if sum(narrowed(most)) <= left))


def _records(names: Sequence[str], rows: Iterator[list[str]]) -> Iterator[str]:
    widest = max(map(cell_len, names), default=0)
    for number, row in enumerate(rows, 1):
        yield f"─ {number} " + "─" * max(widest - len(str(number)), 1)
        yield from (f"{set_cell_size(name, widest)}  {text}".rstrip() for name, text in zip(names, row, strict=True))


def rows_told(count: int) -> str:
    """`1 row`, `2 rows`."""
    return f"{count:,} row{'' if count == 1 else 's'}"


def counted(rows: Iterator[Row], into: list[int]) -> Iterator[Row]:
    """The rows, their number added up in `into[0]`."""
    for row in rows:
        into[0] += 1
        yield row
