"""Rows as a table: boxes on a terminal, plain aligned columns elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NUMBERS = (int, float)


def printed(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows under their column names on standard output."""
    console = Console(soft_wrap=False)
    if not console.is_terminal:
        console = Console(width=100_000, color_system=None)
    shown = list(rows)
    console.print(_table(columns, shown, boxed=console.is_terminal))


def _table(columns: Sequence[str], rows: Sequence[Sequence[Any]], *, boxed: bool) -> Table:
    table = Table(box=box.ROUNDED if boxed else box.SIMPLE_HEAD if rows else None, show_edge=boxed, pad_edge=boxed)
    for number, name in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[number], NUMBERS) for row in rows)
        table.add_column(Text(name), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
    return table
