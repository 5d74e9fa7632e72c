"""The lines a reader sees on a page, told from its HTML by the standard library's parser."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

INLINE: Final = frozenset({"a", "b", "em", "font", "i", "img", "small", "span", "strong", "sub", "sup", "time", "u"})
UNSEEN: Final = frozenset({"script", "style", "title"})


def lines(html: str) -> tuple[str, ...]:
    """Every line printed on a page, in its order: text between block borders, white space made one blank."""
    parser = _Lines()
    parser.feed(html)
    parser.close()
    return tuple(parser.finished())


class _Lines(HTMLParser):
    """Collects text and cuts it at every tag that is not inline."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._open: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base's
        self._unseen += tag in UNSEEN
        self._cut(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN
        self._cut(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._open.append(data)

    def finished(self) -> list[str]:
        """All lines, the last one too."""
        self._cut("")
        return self._lines

    def _cut(self, tag: str) -> None:
        if tag not in INLINE:
            line = " ".join("".join(self._open).split())
            self._lines += [line] if line else []
            self._open.clear()
