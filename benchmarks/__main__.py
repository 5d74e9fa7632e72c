"""All benchmarks in one run: each part beside a baseline, the figures into docs/benchmarks.md and stored.json.

python -m benchmarks [PART ...]             measure (all parts), and print
python -m benchmarks --write [PART ...]     the same, and write page, plots and stored figures; parts left out stay
python -m benchmarks --compare [PART ...]   measure, and fail if a ratio's interval is wholly worse than as stored
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.figures import Figure, figure_of, is_worse
from benchmarks.page import page
from benchmarks.plots import plotted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE: Final = Path(__file__).parent
STORED: Final = HERE / "stored.json"
DOCS: Final = HERE.parent / "docs"
PARTS: Final = {  # in the order of the way that a page takes; each module has `figures()`
    "extraction": "peers",
    "fetching": "fetching",
    "planning": "planning",
    "no-change": "nochange",
    "backfill": "backfill",
    "warehouse": "warehouse",
    "questions": "cookbook",
    "orchestration": "orchestration",
    "report": "report",
}


def measured(parts: Sequence[str]) -> Iterator[Figure]:
    """The figures of the parts, each printed as it comes."""
    for part in parts:
        began = time.perf_counter()
        for figure in import_module(f"benchmarks.{PARTS[part]}").figures():
            print(figure.line(), flush=True)
            yield figure
        print(f"{part} took {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)


def stored() -> list[Figure]:
    """The figures of the last `--write`."""
    return [figure_of(row) for row in json.loads(STORED.read_text())["figures"]] if STORED.exists() else []


def write(figures: Sequence[Figure], day: str) -> None:
    """Page, plots and stored figures; of parts that were not measured now, the older ones stay."""
    parts = {figure.part for figure in figures}
    every = sorted((*figures, *(old for old in stored() if old.part not in parts)), key=_place)
    STORED.write_text(json.dumps({"day": day, "figures": [each.as_json() for each in every]}, indent=1) + "\n")
    (DOCS / "benchmarks.md").write_text(page(every, day, plotted(every, DOCS / "pictures")))


def _place(figure: Figure) -> int:
    return list(PARTS).index(figure.part)


def worse(figures: Sequence[Figure]) -> list[str]:
    """A line for each ratio whose interval lies wholly on the worse side of the stored one."""
    old = {(figure.part, figure.name): figure for figure in stored()}
    pairs = ((now, old[now.part, now.name]) for now in figures if (now.part, now.name) in old)
    return [f"worse than stored ({was.value:.3f}): {now.line()}" for now, was in pairs if is_worse(now, was)]


def main() -> int:
    """Measure, and write or compare; 1: something is worse than stored, 2: there is nothing to compare with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"One of: {', '.join(PARTS)}. None: all.")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--compare", action="store_true")
    options = parser.parse_args()
    if unknown := set(options.parts) - PARTS.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if options.compare and not STORED.exists():
        print(f"{STORED.name} is not there: `make bench` makes it", file=sys.stderr)
        return 2
    figures = list(measured(options.parts or list(PARTS)))
    if options.write:
        write(figures, f"{datetime.now(UTC):%-d %B %Y}")
    lines = worse(figures) if options.compare else []
    print("\n".join(lines or ["nothing is worse than stored"] if options.compare else []))
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
