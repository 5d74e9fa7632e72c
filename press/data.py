"""The data files of the press: templates, tables and stories under press/papers/, read through importlib.resources."""

from __future__ import annotations

import tomllib
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

PAPERS = ("harbour-gazette", "alpenkurier", "shiosai-shimbun")


@cache
def text_of(paper: str, name: str) -> str:
    """The text of a data file of a paper. FileNotFoundError if it has none of that name."""
    return files("press").joinpath("papers", paper, name).read_text(encoding="utf-8")


def table_of(paper: str, name: str) -> dict[str, Any]:
    """A TOML file of a paper."""
    return tomllib.loads(text_of(paper, name))


@cache
def names_of(paper: str) -> tuple[str, ...]:
    """The names of a paper's data files, sorted."""
    return tuple(sorted(entry.name for entry in files("press").joinpath("papers", paper).iterdir()))


def edition_file(paper: str, stem: str, ending: str, edition: int) -> str:
    """The name of a file for an edition: `stem.2.html` if the paper has one, else `stem.html`."""
    return f"{stem}.{edition}.{ending}" if has_edition(paper, stem, ending, edition) else f"{stem}.{ending}"


def has_edition(paper: str, stem: str, ending: str, edition: int) -> bool:
    """Whether a paper has such a file for that edition alone."""
    return f"{stem}.{edition}.{ending}" in names_of(paper)


def filled(template: str, **values: str) -> str:
    """A template with its $names filled in; KeyError if one is missing. Values are HTML already."""
    return Template(template).substitute(values)


def filled_file(paper: str, stem: str, edition: int, **values: str) -> str:
    """A paper's template for an edition, filled in."""
    return filled(text_of(paper, edition_file(paper, stem, "html", edition)), **values)


def esc(text: str) -> str:
    """Text as it stands in HTML and XML."""
    return escape(text, quote=True)
