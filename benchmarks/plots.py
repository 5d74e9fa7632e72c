"""Plots of the figures, as SVG files beside the page; drawn without a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.figures import Figure

OURS: Final = "#1a5276"
OTHERS: Final = "#a9b7c0"
WIDTH: Final = 520  # pixels


def plotted(figures: Sequence[Figure], folder: Path) -> dict[str, str]:
    """Draw what can be drawn of the figures; the file names and what they show."""
    return {**_quality(figures, folder), **_ratios(figures, folder)}


def _quality(figures: Sequence[Figure], folder: Path) -> dict[str, str]:
    rows = [_row(figure) for figure in figures if figure.name.startswith("body F1, ")]
    if not rows:
        return {}
    bars = alt.Chart(alt.Data(values=rows)).mark_bar().encode(
        x=alt.X("value:Q", title="F1 of the body text", scale=alt.Scale(domain=[0.5, 1], clamp=True)),
        y=alt.Y("who:N", title=None, sort="-x"),
        color=alt.condition("datum.who == 'broadsheet'", alt.value(OURS), alt.value(OTHERS)),
    )  # fmt: skip
    labels = bars.mark_text(align="left", dx=4).encode(text=alt.Text("value:Q", format=".3f"), color=alt.value("black"))
    chart = (bars + labels).properties(width=WIDTH, height=150).facet(row=alt.Row("where:N", title=None))
    return _saved(chart, folder / "bench-extraction.svg", "F1 of the body text; the axis begins at 0.5")


def _row(figure: Figure) -> dict[str, Any]:
    _, corpus, who = figure.name.split(", ")
    return {"where": corpus, "who": who, "value": round(figure.value, 4)}


def _ratios(figures: Sequence[Figure], folder: Path) -> dict[str, str]:
    rows = [
        {"what": f"{each.part}: {each.name}", "value": each.value, "low": each.low, "high": each.high}
        for each in figures
        if each.unit == "ratio" and each.low is not None
    ]
    if not rows:
        return {}
    base = alt.Chart(alt.Data(values=rows)).encode(y=alt.Y("what:N", title=None, axis=alt.Axis(labelLimit=420)))
    scale = alt.Scale(type="log")
    spans = base.mark_rule(color=OURS).encode(x=alt.X("low:Q", scale=scale, title="ratio, log scale"), x2="high:Q")
    points = base.mark_point(color=OURS, filled=True, size=50).encode(x=alt.X("value:Q", scale=scale))
    one = alt.Chart(alt.Data(values=[{"one": 1}])).mark_rule(strokeDash=[4, 4]).encode(x="one:Q")
    chart = (one + spans + points).properties(width=WIDTH)
    return _saved(chart, folder / "bench-ratios.svg", "Every ratio with its 95 % interval; the broken line is 1")


def _saved(chart: alt.TopLevelMixin, path: Path, words: str) -> dict[str, str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    chart.save(str(path))
    return {path.name: words}
