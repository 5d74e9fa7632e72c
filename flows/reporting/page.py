"""The report as one HTML page: facts in, text out. It holds no script, and asks nothing of any network.

Whatever a paper prints is escaped by the template (Jinja's autoescape), stands in an element of its own direction, and
is a link only if it is http or https; the page's own policy (CSP) forbids scripts, frames and requests besides.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

import jinja2
from markupsafe import Markup

from broadsheet import __version__
from flows.reporting import sparklines, viewing, wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from types import ModuleType

    from flows.reporting.asking import Facts

SYMBOLS: Final = {"ok": "✓", "low": "▾", "silent": "○", "blocked": "✕", "redirected": "↪"}
FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "number": wording.number, "size": wording.size, "minutes": wording.minutes, "seconds": wording.seconds,
    "moment": wording.moment, "day": wording.day, "plain": wording.plain, "url": wording.link,
    "counted": wording.counted, "bars": sparklines.bars, "line": sparklines.line,
}  # fmt: skip


def charts() -> ModuleType | None:
    """The charts, if their libraries are installed (extra `charts`); else the page has tables alone."""
    try:
        return importlib.import_module("flows.reporting.charts")
    except ImportError:
        return None


def page(facts: Facts, *, made_at: datetime, drawing: ModuleType | None) -> str:
    """The page of these facts, made at an instant (UTC), with the charts that `charts()` gives, or without any."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("flows.reporting"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(FILTERS)
    loader = environment.loader
    assert loader is not None
    style = Markup(loader.get_source(environment, "report.css")[0])  # noqa: S704 - our own file
    words = {
        "style": style,
        "made_at": made_at,
        "version": __version__,
        "share": wording.share,
        "symbols": SYMBOLS,
    }
    shown = viewing.view(facts, viewing.Charts(drawing, facts.span))
    return environment.get_template("report.html.jinja").render(words | shown)
