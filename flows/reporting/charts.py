"""The charts of the report: values in, pictures out. Each reads without colour, by place, pattern and label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

from flows.reporting import wording
from flows.reporting.drawing import INK, MAIN, MUTED, RULE, SECOND, drawn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flows.reporting.drawing import Picture
    from flows.reporting.span import Unit

LABELS: Final = 6  # days that an axis names
LABEL_WIDTH: Final = 130  # of a name beside its bars
FEW: Final = 8  # bars that do not fill a chart
ROW: Final = 46  # height of a source's name and bars
FILLED: Final = 0.62  # of that height, for the tallest bar

MINUTE_LABELS: Final = (
    "datum.value >= 1440 ? format(datum.value / 1440, '~f') + ' d' : "
    "datum.value >= 60 ? format(datum.value / 60, '~f') + ' h' : "
    "datum.value >= 1 ? format(datum.value, '~f') + ' min' : format(datum.value * 60, '~f') + ' s'"
)
MINUTE_TICKS: Final = (1 / 60, 1 / 6, 1, 10, 60, 360, 1440, 10_080, 43_200, 432_000, 5_256_000)  # 1 s to 10 years
LINES: Final = ((MAIN, [1, 0], "circle", 16), (SECOND, [5, 3], "diamond", -10))  # colour, dashes, mark, label below


def articles(counts: Sequence[int], stretches: Sequence[date], unit: Unit) -> Picture:
    """A bar a stretch: articles published in it; the tallest says how many."""
    rows: list[dict[str, Any]] = [
        {"day": str(day), "articles": count} for day, count in zip(stretches, counts, strict=True)
    ]
    tallest = max(rows, key=lambda row: row["articles"])

    def chart(width: int) -> alt.TopLevelMixin:
        base = alt.Chart(_data(rows)).encode(
            x=_days(stretches, unit, width),
            y=alt.Y("articles:Q", title=None, axis=alt.Axis(format=",~d", tickMinStep=1)),
        )
        label = alt.Chart(_data([tallest])).mark_text(dy=-8, fontWeight="bold")
        label = label.encode(x="day:O", y="articles:Q", text=alt.Text("articles:Q", format=",d"))
        return _sized(alt.layer(base.mark_bar(width=_slim(stretches)), label), width, 220)

    when = wording.day(stretches[counts.index(max(counts))])
    return drawn(chart, f"Bars, one a {unit}. Most, {wording.counted(max(counts), 'article')}: {when}.")


def by_source(series: Sequence[tuple[str, Sequence[int]]], stretches: Sequence[date], unit: Unit) -> Picture:
    """A row of bars a source, all to one scale; above each its name and its sum."""
    most = max(max(counts) for _, counts in series)
    bars = [
        {"day": str(day), "foot": at, "top": at - FILLED * count / most}
        for at, (_, counts) in enumerate(series)
        for day, count in zip(stretches, counts, strict=True)
        if count
    ]
    sums = [(name, wording.number(sum(counts))) for name, counts in series]
    names = [{"foot": at - FILLED, "name": f"{name} · {total}"} for at, (name, total) in enumerate(sums)]

    def chart(width: int) -> alt.TopLevelMixin:
        scale = alt.Scale(domain=[-1, len(series) - 1], reverse=True, nice=False)
        row = alt.Y("top:Q", axis=None, scale=scale)
        drawn_bars = (
            alt.Chart(_data(bars))
            .mark_bar(width=_slim(stretches))
            .encode(x=_days(stretches, unit, width), y=row, y2="foot:Q")
        )
        feet = alt.Chart(_data([{"top": at} for at in range(len(series))])).mark_rule(color=RULE).encode(y=row)
        labels = alt.Chart(_data(names)).mark_text(align="left", baseline="bottom", dy=-2, limit=width - 60)
        labels = labels.encode(x=alt.value(0), y="foot:Q", text="name:N")
        return _sized(alt.layer(feet, drawn_bars, labels), width, ROW * len(series) + 30)

    told = "; ".join(f"{name} {total}" for name, total in sums)
    return drawn(chart, f"A row of bars for each source, a bar a {unit}, all to one scale. In all: {told}.")


def latency(rows: Sequence[Mapping[str, Any]], stretches: Sequence[date], unit: Unit) -> Picture:
    """Two lines over time on a scale of powers: the median whole, nine in ten dashed; both are named at their end."""
    known = {row["day"]: row for row in rows}
    lines = {
        name: [{"day": str(day), "minutes": _at_least(known.get(day), column), "line": name} for day in stretches]
        for column, name in (("median_minutes", "half"), ("p90_minutes", "9 in 10"))
    }

    def chart(width: int) -> alt.TopLevelMixin:
        days, minutes = _days(stretches, unit, width), _minutes([each for line in lines.values() for each in line])
        layers: list[Any] = []
        for (name, points), (colour, dash, shape, dy) in zip(lines.items(), LINES, strict=True):
            base = alt.Chart(_data(points)).encode(x=days, y=minutes)
            layers.append(base.mark_line(color=colour, strokeDash=dash, strokeWidth=2))
            layers.append(base.mark_point(color=colour, shape=shape, filled=name == "half", size=28))
            last = [point for point in points if point["minutes"] is not None][-1:]
            end = alt.Chart(_data(last)).mark_text(align="right", dy=dy, color=INK, fontWeight="bold")
            layers.append(end.encode(x="day:O", y="minutes:Q", text="line:N"))
        return _sized(alt.layer(*layers), width, 220)

    last = known[max(known)]
    told = f"half of the articles within {wording.minutes(last['median_minutes'])}"
    return drawn(chart, f"Two lines. At the end {told}, nine in ten within {wording.minutes(last['p90_minutes'])}.")


def _at_least(row: Mapping[str, Any] | None, column: str) -> float | None:
    return max(row[column], MINUTE_TICKS[0]) if row else None


def _minutes(points: Sequence[Mapping[str, Any]]) -> alt.Y:
    """An axis of powers from a round time to a round time."""
    found = [point["minutes"] for point in points if point["minutes"] is not None]
    least = max(tick for tick in MINUTE_TICKS if tick <= min(found))
    most = min((tick for tick in MINUTE_TICKS if tick > max(found)), default=max(found))
    axis = alt.Axis(values=list(MINUTE_TICKS), labelExpr=MINUTE_LABELS, grid=True)
    return alt.Y("minutes:Q", title=None, axis=axis, scale=alt.Scale(type="log", domain=[least, most], nice=False))


def tally(counts: Sequence[tuple[str, int]], noun: str) -> Picture:
    """A bar a name, lying, its count at its end; the longest first, as given."""
    rows = [{"name": name, "count": count} for name, count in counts]

    def chart(width: int) -> alt.TopLevelMixin:
        base = alt.Chart(_data(rows)).encode(
            y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(domain=False, labelLimit=160, labelColor=INK)),
            x=alt.X("count:Q", axis=None, scale=alt.Scale(padding=0, domain=[0, max(1, counts[0][1]) * 1.25])),
        )
        label = base.mark_text(align="left", dx=4).encode(text=alt.Text("count:Q", format=",d"))
        return _sized(alt.layer(base.mark_bar(height=14), label), width, 24 * len(rows) + 10)

    told = "; ".join(f"{name} {wording.number(count)}" for name, count in counts)
    return drawn(chart, f"Bars, {noun}: {told}.")


def growth(sizes: Sequence[int], stretches: Sequence[date], unit: Unit) -> Picture:
    """An area: bytes of the archive at the end of each stretch; the last says how many."""
    power = 1000 ** max(0, min(4, (len(str(max(sizes))) - 1) // 3))
    name = wording.BYTES[len(str(power)) // 3]
    rows = [{"day": str(day), "size": size / power} for day, size in zip(stretches, sizes, strict=True)]

    def chart(width: int) -> alt.TopLevelMixin:
        base = alt.Chart(_data(rows)).encode(
            x=_days(stretches, unit, width),
            y=alt.Y("size:Q", title=name, axis=alt.Axis(format=",~f", titleAngle=0, titleAnchor="start", titleY=-8)),
        )
        area = base.mark_area(color=MAIN, opacity=0.25, line={"color": MAIN, "strokeWidth": 2})
        dot = alt.Chart(_data(rows[-1:])).mark_point(filled=True, color=MAIN, size=40)
        return _sized(alt.layer(area, dot.encode(x="day:O", y="size:Q")), width, 200)

    told = f"Area over time: from {wording.size(sizes[0])} to {wording.size(sizes[-1])}."
    return drawn(chart, told)


def _sized(chart: Any, width: int, height: int) -> alt.TopLevelMixin:  # noqa: ANN401 - altair's unions
    """A chart that takes just so much room, with its axes; fonts of readers are wider than those it is measured by."""
    fit = alt.AutoSizeParams(type="fit", contains="padding")
    padding = {"top": 16, "right": 20, "left": 14, "bottom": 4}
    sized: alt.TopLevelMixin = chart.properties(width=width, height=height, autosize=fit, padding=padding)
    return sized


def _slim(stretches: Sequence[date]) -> alt.RelativeBandSize:
    """How much of its band a bar fills: all, but of a few only a part, for a bar as broad as the page says nothing."""
    return alt.RelativeBandSize(band=min(1, len(stretches) / FEW))


def _data(rows: Sequence[Mapping[str, Any]]) -> alt.Data:
    """Rows for a chart, their texts without control characters: on a NUL vl-convert 1.9 ends the process."""
    plain = [
        {name: wording.plain(each) if isinstance(each, str) else each for name, each in row.items()} for row in rows
    ]
    return alt.Data(values=plain)  # type: ignore[no-untyped-call] # altair's has no types


def _days(stretches: Sequence[date], unit: Unit, width: int) -> alt.X:
    """A band a stretch, some of them named: `3 Mar`, or `Mar 2026` where a band is a month."""
    most = LABELS if width >= LABEL_WIDTH * 3 else LABELS // 2 + 1
    step = max(1, -(-len(stretches) // most))
    named = [str(day) for day in stretches[::-1][::step]][::-1]
    form = "%b %Y" if unit == "month" else "%-d %b"
    axis = alt.Axis(
        values=named, labelExpr=f"utcFormat(toDate(datum.value), '{form}')", labelAngle=0, labelColor=MUTED,
        labelOverlap=True, labelFlush=True,
    )  # fmt: skip
    domain = [str(day) for day in stretches]
    return alt.X("day:O", title=None, axis=axis, scale=alt.Scale(type="band", domain=domain, paddingInner=0.15))
