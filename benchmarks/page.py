"""docs/benchmarks.md out of figures: where they were measured, with what, one table a part, plots of the extractors."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.figures import Figure

PACKAGES: Final = ("prefect", "trafilatura", "duckdb", "aiohttp", "lxml", "pebble", "warcio", "fastwarc")
HEAD: Final = """# Benchmarks

Made by `make bench` on one machine; do not edit. Every ratio is of pairs measured in turn in the same run, with the
95 % bootstrap interval of its median in brackets: ratios hold on other machines, seconds do not. `make bench-compare`
measures again and fails when a ratio's interval lies wholly on the worse side of the stored one.
"""


def page(figures: Sequence[Figure], day: str, plots: Mapping[str, str]) -> str:
    """The page as Markdown; `figures` part by part, `day` that of measuring, `plots` the files and what they show."""
    parts = groupby(figures, key=lambda figure: figure.part)
    pictures = [f"\n![{words}](pictures/{file})" for file, words in plots.items()]
    tables = [line for name, of in parts for line in _part(name, list(of))]
    return "\n".join([HEAD, *_machine(day), *pictures, *tables]) + "\n"


def _machine(day: str) -> Iterator[str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    yield f"{day}: {os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB, {platform.system()} {platform.release()},"
    yield f"Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in PACKAGES) + "."


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def _part(name: str, figures: Sequence[Figure]) -> Iterator[str]:
    yield f"\n## {name[0].upper()}{name[1:]}\n"
    yield "| what | measured | bar | how |"
    yield "|---|---|---|---|"
    for figure in figures:
        yield f"| {figure.name} | {_measured(figure)} | {figure.bar} | {figure.note} |"


def _measured(figure: Figure) -> str:
    span = f" [{_number(figure.low)}, {_number(figure.high)}]" if None not in (figure.low, figure.high) else ""
    return f"{_number(figure.value)}{'' if figure.unit in {'ratio', 'share', 'F1'} else ' ' + figure.unit}{span}"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}"
