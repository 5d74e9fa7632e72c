"""Small lines and bars for the cells of a table, as SVG; what they show is told in words beside them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP, HEIGHT = 4, 18  # units of the picture: of a value, and of all
LONGEST: Final = 120


def bars(values: Sequence[float]) -> Markup:
    """A bar a value, from zero; a value above zero is always seen. Empty: there is nothing to show."""
    most = max(values, default=0)
    if most <= 0:
        return Markup()
    path = "".join(
        f"M{at * STEP} {HEIGHT}v{-max(value / most * HEIGHT, 1):.1f}h{STEP - 1}V{HEIGHT}z"
        for at, value in enumerate(values)
        if value > 0
    )
    return _picture(len(values) * STEP, f'<path d="{path}"/>')


def line(values: Sequence[float | None]) -> Markup:
    """A line from 0 to 1 through shares, with a gap where there is none. Empty: fewer than two, or none differs."""
    known = [value for value in values if value is not None]
    if len(known) < 2 or max(known) == min(known):  # noqa: PLR2004 - two points make a line
        return Markup()
    path, pen = "", "M"
    for at, value in enumerate(values):
        if value is not None:
            path += f"{pen}{at * STEP + 1} {1 + (1 - value) * (HEIGHT - 2):.1f}"
        pen = "M" if value is None else "L"
    return _picture(len(values) * STEP, f'<path class="stroke" d="{path}"/>')


def _picture(width: int, inner: str) -> Markup:
    return Markup(  # noqa: S704 - made of numbers alone
        f'<svg class="spark" viewBox="0 0 {width} {HEIGHT}" width="{min(width, LONGEST)}" height="{HEIGHT}" '
        f'preserveAspectRatio="none" aria-hidden="true" focusable="false">{inner}</svg>'
    )
