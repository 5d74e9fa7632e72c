"""What a benchmark finds: a figure with its interval, in which direction it is better, and the bar it is held to."""

from __future__ import annotations

import random
import statistics
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

DRAWS: Final = 1000  # of the bootstrap
SEED: Final = 7

Better = Literal["higher", "lower", ""]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `low` and `high`: its 95 % bootstrap interval; only a paired ratio has one.

    `bar`: what an issue asks, in words ("at most 1.0"); `note`: what was compared with what.
    """

    part: str
    name: str
    value: float
    unit: str
    better: Better = ""
    low: float | None = None
    high: float | None = None
    bar: str = ""
    note: str = ""

    def line(self) -> str:
        """The figure for a terminal."""
        span = "" if self.low is None or self.high is None else f" [{self.low:.2f}, {self.high:.2f}]"
        return f"{self.part}: {self.name:<48} {self.value:9.3f} {self.unit}{span}  {self.bar}".rstrip()

    def as_json(self) -> dict[str, Any]:
        """The figure for a file."""
        return asdict(self)


def figure_of(row: dict[str, Any]) -> Figure:
    """The figure out of a file; keys of other versions are passed over."""
    known = {field.name for field in fields(Figure)}
    return Figure(**{name: value for name, value in row.items() if name in known})


def ratio(  # noqa: PLR0913 - a figure's words
    part: str, name: str, pairs: Iterable[tuple[float, float]], *, better: Better, bar: str = "", note: str = ""
) -> Figure:
    """The median of ours / theirs over pairs measured in the same run, with its interval."""
    ratios = [ours / theirs for ours, theirs in pairs if theirs > 0]
    low, high = interval(ratios, statistics.median)
    return Figure(part, name, statistics.median(ratios), "ratio", better, low, high, bar, note)


def interval(sample: Sequence[Any], of: Callable[[Sequence[Any]], float]) -> tuple[float, float]:
    """The 95 % bootstrap interval of a statistic (Efron's percentiles), the same for the same sample."""
    draw = random.Random(SEED)
    drawn = sorted(of(draw.choices(sample, k=len(sample))) for _ in range(DRAWS))
    return drawn[int(0.025 * DRAWS)], drawn[int(0.975 * DRAWS)]


def is_worse(now: Figure, stored: Figure) -> bool:
    """Whether a figure's interval lies wholly on the worse side of the stored one's."""
    if None in (now.low, now.high, stored.low, stored.high):
        return False
    if now.better == "higher":
        return bool(now.high < stored.low)  # type: ignore[operator]
    return bool(now.better == "lower" and now.low > stored.high)  # type: ignore[operator]
