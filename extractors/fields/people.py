"""Who a property of JSON-LD means: strings, nodes, references, lists of items and roles, as schema.org allows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractors.jsonld import listed, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.jsonld import Graph

MAX_PEOPLE = 20
MAX_WITHIN = 3  # lists and roles within each other


def people(value: Any, graph: Graph, depth: int = 0) -> Iterator[Any]:  # noqa: ANN401 - JSON is of any type
    """Who is meant by a value: itself, what it refers to, or those within a list, a role or a numbered object."""
    value = graph.resolved(value)
    inner = _within(value) if isinstance(value, dict) and not value.get("name") and depth < MAX_WITHIN else []
    if not inner:
        yield value
    for one in inner[:MAX_PEOPLE]:
        yield from people(one, graph, depth + 1)


def _within(value: dict[str, Any]) -> list[Any]:
    if value and all(key.isdigit() for key in value):
        return list(value.values())
    return next((listed(value[key]) for key in ("itemListElement", "item", "author") if value.get(key)), [])


def name_in(value: Any) -> str:  # noqa: ANN401 - JSON is of any type
    """The name of somebody as JSON-LD states it; empty: it states none."""
    named = value.get("name") if isinstance(value, dict) else None
    if isinstance(named, list):
        return "; ".join(text_of(name) for name in named[:MAX_PEOPLE])
    stated = text_of(named) if isinstance(named, dict) else text_of(value, "name", "byline", "alternateName")
    if not stated and isinstance(value, dict):
        stated = f"{text_of(value.get('givenName'))} {text_of(value.get('familyName'))}".strip()
    return stated
