"""The lines of a TOML text, told apart by what stands on them (toml.io/en/v1.0.0). Pure; the text must be valid.

A line ends with LF alone, which may have CR before it: other ends that Python knows may stand in comments and strings.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MULTILINE: Final = r'"""(?:\\.|[^\\])*?"{3,5}|' + r"'''.*?'{3,5}"
TOKEN: Final = re.compile(MULTILINE + r"""|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*|[\[\]{}\n]""", re.DOTALL)
DEEPER: Final = {"[": 1, "{": 1, "]": -1, "}": -1}


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end. `begins`: it is not within a value that an earlier line began."""

    text: str
    begins: bool

    @property
    def is_comment(self) -> bool:
        """Whether a comment is all that stands on it."""
        return self.begins and self.text.lstrip(" \t").startswith("#")

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on it."""
        return self.begins and not self.text.strip(" \t\r\n")

    @property
    def header(self) -> dict[str, object] | None:
        """The table that it opens, as the text of that line alone would be read; None: it opens none."""
        return tomllib.loads(self.text) if self.begins and self.text.lstrip(" \t").startswith("[") else None

    def states(self, key: str) -> bool:
        """Whether the key is given a value here, bare or quoted."""
        return self.begins and re.match(rf"""[ \t]*(["']?){re.escape(key)}\1[ \t]*=""", self.text) is not None


def lines_of(text: str) -> list[Line]:
    """The lines of a text, which are all of it."""
    within = _within(text)
    ends = [match.end() for match in re.finditer("\n", text)]
    starts = [0, *ends]
    pieces = zip(starts, [*ends, len(text)], strict=True)
    return [Line(text[start:end], start not in within) for start, end in pieces if start < end]


def _within(text: str) -> set[int]:
    """Where the lines start that belong to a value begun before."""
    return {start for start, depth in _starts(text) if depth}


def _starts(text: str) -> Iterator[tuple[int, int]]:
    """(start, how deep in a value) of each line but the first."""
    depth = 0
    for token in TOKEN.finditer(text):
        depth += DEEPER.get(token[0], 0)
        in_token = token[0] != "\n"
        for end in re.finditer("\n", token[0]):
            yield token.start() + end.end(), depth + in_token
