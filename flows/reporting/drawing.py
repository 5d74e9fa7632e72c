"""The one door to altair and vl-convert: a chart becomes SVG whose colours are the page's CSS variables.

Nothing is asked of any network: the data are in the chart, and no address may be loaded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import vl_convert
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable

WIDE, NARROW = 600, 340  # units, as pixels: a column of a desk's screen; a phone's
LOCALE: Final = {"decimal": ".", "thousands": "\u202f", "grouping": [3], "currency": ["", ""]}
VEGALITE: Final = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])

INK, MUTED, RULE = "var(--ink)", "var(--muted)", "var(--rule)"
MAIN, SECOND = "var(--main)", "var(--second)"
FONT: Final = "system-ui, sans-serif"
CONFIG: Final[dict[str, Any]] = {
    "background": None,
    "font": FONT,
    "aria": False,
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED, "titleColor": MUTED, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
        "gridColor": RULE, "domainColor": RULE, "tickColor": RULE, "labelFont": FONT, "titleFont": FONT,
    },
    "axisY": {"domain": False, "ticks": False, "labelPadding": 6, "tickCount": 4},
    "axisX": {"grid": False, "labelPadding": 4},
    "header": {"labelColor": INK, "labelFont": FONT, "labelFontSize": 12, "title": None},
    "text": {"color": INK, "fontSize": 12, "font": FONT},
    "bar": {"color": MAIN},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart drawn twice, for a wide column and for a phone, and what it shows in a sentence."""

    wide: Markup
    narrow: Markup
    alt: str


def drawn(chart: Callable[[int], alt.TopLevelMixin], told: str) -> Picture:
    """A chart, given as a function of the width that it has, drawn for both."""
    return Picture(_svg(chart(WIDE)), _svg(chart(NARROW)), told)


def _svg(chart: alt.TopLevelMixin) -> Markup:
    spec = chart.to_dict(validate=False)
    spec["config"] = CONFIG
    svg = vl_convert.vegalite_to_svg(spec, vl_version=VEGALITE, format_locale=LOCALE, allowed_base_urls=[])
    return Markup(_hidden(svg))  # noqa: S704 - vega escapes all text


def _hidden(svg: str) -> str:
    """The picture without its fixed size, kept from screen readers: the sentence and the table beside it speak."""
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    width, height = size.groups() if size else (str(WIDE), "300")
    body = svg.split(">", 1)[1].replace('font-family="system-ui, sans-serif"', "")
    body = re.sub(r' (?:role|aria-[a-z]+|pointer-events|class|clip-path)="[^"]*"|<defs>.*?</defs>', "", body)
    body = re.sub(r'<path d="(?:|M0,0h0v0h0Z)"[^>]*/>|(?<=\.\d)\d+', "", body)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'aria-hidden="true" focusable="false">{body}'
    )
