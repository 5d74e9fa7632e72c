"""Pull quotes: quotes set apart on the page whose words the running text says as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.witness import squeezed

if TYPE_CHECKING:
    from extractors.column import Column

SURE = 40  # letters: a shorter quote may be said twice


def echoes(column: Column) -> dict[int, str]:
    """The taken quotes that are part of a longer taken text, each with the reason."""
    taken = [at for at, text in enumerate(column.taken) if text]
    quotes = [at for at in taken if column.blocks[at].inside("blockquote")]
    if not quotes:
        return {}
    said = [_key(column, at) for at in taken if column.prose[at] and not column.blocks[at].inside("blockquote")]
    return {at: "a quote that the text says again" for at in quotes if _is_said(_key(column, at), said)}


def _is_said(key: str, said: list[str]) -> bool:
    return len(key) >= SURE and any(key in other for other in said)


def _key(column: Column, at: int) -> str:
    return squeezed(column.blocks[at].text).lower()
