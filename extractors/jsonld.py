"""JSON-LD as pages carry it: graphs, arrays, references, and the ways in which it is broken. Bounded on any input.

What is repaired, in this order, each once: HTML comments and CDATA around the block, escapes of what is no character,
several documents in a row, control characters inside strings, stray backslashes, commas before a closing bracket, a
block cut off at its end.
What is still broken after that is skipped.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Node = dict[str, Any]

MAX_BLOCK = 2_000_000  # characters of one block; the largest real one of 205 pages has 360,000
MAX_REPAIR = 200_000  # characters of a block worth repairing
MAX_NODES = 3_000
MAX_DEPTH = 24
MAX_PIECES = 20  # documents in a row in one block
_ROOTS = ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed")
_OPENING = re.compile(r"\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)?")
_ENDING = re.compile(r"(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)?[\s;]*$")
_END = 60  # characters at the end of a block in which its wrapping ends
_NO_CHARACTER = re.compile(r"\\u(?:00(?:[01]|7[fF])|[dD][89a-fA-F])")
_ESCAPE = re.compile(  # in turn, so that what follows an escaped backslash is no escape
    r"(?P<whole>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?P<none>\\u(?:[dD][89a-fA-F][0-9a-fA-F]{2}|00(?:0[0-8bceBCEfF]|1[0-9a-fA-F]|7[fF])))|\\."
)
_STRAY_BACKSLASH = re.compile(r"\\(?![\"\\/bfnrt]|u[0-9a-fA-F]{4})")
_TRAILING_COMMA = re.compile(r",(\s*[\]}])")
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]]|"')
_CLOSING = {"{": "}", "[": "]"}


def documents(blocks: Iterable[str]) -> Iterator[Any]:
    """Every JSON document in the blocks that can be read, in order."""
    for block in blocks:
        if len(block) <= MAX_BLOCK:
            yield from _documents(block)


def _documents(block: str) -> list[Any]:
    opened = _OPENING.match(block)
    text = block[opened.end() if opened else 0 :]
    text = text[:-_END] + _ENDING.sub("", text[-_END:], count=1)
    if not text.strip():
        return []
    if _NO_CHARACTER.search(text):
        text = _ESCAPE.sub(lambda escape: "" if escape["none"] else escape[0], text)
    found = _loaded(text)
    if found is None and len(text) <= MAX_REPAIR:
        found = _repaired(text)
    return found or []


def _repaired(text: str) -> list[Any] | None:
    if text.lstrip("[{ \n\t").startswith("&quot;"):
        text = entities.unescape(text)
    text = _TRAILING_COMMA.sub(r"\1", _STRAY_BACKSLASH.sub(r"\\\\", text))
    return _loaded(text) or _loaded(_closed(text))


def _loaded(text: str) -> list[Any] | None:
    """The documents of a text, or None where it is broken."""
    decoder = json.JSONDecoder(strict=False)
    text = text.strip()
    found: list[Any] = []
    at = 0
    try:
        while at < len(text) and len(found) < MAX_PIECES:
            value, at = decoder.raw_decode(text, at)
            found.append(value)
            at += len(text[at : at + 200]) - len(text[at : at + 200].lstrip(" \t\r\n,;"))
    except (ValueError, RecursionError):
        return found or None
    return found


def _closed(text: str) -> str:
    """A text that was cut off, with its open string and brackets closed."""
    open_brackets: list[str] = []
    end = ""
    for match in _STRING_OR_BRACKET.finditer(text):
        piece = match[0]
        if piece in _CLOSING:
            open_brackets.append(_CLOSING[piece])
        elif piece in "}]" and open_brackets:
            open_brackets.pop()
        elif piece == '"':
            end = '"'
            break
    return text.rstrip().rstrip(",:") + end + "".join(reversed(open_brackets))


class Graph:
    """The nodes of a page's JSON-LD: those that describe the page itself (`roots`), and all by their `@id`."""

    def __init__(self, blocks: Iterable[str]) -> None:
        self.roots: list[Node] = []
        self._by_id: dict[str, Node] = {}
        self._walk(documents(blocks))

    def _walk(self, found: Iterable[Any]) -> None:
        """Breadth first, so that a page's own nodes come before what they contain."""
        queue = deque((value, True, 0) for value in found)
        seen = 0
        while queue and seen < MAX_NODES:
            value, is_root, depth = queue.popleft()
            seen += 1
            if isinstance(value, dict):
                self._keep(value, is_root=is_root)
                inner: Iterable[tuple[Any, bool]] = ((v, is_root and k in _ROOTS) for k, v in value.items())
            else:
                inner = ((v, is_root) for v in value[:MAX_NODES]) if isinstance(value, list) else ()
            if depth < MAX_DEPTH:
                queue.extend((v, root, depth + 1) for v, root in inner if isinstance(v, (dict, list)))

    def _keep(self, node: Node, *, is_root: bool) -> None:
        if is_root and len(node) > 1:
            self.roots.append(node)
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(self._by_id.get(name, ())):
            self._by_id[name] = node

    def resolved(self, value: Any) -> Any:  # noqa: ANN401 - JSON is of any type
        """A bare reference (`{"@id": ...}` or that id) replaced by the node it names; anything else as it is."""
        if isinstance(value, str):
            return self._by_id.get(value, value)
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and not value.get("name"):
            return self._by_id.get(value["@id"], value)
        return value


def types(node: Node) -> tuple[str, ...]:
    """The schema.org types of a node, without vocabulary prefixes."""
    named = node.get("@type")
    listed = named if isinstance(named, list) else [named]
    return tuple(re.split(r"[/#:]", name)[-1].strip() for name in listed[:10] if isinstance(name, str))


def listed(value: Any) -> list[Any]:  # noqa: ANN401 - JSON is of any type
    """A property's values as a flat list: JSON-LD lets one value stand for a list of one."""
    if isinstance(value, dict) and isinstance(value.get("@list"), list):
        value = value["@list"]
    if isinstance(value, list):
        return [inner for item in value[:MAX_NODES] for inner in (item if isinstance(item, list) else [item])][
            :MAX_NODES
        ]
    return [] if value is None else [value]


def text_of(value: Any, *keys: str) -> str:  # noqa: ANN401 - JSON is of any type
    """The text of a value: itself, its `@value`, or the first of `keys` that a node has. Empty: none."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = next((value[key] for key in ("@value", *keys) if isinstance(value.get(key), (str, list))), "")
        value = value[0] if isinstance(value, list) and value else value
    return value.strip() if isinstance(value, str) else ""
